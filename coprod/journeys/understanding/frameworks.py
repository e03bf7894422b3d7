"""The framework matrix of linked or imported data: lines typed, the matrix shown, and let out through the raw gate."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analysis.codes.attributes import attributes_of
from analysis.codes.coding import Header
from analysis.codes.framework import (
    FRAMEWORK_SUFFIX,
    Framework,
    Matrix,
    Summarised,
    matrix_of,
    open_framework,
    write_line,
)
from analysis.codes.matrix import rows_as_csv, rows_as_workbook
from analysis.publishing.raw import RAW_FILE, RawExport, allow_raw, record_raw
from campaigns.render import draw
from coprod.journeys.understanding.codings import CodingWork, codebook_now, codings_of, together
from coprod.journeys.understanding.exchange import RawAsked
from coprod.kernel.document import Document, Heading, Paragraph, Table, plain
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_plain
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

SEALED = (
    "in a batch no answer belongs to a person, so there are no cases to summarise; a framework matrix is for linked or "
    "imported data"
)
KINDS = (".csv", ".xlsx", ".html", ".pdf")
MOST_IN_A_DOCUMENT = 5
RAW_MARK = "Raw: cases and what was said in them. Not to be published or handed on."


def summarise(work: CodingWork, responses: "Responses", coder: str, cell: Summarised) -> Framework:
    """Write an analyst's line for a case and a code.

    Raises RefusedError for a batch, BadInputError for a case or code that is not there or a line that is too long.
    """
    _refuse_sealed(responses)
    if cell.case not in work.texts:
        raise BadInputError.of(
            clean_line(cell.case), "there is no such case", "cases are called row-1, row-2 …"
        )
    code = codebook_now(work).code(cell.code)
    return write_line(_opened(work, coder), msgspec.structs.replace(cell, code=code.id))


def framework_matrix(
    work: CodingWork, responses: "Responses", coder: str, attributes: tuple[str, ...]
) -> Matrix:
    """Give the matrix of one analyst, with columns of the file beside each case.

    Raises RefusedError for a batch and BadInputError for a column as `attributes_of` does.
    """
    _refuse_sealed(responses)
    held = attributes_of(responses, work.question, attributes)
    cases = {case: tuple(str(one.values.get(case, "")) for one in held) for case in work.texts}
    coders = together(work).coders if codings_of(work) else ()
    found = next((one for one in coders if one.name == coder), None)
    return matrix_of(_opened(work, coder), codebook_now(work), found, cases, [one.name for one in held])


def export_matrix(
    work: CodingWork, matrix: Matrix, to: Path, asked: RawAsked, workspace: Workspace | None, on: date
) -> None:
    """Write the matrix as .csv, .xlsx, .html or .pdf. Raises RefusedError without --raw, a reason and two names."""
    if to.suffix.lower() not in KINDS:
        raise BadInputError.of(to, "coprod writes no such file", f"end it in {', '.join(KINDS)}")
    reason, names = allow_raw(asked.reason, asked.signed_by, raw=asked.raw)
    content = _content(work, matrix, to.suffix.lower())
    if workspace is not None:
        record_raw(workspace.analysis / RAW_FILE, RawExport(on, to.name, work.data, reason, names))
    write_whole(to, content)


def matrix_document(work: CodingWork, matrix: Matrix) -> Document:
    """Give the matrix as tables of at most five codes, so that each can be read on a page."""
    title = f"Framework matrix: {clean_line(work.question)}"
    tables = [
        _table(matrix, slice(start, start + MOST_IN_A_DOCUMENT))
        for start in range(0, len(matrix.codes), MOST_IN_A_DOCUMENT)
    ]
    head = (Heading(1, plain(title)), Paragraph(plain(RAW_MARK), "caution"))
    return Document(title, "en", (*head, *tables), "", RAW_MARK)


def _table(matrix: Matrix, part: slice) -> Table:
    codes = matrix.codes[part]
    rows = tuple(
        (", ".join((case, *attributes)), *(cell or "–" for cell in cells[part]))
        for case, attributes, cells in matrix.rows
        if any(cells[part])
    )
    return Table(", ".join(codes), ("Case", *codes), rows)


def _content(work: CodingWork, matrix: Matrix, kind: str) -> bytes:
    match kind:
        case ".csv":
            return rows_as_csv(matrix.table)
        case ".xlsx":
            return rows_as_workbook(matrix.table)
        case ".html":
            return draw(matrix_document(work, matrix), "report-page")
        case _:
            return draw(matrix_document(work, matrix), "report-pdf")


def _opened(work: CodingWork, coder: str) -> Framework:
    try:
        plain_header = {"coder": coder, "data": work.data, "question": work.question, "format": 1}
        header = from_plain(plain_header, Header)
    except msgspec.ValidationError:
        raise BadInputError.of("--by", "these are no initials", "write one to four capital letters, such as AB") from None  # fmt: skip
    return open_framework(work.folder / f"{work.stem}.{coder}{FRAMEWORK_SUFFIX}", header)


def _refuse_sealed(responses: "Responses") -> None:
    if responses.about is not None:
        raise RefusedError(SEALED)
