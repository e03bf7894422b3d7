"""What was answered: released tables as bars with words, drawn from what is printed and nothing else."""

import re
from collections.abc import Iterator, Sequence

from analysis.exports.safecells import safe_text
from coprod.kernel.document import Bar, BarChart, Block, Document, Heading, Paragraph, Table, plain
from coprod.kernel.released import ReleasedCell, ReleasedTable

CHART_NOTE = "The bars stand for bands of words, not for numbers."
PLAIN_ROUNDING = "Rounded to the nearest 5, so that no single answer shows."
SHOWN = frozenset({"ok", "rounded", "banded"})
MOST_TIED = 2
BAND_SHARES = {"few or none": 1 / 6, "about half": 1 / 2, "most or all": 5 / 6}
STATUSES = {
    "ok": "shown",
    "rounded": "rounded",
    "banded": "in words",
    "hidden-small": "hidden, too few",
    "hidden-protect": "hidden, to protect another",
    "withheld": "withheld",
}
HEADER = (
    "Question",
    "Answered",
    "Answer",
    "Group",
    "Young people",
    "Per cent",
    "Status",
    "Reason",
    "Release",
)


def most_often(table: ReleasedTable) -> str:
    """Give in one sentence what was answered most, or nothing where nothing stands out."""
    shares = {cell: share_of(cell, table) for cell in table.cells if cell.status in SHOWN}
    most = max(shares.values(), default=0.0)
    cells = [cell for cell, share in shares.items() if share == most]
    if not most or len(cells) > MOST_TIED or cells == list(table.cells):
        return ""
    values = " and ".join(f"“{cell.value}”" for cell in cells)
    each = "each " if len(cells) > 1 else ""
    return f"{table.wording} Most often: {values} ({each}{cells[0].shown}; {table.answered} answered)."


def table_blocks(table: ReleasedTable, level: int) -> Iterator[Block]:
    """Give a question as its heading, a bar chart with every number in words, and each reason once."""
    yield Heading(level, plain(table.wording))
    answered = f"Young people who answered: {table.answered}."
    if not any(cell.status in SHOWN for cell in table.cells):
        yield Paragraph(plain(answered))
        yield Paragraph(plain(_listed_reasons(table.cells)), "small")
        return
    yield _chart(table, answered)
    if table.average:
        yield Paragraph(plain(f"Mean, to the nearest half: {table.average}."))
    if beside := "; ".join(f"{cell.value}: {cell.shown}" for cell in table.apart if cell.status in SHOWN):
        yield Paragraph(plain(f"Did not answer: {beside}."), "small")
    if reasons := _listed_reasons((*table.cells, *table.apart)):
        yield Paragraph(plain(reasons), "small")


def _chart(table: ReleasedTable, answered: str) -> BarChart:
    bars = tuple(Bar(cell.value, share_of(cell, table), _shown(cell)) for cell in table.cells)
    spoken = "; ".join(f"{bar.label}: {bar.shown}" for bar in bars)
    banded = all(cell.status == "banded" for cell in table.cells)
    caption = f"{answered} {CHART_NOTE}" if banded else answered
    return BarChart(caption, bars, f"Bar chart of {table.answered} answers. {spoken}.")


def _shown(cell: ReleasedCell) -> str:
    return f"{cell.shown} ({cell.percent})" if cell.percent else cell.shown


def share_of(cell: ReleasedCell, table: ReleasedTable) -> float:
    """Give the length of a bar, from 0 to 1, from what is printed and nothing else."""
    number, total = number_in(cell.shown), number_in(table.answered)
    if number is not None and total:
        return min(1.0, number / total)
    if total and cell.shown in BAND_SHARES and cell.status == "banded":
        return BAND_SHARES[cell.shown]
    return BAND_SHARES.get(cell.shown, 0.0)


def number_in(shown: str) -> int | None:
    """Give the number in words such as "about 15" or, exact, "31"; or None."""
    found = re.fullmatch(r"(?:about )?(\d+)", shown)
    return int(found[1]) if found else None


def tables_document(
    title: str, notes: Sequence[str], tables: Sequence[tuple[ReleasedTable, str]], mark: str
) -> Document:
    """Give tables with the status and the reason of every cell, for a workbook; each beside the release it stands in."""
    rows = tuple(row for table, release in tables for row in _rows(table, release))
    blocks: list[Block] = [Heading(1, plain(title)), *(Paragraph(plain(note)) for note in notes)]
    blocks.append(Table("All tables", HEADER, rows))
    header = HEADER[2:]
    blocks += [
        Table(table.wording, header, tuple(row[2:] for row in _rows(table, release)))
        for table, release in tables
    ]
    return Document(title, "en", tuple(blocks), mark)


def _rows(table: ReleasedTable, release: str) -> list[tuple[str, ...]]:
    """Give a line a cell; a label a person wrote is made safe for a spreadsheet, as every export does."""
    wording = safe_text(table.wording)
    return [
        (wording, table.answered, safe_text(cell.value), safe_text(cell.by or ""), cell.shown, cell.percent,
         STATUSES[cell.status], cell.reason, release)
        for cell in (*table.cells, *table.apart)
    ]  # fmt: skip


def _listed_reasons(cells: Sequence[ReleasedCell]) -> str:
    """Give each reason once, but for the one the whole report has given already."""
    return " ".join(dict.fromkeys(cell.reason for cell in cells if cell.reason != PLAIN_ROUNDING))
