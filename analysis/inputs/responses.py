"""Responses: answers from other people's files or from an opened batch, cleaned at the door."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import polars as pl
from msgspec import Struct, structs

from analysis.inputs.batchfile import BatchAbout, is_batch, read_batch_parquet
from analysis.inputs.columns import AskedQuestionnaire, Column, Keep, find_column, left_out_error
from analysis.inputs.counting import Counted, count_columns
from analysis.inputs.tablefiles import (
    DAMAGED_PARQUET,
    KINDS,
    cleaned,
    damaged_parquet,
    read_table,
    scan_parquet,
)
from analysis.inputs.taking import Taken, take_columns
from coprod.kernel.files import read_bytes, reading
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

LARGEST = 2_000_000_000
NOTHING_KEPT = Keep()


class Responses(Struct, frozen=True, dict=True):
    """Answers as a table, and where they came from.

    Of a file, `rows` has one row a row of the file, in order, and its columns; of a Parquet file they are read when
    asked for. Of a batch it has the rows described in `analysis.inputs.batchfile` and `about` says what they are.
    `columns` says what each column of a file is taken for, those left out too; `tool` whose export it is, and
    `questionnaire` which questionnaire it was read with, and `not_found` its questions without a column. `counted` holds counts made ahead (`counted_ahead`).
    """

    source: str
    rows: pl.DataFrame | pl.LazyFrame
    about: BatchAbout | None = None
    columns: tuple[Column, ...] = ()
    tool: str = ""
    questionnaire: str = ""
    not_found: tuple[str, ...] = ()
    counted: Mapping[str, Counted] = {}

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"Responses({self.height} rows)"

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Give all rows, clean."""
        return cleaned(self.rows.collect()) if isinstance(self.rows, pl.LazyFrame) else self.rows

    @cached_property
    def schema(self) -> Mapping[str, pl.DataType]:
        """Give the type of each column, in order."""
        return self.rows.collect_schema()

    @cached_property
    def height(self) -> int:
        """Give how many rows there are. A true count: never print it of people."""
        return int(self.rows.lazy().select(pl.len()).collect().item())

    @property
    def simulated(self) -> bool:
        """Tell whether any of it was made up by a machine, as far as the source says."""
        return self.about is not None and self.about.simulated

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Give the columns, or the batch's questions, that hold text."""
        if self.about is not None:
            return tuple(one.key for one in self.about.questions if one.question.kind == "text")
        closed = {one.name for one in self.columns if one.matched and one.taken_as != "text"}
        return tuple(name for name, kind in self.schema.items() if kind == pl.String and name not in closed)

    @property
    def closed_columns(self) -> tuple[str, ...]:
        """Give the columns, or the batch's questions, that were answered by choosing or with a number."""
        if self.about is not None:
            return tuple(one.key for one in self.about.questions if one.question.kind != "text")
        return tuple(one.name for one in self.columns if one.taken_as not in {"text", "empty", "left out"})

    @property
    def identifying(self) -> tuple[str, ...]:
        """Give the columns of a file that are left out, because they may say who somebody is."""
        return tuple(one.headers[0] for one in self.columns if one.left_out)

    def texts(self, column: str) -> pl.Series:
        """Give the texts of a column (one a row of a file, null where empty) or of a batch's free-text question.

        Raises BadInputError naming the columns there are.
        """
        return self._written(column)["text"]

    def quotable(self, column: str) -> pl.Series:
        """Tell of each of `texts` whether its writer let it be quoted; for a file, nobody asked, and it is the analyst's to know."""
        return self._written(column)["may_quote"]

    def column(self, asked: str) -> Column:
        """Give the column of a file somebody means by its name, a header or its wording.

        Raises BadInputError for one that is not there or left out.
        """
        found = find_column(self.columns, asked)
        if found is None and asked in self.schema:
            return Column(asked, (asked,), "text")
        if found is None:
            known = [name for one in self.columns for name in (one.name, *one.headers)] or list(self.schema)
            raise BadInputError.of(
                self.source, f"there is no column `{clean_line(asked)}`", nearest(asked, known)
            )
        if found.left_out:
            raise left_out_error(self.source, found)
        return found

    def _written(self, asked: str) -> pl.DataFrame:
        found = find_column(self.columns, asked)
        if found is not None and found.left_out:
            raise left_out_error(self.source, found)
        column = found.name if found is not None else asked
        if column not in self.text_columns:
            raise self._no_such(asked, column)
        if self.about is None:
            return self.frame.select(text=pl.col(column), may_quote=pl.lit(value=True))
        held = self.frame.filter((pl.col("question") == column) & pl.col("text").is_not_null())
        return held.select("text", pl.col("may_quote").fill_null(value=False))

    def _no_such(self, asked: str, column: str) -> BadInputError:
        if column in self.schema and self.about is None:
            return BadInputError.of(self.source, f"the column `{asked}` holds no text", self._mend(asked))
        return BadInputError.of(self.source, f"there is no text column `{asked}`", self._mend(asked))

    def _mend(self, column: str) -> str:
        if not self.text_columns:
            return "give a file that has a column of text"
        likely = nearest(column, self.text_columns)
        known = f"columns of text here: {', '.join(self.text_columns)}"
        return known if likely.startswith("known") else f"{likely} {known}"


