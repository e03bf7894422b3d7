"""The order in which a safeguarding lead reads, and what was done."""
