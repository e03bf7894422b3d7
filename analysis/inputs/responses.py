"""Responses: answers from other people's files or from an opened batch, cleaned at the door."""

import csv
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import BatchAbout, is_batch, read_batch_parquet
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean, clean_line
from coprod.kernel.yamlfile import nearest

LARGEST = 2_000_000_000
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_HEAD = 65_536
_MENDED = "open it in the program it came from and save it again as CSV UTF-8"
_SAFE = r"^[\n\t\x20-\x7e’‘“”–—…£€]*$"
_IDENTIFYING = re.compile(
    r"(?:^|[\s_.-])(?:(?:first|last|full|sur|fore|user)?[\s_-]?names?|e-?mail|phone|telephone|mobile|address|postcode|zip|"
    r"dob|date of birth|birth ?date|ip|latitude|longitude|location|gps|device ?id|imei|start ?time|end ?time|start ?date|"
    r"submission|submitted|timestamp|time ?stamp|nhs ?(?:no|number)|respondent[\s_-]?id|participant[\s_-]?id|username)"
    r"(?:$|[\s_.:-])",
    re.IGNORECASE,
)


class Responses(Struct, frozen=True):
    """Answers as a table, and where they came from.

    Of a file, `frame` has one row a row of the file, in order, and its columns. Of a batch it has the
    rows described in `analysis.inputs.batchfile` and `about` says what they are. All text is clean.
    """

    source: str
    frame: pl.DataFrame
    about: BatchAbout | None = None

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"Responses({self.frame.height} rows)"

    @property
    def simulated(self) -> bool:
        """Tell whether any of it was made up by a machine, as far as the source says."""
        return self.about is not None and self.about.simulated

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Give the columns, or the batch's questions, that hold text."""
        if self.about is None:
            return tuple(name for name, kind in self.frame.schema.items() if kind == pl.String)
        return tuple(one.key for one in self.about.questions if one.question.kind == "text")

    @property
    def identifying(self) -> tuple[str, ...]:
        """Give the columns whose names say that they may tell who somebody is."""
        if self.about is not None:
            return ()
        return tuple(name for name in self.frame.columns if _IDENTIFYING.search(name))

    def texts(self, column: str) -> pl.Series:
        """Give the texts of a column (one a row of a file, null where empty) or of a batch's free-text question.

        Raises BadInputError naming the columns there are.
        """
        return self._written(column)["text"]

    def quotable(self, column: str) -> pl.Series:
        """Tell of each of `texts` whether its writer let it be quoted; for a file, nobody asked, and it is the analyst's to know."""
        return self._written(column)["may_quote"]

    def _written(self, column: str) -> pl.DataFrame:
        if column not in self.text_columns:
            raise self._no_such(column)
        if self.about is None:
            return self.frame.select(text=pl.col(column), may_quote=pl.lit(value=True))
        held = self.frame.filter((pl.col("question") == column) & pl.col("text").is_not_null())
        return held.select("text", pl.col("may_quote").fill_null(value=False))

    def _no_such(self, column: str) -> BadInputError:
        if column in self.frame.columns and self.about is None:
            return BadInputError.of(self.source, f"the column `{column}` holds no text", self._mend(column))
        return BadInputError.of(self.source, f"there is no text column `{column}`", self._mend(column))

    def _mend(self, column: str) -> str:
        if not self.text_columns:
            return "give a file that has a column of text"
        likely = nearest(column, self.text_columns)
        known = f"columns of text here: {', '.join(self.text_columns)}"
        return known if likely.startswith("known") else f"{likely} {known}"


def read_responses(path: Path) -> Responses:
    """Give the responses in a CSV, XLSX or Parquet file, told apart by its ending.

    CSV may be parted by comma, semicolon or tab and is read as text. A Parquet file may be an opened
    batch. Raises BadInputError for a file that is missing, empty, over 2 GB, binary, not in UTF-8,
    malformed, or without a named column.
    """
    kind = path.suffix.lower()
    if path.is_file() and kind not in KINDS:
        raise BadInputError.of(
            path, "coprod cannot tell what this file is", f"give one of: {', '.join(KINDS)}"
        )
    content = read_bytes(path, LARGEST)
    if not content.strip():
        raise BadInputError.of(path, "the file is empty", "give a file with a header row and answers")
    if kind == ".parquet":
        return responses_from_batch(content, str(path)) if is_batch(content) else _parquet(content, path)
    frame = _xlsx(content, path) if kind == ".xlsx" else _csv(content, path)
    return Responses(str(path), _cleaned(frame))


