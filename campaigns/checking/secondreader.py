"""What a sentence weighs for each kind of harm: learnt from made-up lines, shipped as a table, added up in integers.

Each word and each pair of neighbours has a row with one number a kind: how much more it speaks for that kind than
for a good line. `python -m benchmarks.learn` learns the rows from the words, their letters and what they mean in
English at large (vectors distilled from a language model), so that words that no line held have rows too.
"""

import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from math import floor, sqrt
from operator import or_
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from campaigns.checking.learned import Learned
from campaigns.checking.stored import made_once
from coprod.kernel.shapes import from_json

LONGEST = 4_000
_WORD = re.compile(r"[a-z0-9£%]+(?:'[a-z]+)?")
_ENDINGS = ("'s", "ing", "edly", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 3
_LONGEST_NUMBER = 3
_BEGINNING, _END = "^", "$"
_ZERO = 128
_FIELD = 4
_BITS = 20
_KEY, _LINE = "Q", "I"


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """From what weight on it speaks, in hundredths.

    `speaks_from` is what a sentence must weigh in a text that reads like harm, `speaks_alone_from` in any other, and
    `excuses_to` how little it must weigh for a rule of judgement to be wrong about it. A text reads like harm when its
    sentences, none counted as less than `lightest`, weigh `harmful_from` on average, with `for_a_warning` added for
    what rules warned of in each 60 words.
    """

    lightest: int
    harmful_from: int
    for_a_warning: int
    speaks_from: int
    speaks_alone_from: int
    excuses_to: int


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The table: `words`, sorted, and `pairs` one a line, and for each a row of one byte a kind, 128 for nothing.

    `start` is what every sentence weighs for each kind, in hundredths; `step` what one step of a byte is worth,
    in hundredths, before it is divided by the root of the number of words and one.
    """

    format: Literal[1]
    trained: str
    limits: Limits
    kinds: tuple[str, ...]
    start: tuple[int, ...]
    step: float
    words: str
    word_rows: bytes
    pairs: str
    pair_rows: bytes


class Pairs(Struct, frozen=True):
    """Where the table has each pair: `keys` are sorted, the number of its first stem before that of its second.

    `stems` are sorted, one a line, and count from 1; `lines` has for each key its line in the table, from 1 on.
    """

    stems: str
    keys: bytes
    lines: bytes


class _Kept(Struct, frozen=True):
    """The table as it is kept, for to sort its pairs takes longer than most checks."""

    weights: Weights
    pairs: Pairs


class _Known(NamedTuple):
    """A word's packed row, and the number of its stem as the first and as the second of a pair."""

    row: int
    first: int
    second: int


class SecondReader:
    """A table made ready.

    Rows are packed into one integer each, four bytes a kind and four that count rows, so that one sum adds them all.
    """

    def __init__(self, weights: Weights, pairs: Pairs | None = None) -> None:
        """Make a table ready; `pairs` are its own where they are known."""
        self.kinds = weights.kinds
        self.weights = weights
        self._listed = weights.words.split("\n")
        pairs = pairs or pairs_of(weights)
        self._stems = pairs.stems.split("\n")
        self._keys, self._lines = array(_KEY, pairs.keys), array(_LINE, pairs.lines)
        self._pairs: dict[int, int] = {}
        self._words = Learned(self._known)
        self._begins = self._number_of(_BEGINNING) << _BITS
        self._ends = self._number_of(_END)
        self._take_in(self._begins)
        self._pair_rows = Learned(self._pair_row)
        self._fields = struct.Struct(f"<{len(weights.kinds) + 1}I")

    def weigh(self, sentence: str) -> tuple[int, str]:
        """Give what a folded sentence weighs, in hundredths, and the kind that it weighs most for.

        More than 0: it reads more like marked lines of that kind than like good ones.
        """
        rows, placed = self._looked_up(sentence)
        pairs = map(self._pair_rows.__getitem__, filter(None, map(self._pairs.get, placed)))
        packed = (sum(rows) + sum(pairs)).to_bytes(self._fields.size, "little")
        *summed, found = self._fields.unpack(packed)
        worth = self.weights.step / sqrt(len(rows) + 1)
        weighed = [start + field * worth for start, field in zip(self.weights.start, summed, strict=True)]
        most = max(weighed)
        return floor(most - _ZERO * found * worth), self.kinds[weighed.index(most)]

    def places(self, sentence: str, kind: str) -> list[tuple[int, int, float]]:
        """Give where each word of a folded sentence stands, with what it and half of its pairs weigh for a kind."""
        place_of_kind = self.kinds.index(kind)
        rows, placed = self._looked_up(sentence)
        worth = self.weights.step / sqrt(len(rows) + 1)
        weights = [self._share(row, place_of_kind) for row in rows]
        for place, pair in enumerate(placed if rows else ()):
            if number := self._pairs.get(pair):
                sides = [side for side in (place - 1, place) if 0 <= side < len(rows)]
                share = self._share(self._pair_rows[number], place_of_kind) / len(sides)
                for side in sides:
                    weights[side] += share
        spans = (match.span() for match in _WORD.finditer(sentence[:LONGEST]))
        return [(start, end, weight * worth) for (start, end), weight in zip(spans, weights, strict=True)]

    def _looked_up(self, sentence: str) -> tuple[Sequence[int], list[int]]:
        """Give the packed row of each word of a sentence, and each pair by its stems, its beginning and end among them."""
        known = list(map(self._words.__getitem__, _WORD.findall(sentence[:LONGEST])))
        rows, firsts, seconds = zip(*known, strict=True) if known else ((), (), ())
        placed = map(or_, (self._begins, *firsts), (*seconds, self._ends))
        return rows, list(placed)

    def _pair_row(self, number: int) -> int:
        return self._packed(self.weights.pair_rows, number - 1)

    def _known(self, word: str) -> _Known:
        """Give what is known of a word, or of its stem where the table has only that."""
        word = "#" * min(len(word), _LONGEST_NUMBER) if word.isdigit() else word
        bare = stem(word)
        place = _place_in(self._listed, word)
        place = _place_in(self._listed, bare) if place is None else place
        number = self._number_of(bare)
        self._take_in(number << _BITS)
        row = 0 if place is None else self._packed(self.weights.word_rows, place)
        return _Known(row, number << _BITS, number)

    def _number_of(self, bare: str) -> int:
        """Give the number of a stem, 0 for one that no pair has."""
        place = _place_in(self._stems, bare)
        return 0 if place is None else place + 1

    def _take_in(self, first: int) -> None:
        """Take in the pairs that begin with a stem, when a text has its first word with it: most texts have few."""
        start, end = bisect_left(self._keys, first), bisect_left(self._keys, first + (1 << _BITS))
        self._pairs.update(zip(self._keys[start:end], self._lines[start:end], strict=True))

    def _packed(self, rows: bytes, number: int) -> int:
        size = len(self.kinds)
        fields = bytearray((size + 1) * _FIELD)
        fields[: size * _FIELD : _FIELD] = rows[number * size : (number + 1) * size]
        fields[size * _FIELD] = 1
        return int.from_bytes(fields, "little")

    @staticmethod
    def _share(row: int, place: int) -> float:
        return float((row >> (8 * _FIELD * place)) & 0xFF) - _ZERO if row else 0.0


def pairs_of(weights: Weights) -> Pairs:
    """Give where a table has each of its pairs."""
    pairs = [pair.split() for pair in weights.pairs.split("\n")]
    stems = sorted({_BEGINNING, _END, *chain.from_iterable(pairs)})
    numbers = {bare: number for number, bare in enumerate(stems, 1)}
    lines = {numbers[first] << _BITS | numbers[second]: line for line, (first, second) in enumerate(pairs, 1)}
    keys = sorted(lines)
    placed = array(_LINE, (lines[key] for key in keys))
    return Pairs("\n".join(stems), array(_KEY, keys).tobytes(), placed.tobytes())


def _place_in(entries: Sequence[str], wanted: str) -> int | None:
    """Give where something stands in a sorted list, or None."""
    place = bisect_left(entries, wanted)
    return place if place < len(entries) and entries[place] == wanted else None


@cache
def shipped_second_reader() -> SecondReader:
    """Give the second reader with the table that comes with coprod."""
    kept = made_once("second-reader", _Kept, _read_table)
    return SecondReader(kept.weights, kept.pairs)


def _read_table() -> _Kept:
    weights = from_json(Path(__file__).with_name("secondreader.json").read_bytes(), Weights)
    return _Kept(weights, pairs_of(weights))


def words_of(sentence: str) -> list[str]:
    """Give the words of a folded sentence's first 4,000 letters; numbers as one # a digit, at most three."""
    return [
        "#" * min(len(word), _LONGEST_NUMBER) if word.isdigit() else word
        for word in _WORD.findall(sentence[:LONGEST])
    ]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give a word without its ending: `girls` and `girl` are one, so are `choosing` and `choose`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM + 1 else word
