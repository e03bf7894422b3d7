"""A material as it stands today, and each step of its way out."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.checking.check import CheckResult
from campaigns.panels.panelfile import PANEL_FILE
from campaigns.releasing.gate import Case, checked
from campaigns.releasing.signoff import SIGNOFF_FILE, load_signoff
from coprod.journeys.checking.deciding import deciding_of
from coprod.journeys.checking.releases import case_of
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace

StepName = Literal["ask", "hand", "open", "said", "decide", "release", "gallery", "verify"]


class Look(Struct, frozen=True):
    """A material with its check of today."""

    case: Case
    check: CheckResult
    is_signed: bool


class Step(Struct, frozen=True):
    """One step of a material's way out: what it is, and whether it is done, open or not possible yet."""

    id: StepName
    words: str
    state: Literal["done", "open", "later"]


def look_at(workspace: Workspace, name: str, today: date) -> Look:
    """Give a material with its check of today. Raises BadInputError for mistakes in its file."""
    case = case_of(workspace, name)
    try:
        signed = load_signoff(case.folder / SIGNOFF_FILE) is not None
    except BadInputError:
        signed = False
    return Look(case, checked(case, today), signed)


def steps_of(workspace: Workspace, name: str, today: date) -> tuple[Step, ...]:
    """Give the steps from the check to the gallery, in order. Raises BadInputError for mistakes in the files."""
    look = look_at(workspace, name, today)
    has_panel = look.case.panel is not None
    is_asked = (look.case.folder / PANEL_FILE).exists()
    left = sum(not one.is_done for one in deciding_of(workspace, name, today).open) if has_panel else 0
    drawn = drawn_files(workspace, name)
    return (
        Step("ask", "Make the panel's questionnaire from the material", "done" if is_asked else "open"),
        Step("hand", "Hand it round: at least 5 young people, together", _state(has_panel, is_asked)),
        Step("open", "Open the panel's answers", _state(has_panel, is_asked)),
        Step("said", "Read what the panel said", "open" if has_panel else "later"),
        Step("decide", _decide_words(0 if look.is_signed else left), _state(look.is_signed, has_panel)),
        Step("release", "Release: draw it into out/", _state(bool(drawn), look.is_signed)),
        Step("gallery", "Look at what was drawn", "open" if drawn else "later"),
        Step("verify", "Check a file, or the code on a wall", "open"),
    )


def drawn_files(workspace: Workspace, name: str) -> tuple[Path, ...]:
    """Give the files of a material's release, by name."""
    folder = workspace.out / name
    return tuple(sorted(path for path in folder.iterdir() if path.is_file())) if folder.is_dir() else ()


def _state(is_done: object, is_possible: object) -> Literal["done", "open", "later"]:
    return "done" if is_done else "open" if is_possible else "later"


def _decide_words(left: int) -> str:
    return f"Answer comments, decide, sign off{f'   ({left} to decide)' if left else ''}"
