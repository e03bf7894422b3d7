"""What leaves as a file for other programs: released tables and, through the raw gate, answers."""
