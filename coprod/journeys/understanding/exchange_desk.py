"""Coded answers and codebooks to other programs and from them, as they are asked for at the desk."""

from datetime import date
from pathlib import Path

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, shown_path, work_on
from coprod.kernel.files import read_bytes, write_whole
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
    """Bring a codebook or a project into a new folder of the workspace, or a colleague's coding beside the others.

    Gives the files made and what was left out. Raises as `import_coded` and `bring_coding` do, and BadInputError for a
    folder that is not in the workspace.
    """
    from analysis.codes.coding import CODING_SUFFIX
    from coprod.journeys.understanding.exchange import import_coded

    path = Path(source).expanduser()
    if path.suffix == CODING_SUFFIX:
        return bring_coding(workspace, path)
    into = (workspace.root / folder).resolve()
    if not into.is_relative_to(workspace.root.resolve()):
        raise BadInputError.of(
            folder, "this is no folder in the workspace", "name a new one, such as imported"
        )
    made, left_out = import_coded(path, into, on)
    return (
        *(str(one.relative_to(workspace.root.resolve())) for one in made),
        *(f"left out: {one}" for one in left_out),
    )


def bring_coding(workspace: Workspace, source: Path) -> tuple[str, ...]:
    """Put a colleague's coding file beside the others, and say so. What they coded on since replaces what came before.

    Raises BadInputError for a file that is none or was edited or renamed, and where the same initials coded here too.
    """
    from analysis.codes.coding import read_coding

    coding, target = read_coding(source), workspace.analysis / source.name
    coder = coding.header.coder
    if not source.name.endswith(f".{coder}{source.suffix}"):
        raise BadInputError.of(source, f"this coding of {coder} was renamed", "give it the name it had")
    if target.exists():
        before = read_coding(target).held.lines
        if coding.held.lines[: len(before)] != before:
            mend = "let each person, and each laptop, use initials of its own"
            raise BadInputError.of(
                source, f"{coder} also coded here, and neither goes on from the other", mend
            )
    write_whole(target, read_bytes(source))
    return shown_path(workspace, target), f"A compares what {coder} coded with what others did."
