"""Excel workbooks (XLSX) of any document: its words on the first sheet, then one sheet for each table or figure.

Every cell is text: nothing a person typed can be run as a formula, also where it begins like one.
"""

import io
import re
from typing import Any

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill

from campaigns.render.phrases import phrases
from campaigns.render.sheet import in_order
from campaigns.render.theme import Theme
from campaigns.render.zipped import same_bytes
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    Inline,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Table,
    text_of,
)
from coprod.kernel.text import clean_line

LONGEST_NAME = 31
LONGEST_CELL = 32_000
WIDEST, NARROWEST = 60, 12
ABOUT = "About"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_RUNS = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%\t\r]")
LARGE, TITLE = 16, 13


class Row(Struct, frozen=True):
    """One line of the first sheet; `level` is a heading's, or 0."""

    text: str
    level: int = 0


def drawn_workbook(document: Document, theme: Theme) -> bytes:
    """Give a document as a workbook, the same bytes every time."""
    ordered = in_order(document)
    book: Any = Workbook()
    book.properties.title, book.properties.creator = clean_line(document.title), "coprod"
    book.properties.language = ordered.language
    _fill_about(book.active, ordered, theme)
    names = {ABOUT.casefold()}
    for block in ordered.blocks:
        table = _as_table(block)
        if table is not None:
            sheet = book.create_sheet(_sheet_name(table.caption, names))
            _fill_table(sheet, table, theme)
    held = io.BytesIO()
    book.save(held)
    return same_bytes(held.getvalue())


def _as_table(block: Block) -> Table | None:
    match block:
        case Table():
            return block
        case BarChart():
            return Table(block.caption, ("", ""), tuple((bar.label, bar.shown) for bar in block.bars))
        case PathwayMap():
            rows = tuple((row.label, *(cell.words for cell in row.cells)) for row in block.rows)
            return Table(block.caption, ("", *block.steps), rows)
        case _:
            return None


def _fill_about(sheet: Any, document: Document, theme: Theme) -> None:
    sheet.title = ABOUT
    sheet.column_dimensions["A"].width = 100
    mark = phrases().mark(document.mark, document.language)
    rows = [Row(mark)] if mark else []
    for block in document.blocks:
        rows += _rows(block)
    rows += [Row(document.footer)] if document.footer else []
    for number, row in enumerate(rows, start=1):
        cell = _written(sheet.cell(number, 1), row.text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if row.level:
            size = LARGE if row.level == 1 else TITLE
            cell.font = Font(bold=True, size=size, color=_digits(theme.colours.hero))


def _rows(block: Block) -> list[Row]:
    match block:
        case Heading():
            return [Row(text_of(block.inline), block.level)]
        case Paragraph() | Quote():
            return [Row(text_of(block.inline))]
        case ItemList():
            return [Row(f"• {text}") for text in map(_inline, block.items)]
        case Code():
            return [Row(block.text)]
        case ContactCard():
            return [Row(f"{block.name}: {', '.join(block.reach)}")]
        case Image() | Network():
            return [Row(block.alt)]
        case Table() | BarChart() | PathwayMap():
            return []


def _inline(inline: Inline) -> str:
    return text_of(inline)


def _fill_table(sheet: Any, table: Table, theme: Theme) -> None:
    """Write the caption, the header under it and the rows, with the header in sight while one scrolls."""
    _written(sheet.cell(1, 1), table.caption).font = Font(bold=True, size=TITLE)
    for at, name in enumerate(table.header, start=1):
        cell = _written(sheet.cell(2, at), name)
        cell.font = Font(bold=True, color=_digits(theme.colours.on_hero))
        cell.fill = PatternFill("solid", fgColor=_digits(theme.colours.hero))
        longest = max((len(row[at - 1]) for row in table.rows if len(row) >= at), default=0)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, len(name) + 2, longest + 2))
    for number, row in enumerate(table.rows, start=3):
        for at, text in enumerate(row, start=1):
            cell = _written(sheet.cell(number, at), text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1)
    sheet.freeze_panes = "B3"
    if table.rows:
        sheet.auto_filter.ref = f"A2:{sheet.cell(2, len(table.header)).column_letter}{len(table.rows) + 2}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _written(cell: Cell, text: str) -> Any:
    """Write text that is never a formula: as a string, and where it begins like one, marked as text for good."""
    held: Any = cell
    held.value, held.data_type = text[:LONGEST_CELL], "s"
    held.quotePrefix = bool(_RUNS.match(text))
    return held


def _sheet_name(caption: str, taken: set[str]) -> str:
    wanted = _NOT_IN_NAMES.sub(" ", clean_line(caption)).strip() or "Table"
    name, number = wanted[:LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: LONGEST_NAME - 4].strip()} {number}"
    taken.add(name.casefold())
    return name


def _digits(colour: str) -> str:
    return f"FF{colour.removeprefix('#').upper()}"
