"""What a sentence weighs for each kind of harm: learnt from made-up lines, shipped as a table, added up in integers.

Each word and each pair of neighbours has a row with one number a kind: how much more it speaks for that kind than
for a good line. `python -m benchmarks.learn` learns the rows from the words, their letters and what they mean in
English at large (vectors distilled from a language model), so that words that no line held have rows too.
"""

import re
import struct
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, pairwise
from math import floor, sqrt
from typing import Literal

import msgspec
from msgspec import Struct

MOST_WORDS = 400
_WORD = re.compile(r"[a-z0-9£%]+(?:'[a-z]+)?")
_ENDINGS = ("'s", "ing", "edly", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 3
_LONGEST_NUMBER = 3
_BEGINNING, _END = "^", "$"
_ZERO = 128
_FIELD = 4


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


class SecondReader:
    """A table made ready. Rows are packed into one integer each, four bytes a kind, so that one sum adds them all."""

    def __init__(self, weights: Weights) -> None:
        self.kinds = weights.kinds
        self.weights = weights
        self._word_numbers = {word: number for number, word in enumerate(weights.words.split("\n"))}
        self._pair_numbers = {pair: number for number, pair in enumerate(weights.pairs.split("\n"))}
        self._words: dict[str, tuple[int | None, str]] = {}
        self._pairs: dict[str, int | None] = {}
        self._fields = struct.Struct(f"<{len(weights.kinds)}I")

    def weigh(self, sentence: str) -> tuple[int, str]:
        """Give what a folded sentence weighs, in hundredths, and the kind that it weighs most for.

        More than 0: it reads more like marked lines of that kind than like good ones.
        """
        words = words_of(sentence)
        found = self._rows(words)
        summed = self._fields.unpack(sum(found).to_bytes(self._fields.size, "little"))
        nothing = _ZERO * len(found)
        worth = self.weights.step / sqrt(len(words) + 1)
        weighed = [
            start + floor((field - nothing) * worth)
            for start, field in zip(self.weights.start, summed, strict=True)
        ]
        most = max(weighed)
        return most, self.kinds[weighed.index(most)]

    def places(self, sentence: str, kind: str) -> list[tuple[int, int, float]]:
        """Give where each word of a folded sentence stands, with what it and half of its pairs weigh for a kind."""
        place_of_kind = self.kinds.index(kind)
        words = words_of(sentence)
        worth = self.weights.step / sqrt(len(words) + 1)
        weights = [self._share(self._word(word)[0], place_of_kind) for word in words]
        for place, pair in enumerate(self._pairs_of(words)):
            sides = [side for side in (place - 1, place) if 0 <= side < len(words)]
            for side in sides:
                weights[side] += self._share(self._pair(pair), place_of_kind) / len(sides)
        spans = (match.span() for match in islice(_WORD.finditer(sentence), MOST_WORDS))
        return [(start, end, weight * worth) for (start, end), weight in zip(spans, weights, strict=True)]

    def _rows(self, words: list[str]) -> list[int]:
        rows = [self._word(word)[0] for word in words]
        rows += [self._pair(pair) for pair in self._pairs_of(words)]
        return [row for row in rows if row is not None]

    def _pairs_of(self, words: list[str]) -> list[str]:
        stems = [_BEGINNING, *(self._word(word)[1] for word in words), _END]
        return [f"{first} {second}" for first, second in pairwise(stems)]

    def _word(self, word: str) -> tuple[int | None, str]:
        """Give a word's row, that of its stem where it has none, and its stem."""
        known = self._words.get(word)
        if known is None:
            bare = stem(word)
            number = self._word_numbers.get(word, self._word_numbers.get(bare))
            row = None if number is None else self._packed(self.weights.word_rows, number)
            known = self._words[word] = (row, bare)
        return known

    def _pair(self, pair: str) -> int | None:
        number = self._pair_numbers.get(pair)
        if number is None:
            return None
        known = self._pairs.get(pair)
        if known is None:
            known = self._pairs[pair] = self._packed(self.weights.pair_rows, number)
        return known

    def _packed(self, rows: bytes, number: int) -> int:
        size = len(self.kinds)
        fields = bytearray(size * _FIELD)
        fields[::_FIELD] = rows[number * size : (number + 1) * size]
        return int.from_bytes(fields, "little")

    @staticmethod
    def _share(row: int | None, place: int) -> float:
        return 0.0 if row is None else float((row >> (8 * _FIELD * place)) & 0xFF) - _ZERO


@cache
def shipped_second_reader() -> SecondReader:
    """Give the second reader with the table that comes with coprod."""
    raw = resources.files("campaigns.checking").joinpath("secondreader.json").read_bytes()
    return SecondReader(msgspec.json.decode(raw, type=Weights))


def words_of(sentence: str) -> list[str]:
    """Give the words of a folded sentence, the first 400; numbers as one # a digit, at most three."""
    return [
        "#" * min(len(word), _LONGEST_NUMBER) if word.isdigit() else word
        for word in islice((match.group() for match in _WORD.finditer(sentence)), MOST_WORDS)
    ]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give a word without its ending: `girls` and `girl` are one, so are `choosing` and `choose`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM + 1 else word
