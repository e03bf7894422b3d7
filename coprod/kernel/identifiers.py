"""Patterns of text that could say who somebody is, shared by the interview's gentle check and redaction."""

import re
from typing import Literal

from msgspec import Struct

Kind = Literal["phone", "email", "web", "handle", "postcode", "date", "age"]


class Identifier(Struct, frozen=True, order=True):
    """Where an identifier stands: code points from `start` to `end`, end exclusive."""

    start: int
    end: int
    kind: Kind


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("web", re.compile(r"(?:https?://|www\.)[^\s<>\"']{2,200}", re.IGNORECASE)),
    ("handle", re.compile(r"(?<![\w@.])@[A-Za-z0-9_][A-Za-z0-9_.]{1,29}")),
    ("postcode", re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}\b")),
    ("phone", re.compile(r"(?<![\w.])(?:\+44\s?|0)(?:\(0\)\s?)?\d(?:[\s.-]?\d){8,10}(?!\w)")),
    ("date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b")),
    (
        "age",
        re.compile(
            r"\b(?:I'?m|I am|aged?|turned|was)\s+(?:only\s+)?\d{1,2}\b(?!\s*(?:%|per|out of|minutes|hours|days|weeks|months|times))",
            re.IGNORECASE,
        ),
    ),
)


def identifiers_in(text: str) -> tuple[Identifier, ...]:
    """Give the identifiers a pattern can find, in order, none overlapping; the longest wins."""
    found = [
        Identifier(match.start(), match.end(), kind)
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
    ]
    kept: list[Identifier] = []
    for one in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept))
