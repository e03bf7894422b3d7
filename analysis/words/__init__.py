"""Words and phrases: counted, compared between groups, and shown where they stand."""
