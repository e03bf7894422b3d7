"""Answers as they come in: batches, other people's files, and what counts as an answer."""
