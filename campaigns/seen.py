"""What a reader sees of a text: hidden characters taken out, with the way back to where they stood."""

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
    if all(_is_plain(character) for character in set(source)):
        return Seen(source)
    kept: list[str] = []
    offsets: list[int] = []
    hidden: list[Hidden] = []
    position = 0
    while position < len(source):
        end = _cluster_end(source, position)
        shown = _shown(source, position, end)
        kept.append(shown)
        offsets.extend(min(position + step, end - 1) for step in range(len(shown)))
        if not shown:
            _hide(hidden, source, position, end)
        position = end
    return Seen("".join(kept), (*offsets, len(source)), tuple(hidden))


@cache
def _is_plain(character: str) -> bool:
    """Tell whether a character is shown as it is wherever it stands."""
    if unicodedata.category(character) in {"Mn", "Me"} or character in _LIGATURES:
        return False
    return cleaned(character).text == character


def _cluster_end(source: str, start: int) -> int:
    """Give the end of one letter with the marks that stand on it."""
    end = start + 1
    while end < len(source) and unicodedata.category(source[end]) in {"Mn", "Me"}:
        end += 1
    return end


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
