"""Checking: materials, rules, readability, structure, panel, sign-off, render."""
