"""coprod: ask young people, understand what they said, check what is made from it with them."""

__version__ = "0.1.0"
