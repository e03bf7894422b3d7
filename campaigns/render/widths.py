"""How wide text is in Arial, the one font that every school's slides can be shown in; nothing is drawn here."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Advance widths of Helvetica, which Arial shares, in thousandths of the size. Source: Adobe font metrics for Helvetica.
_WIDTHS = {
    222: "ijl'’‘",
    278: " !,./:;I[]\\ft|",
    333: "()-`r“”",
    389: "*",
    500: "Jcksvxyz",
    556: "#$£?0123456789Labdeghnopqu_–",
    584: "+<=>~^",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_ADVANCES = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_UNKNOWN, _FULL_WIDE = 667, 1000
STRONG = 1.08
SAFETY = 1.03


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, strong: bool = False) -> float:
    """Give how wide a text is in points, a little too much rather than too little."""
    thousandths = sum(map(_advance, unicodedata.normalize("NFD", text)))
    return thousandths / 1000 * size * SAFETY * (STRONG if strong else 1)


def _advance(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    wide = _FULL_WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN
    return _ADVANCES.get(character, wide)


def lines_of(text: str, size: float, room: float, *, strong: bool = False) -> int:
    """Give how many lines a text takes in so much room; a word longer than a line goes on over the next."""
    return sum(_lines_of_one(line, size, room, strong=strong) for line in text.split("\n"))


def _lines_of_one(text: str, size: float, room: float, *, strong: bool) -> int:
    lines, used = 1, 0.0
    blank = width_of(" ", size)
    for word in text.split():
        wide = width_of(word, size, strong=strong)
        if used and used + blank + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines, used = lines + int(wide // room), wide % room
        else:
            used += wide + (blank if used else 0.0)
    return lines


def widest_word(text: str, size: float, *, strong: bool = False) -> float:
    """Give the width of the widest word of a text in points."""
    return max((width_of(word, size, strong=strong) for word in text.split()), default=0.0)


def column_shares(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Give how much of a table's width each column should have: more to those with more to say, together 1."""
    columns = list(zip(*rows, strict=False))
    longest = [
        max((widest_word(cell, 10, strong=True) for cell in column), default=1.0) for column in columns
    ]
    most = [max((width_of(cell, 10) for cell in column), default=1.0) for column in columns]
    wanted = [max(word, 10.0, 8 * whole**0.5) for word, whole in zip(longest, most, strict=True)]
    return tuple(one / sum(wanted) for one in wanted)
