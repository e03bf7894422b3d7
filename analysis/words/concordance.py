"""Concordance: every place a word or phrase stands, with what is written around it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from msgspec import Struct

from analysis.inputs.texts import folded
from analysis.publishing.redaction import Decided, redact
from analysis.words.words import split_words
from coprod.kernel.problem import BadInputError

WIDTH = 40
LONGEST_PATTERN = 200
A_PAGE = 50
LAST = "\U0010ffff"

Rows = npt.NDArray[Any]


class Line(Struct, frozen=True):
    """One place: the row of the answer (from 0), what stands before, the words found, what stands after."""

    row: int
    before: str
    found: str
    after: str

    def __repr__(self) -> str:
        """Give the row only: a representation may land in a log, and answers may not."""
        return f"Line(row {self.row})"


def find_lines(
    texts: pl.Series, pattern: str, decided: Mapping[str, Decided] | None = None
) -> tuple[Line, ...]:
    """Give every place in `texts` where the words of `pattern` stand, at the start of a word, in any capitals.

    "wait" finds waiting; "my worker" finds both words with any blank between. Forty characters are
    given either side, redacted; `decided` is what a person decided of a text, as in `redact`. Raises BadInputError
    for a pattern without a letter or digit.
    """
    expression = _expression(_wanted(pattern))
    rows = texts.str.contains(f"(?i){expression}").fill_null(value=False).arg_true()
    finder = re.compile(expression, re.IGNORECASE)
    return tuple(_lines_in(texts, rows.to_list(), finder, decided))


class Index(Struct, frozen=True):
    """Where every word stands, so that a search reads only the answers that hold its words.

    `words` is in the order of the alphabet; the rows of the answers that hold word n are
    `rows[starts[n]:starts[n + 1]]`. `decided` is as `find_lines` takes it.
    """

    texts: pl.Series
    words: list[str]
    starts: Rows
    rows: Rows
    decided: Mapping[str, Decided] = {}

    def __repr__(self) -> str:
        """Give the size only."""
        return f"Index({len(self.words)} words)"


class Page(Struct, frozen=True):
    """Some of the lines, and from which answer on to look for more: the number of the next candidate, or None."""

    lines: tuple[Line, ...]
    more_from: int | None


def index_of(texts: pl.Series, decided: Mapping[str, Decided] | None = None) -> Index:
    """Read texts once, to search them many times."""
    held = split_words(texts).unique().sort("word", "answer")
    counted = held.group_by("word", maintain_order=True).len()
    starts = np.concatenate([[0], counted["len"].cum_sum().to_numpy()])
    return Index(texts, counted["word"].to_list(), starts, held["answer"].to_numpy(), decided or {})


def search(index: Index, pattern: str, start: int = 0, most: int = A_PAGE) -> Page:
    """Give a page of what `find_lines` gives, from candidate `start` on, redacting only what is shown.

    Raises BadInputError as `find_lines` does.
    """
    wanted = _wanted(pattern)
    candidates = _candidates(index, wanted)
    finder = re.compile(_expression(wanted), re.IGNORECASE)
    matching: list[int] = []
    place = start
    while place < len(candidates) and len(matching) < most:
        row = int(candidates[place])
        if finder.search(index.texts[row]):
            matching.append(row)
        place += 1
    lines = tuple(_lines_in(index.texts, matching, finder, index.decided))
    return Page(lines, place if place < len(candidates) else None)


def count_answers(index: Index, pattern: str) -> int:
    """Give in how many answers the words stand that `search` looks for. Raises BadInputError as `find_lines` does."""
    wanted = _wanted(pattern)
    held = index.texts.gather(_candidates(index, wanted))
    return int(held.str.contains(f"(?i){_expression(wanted)}").sum())


def _candidates(index: Index, wanted: list[str]) -> Rows:
    """Give the rows that hold every word wanted, the last one at least as a beginning."""
    *whole, beginning = wanted
    first, last = bisect_left(index.words, beginning), bisect_left(index.words, beginning + LAST)
    found = np.unique(index.rows[index.starts[first] : index.starts[last]])
    for word in whole:
        place = bisect_left(index.words, word)
        is_there = place < len(index.words) and index.words[place] == word
        rows = index.rows[index.starts[place] : index.starts[place + 1]] if is_there else index.rows[:0]
        found = np.intersect1d(found, rows, assume_unique=True)
    return found


def _wanted(pattern: str) -> list[str]:
    wanted: list[str] = folded(pl.Series([pattern]))[0].split()
    if not wanted or len(pattern) > LONGEST_PATTERN:
        raise BadInputError.of(
            "PATTERN",
            "there is nothing to look for in it",
            f"write a word or a phrase, at most {LONGEST_PATTERN} letters",
        )
    return wanted


def _expression(wanted: list[str]) -> str:
    return r"\b" + r"\W+".join(word.replace("'", "['’]") for word in wanted) + r"[\w'’]*"


def _lines_in(
    texts: pl.Series, rows: list[int], finder: re.Pattern[str], decided: Mapping[str, Decided] | None
) -> Iterable[Line]:
    redacted = redact(texts.gather(rows).to_list(), decided)
    for row, one in zip(rows, redacted, strict=True):
        yield from _lines(row, one.text, finder)


def _lines(row: int, text: str, finder: re.Pattern[str]) -> list[Line]:
    flat = " ".join(text.split())
    return [
        Line(row, flat[max(0, found.start() - WIDTH) : found.start()], found[0], flat[found.end() :][:WIDTH])
        for found in finder.finditer(flat)
    ]
