"""Which of many patterns could match in a text: an index of the words that each of them needs."""

import re
from collections.abc import Iterable, Iterator

from campaigns.checking.patterns import Search

LONGEST_WORD = 60
MOST_WORDS = 100_000
_WORD = re.compile("[a-z0-9]+")


class NeedleIndex:
    """Patterns behind the words they need. A text's words say which patterns could match there.

    Every word slot of every pattern is one bit. A pattern is looked at when the bit of its rarest slot is
    filled, and could match when all its bits are.
    """

    def __init__(self) -> None:
        self._bits = 0
        self._wanted: list[int] = []
        self._needles: dict[str, int] = {}
        self._rarest: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, tuple[int, tuple[int, ...]]] = {}

    def add(self, search: Search) -> int:
        """Take a pattern in and give its number."""
        number = len(self._wanted)
        rarest = max(search.slots, key=lambda slot: tuple(needle[1:] for needle in slot) == search.letters)
        wanted = 0
        for slot in search.slots:
            bit = 1 << self._bits
            self._bits += 1
            wanted |= bit
            for needle in slot:
                self._needles[needle] = self._needles.get(needle, 0) | bit
                if slot is rarest:
                    self._rarest[needle] = (*self._rarest.get(needle, ()), number)
        self._wanted.append(wanted)
        return number

    def candidates(self, words: Iterable[str]) -> list[int]:
        """Give the patterns that find a word for each of their slots, in the order they came.

        `words` are those of a folded text; one with an apostrophe counts as its parts.
        """
        filled = 0
        reached: set[int] = set()
        for word in words:
            bits, numbers = self._known.get(word) or self._learn(word)
            if bits:
                filled |= bits
                reached.update(numbers)
        return sorted(number for number in reached if not self._wanted[number] & ~filled)

    def _learn(self, word: str) -> tuple[int, tuple[int, ...]]:
        """Take a word in: give the bits of all slots it fills, and the patterns whose rarest slot it fills."""
        bits = 0
        reached: set[int] = set()
        for needle in {needle for part in _WORD.findall(word) for needle in _needles_of(part)}:
            bits |= self._needles.get(needle, 0)
            reached.update(self._rarest.get(needle, ()))
        if len(self._known) > MOST_WORDS:
            self._known.clear()
        self._known[word] = bits, tuple(reached)
        return self._known[word]


def _needles_of(word: str) -> Iterator[str]:
    """Give the needles a word could fill: whole, by its start, or by a part of it.

    No pattern has a word of more than `LONGEST_WORD` letters, so none is looked for in longer ones.
    """
    if len(word) > LONGEST_WORD:
        return
    yield f"={word}"
    for size in range(2, len(word) + 1):
        yield f"^{word[:size]}"
    for start in range(len(word)):
        for stop in range(start + 2, min(len(word), start + 20) + 1):
            yield f"~{word[start:stop]}"
