"""The analyst's screens: opening, tables, themes."""
