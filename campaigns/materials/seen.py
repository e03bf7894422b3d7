"""What a reader sees of a text: hidden characters taken out, with the way back to where they stood."""

import re
import unicodedata
from functools import cache

from msgspec import Struct

from coprod.kernel.text import cleaned

_JOINERS = frozenset("\u200c\u200d")
_TURNS_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


class Hidden(Struct, frozen=True):
    """A run of characters nobody sees, from `start` to `end` (exclusive) in the source."""

    start: int
    end: int
    turns_direction: bool


class Seen(Struct, frozen=True):
    """The seen text. `offsets` says where each character stood, or is empty where nothing moved."""

    text: str
    offsets: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    def source_of(self, position: int) -> int:
        """Give where the character at `position` of the seen text stands in the source."""
        return self.offsets[position] if self.offsets else position


def see(source: str) -> Seen:
    """Give what a reader sees of a text whose line ends are newlines, composed (Unicode NFC)."""
    odd = {character for character in set(source) if not _is_plain(character)}
    if not odd:
        return Seen(source)
    kept: list[str] = []
    offsets: list[int] = []
    hidden: list[Hidden] = []
    position = 0
    for match in _clusters(odd).finditer(source):
        start, end = match.span()
        kept.append(source[position:start])
        offsets.extend(range(position, start))
        shown = _shown(source, start, end)
        kept.append(shown)
        offsets.extend(min(start + step, end - 1) for step in range(len(shown)))
        if not shown:
            _hide(hidden, source, start, end)
        position = end
    kept.append(source[position:])
    offsets.extend(range(position, len(source) + 1))
    return Seen("".join(kept), tuple(offsets), tuple(hidden))


def _clusters(odd: set[str]) -> re.Pattern[str]:
    """Give the search for letters with marks on them, and for other letters that are not shown as they are."""
    marks = "".join(re.escape(character) for character in sorted(odd) if _is_mark(character))
    others = "".join(re.escape(character) for character in sorted(odd) if not _is_mark(character))
    found = [f"(?s:.)[{marks}]+"] if marks else []
    return re.compile("|".join([*found, f"[{others}]"] if others else found))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me"}


@cache
def _is_plain(character: str) -> bool:
    """Tell whether a character is shown as it is wherever it stands."""
    if _is_mark(character) or character in _LIGATURES:
        return False
    return cleaned(character).text == character


def _shown(source: str, start: int, end: int) -> str:
    cluster = source[start:end]
    if cluster in _LIGATURES:
        return _LIGATURES[cluster]
    if cluster in _JOINERS:
        joins = start > 0 and cleaned(source[start - 1 : end + 1]).dropped == 0
        return cluster if joins else ""
    return cleaned(cluster).text


def _hide(hidden: list[Hidden], source: str, start: int, end: int) -> None:
    turns = not _TURNS_DIRECTION.isdisjoint(source[start:end])
    if hidden and hidden[-1].end == start and hidden[-1].turns_direction == turns:
        start = hidden.pop().start
    hidden.append(Hidden(start, end, turns))
