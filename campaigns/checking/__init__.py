"""The check: rules, context, structure, readability, evidence."""
