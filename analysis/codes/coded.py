"""Coded answers in a table: a column of text and, for each code, a column with 1 where the answer has it."""

import csv

import numpy as np
import numpy.typing as npt
import polars as pl
from msgspec import Struct

from analysis.inputs.responses import Responses
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

YES = ("1", "1.0", "true", "yes", "x")
NO = ("", "0", "0.0", "false", "no")
OPTION = "--codes"


class CodedAnswers(Struct, frozen=True):
    """Texts and, for each text and code, whether it was given."""

    codes: tuple[str, ...]
    texts: pl.Series
    given: npt.NDArray[np.bool_]

    def __repr__(self) -> str:
        """Give the sizes only."""
        return f"CodedAnswers({len(self.texts)} answers, {len(self.codes)} codes)"


def code_names(line: str) -> tuple[str, ...]:
    """Give the names in one CSV line, those with commas quoted. Raises BadInputError for none, a blank one or one twice."""
    rows = [row for row in csv.reader([line], skipinitialspace=True, strict=False) if row]
    names = tuple(clean_line(name) for name in rows[0]) if rows else ()
    if not names or not all(names):
        raise BadInputError.of(OPTION, "a code without a name", "write names parted by commas: waits,GP")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInputError.of(OPTION, f"`{twice[0]}` stands there twice", "name each code once")
    return names


def read_coded(responses: Responses, text: str, codes: tuple[str, ...]) -> CodedAnswers:
    """Give the coded answers in a table. Raises BadInputError for columns that are not there (all at once), for a column
    that holds anything but 1, 0 and blanks, and for a batch, which has no such columns.
    """
    frame = responses.frame
    if responses.about is not None:
        raise BadInputError.of(responses.source, "a batch holds no codes", "name a table of coded answers")
    texts = responses.texts(text)
    missing = [name for name in codes if name not in frame.columns]
    if missing:
        others = [name for name in frame.columns if name != text]
        raise BadInputError(
            *(
                Problem(responses.source, 1, 1, f"there is no column `{name}`", nearest(name, others))
                for name in missing
            )
        )
    return CodedAnswers(
        codes, texts, np.column_stack([_given(frame[name], responses.source) for name in codes])
    )


def _given(column: pl.Series, source: str) -> npt.NDArray[np.bool_]:
    said = column.cast(pl.String).fill_null("").str.strip_chars().str.to_lowercase()
    odd = ~said.is_in([*YES, *NO])
    if odd.any():
        row = int(odd.arg_max() or 0) + 1
        raise BadInputError.of(
            source,
            f"column `{column.name}` holds something other than 1, 0 or a blank, first in row {row} of the answers",
            "write 1 where the answer has the code",
        )
    yes: npt.NDArray[np.bool_] = said.is_in(YES).to_numpy()
    return yes
