"""Coded answers to other programs and from them: through the raw gate, and into a folder of its own."""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from analysis.codes.attributes import Attribute
from analysis.codes.codebook import Codebook, codebook_text
from analysis.codes.coding import Coded, add_events, begin_coding
from analysis.codes.judgements import Mark, unite
from analysis.codes.matrix import matrix_csv, matrix_sheet, taguette_csv
from analysis.codes.qdpx import Project, ReadProject, project_to_qdpx, qdpx_to_project
from analysis.codes.refi import codebook_to_qdc, qdc_to_codebook
from analysis.codes.taguette import taguette_codebook
from analysis.exports.sheets import Notes
from analysis.exports.writing import workbook_bytes
from analysis.inputs.responses import read_responses
from analysis.publishing.raw import RAW_FILE, RawExport, allow_raw, record_raw
from coprod.journeys.understanding.codings import (
    CODEBOOK_FILE,
    CodingWork,
    codebook_now,
    coding_work,
    codings_of,
)
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace

LARGEST = 500_000_000
ANSWERS_FILE = "answers.csv"
COLUMN = "text"
NOT_RECORDED = "Not recorded: this folder is in no workspace."
NOTHING_RAW = "A codebook holds no answers."
TAGUETTE = ".taguette.csv"
RAW_NOTE = "RAW: what young people answered. Not for publishing; keep it as safe as where it came from, and destroy it."
CODED_KINDS = {".qdpx", ".csv", ".xlsx"}


class RawAsked(Struct, frozen=True):
    """What somebody says who wants raw answers out."""

    reason: str = ""
    signed_by: tuple[str, ...] = ()
    raw: bool = False


def export_coded(
    work: CodingWork,
    to: Path,
    asked: RawAsked,
    workspace: Workspace | None,
    on: date,
    attributes: Sequence[Attribute] = (),
) -> str:
    """Write a file of the kind its name ends in, and give in words what was recorded.

    `.yaml`, `.qdc` and `.taguette.csv` are the codebook alone; `.qdpx`, `.csv` and `.xlsx` hold answers, with
    `attributes` beside them: raw. Raises RefusedError without --raw, a reason and two names, BadInputError for another
    ending or for attributes of a codebook; then nothing is written.
    """
    book = codebook_now(work)
    alone = _codebook_bytes(book, to)
    if alone is not None and attributes:
        raise BadInputError.of(to, "a codebook holds no answers to set attributes beside", "end it in .csv, .xlsx or .qdpx")  # fmt: skip
    if alone is not None:
        write_whole(to, alone)
        return NOTHING_RAW
    if to.suffix.lower() not in CODED_KINDS:
        raise BadInputError.of(
            to, "coprod writes no such file", "end it in .qdpx, .csv, .xlsx, .qdc, .yaml or .taguette.csv"
        )
    reason, names = allow_raw(asked.reason, asked.signed_by, raw=asked.raw)
    signed = f"Exported {on} for: {reason}. Signed by {' and '.join(names)} (recorded, not proven)."
    content = _coded_bytes(work, book, to, Notes("Codings", (RAW_NOTE, signed)), on, attributes)
    if workspace is not None:
        record_raw(workspace.analysis / RAW_FILE, RawExport(on, to.name, work.data, reason, names))
    write_whole(to, content)
    return NOT_RECORDED if workspace is None else f"Recorded in {RAW_FILE}: {' and '.join(names)}, {reason}"


def import_coded(source: Path, folder: Path, on: date) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write what is in a .qdc or .qdpx file, or a codebook of Taguette (.csv), into a new folder; give the files made and what was left out.

    Of a project, that is the codebook, `answers.csv`, and each coder's file, coding the column `text` of it.
    Raises BadInputError for a folder that holds something, and for a source that is damaged, unsafe or not sound.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError.of(folder, "this folder is not empty", "name a new folder")
    if source.suffix.lower() not in {".qdc", ".qdpx", ".csv"}:
        raise BadInputError.of(source, "this is no codebook or project", "name a .qdc, .qdpx or .csv file")
    content = read_bytes(source, LARGEST)
    if source.suffix.lower() == ".qdc":
        return (_write_book(folder, qdc_to_codebook(content, source)),), ()
    if source.suffix.lower() == ".csv":
        return (_write_book(folder, taguette_codebook(content, source)),), ()
    project = qdpx_to_project(content, source)
    return (_write_book(folder, project.codebook), *_write_answers(folder, project, on)), project.left_out


def _codebook_bytes(book: Codebook, to: Path) -> bytes | None:
    if to.name.lower().endswith(TAGUETTE):
        return taguette_csv(book)
    match to.suffix.lower():
        case ".qdc":
            return codebook_to_qdc(book)
        case ".yaml":
            return codebook_text(book).encode()
        case _:
            return None


def _coded_bytes(
    work: CodingWork, book: Codebook, to: Path, notes: Notes, on: date, attributes: Sequence[Attribute]
) -> bytes:
    judgements = unite(codings_of(work))
    if to.suffix.lower() == ".qdpx":
        return project_to_qdpx(Project(work.stem, book, work.texts, judgements.coders, on, tuple(attributes)))
    sheet = matrix_sheet(work.texts, judgements, book, attributes)
    return matrix_csv(sheet) if to.suffix.lower() == ".csv" else workbook_bytes((sheet,), notes, to)


def _write_book(folder: Path, book: Codebook) -> Path:
    path = folder / CODEBOOK_FILE
    write_whole(path, codebook_text(book).encode())
    return path


def _write_answers(folder: Path, project: ReadProject, on: date) -> tuple[Path, ...]:
    """Write the answers as rows in the project's order, and each coder's marks by row."""
    target = io.StringIO()
    csv.writer(target).writerows([["source", COLUMN], *project.texts.items()])
    answers = folder / ANSWERS_FILE
    content = target.getvalue().encode()
    write_whole(answers, content)
    work = coding_work(read_responses(answers), answers, COLUMN, None)
    rows = {response: f"row-{row}" for row, response in enumerate(project.texts, start=1)}
    made = [answers]
    for coder in project.coders:
        path = work.path_of(coder.name)
        begun = begin_coding(path, coder.name, hashlib.sha256(content).hexdigest(), COLUMN)
        marks = sorted(coder.marks, key=_place)
        add_events(
            begun, [Coded(rows[mark.response], mark.code, mark.span) for mark in marks], on, "imported"
        )
        made.append(path)
    return tuple(made)


def _place(mark: Mark) -> tuple[str, str, int, int]:
    return mark.response, mark.code, mark.span.start if mark.span else -1, mark.span.end if mark.span else -1
