"""Checking files that are no materials of a workspace: what was typed about them, and a page of the findings."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from coprod.journeys.checking.checkformats import as_page
from coprod.journeys.checking.checks import CheckBrief, Checked, files_in
from coprod.kernel.contacts import AUDIENCES, NATIONS
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

REPORT = "check-{number}.html"
Known = TypeVar("Known", bound=str)


def brief_typed(typed: Sequence[str], today: date, *, is_record: bool) -> tuple[str, CheckBrief]:
    """Give the path that was typed and how to check it; blank is what each file says of itself.

    Raises BadInputError for a path where nothing is, and for an audience or nation that is none.
    """
    path = Path(typed[0].strip()).expanduser()
    if not typed[0].strip() or not path.exists():
        raise BadInputError.of(
            "path", f"there is no file or folder `{clean_line(typed[0])}`", "type where it is"
        )
    next(files_in([str(path)]))
    brief = CheckBrief(
        today,
        _known("audience", typed[1], AUDIENCES),
        _known("nation", typed[2], NATIONS),
        "record" if is_record else "material",
    )
    return str(path), brief


def _known(name: str, typed: str, known: Sequence[Known]) -> Known | None:
    said = typed.strip().lower()
    found = next((one for one in known if one == said), None)
    if said and found is None:
        raise BadInputError.of(
            name, f"`{clean_line(typed)}` is none", f"write one of {', '.join(known)}, or nothing"
        )
    return found


def page_of(checked: Sequence[Checked]) -> bytes:
    """Give a web page of all findings, without scripts or anything from elsewhere."""
    return as_page(checked).encode()


def report_of(workspace: Workspace, page: bytes) -> Path:
    """Write a page of findings into `out/checks/` under a name that is free, and give its path."""
    folder = workspace.out / "checks"
    numbers = range(1, 10_000)
    free = next(path for path in (folder / REPORT.format(number=one) for one in numbers) if not path.exists())
    write_whole(free, page)
    return free
