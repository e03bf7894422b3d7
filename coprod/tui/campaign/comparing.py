"""Two versions of a material beside each other: before and after, or A and B; asked about, and what was said."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.checking.comparing import COMPARISON_FILE, comparison_of, prepare_comparison
from coprod.journeys.checking.panelwork import open_comparison_typed
from coprod.journeys.checking.rounds import sessions_asking, sessions_words
from coprod.journeys.overview import materials_of
from coprod.tui.campaign.panel_said import comment_lines
from coprod.tui.campaign.questions import QuestionsScreen, hand_round, open_answers, way_back
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.pairs import Pairs
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.asking.standing import Standing
    from coprod.journeys.checking.comparing import Comparison
    from coprod.kernel.panel_result import PanelResult

LAST_SEEN = Shown("last", "What the last panel saw: before and after")
A_FILE = Shown("file", "A file: type where it is")
OF_MATERIAL = "material "
SURVEY = "compare"


class ComparingScreen(DeskScreen):
    """The few steps of a comparison, and every pair that differs."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn(12)", "the pairs, a page down", show=False),
        Binding("pageup", "turn(-12)", "the pairs, a page up", show=False),
    ]

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__()
        self.workspace, self.material_name = workspace, name

    def body(self) -> Iterable[Widget]:
        """Give the steps, the pairs, and the comments."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")
        yield Prose(id="between")
        yield Pairs(id="pairs")
        yield Prose(id="said")

    def draw(self) -> None:
        """Draw the steps and the pairs."""
        self.show_head(self.material_name, "two versions")
        found = self.attempt(lambda: comparison_of(self.workspace, self.material_name))
        self.query_one("#before", Prose).show(
            ("heading", "Which version says it better?"), ("quiet", state_words(found)), ("body", "")
        )
        standing = sessions_asking(self.workspace, self._path)
        self.show_choices(steps_for(found, standing, today()))
        self.query_one("#between", Prose).show(("body", ""))
        self.query_one(Pairs).show(found.pairs if found else ())
        self.query_one("#said", Prose).show(*result_lines(found.result if found else None))

    def action_turn(self, by: int) -> None:
        """Turn the page."""
        self.query_one("#middle").scroll_relative(y=by, animate=False)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        acts: dict[str, Callable[[], None]] = {
            "choose": self._choose,
            "read": self._read,
            "hand": self._hand,
            "open": self._open,
        }
        if message.choice != "choose" and not self._path.exists():
            self.tell("Not yet", "First choose the other version: step 1.")
        else:
            acts[message.choice]()

    def _choose(self) -> None:
        others = (
            Shown(f"{OF_MATERIAL}{name}", name)
            for name in materials_of(self.workspace)
            if name != self.material_name
        )
        self.open_over(Pick("Beside which other version?", LAST_SEEN, *others, A_FILE), self._chosen)

    def _chosen(self, picked: str | None) -> None:
        if picked == A_FILE.id:
            fields = (Field("The file with the other version", name="file"),)
            self.open_over(
                Filling("Beside which file?", fields, lambda typed: self._prepared(typed[0])), self._made
            )
        elif picked is not None:
            other = picked.removeprefix(OF_MATERIAL) if picked != LAST_SEEN.id else ""
            self._made(self.attempt(lambda: self._prepared(other)))

    def _prepared(self, other: str) -> Path:
        return prepare_comparison(self.workspace, self.material_name, other, today())

    def _made(self, path: Path | None) -> None:
        if path is not None:
            self.draw()

    @property
    def _path(self) -> Path:
        return self.workspace.campaigns / self.material_name / COMPARISON_FILE

    def _read(self) -> None:
        survey = f"{SURVEY}-{self.material_name}"
        self.open_over(QuestionsScreen(self.workspace, self._path, survey, "", self._way_back))

    def _hand(self) -> None:
        survey = f"{SURVEY}-{self.material_name}"
        hand_round(self, self.workspace, self._path, survey, self._way_back)

    def _open(self) -> None:
        open_answers(
            self,
            self.workspace,
            self.material_name,
            open_comparison_typed,
            lambda result: self.draw() if result else None,
        )

    def _way_back(self) -> tuple[DeskScreen, ...]:
        return (
            *way_back(self.workspace, self.material_name)(),
            ComparingScreen(self.workspace, self.material_name),
        )


def state_words(found: "Comparison | None") -> str:
    """Give where a comparison stands."""
    if found is None:
        return "Nothing is compared yet. Choose what this version stands beside."
    if not found.is_current:
        return "The words have changed since the questions were made: choose the other version again."
    many = "One pair differs" if len(found.pairs) == 1 else f"{len(found.pairs)} pairs differ"
    return f"{many}. The order of each pair is by chance for each person, so neither wins by coming first."


def steps_for(found: "Comparison | None", standing: "Sequence[Standing]", day: date) -> tuple[Shown, ...]:
    """Give the steps of a comparison, each with where it stands."""
    made = found is not None and found.is_current
    asked = found is not None and made and found.result is not None
    now = "" if asked else sessions_words(standing, day)
    return (
        Shown("choose", "Choose the other version", mark="ok" if made else "▸▸"),
        Shown("read", "Read the questions through", mark="▸▸" if made else "··"),
        Shown(
            "hand",
            f"Hand it round: {now or 'at least 5 young people'}",
            mark="ok" if asked else "▸▸" if made else "··",
        ),
        Shown("open", "Open what they said", mark="ok" if asked else "▸▸" if standing else "··"),
    )


def result_lines(result: "PanelResult | None") -> tuple[tuple[Voice, str], ...]:
    """Give what came of a comparison beside its pairs: whether harm was seen, and the comments."""
    if result is None:
        return ()
    harm: tuple[Voice, str] = (
        ("notice", "!!  Somebody said these words could harm someone. The steps ask for an answer to that.")
        if result.harm_raised
        else ("body", "ok  Nobody said this could harm someone.")
    )
    return (("heading", f"{result.reviewers} compared them"), harm, *comment_lines(result.comments))
