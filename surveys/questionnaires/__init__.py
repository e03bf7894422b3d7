"""How a questionnaire is written, kept, checked and worded."""