def responses_from_batch(parquet: bytes, name: str = "batch") -> Responses:
    """Give the responses in a batch's opened Parquet bytes. Raises BadInputError when they are not a batch."""
    batch = read_batch_parquet(parquet, name)
    return Responses(name, batch.frame, batch.about)


def _parquet(content: bytes, path: Path) -> Responses:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        raise BadInputError.of(
            path, "this is not a Parquet file, or it is damaged", "save it again"
        ) from None
    return Responses(str(path), _cleaned(_with_rows(frame, path)))


def _xlsx(content: bytes, path: Path) -> pl.DataFrame:
    """Read the first sheet with everything as text."""
    _unpacked_size(content, path)
    from fastexcel import FastExcelError

    try:
        frame = pl.read_excel(io.BytesIO(content), sheet_id=1, infer_schema_length=0, raise_if_empty=False)
    except (FastExcelError, pl.exceptions.PolarsError, ValueError):
        raise BadInputError.of(
            path, "this is not an XLSX workbook, or it is damaged", "save it again"
        ) from None
    return _with_rows(frame, path)


def _unpacked_size(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise BadInputError.of(
            path, "this is not an XLSX workbook, or it is damaged", "save it again"
        ) from None
    if unpacked > LARGEST:
        raise BadInputError.of(path, "the workbook unpacks to over 2 GB", "split it")


def _csv(content: bytes, path: Path) -> pl.DataFrame:
    content = _utf8(content, path)
    header, separator = _header(content, path)
    try:
        frame = pl.read_csv(io.BytesIO(content), separator=separator, infer_schema=False)
        frame.columns = header
    except (pl.exceptions.PolarsError, pl.exceptions.ShapeError):
        raise _odd_line(content, path, separator, len(header)) from None
    return _with_rows(frame, path)


def _utf8(content: bytes, path: Path) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInputError.of(path, "this file is in UTF-16", _MENDED)
    if b"\x00" in content[:_HEAD]:
        raise BadInputError.of(
            path, "this is a binary file, not a table of text", "give a CSV, XLSX or Parquet file"
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInputError(Problem(str(path), line, 1, "this line is not in UTF-8", _MENDED)) from None
    return content.removeprefix(b"\xef\xbb\xbf")


def _header(content: bytes, path: Path) -> tuple[list[str], str]:
    """Give the columns' names and what parts them: the comma, semicolon or tab that makes most of the first row."""
    head = content[:_HEAD].decode("utf-8", errors="ignore")
    rows = {sign: next(csv.reader(io.StringIO(head), delimiter=sign), []) for sign in ",;\t"}
    separator = max(rows, key=lambda sign: len(rows[sign]))
    names = [clean_line(name) or f"column {place}" for place, name in enumerate(rows[separator], start=1)]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise BadInputError.of(
            path,
            f"two columns are called `{twice[0]}`",
            "give every column a name of its own in the first row",
        )
    return names, separator


def _odd_line(content: bytes, path: Path, separator: str, wanted: int) -> BadInputError:
    """Say where a table stops being one, without showing what is written there."""
    reader = csv.reader(io.StringIO(content.decode("utf-8")), delimiter=separator, strict=True)
    line, what = 1, "a quotation mark is opened and not closed"
    try:
        for row in reader:
            if len(row) > wanted:
                what = f"this row has {len(row)} cells and the header {wanted}"
                break
            line = reader.line_num + 1
    except csv.Error:
        line = reader.line_num
    return BadInputError(Problem(str(path), line, 1, what, _MENDED))


def _with_rows(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    if frame.is_empty():
        raise BadInputError.of(
            path, "there are no answers under the header", "give a file with at least one row"
        )
    return frame


def _cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean the columns' names and every text; only texts that are not plain letters go through Python."""
    named = frame.rename({name: clean_line(name) for name in frame.columns})
    texts = [name for name, kind in named.schema.items() if kind == pl.String]
    return named.with_columns(_clean_column(named[name]) for name in texts)


def _clean_column(texts: pl.Series) -> pl.Series:
    odd = ~texts.str.contains(_SAFE).fill_null(value=True)
    if not odd.any():
        return texts
    distinct = texts.filter(odd).unique()
    cleaned = pl.Series(texts.name, [clean(text) for text in distinct], dtype=pl.String)
    return texts.replace(distinct, cleaned)
