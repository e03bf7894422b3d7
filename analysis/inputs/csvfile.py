"""CSV as people have it: parted by comma, semicolon or tab, in UTF-8, its rows of one length or the place said."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean_line

MOST_COLUMNS = 5_000
_HEAD = 65_536
_LONGEST_HEADER = 4_000_000
_MENDED = "open it in the program it came from and save it again as CSV UTF-8"


def read_csv(content: bytes, path: Path) -> pl.DataFrame:
    """Give a table of texts. Raises BadInputError with the line where it is no table or not in UTF-8."""
    content = _utf8(content, path)
    header, separator = _header(content, path)
    try:
        frame = pl.read_csv(io.BytesIO(content), separator=separator, infer_schema=False)
        frame.columns = header
    except (pl.exceptions.PolarsError, pl.exceptions.ShapeError):
        raise _odd_line(content, path, separator, len(header)) from None
    return frame


def column_names(header: Sequence[str], path: Path) -> list[str]:
    """Give clean names, one for each column. Raises BadInputError for two columns with one name, or over 5,000."""
    if len(header) > MOST_COLUMNS:
        raise BadInputError.of(
            path,
            f"this table has {len(header):,} columns, and the most is {MOST_COLUMNS:,}",
            "give one row a response and one column a question; or split it",
        )
    names = [clean_line(name) or f"column {place}" for place, name in enumerate(header, start=1)]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        mend = "give every column a name of its own in the first row"
        raise BadInputError.of(path, f"two columns are called `{twice[0]}`", mend)
    return names


def _utf8(content: bytes, path: Path) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInputError.of(path, "this file is in UTF-16", _MENDED)
    if b"\x00" in content[:_HEAD]:
        raise BadInputError.of(
            path, "this is a binary file, not a table of text", "give a CSV, XLSX, Parquet or SPSS file"
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInputError(Problem(str(path), line, 1, "this line is not in UTF-8", _MENDED)) from None
    return content.removeprefix(b"\xef\xbb\xbf")


def _header(content: bytes, path: Path) -> tuple[list[str], str]:
    """Give the columns' names and what parts them: the comma, semicolon or tab that makes most of the first row."""
    head = content[:_LONGEST_HEADER].decode("utf-8", errors="ignore")
    rows = {sign: _first_row(head, sign) for sign in ",;\t"}
    separator = max(rows, key=lambda sign: len(rows[sign]))
    if not rows[separator]:
        what = "the first row holds a text far too long for a column's name"
        raise BadInputError.of(path, what, "put the columns' names in the first row")
    return column_names(rows[separator], path), separator


def _first_row(head: str, separator: str) -> list[str]:
    """Give the cells of the first row; none where a cell is longer than any name, so that it is parted otherwise."""
    try:
        return next(csv.reader(io.StringIO(head), delimiter=separator), [])
    except csv.Error:
        return []


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
