"""Themes found without labels, and how far they can be trusted."""