def read_responses(
    path: Path, questionnaires: tuple[AskedQuestionnaire, ...] = (), keep: Keep = NOTHING_KEPT
) -> Responses:
    """Give the responses in a CSV, XLSX, Parquet or SPSS file, told apart by its ending.

    CSV may be parted by comma, semicolon or tab and is read as text; a Parquet file may be an opened batch. What form
    tools export is recognised, and columns that may say who somebody is are left out unless `keep` names them and why.
    The first of `questionnaires` that explains the file says what was asked. Raises BadInputError for a file that is
    missing, empty, over 2 GB, binary, not in UTF-8, malformed, or without a named column; RefusedError for `keep`
    without a reason.
    """
    kind = path.suffix.lower()
    if path.is_file() and kind not in KINDS:
        raise BadInputError.of(
            path, "coprod cannot tell what this file is", f"give one of: {', '.join(KINDS)}"
        )
    if kind == ".parquet":
        return _parquet(path, questionnaires, keep)
    content = read_bytes(path, LARGEST)
    if not content.strip():
        raise BadInputError.of(path, "the file is empty", "give a file with a header row and answers")
    taken = take_columns(read_table(content, path), str(path), questionnaires, keep)
    return _responses(taken, path)


def _responses(taken: Taken, path: Path) -> Responses:
    return Responses(
        str(path), taken.rows, None, taken.columns, taken.tool, taken.questionnaire, taken.not_found
    )


def responses_from_batch(parquet: bytes, name: str = "batch") -> Responses:
    """Give the responses in a batch's opened Parquet bytes. Raises BadInputError when they are not a batch."""
    batch = read_batch_parquet(parquet, name)
    return Responses(name, batch.frame, batch.about)


def counted_ahead(responses: Responses, names: tuple[str, ...]) -> Responses:
    """Give the same responses with the answers to several columns counted in one pass over the file.

    Raises BadInputError for a column that is not there or left out.
    """
    if responses.about is not None:
        return responses
    return structs.replace(
        responses, counted=count_columns(responses.rows, [responses.column(name).name for name in names])
    )


def _parquet(path: Path, questionnaires: tuple[AskedQuestionnaire, ...], keep: Keep) -> Responses:
    with reading(path) as file:
        if not file.read(1):
            raise BadInputError.of(path, "the file is empty", "give a file with a header row and answers")
    if is_batch(path):
        return responses_from_batch(read_bytes(path, LARGEST), str(path))
    try:
        taken = take_columns(scan_parquet(path), str(path), questionnaires, keep)
    except DAMAGED_PARQUET:
        raise damaged_parquet(path) from None
    return _responses(taken, path)
