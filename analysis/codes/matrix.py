"""Codings as a table of 0 and 1, which counts as raw, and a codebook as Taguette reads it, which holds no answer."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.codes.attributes import Attribute
from analysis.codes.codebook import NO_CODE, Code, Codebook
from analysis.codes.judgements import Judgements
from analysis.exports.sheets import Sheet

ANSWER, CODER, TEXT = "response", "coder", "text"


def matrix_sheet(
    texts: Mapping[str, str], judgements: Judgements, codebook: Codebook, attributes: Sequence[Attribute] = ()
) -> Sheet:
    """Give an answer and coder a row: the text, the attributes beside it, then a column a code.

    1 is given, 0 is judged and not given, and blank is not judged; an answer nobody judged has one row without a
    coder. Raw: see `analysis.publishing.raw`.
    """
    codes = [code for code in codebook.codes if code.kind == "code"]
    first = (ANSWER, CODER, TEXT)
    names = _headings([code.name for code in codes], first, "code")
    known_as = _headings([one.name for one in attributes], (*first, *names), "attribute")
    rows: list[list[Any]] = []
    by_coder = {coder.name: _given(coder.marks) for coder in judgements.coders}
    for response, text in texts.items():
        known = [text, *(one.values.get(response) for one in attributes)]
        judged = [coder.name for coder in judgements.coders if response in coder.judged]
        for name in judged:
            has = by_coder[name].get(response, frozenset())
            rows.append([response, name, *known, *(int(code.id in has) for code in codes)])
        if not judged:
            rows.append([response, None, *known, *(None for _ in codes)])
    schema = dict.fromkeys(first, pl.String()) | {
        heading: pl.Int64() if one.whole else pl.String() for heading, one in zip(known_as, attributes, strict=True)
    }  # fmt: skip
    schema |= dict.fromkeys(names, pl.Int64())
    return Sheet("Codings", pl.DataFrame(rows, schema=schema, orient="row"))


def _headings(names: Iterable[str], taken: Iterable[str], kind: str) -> tuple[str, ...]:
    """Give each name as a heading of its own: where it is taken, it says what it is, as in `Waits (attribute)`."""
    held, given = set(taken), []
    for name in names:
        heading = name
        while heading in held:
            heading += f" ({kind})"
        held.add(heading)
        given.append(heading)
    return tuple(given)


def matrix_csv(sheet: Sheet) -> bytes:
    """Give a table of 0 and 1 as CSV in UTF-8 with a byte-order mark, formulas neutralised (`nltk.csvsec`)."""
    return rows_as_csv([sheet.frame.columns, *sheet.frame.rows()])


def taguette_csv(codebook: Codebook) -> bytes:
    """Give the codebook as the CSV that Taguette imports: `path` and `description`. No answers are in it."""
    rows = [
        [_path(code, codebook), " ".join([code.definition, *code.include])]
        for code in codebook.codes
        if code.kind == "code"
    ]
    return rows_as_csv([["path", "description"], *rows])


def _path(code: Code, codebook: Codebook) -> str:
    """Give a code's name after those it is under, parted by dots, which no name in it may then hold."""
    above = {one.id: one for one in codebook.codes}
    names = [code.name.replace(".", " ")]
    while code.under != NO_CODE:
        code = above[code.under]
        names.insert(0, code.name.replace(".", " "))
    return ".".join(names)


def _given(marks: Iterable[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for mark in marks:
        found.setdefault(mark.response, set()).add(mark.code)
    return {response: frozenset(codes) for response, codes in found.items()}


def rows_as_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    """Give CSV in UTF-8 with a byte-order mark; cells a spreadsheet would run are neutralised (`nltk.csvsec`)."""
    from nltk.csvsec import safe_csv_writer

    target = io.StringIO()
    safe_csv_writer(target, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def rows_as_workbook(rows: Iterable[Iterable[Any]]) -> bytes:
    """Give an XLSX workbook of one sheet, every cell a text or a number and none a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("coprod")
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
