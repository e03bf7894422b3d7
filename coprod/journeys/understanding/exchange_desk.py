"""Coded answers and codebooks to other programs and from them, as they are asked for at the desk."""

from datetime import date
from pathlib import Path

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, shown_path, work_on
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace

NO_ANSWERS = (".qdc", ".yaml", ".taguette.csv")


def export_coded_from(desk: Desk, typed: tuple[str, ...], on: date) -> tuple[str, ...]:
    """Write answers with codes: a path in the workspace, columns beside them parted by `;`, a reason and two names.

    Raises as `export_coded` does.
    """
    from analysis.codes.attributes import attributes_of
    from coprod.journeys.understanding.exchange import RawAsked, export_coded

    to, columns, reason, *names = typed
    beside = [one.strip() for one in columns.split(";") if one.strip()]
    attributes = attributes_of(responses_on(desk), desk.question, beside)
    path, asked = desk.workspace.root / Path(to).expanduser(), RawAsked(reason, tuple(names), raw=True)
    recorded = export_coded(work_on(desk), path, asked, desk.workspace, on, attributes)
    return shown_path(desk.workspace, path), recorded


def export_codebook_from(desk: Desk, typed: tuple[str, ...], on: date) -> tuple[str, ...]:
    """Write the codebook alone, with everybody's changes. Raises BadInputError for an ending of answers."""
    from coprod.journeys.understanding.exchange import RawAsked, export_coded

    path = desk.workspace.root / Path(typed[0]).expanduser()
    if not path.name.lower().endswith(NO_ANSWERS):
        raise BadInputError.of(path, "this is no file of a codebook", f"end it in {', '.join(NO_ANSWERS)}")
    return shown_path(desk.workspace, path), export_coded(
        work_on(desk), path, RawAsked("", ()), desk.workspace, on
    )


def bring_coded_in(workspace: Workspace, source: str, folder: str, on: date) -> tuple[str, ...]:
    """Bring a codebook or a project into a new folder of the workspace; give its files and what was left out.

    Raises as `import_coded` does.
    """
    from coprod.journeys.understanding.exchange import import_coded

    made, left_out = import_coded(Path(source).expanduser(), workspace.root / folder, on)
    return (
        *(str(path.relative_to(workspace.root)) for path in made),
        *(f"left out: {one}" for one in left_out),
    )
