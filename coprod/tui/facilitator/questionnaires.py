"""Choosing what to ask."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.plans import preview_plan
from coprod.journeys.asking.sessions import resume_session
from coprod.journeys.asking.withdrawing import taken_back
from coprod.journeys.overview import unended_sessions
from coprod.tui.desk_ends import Preview
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.facilitator.board import BoardScreen
from coprod.tui.handover import Board
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Waiting, Working
from coprod.workspace import Workspace
from surveys.questionnaires.library import find_questionnaire, shelf
from surveys.questionnaires.questionnaire import load_questionnaire

if TYPE_CHECKING:
    from coprod.journeys.asking.sheets import Printed

SHEETS = (
    Shown("young-people", "For young people: what this is, and who can help"),
    Shown("carers", "For parents and carers"),
    Shown("before-a-session", "Before a session: a list for the worker"),
    Shown("dpia", "For the data protection officer"),
)


class QuestionnairesScreen(DeskScreen):
    """Every questionnaire at hand; Enter prepares a session, P looks at it as a young person would."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "preview", "Preview"),
        Binding("g", "go_on", "Go on with a session"),
        Binding("w", "take_back", "Take answers back"),
        Binding("c", "sheets", "Print"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the questionnaires by name."""
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(("heading", "Which questionnaire?"), ("body", ""))
        own = tuple(
            Shown(one.name, f"{one.name}{'' if one.own else '   (ready-made)'}")
            for one in shelf(self.workspace.surveys)
        )
        self.show_choices(own)

    def action_preview(self) -> None:
        """Leave the desk for a preview; it comes back here afterwards."""
        path = self._path(self.marked_choice())
        asked = self.attempt(lambda: load_questionnaire(path)) if path else None
        if asked is not None:
            self.app.exit(Preview(preview_plan(asked, self.workspace)))

    def action_go_on(self) -> None:
        """Go on with a session that was started before, after a crash or a break."""
        open_still = self.attempt(lambda: unended_sessions(self.workspace)) or ()
        if open_still:
            choices = (Shown(plan.name, f"{plan.name}   ({plan.survey})") for plan in open_still)
            self.open_over(Pick("Which session goes on?", *choices), self._session_picked)
        else:
            self.tell("No session is open", "Enter on a questionnaire begins one.")

    def action_take_back(self) -> None:
        """Take an interview back with its four words, typed by whoever has them."""
        said = "Take answers back: let the young person type their four words"
        self.open_over(Ask(said, Field("Four words", hidden=True)), self._words_typed)

    def action_sheets(self) -> None:
        """Print what lies on the table: sheets for people, the list before a session."""
        self.open_over(Pick("Print into out/, as page and PDF", *SHEETS), self._sheet_picked)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.facilitator.preparing import PreparingScreen

        path = self._path(message.choice)
        asked = self.attempt(lambda: load_questionnaire(path)) if path else None
        if path is not None and asked is not None:
            self.open_over(PreparingScreen(self.workspace, path, asked.survey))

    def _path(self, name: str) -> Path | None:
        return self.attempt(lambda: find_questionnaire(name, self.workspace.surveys)) if name else None

    def _session_picked(self, name: str | None) -> None:
        if name is not None:
            session = self.attempt(lambda: resume_session(self.workspace, name, today()))
            if session is not None:
                self.open_over(BoardScreen(Board(session)))

    def _words_typed(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.open_over(
                Waiting("Looking for them", lambda: taken_back(self.workspace, typed[0], today())),
                lambda said: self.tell(*said) if said else None,
            )

    def _sheet_picked(self, name: str | None) -> None:
        from coprod.journeys.asking.sheets import print_sheet

        if name is not None:
            self.open_over(Working("Printing", print_sheet, self.workspace, name, today()), self._printed)

    def _printed(self, printed: "Printed | None") -> None:
        if printed is not None:
            missing = (f"Not filled in yet: {', '.join(printed.missing)}",) if printed.missing else ()
            self.tell("It is in out/", *(path.name for path in printed.files), *missing)
