"""Concordance: every place a word or phrase stands, with what is written around it."""

import re

import polars as pl
from msgspec import Struct

from analysis.inputs.texts import folded
from analysis.publishing.redaction import redact
from coprod.kernel.problem import BadInputError

WIDTH = 40
LONGEST_PATTERN = 200


class Line(Struct, frozen=True):
    """One place: the row of the answer (from 0), what stands before, the words found, what stands after."""

    row: int
    before: str
    found: str
    after: str

    def __repr__(self) -> str:
        """Give the row only: a representation may land in a log, and answers may not."""
        return f"Line(row {self.row})"


def find_lines(texts: pl.Series, pattern: str) -> tuple[Line, ...]:
    """Give every place in `texts` where the words of `pattern` stand, at the start of a word, in any capitals.

    "wait" finds waiting; "my worker" finds both words with any blank between. Forty characters are
    given either side, redacted. Raises BadInputError for a
    pattern without a letter or digit.
    """
    wanted = folded(pl.Series([pattern]))[0].split()
    if not wanted or len(pattern) > LONGEST_PATTERN:
        raise BadInputError.of(
            "PATTERN",
            "there is nothing to look for in it",
            f"write a word or a phrase, at most {LONGEST_PATTERN} letters",
        )
    expression = r"\b" + r"\W+".join(word.replace("'", "['’]") for word in wanted) + r"[\w'’]*"
    rows = texts.str.contains(f"(?i){expression}").fill_null(value=False).arg_true()
    finder = re.compile(expression, re.IGNORECASE)
    redacted = redact(texts.gather(rows).to_list())
    return tuple(
        line for row, one in zip(rows, redacted, strict=True) for line in _lines(row, one.text, finder)
    )


def _lines(row: int, text: str, finder: re.Pattern[str]) -> list[Line]:
    flat = " ".join(text.split())
    return [
        Line(row, flat[max(0, found.start() - WIDTH) : found.start()], found[0], flat[found.end() :][:WIDTH])
        for found in finder.finditer(flat)
    ]
