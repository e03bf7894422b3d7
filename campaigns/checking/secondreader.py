"""What a sentence weighs for each kind of harm: learnt from made-up lines, shipped as a table, added up in integers.

Each word and each pair of neighbours has a row with one number a kind: how much more it speaks for that kind than
for a good line. `python -m benchmarks.learn` learns the rows from the words, their letters and what they mean in
English at large (vectors distilled from a language model), so that words that no line held have rows too.
"""

import re
import struct
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import floor, sqrt
from operator import or_
from typing import Literal, NamedTuple

from msgspec import Struct

from campaigns.checking.learned import Learned
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
    """The table: `words` and `pairs` one a line, and for each a row of one byte a kind, 128 for nothing.

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


class _Known(NamedTuple):
    """A word's packed row, and the number of its stem as the first and as the second of a pair."""

    row: int
    first: int
    second: int


class _PairRows(dict[int, int]):
    """The packed row of each pair by its line in the table, from 1 on. Each is packed when it is first met."""

    def __init__(self, pack: Callable[[int], int]) -> None:
        super().__init__()
        self._pack = pack

    def __missing__(self, number: int) -> int:
        row = self[number] = self._pack(number)
        return row


class SecondReader:
    """A table made ready.

    Rows are packed into one integer each, four bytes a kind and four that count rows, so that one sum adds them all.
    """

    def __init__(self, weights: Weights) -> None:
        self.kinds = weights.kinds
        self.weights = weights
        self._word_numbers = {word: number for number, word in enumerate(weights.words.split("\n"))}
        self._stems = {_BEGINNING: 1, _END: 2}
        self._pairs = {
            self._stem_number(first) << _BITS | self._stem_number(second): number
            for number, (first, second) in enumerate(map(str.split, weights.pairs.split("\n")), 1)
        }
        self._words = Learned(self._known)
        self._pair_rows = _PairRows(self._pair_row)
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
        placed = map(or_, (self._stems[_BEGINNING] << _BITS, *firsts), (*seconds, self._stems[_END]))
        return rows, list(placed)

    def _pair_row(self, number: int) -> int:
        return self._packed(self.weights.pair_rows, number - 1)

    def _known(self, word: str) -> _Known:
        """Give what is known of a word, or of its stem where the table has only that."""
        word = "#" * min(len(word), _LONGEST_NUMBER) if word.isdigit() else word
        bare = stem(word)
        number = self._word_numbers.get(word, self._word_numbers.get(bare))
        row = 0 if number is None else self._packed(self.weights.word_rows, number)
        placed = self._stems.get(bare, 0)
        return _Known(row, placed << _BITS, placed)

    def _stem_number(self, bare: str) -> int:
        return self._stems.setdefault(bare, len(self._stems) + 1)

    def _packed(self, rows: bytes, number: int) -> int:
        size = len(self.kinds)
        fields = bytearray((size + 1) * _FIELD)
        fields[: size * _FIELD : _FIELD] = rows[number * size : (number + 1) * size]
        fields[size * _FIELD] = 1
        return int.from_bytes(fields, "little")

    @staticmethod
    def _share(row: int, place: int) -> float:
        return float((row >> (8 * _FIELD * place)) & 0xFF) - _ZERO if row else 0.0


@cache
def shipped_second_reader() -> SecondReader:
    """Give the second reader with the table that comes with coprod."""
    raw = resources.files("campaigns.checking").joinpath("secondreader.json").read_bytes()
    return SecondReader(from_json(raw, Weights))


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
