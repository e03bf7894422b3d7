"""XLSForm, the spreadsheet that other survey tools read and write: questionnaires come from it and go to it."""
