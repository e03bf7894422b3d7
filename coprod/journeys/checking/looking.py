"""A material as it stands today, and each step of its way out."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.checking.check import CheckResult
from campaigns.panels.panel import seen_in
from campaigns.panels.panelfile import PANEL_FILE
from campaigns.releasing.binding import seen_hash, sha256
from campaigns.releasing.gate import Case, checked
from campaigns.releasing.release import why_void
from campaigns.releasing.signing import load_approvers
from campaigns.releasing.signoff import SIGNOFF_FILE, Signed, load_signoff
from coprod.journeys.asking.standing import Standing
from coprod.journeys.checking.deciding import SHOW_AGAIN, Deciding, deciding_of, is_as_signed
from coprod.journeys.checking.releases import LARGEST_FILE, case_of
from coprod.journeys.checking.rounds import can_be_opened, sessions_asking, sessions_words
from coprod.kernel.files import read_bytes, read_text
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

StepName = Literal["ask", "hand", "open", "said", "decide", "show", "sign", "release", "gallery"]
State = Literal["done", "open", "later"]
Drawn = Literal["nothing", "as signed", "of another sign-off"]


class Look(Struct, frozen=True):
    """A material with its check of today, its sign-off where there is one, and every reason why that holds no more."""

    case: Case
    check: CheckResult
    signed: Signed | None = None
    void: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Tell whether it is signed off and could be released today."""
        return self.signed is not None and not self.void


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
    drawn: Drawn
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

    @property
    def is_decided_anew(self) -> bool:
        """Tell whether the decisions as they stand in their file are others than those that were signed."""
        signed = self.look.signed
        return signed is not None and not is_as_signed(self.deciding.draft, signed.decisions)

    def left(self, *, shown: bool) -> int:
        """Give how much is still to decide: only whether the panel was shown it, or all but that."""
        return sum(not one.is_done for one in self.deciding.open if (one.id == "shown") is shown)


def look_at(workspace: Workspace, name: str, today: date) -> Look:
    """Give a material with its check of today. Raises BadInputError for mistakes in its file."""
    case = case_of(workspace, name)
    check = checked(case, today)
    try:
        signoff = load_signoff(case.folder / SIGNOFF_FILE)
        if signoff is None:
            return Look(case, check)
        void = why_void(case, signoff, load_approvers(workspace.campaigns), check, today)
    except BadInputError as error:
        return Look(case, check, void=tuple(problem.what for problem in error.problems))
    return Look(case, check, signoff.signed, void)


def steps_of(workspace: Workspace, name: str, today: date) -> tuple[Step, ...]:
    """Give the steps from the check to the gallery, in order. Raises BadInputError for mistakes in the files."""
    look = look_at(workspace, name, today)
    way = _Way(
        look,
        sessions_asking(workspace, look.case.folder / PANEL_FILE),
        deciding_of(workspace, name, today),
        _drawn(drawn_files(workspace, name), look.signed),
        today,
    )
    return (*_asking(way), *_answering(way), *_leaving(way))


def _asking(way: _Way) -> tuple[Step, ...]:
    made = "The panel's questions, made from the material: read them through"
    is_asked = (way.look.case.folder / PANEL_FILE).exists()
    if is_asked and not way.is_of_today:
        made = "The words have changed since the panel's questions were made: make them again"
    opening = "Open the panel's answers"
    if way.has_panel and not way.panel_saw_this:
        opening = "Open the panel's answers (the last panel saw other words than these)"
    done = way.has_panel and way.panel_saw_this
    is_handed = done or can_be_opened(way.sessions, way.today)
    round_now = "" if done else sessions_words(way.sessions, way.today)
    hand = f"Hand it round: {round_now}" if round_now else "Hand it round: at least 5 young people, together"
    goes_on = any(one.state == "open" for one in way.sessions)
    is_sealed = any(one.state != "opened" for one in way.sessions)
    return (
        Step("ask", made, _state(way.is_of_today, is_possible=True)),
        Step("hand", hand, _state(is_handed, is_possible=way.is_of_today or goes_on)),
        Step("open", opening, _state(done, is_possible=is_sealed)),
    )


def _answering(way: _Way) -> tuple[Step, ...]:
    left, not_shown = way.left(shown=False), way.left(shown=True)
    decide = "Answer every comment, decide on every warning, name who checked"
    before = way.deciding.draft.shown is not None
    show = SHOW_AGAIN if before and not_shown else "Show the panel what was done with what it said"
    return (
        Step("said", "Read what the panel said", "open" if way.has_panel else "later"),
        Step(
            "decide",
            f"{decide}   ({left} to decide)" if left else decide,
            _state(not left, is_possible=way.has_panel),
        ),
        Step(
            "show",
            show,
            _state(way.has_panel and not (left or not_shown), is_possible=way.has_panel and not left),
        ),
    )


def _leaving(way: _Way) -> tuple[Step, ...]:
    is_decided = way.has_panel and not (way.left(shown=False) or way.left(shown=True))
    holds, is_drawn = way.look.is_signed, way.drawn == "as signed"
    drawn = "Look at what was drawn, verify it"
    if way.drawn == "of another sign-off" or (is_drawn and not holds):
        drawn = "Look at what was drawn before: it is not of a sign-off that holds now"
    return (
        Step("sign", _sign_words(way), _state(holds and not way.is_decided_anew, is_possible=is_decided)),
        Step("release", "Release: draw it into out/", _state(holds and is_drawn, is_possible=holds)),
        Step("gallery", drawn, "open" if way.drawn != "nothing" else "later"),
    )


def _sign_words(way: _Way) -> str:
    """Give how the sign-off stands: what voids it, or that the team has decided something else since."""
    void = way.look.void
    if void:
        more = f", and {len(void) - 1} more" if len(void) > 1 else ""
        return f"Sign off again. The sign-off holds no more: {clean_line(void[0])}{more}"
    if way.is_decided_anew:
        return "Sign off again: what the team decided has changed since it was signed"
    return "Sign off, with an approver's key"


def first_open(steps: tuple[Step, ...]) -> str:
    """Give the id of the step to do next: the first that can be done and is not only there to be read."""
    return next((one.id for one in steps if one.state == "open" and one.id != "said"), steps[-1].id)


def drawn_files(workspace: Workspace, name: str) -> tuple[Path, ...]:
    """Give the files of a material's release, by name."""
    folder = workspace.out / name
    return tuple(sorted(path for path in folder.iterdir() if path.is_file())) if folder.is_dir() else ()


def _drawn(files: tuple[Path, ...], signed: Signed | None) -> Drawn:
    """Give whether all that was signed lies drawn among files, byte for byte."""
    if not files:
        return "nothing"
    found = {sha256(read_bytes(path, LARGEST_FILE)) for path in files}
    wanted = {render.sha256 for render in signed.renders} if signed else set()
    return "as signed" if wanted and wanted <= found else "of another sign-off"


def _state(is_done: object, *, is_possible: object) -> State:
    return "done" if is_done else "open" if is_possible else "later"
