"""Which of many patterns could match in a text: an index of the words that each of them needs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from campaigns.checking.learned import Learned
from campaigns.checking.patterns import Search

LONGEST_WORD = 60
_WORD = re.compile("[a-z0-9]+")


class NeedleIndex:
    """Patterns behind the words they need. A text's words say which patterns could match there.

    A pattern is looked at when its rarest slot is filled, and could match when its others are: each of them is
    one bit, shared by the patterns that want the same words.
    """

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._wanted: list[int] = []
        self._needles: dict[str, int] = {}
        self._within: dict[str, set[str]] = {}
        self._rarest: dict[str, tuple[int, ...]] = {}
        self._looks = Learned(self._look)

    def add(self, search: Search) -> int:
        """Take a pattern in and give its number."""
        number = len(self._wanted)
        rarest = max(search.slots, key=lambda slot: tuple(needle[1:] for needle in slot) == search.letters)
        self._wanted.append(self.wanted_by(slot for slot in search.slots if slot is not rarest))
        for needle in rarest:
            self._take_in(needle)
            self._rarest[needle] = (*self._rarest.get(needle, ()), number)
        return number

    def wanted_by(self, slots: Iterable[tuple[str, ...]]) -> int:
        """Give the bits of slots: those of a pattern that stands in no text where one of them is missing."""
        return reduce(or_, map(self._bit, slots), 0)

    def _bit(self, slot: tuple[str, ...]) -> int:
        """Give the bit of a slot: one for all patterns that want the same words."""
        words = frozenset(slot)
        if words not in self._bits:
            self._bits[words] = 1 << len(self._bits)
            for needle in words:
                self._take_in(needle)
                self._needles[needle] |= self._bits[words]
        return self._bits[words]

    def _take_in(self, needle: str) -> None:
        self._needles.setdefault(needle, 0)
        if needle[0] == "~":
            self._within.setdefault(needle[1:3], set()).add(needle)

    def candidates(self, words: Sequence[str]) -> list[int]:
        """Give the patterns that find a word for each of their slots, in the order they came.

        `words` are those of a folded text; one with an apostrophe counts as its parts.
        """
        return self.look(words)[0]

    def look(self, words: Sequence[str]) -> tuple[list[int], int]:
        """Give those patterns, and the bits of all slots that none of the words fills."""
        if not words:
            return [], -1
        reached, filled = zip(*map(self._looks.__getitem__, words), strict=True)
        missing, wanted = ~reduce(or_, filter(None, filled), 0), self._wanted
        numbers = set().union(*reached)
        return sorted([number for number in numbers if not wanted[number] & missing]), missing

    def _look(self, word: str) -> tuple[tuple[int, ...], int]:
        """Give the patterns whose rarest slot a word fills, and the bits of all other slots that it fills."""
        needles = self._needles_in(word)
        reached = {number for needle in needles for number in self._rarest.get(needle, ())}
        return tuple(reached), reduce(or_, (self._needles[needle] for needle in needles), 0)

    def _needles_in(self, word: str) -> set[str]:
        parts = _WORD.findall(word)
        return {needle for part in parts for needle in self._needles_of(part) if needle in self._needles}

    def _needles_of(self, word: str) -> Iterator[str]:
        """Give the needles a word could fill: whole, by its start, or by a part of it.

        No pattern has a word of more than `LONGEST_WORD` letters, so none is looked for in longer ones.
        """
        if len(word) > LONGEST_WORD:
            return
        yield f"={word}"
        for size in range(2, len(word) + 1):
            yield f"^{word[:size]}"
        for start in range(len(word) - 1):
            for needle in self._within.get(word[start : start + 2], ()):
                if word.startswith(needle[1:], start):
                    yield needle
