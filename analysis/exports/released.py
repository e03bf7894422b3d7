"""Released tables as sheets: every cell with its status and reason, nothing that was not shown."""

from collections.abc import Sequence
from typing import get_args

import polars as pl
from msgspec import Struct

from analysis.exports.sheets import Sheet
from coprod.kernel.released import ReleasedCell, ReleasedTable, Status

ANSWER, APART, MEAN, MEDIAN = "answer", "did not answer", "mean", "in the middle"
COLUMNS = (
    "question",
    "wording",
    "answered",
    "by",
    "group",
    "what",
    "value",
    "shown",
    "percent",
    "status",
    "reason",
    "audit",
)
LABELS = {
    "question": "Question or column",
    "wording": "Its words",
    "answered": "How many answered, as it may be shown",
    "by": "The question it is broken down by",
    "group": "The group these cells are of",
    "what": "An answer, a way of not answering, the mean or what is in the middle",
    "value": "The answer",
    "shown": "What may be shown of how many gave it",
    "percent": "Per cent of those who answered",
    "status": "How the cell was protected",
    "reason": "Why",
    "audit": "What the table was held against",
}  # fmt: skip
SCHEMA = pl.Schema({name: pl.String() for name in COLUMNS})


class ReleasedSheet(Struct, frozen=True):
    """A table that was released, the question it is broken down by, and what it was held against."""

    table: ReleasedTable
    by: str
    audit: str


def one_sheet(tables: Sequence[ReleasedSheet]) -> Sheet:
    """Give all tables under each other, a row a cell."""
    rows = [row for one in tables for row in _rows(one)]
    return _sheet("Tables", rows)


def sheet_each(tables: Sequence[ReleasedSheet]) -> tuple[Sheet, ...]:
    """Give a sheet a table, in order."""
    return tuple(
        _sheet(f"{place} {one.table.question}", _rows(one)) for place, one in enumerate(tables, start=1)
    )


def _sheet(title: str, rows: list[tuple[str, ...]]) -> Sheet:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    coded = {"status": get_args(Status), "what": (ANSWER, APART, MEAN, MEDIAN)}
    return Sheet(title, frame, LABELS, coded)


def _rows(one: ReleasedSheet) -> list[tuple[str, ...]]:
    table = one.table
    head = (table.question, table.wording, table.answered, one.by)
    rows = [(*head, *_cell(cell, ANSWER), one.audit) for cell in table.cells]
    rows += [(*head, *_cell(cell, APART), one.audit) for cell in table.apart]
    for what, shown, why in (
        (MEAN, table.average, "To the nearest 0.5."),
        (MEDIAN, table.median, "The answer in the middle of all."),
    ):
        if shown:
            rows.append((*head, "", what, what.capitalize(), shown, "", "rounded", why, one.audit))
    return rows


def _cell(cell: ReleasedCell, what: str) -> tuple[str, ...]:
    return cell.by or "", what, cell.value, cell.shown, cell.percent, cell.status, cell.reason
