"""A material as it stands today, and each step of its way out."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.checking.check import CheckResult
from campaigns.panels.panel import seen_in
from campaigns.panels.panelfile import PANEL_FILE
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.gate import Case, checked
from campaigns.releasing.signoff import SIGNOFF_FILE, load_signoff
from coprod.journeys.asking.standing import Standing
from coprod.journeys.checking.deciding import Deciding, deciding_of
from coprod.journeys.checking.releases import case_of
from coprod.journeys.checking.rounds import sessions_asking, sessions_words
from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace

StepName = Literal["ask", "hand", "open", "said", "decide", "show", "sign", "release", "gallery"]
State = Literal["done", "open", "later"]


class Look(Struct, frozen=True):
    """A material with its check of today."""

    case: Case
    check: CheckResult
    is_signed: bool


class Step(Struct, frozen=True):
    """One step of a material's way out: what it is, and whether it is done, open or not possible yet."""

    id: StepName
    words: str
    state: State


class _Way(Struct, frozen=True):
    """What the steps are worked out from."""

    look: Look
    sessions: tuple[Standing, ...]
    deciding: Deciding
    drawn: bool
    today: date

    @property
    def has_panel(self) -> bool:
        return self.look.case.panel is not None

    @property
    def is_of_today(self) -> bool:
        """Tell whether the panel's questions are about the words as they stand now."""
        path = self.look.case.folder / PANEL_FILE
        case = self.look.case
        return path.exists() and seen_in(read_text(path)) == seen_hash(case.material, case.folder)

    @property
    def panel_saw_this(self) -> bool:
        case = self.look.case
        return case.panel is not None and case.panel.material == seen_hash(case.material, case.folder)

    def left(self, *, shown: bool) -> int:
        """Give how much is still to decide: only whether the panel was shown it, or all but that."""
        return sum(not one.is_done for one in self.deciding.open if (one.id == "shown") is shown)


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
    way = _Way(
        look,
        sessions_asking(workspace, look.case.folder / PANEL_FILE),
        deciding_of(workspace, name, today),
        bool(drawn_files(workspace, name)),
        today,
    )
    return (*_asking(way), *_answering(way), *_leaving(way))


def _asking(way: _Way) -> tuple[Step, ...]:
    made = "The panel's questions, made from the material: read them through"
    is_asked = (way.look.case.folder / PANEL_FILE).exists()
    if is_asked and not way.is_of_today:
        made = "The words have changed since the panel's questions were made: make them again"
    round_now = sessions_words(way.sessions, way.today)
    hand = f"Hand it round: {round_now}" if round_now else "Hand it round: at least 5 young people, together"
    opening = "Open the panel's answers"
    if way.has_panel and not way.panel_saw_this:
        opening = "Open the panel's answers (the last panel saw other words than these)"
    done = way.has_panel and way.panel_saw_this
    return (
        Step("ask", made, _state(way.is_of_today, is_possible=True)),
        Step("hand", hand, _state(done, is_possible=is_asked)),
        Step("open", opening, _state(done, is_possible=bool(way.sessions))),
    )


def _answering(way: _Way) -> tuple[Step, ...]:
    left, signed = way.left(shown=False), way.look.is_signed
    not_shown = way.left(shown=True)
    decide = "Answer every comment, decide on every warning"
    return (
        Step("said", "Read what the panel said", "open" if way.has_panel else "later"),
        Step(
            "decide",
            f"{decide}   ({left} to decide)" if left and not signed else decide,
            _state(signed or not left, is_possible=way.has_panel),
        ),
        Step(
            "show",
            "Show the panel what was done with what it said",
            _state(way.has_panel and (signed or not not_shown), is_possible=way.has_panel and not left),
        ),
    )


def _leaving(way: _Way) -> tuple[Step, ...]:
    is_decided = way.has_panel and not (way.left(shown=False) or way.left(shown=True))
    signed = way.look.is_signed
    return (
        Step("sign", "Sign off, with an approver's key", _state(signed, is_possible=is_decided)),
        Step("release", "Release: draw it into out/", _state(way.drawn, is_possible=signed)),
        Step("gallery", "Look at what was drawn, verify it", "open" if way.drawn else "later"),
    )


def first_open(steps: tuple[Step, ...]) -> str:
    """Give the id of the step to do next: the first that can be done and is not only there to be read."""
    return next((one.id for one in steps if one.state == "open" and one.id != "said"), steps[-1].id)


def drawn_files(workspace: Workspace, name: str) -> tuple[Path, ...]:
    """Give the files of a material's release, by name."""
    folder = workspace.out / name
    return tuple(sorted(path for path in folder.iterdir() if path.is_file())) if folder.is_dir() else ()


def _state(is_done: object, *, is_possible: object) -> State:
    return "done" if is_done else "open" if is_possible else "later"
