"""Which of many patterns could match in a text: an index of the words that each of them needs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct

from campaigns.checking.learned import Learned
from campaigns.checking.patterns import Search, Slot
from coprod.kernel.shapes import from_packed

LONGEST_WORD = 60
_WORD = re.compile("[a-z0-9]+")
_Wanted: TypeAlias = tuple[int, tuple[tuple[int, ...], ...]]


class Needs(Struct, frozen=True):
    """The slots that a pattern needs by their numbers: all of `slots`, and of each choice all of one option."""

    slots: tuple[int, ...]
    choices: tuple[tuple[tuple[int, ...], ...], ...]


class Needles(Struct, frozen=True):
    """What is known of patterns, as it is kept.

    `fills` gives for each needle the numbers of the slots that it fills, `reaches` those of the patterns that are
    looked at where it is met. `needs` has the `Needs` of each pattern, read when they are asked for.
    """

    fills: dict[str, list[int]]
    reaches: dict[str, list[int]]
    needs: list[Raw]


def needles_of(sought: Sequence[Search], others: Sequence[Search] = ()) -> Needles:
    """Give the needles of patterns, which are numbered from 0 on. `others` come last and are never looked for."""
    needles, slots = Needles({}, {}, []), dict[frozenset[str], int]()
    for number, search in enumerate((*sought, *others)):
        is_sought = number < len(sought)
        wanted = [slot for slot in search.slots if not (is_sought and slot == search.rarest)]
        choices = tuple(tuple(_numbers(option, slots) for option in options) for options in search.choices)
        needles.needs.append(Raw(msgspec.msgpack.encode(Needs(_numbers(wanted, slots), choices))))
        for needle in search.rarest if is_sought else ():
            needles.reaches.setdefault(needle, []).append(number)
    for words, number in slots.items():
        for needle in words:
            needles.fills.setdefault(needle, []).append(number)
    return needles


def _numbers(wanted: Iterable[Slot], slots: dict[frozenset[str], int]) -> tuple[int, ...]:
    """Give the number of each slot: slots that want the same words are one."""
    return tuple(slots.setdefault(frozenset(slot), len(slots)) for slot in wanted)


class NeedleIndex:
    """Patterns behind the words they need. A text's words say which patterns could match there.

    A pattern is looked at when its rarest slot is filled, and could match when its others are. Each slot is one bit.
    """

    def __init__(self, needles: Needles) -> None:
        self._needles = needles
        self._within: dict[str, list[str]] = {}
        for needle in needles.fills.keys() | needles.reaches.keys():
            if needle[0] == "~":
                self._within.setdefault(needle[1:3], []).append(needle)
        self._looks = Learned(self._look)
        self._wanted = Learned(self._wanted_by)

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
        missing = ~reduce(or_, filter(None, filled), 0)
        numbers = set().union(*reached)
        return sorted([number for number in numbers if self.could_stand(number, missing)]), missing

    def could_stand(self, number: int, missing: int) -> bool:
        """Tell whether a pattern could stand in a text that leaves the slots of these bits empty."""
        slots, choices = self._wanted[number]
        if slots & missing:
            return False
        for options in choices:
            for option in options:
                if not option & missing:
                    break
            else:
                return False
        return True

    def _wanted_by(self, number: int) -> _Wanted:
        needs = from_packed(self._needles.needs[number], Needs)
        return _bits(needs.slots), tuple(tuple(map(_bits, options)) for options in needs.choices)

    def _look(self, word: str) -> tuple[tuple[int, ...], int]:
        """Give the patterns whose rarest slot a word fills, and the bits of all other slots that it fills."""
        found = {needle for part in _WORD.findall(word) for needle in self._needles_in(part)}
        reaches, fills = self._needles.reaches, self._needles.fills
        reached = {number for needle in found for number in reaches.get(needle, ())}
        return tuple(reached), _bits({slot for needle in found for slot in fills.get(needle, ())})

    def _needles_in(self, word: str) -> Iterator[str]:
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


def _bits(slots: Iterable[int]) -> int:
    return sum(1 << slot for slot in frozenset(slots))
