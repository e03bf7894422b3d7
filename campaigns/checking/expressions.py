"""Regular expressions that are made ready when they are first asked: to make all of them takes longer than most checks."""

import re
from collections.abc import Callable, Iterator
from typing import Any


class Expression:
    """A regular expression for folded text, not made ready before it is used.

    Only letters from a to z and figures count as parts of words: folding has made all others of them where it could,
    and the search is a third faster.
    """

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]

    def __init__(self, written: str) -> None:
        self.written = written

    def __getattr__(self, name: str) -> Any:
        """Give one of its searches, and make all ready for the next time."""
        ready = re.compile(self.written, re.ASCII)
        self.search, self.match = ready.search, ready.match
        self.finditer, self.findall = ready.finditer, ready.findall
        return getattr(ready, name)
