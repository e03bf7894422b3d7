"""What may leave: disclosure rules, audit, ledger, redaction, quotes, the report."""
