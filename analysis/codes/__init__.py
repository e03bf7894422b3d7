"""Codebooks and coding: by people, agreed between them, suggested to them, exchanged."""
