"""The framework matrix at the desk: the cells of one analyst, written one by one."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, shown_path, work_on
from coprod.kernel.unshown import Unshown


class Cell(Struct, frozen=True):
    """One cell of the matrix: its case and code by name; `waits` where the case has the code and no line yet."""

    case: str
    code: str
    waits: bool


class MatrixShown(Unshown, frozen=True):
    """The cells that wait for a line or have one, what each case wrote, each cell's line, and the codes by name."""

    cells: tuple[Cell, ...]
    texts: dict[str, str]
    lines: dict[tuple[str, str], str]
    codes: tuple[str, ...]


def matrix_shown(desk: Desk, coder: str) -> MatrixShown:
    """Give the matrix of one analyst. Raises RefusedError for a batch, as `framework_matrix` does."""
    from analysis.codes.framework import TO_WRITE
    from coprod.journeys.understanding.frameworks import framework_matrix

    work = work_on(desk)
    matrix = framework_matrix(work, responses_on(desk), coder, ())
    held = [
        (Cell(case, code, cell == TO_WRITE), cell)
        for case, _, cells in matrix.rows
        for code, cell in zip(matrix.codes, cells, strict=True)
        if cell
    ]
    lines = {(cell.case, cell.code): line for cell, line in held if not cell.waits}
    return MatrixShown(tuple(cell for cell, _ in held), dict(work.texts), lines, matrix.codes)


def write_cell(desk: Desk, coder: str, cell: tuple[str, str], line: str, on: date) -> MatrixShown:
    """Write the line of a cell (its case and code) and give the matrix then. Raises as `summarise` does."""
    from analysis.codes.framework import Summarised
    from coprod.journeys.understanding.frameworks import summarise

    summarise(work_on(desk), responses_on(desk), coder, Summarised(on, *cell, line))
    return matrix_shown(desk, coder)


def export_matrix_from(desk: Desk, coder: str, typed: tuple[str, ...], on: date) -> tuple[str, ...]:
    """Write the matrix to a file: its path in the workspace, columns beside each case parted by `;`, a reason, two names.

    Raises as `export_matrix` does.
    """
    from coprod.journeys.understanding.exchange import RawAsked
    from coprod.journeys.understanding.frameworks import export_matrix, framework_matrix

    to, columns, reason, *names = typed
    work, held = work_on(desk), responses_on(desk)
    beside = tuple(one.strip() for one in columns.split(";") if one.strip())
    matrix = framework_matrix(work, held, coder, beside)
    path = desk.workspace.root / Path(to).expanduser()
    export_matrix(work, matrix, path, RawAsked(reason, tuple(names), raw=True), desk.workspace, on)
    return shown_path(desk.workspace, path), "It is raw: keep it as you keep the answers."
