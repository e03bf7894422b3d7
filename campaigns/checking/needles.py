"""Which of many patterns could match in a text: an index of the words that each of them needs."""

import re
from collections.abc import Iterator

from campaigns.checking.patterns import Search

LONGEST_WORD = 60
_WORD = re.compile("[a-z0-9]+")


class NeedleIndex:
    """Patterns behind the words they need. A text's words say which patterns could match there.

    Each pattern is reached by the words of its rarest slot only; its other slots are then compared as sets.
    """

    def __init__(self) -> None:
        self._slots: list[list[set[str]]] = []
        self._needles: dict[str, list[tuple[int, int]]] = {}
        self._reached_by: dict[str, tuple[int, ...]] = {}

    def add(self, search: Search) -> int:
        """Take a pattern in and give its number."""
        number = len(self._slots)
        rarest = max(search.slots, key=lambda slot: tuple(needle[1:] for needle in slot) == search.letters)
        slots = [rarest, *(slot for slot in search.slots if slot is not rarest)]
        self._slots.append([set() for _ in slots])
        for place, needles in enumerate(slots):
            for needle in needles:
                self._needles.setdefault(needle, []).append((number, place))
        return number

    def candidates(self, text: str) -> list[int]:
        """Give the patterns that find a word for each of their slots in folded text."""
        words = set(_WORD.findall(text))
        known = self._reached_by
        reached: set[int] = set()
        for word in words:
            numbers = known.get(word)
            reached.update(self._learn(word) if numbers is None else numbers)
        return [number for number in reached if self._fills_rest(number, words)]

    def _fills_rest(self, number: int, words: set[str]) -> bool:
        slots = self._slots[number]
        return len(slots) == 1 or not any(slot.isdisjoint(words) for slot in slots[1:])

    def _learn(self, word: str) -> tuple[int, ...]:
        """Take a word in: enter it in all slots it fills, and give the patterns it reaches."""
        reached = set()
        for needle in set(_needles_of(word)):
            for number, place in self._needles.get(needle, ()):
                self._slots[number][place].add(word)
                if place == 0:
                    reached.add(number)
        self._reached_by[word] = tuple(reached)
        return self._reached_by[word]


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
