"""XLSX as people have it: the first sheet as texts, measured before it is unpacked."""

import io
import re
import zipfile
from pathlib import Path
from typing import IO

import polars as pl

from analysis.inputs.csvfile import column_names
from analysis.inputs.zipfiles import DAMAGED
from coprod.kernel.problem import BadInputError

LARGEST_UNPACKED = 2_000_000_000
MOST_CELLS = 100_000_000
PIECE = 1 << 22
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_TAIL = 300
_LETTERS = 26


def read_workbook(content: bytes, path: Path) -> pl.DataFrame:
    """Give the first sheet as a table of texts, formulas as the values they had when it was saved.

    Raises BadInputError for what is not a whole workbook, one that unpacks to over 2 GB or whose cells are spread so
    far that a table of them would not fit, and for a header with two columns of one name.
    """
    _check_archive(content, path)
    from fastexcel import FastExcelError, read_excel

    try:
        sheet = read_excel(content).load_sheet(0, header_row=None, dtypes="string")
        frame = sheet.to_polars()
    except (FastExcelError, pl.exceptions.PolarsError, ValueError, IndexError):
        raise _damaged(path) from None
    if frame.is_empty():
        return frame
    header = ["" if cell is None else str(cell) for cell in frame.row(0)]
    body = frame.slice(1)
    body.columns = column_names(header, path)
    return _without_blank_end(body)


def _without_blank_end(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the table up to its last row with something in it; a blank row between others keeps its place."""
    written = frame.select(row=pl.any_horizontal(pl.all().is_not_null()))["row"].arg_true()
    return frame.head(int(written[-1]) + 1) if len(written) else frame.clear()


def _check_archive(content: bytes, path: Path) -> None:
    """Read the archive through once, piece by piece, whatever sizes it states of itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            left = LARGEST_UNPACKED
            for part in parts.infolist():
                with parts.open(part) as file:
                    left -= _measured(file, part, left, path)
    except DAMAGED:
        raise _damaged(path) from None


def _measured(file: IO[bytes], part: zipfile.ZipInfo, left: int, path: Path) -> int:
    """Give how long a part is, unpacked. Raises BadInputError as soon as it is over `left` or its cells are too far apart."""
    is_sheet, size, far, tail = bool(_SHEET.search(part.filename)), 0, (0, 0), b""
    while piece := file.read(PIECE):
        size += len(piece)
        if size > left:
            raise BadInputError.of(path, "the workbook unpacks to over 2 GB", "split it")
        if is_sheet:
            far = _farthest(tail + piece, far)
            tail = piece[-_TAIL:]
            if far[0] * far[1] > MOST_CELLS:
                what = f"the sheet reaches to row {far[1]:,} and column {far[0]:,}"
                raise BadInputError.of(path, what, "delete what stands far from the table, or split it")
    return size


def _farthest(xml: bytes, far: tuple[int, int]) -> tuple[int, int]:
    """Give the last column and the last row that a cell was seen in."""
    places = _PLACE.findall(xml)
    columns = {letters for letters, _ in places}
    last_row = max((int(row) for _, row in places), default=0)
    return max((far[0], *map(_number, columns))), max(far[1], last_row)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _damaged(path: Path) -> BadInputError:
    return BadInputError.of(path, "this is not an XLSX workbook, or it is damaged", "save it again")
