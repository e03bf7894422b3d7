"""A panel's questions before anybody is asked, handing them round, and opening what came back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.journeys.understanding.reading import KeyTyped
from coprod.tui.campaign.page import LongPage, voiced
from coprod.tui.desk_ends import Back, Preview
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Message
from coprod.tui.key_fields import key_fields, key_typed, opens_together
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.asking.standing import Standing
    from coprod.kernel.panel_result import PanelResult

Got = TypeVar("Got")
OpenTyped = Callable[[Workspace, str, KeyTyped, date], "PanelResult"]
ANEW = Shown("anew", "Make new questions all the same")
AGAIN = Shown("again", "Begin another session with the same questions")


class QuestionsScreen(LongPage):
    """Every page a reviewer will meet, in order; `reach` says how closely the material can be marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "preview", "As they see it"),
        Binding("h", "hand_round", "Hand it round"),
    ]

    def __init__(self, workspace: Workspace, path: Path, survey: str, reach: str, back: Back) -> None:
        super().__init__()
        self.workspace, self.path, self.survey = workspace, path, survey
        self.reach, self.back = reach, back

    def draw(self) -> None:
        """Draw the questions."""
        from coprod.journeys.checking.rounds import question_lines

        self.show_head(self.survey)
        lines = self.attempt(lambda: question_lines(self.path))
        if lines is not None:
            title, *rest = voiced(lines)
            shown = (title, *((("notice", self.reach),) if self.reach else ()), *rest)
            self.query_one("#before", Prose).show(*shown)

    def action_preview(self) -> None:
        """Leave the desk for a preview of the interview, and come back here."""
        from coprod.journeys.asking.plans import preview_plan
        from surveys.questionnaires.questionnaire import load_questionnaire

        asked = self.attempt(lambda: load_questionnaire(self.path))
        if asked is None:
            return
        end = Preview(preview_plan(asked, self.workspace), self._and_here)
        said = Message("As they see it", ("Nothing is kept. To come back: F12, then F2, then Enter.",))
        self.open_over(said, lambda _: self.app.exit(end))

    def action_hand_round(self) -> None:
        """Begin a session with these questions."""
        hand_round(self, self.workspace, self.path, self.survey, self.back)

    def _and_here(self) -> tuple[DeskScreen, ...]:
        return (*self.back(), QuestionsScreen(self.workspace, self.path, self.survey, self.reach, self.back))


def way_back(workspace: Workspace, name: str) -> Back:
    """Give what opens a material's steps again after the kiosk."""

    def screens() -> tuple[DeskScreen, ...]:
        from coprod.tui.campaign.materials import MaterialsScreen
        from coprod.tui.campaign.steps import StepsScreen

        return (MaterialsScreen(workspace), StepsScreen(workspace, name))

    return screens


def ask_over(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Show a panel's questions; made again only where the words have changed, and never over sealed answers unasked."""
    from coprod.journeys.checking.releases import try_then_prepare
    from coprod.journeys.checking.rounds import questions_now, reach_in, still_sealed

    def show(path: Path) -> None:
        back = way_back(workspace, name)
        screen.open_over(QuestionsScreen(workspace, path, f"panel-{name}", reach_in(workspace, name), back))

    def make(picked: str | None) -> None:
        if picked == ANEW.id:
            # What cannot be drawn would be mended after the panel, and a panel would have to meet again.
            trying = Working("Trying every format", try_then_prepare, workspace, name, today())
            screen.open_over(trying, lambda made: show(made) if made is not None else None)

    path = screen.attempt(lambda: questions_now(workspace, name))
    if path is not None:
        show(path)
    elif sealed := still_sealed(workspace, name):
        said = f"Answers about the old words are sealed in {', '.join(sealed)}. New questions leave them closed for good."
        screen.open_over(
            Pick(said, Shown("keep", "Leave the questions; open those answers first"), ANEW), make
        )
    else:
        make(ANEW.id)


def hand_round(screen: DeskScreen, workspace: Workspace, path: Path, survey: str, back: Back) -> None:
    """Begin a session with a panel's questions; where one goes on already, go on with it or end it."""
    from coprod.journeys.checking.rounds import sessions_asking
    from coprod.tui.facilitator.preparing import PreparingScreen
    from coprod.tui.facilitator.sessions import END, GO_ON

    def begin() -> None:
        screen.open_over(PreparingScreen(workspace, path, survey, back))

    going = [one for one in sessions_asking(workspace, path) if one.state == "open"]
    if not going:
        begin()
        return

    def act(picked: str | None) -> None:
        if picked == AGAIN.id:
            begin()
        elif picked is not None:
            (go_on if picked == GO_ON.id else end)(screen, workspace, going[0], back)

    screen.open_over(Pick(going[0].plan.name, GO_ON, END, AGAIN), act)


def go_on(screen: DeskScreen, workspace: Workspace, standing: "Standing", back: Back) -> None:
    """Put the board of a session up again."""
    from coprod.journeys.asking.sessions import resume_session
    from coprod.tui.facilitator.board import BoardScreen
    from coprod.tui.handover import Board

    session = screen.attempt(lambda: resume_session(workspace, standing.plan.name, today()))
    if session is not None:
        screen.open_over(BoardScreen(Board(session), back))


def end(screen: DeskScreen, workspace: Workspace, standing: "Standing", back: Back) -> None:
    """End a session: who was missing, then its box is closed and its bundle made."""
    from coprod.tui.facilitator.ending import ending_form

    del back

    def told(said: tuple[str, ...] | None) -> None:
        if said is not None:
            screen.draw()
            screen.tell("The session is closed", *said)

    screen.open_over(ending_form(workspace, standing.plan), told)


def open_answers(
    screen: DeskScreen,
    workspace: Workspace,
    name: str,
    opening: OpenTyped,
    then: "Callable[[PanelResult | None], None]",
) -> None:
    """Ask for a key holder's key and open what came back, in a process of its own that can be stopped."""

    def typed(fields: tuple[str, ...] | None) -> None:
        if fields is not None:
            what = "Opening the panel's answers"
            screen.open_over(Working(what, opening, workspace, name, key_typed(fields), today()), then)

    fields = key_fields(workspace, together=opens_together(workspace))
    screen.open_over(Ask("Open the panel's answers", *fields), typed)
