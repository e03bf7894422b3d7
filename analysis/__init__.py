"""Understanding: responses, words, themes, tables, disclosure rules, reports."""
