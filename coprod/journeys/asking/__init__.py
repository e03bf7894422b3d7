"""From a questionnaire to a batch: sessions, visits, paper, printed sheets."""
