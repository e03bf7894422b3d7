"""Every session of the workspace: going on with one, ending it, carrying its sealed answers away."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.bringing import bring_bundle
from coprod.journeys.asking.carrying import carry_session, sticks
from coprod.journeys.asking.sessions import resume_session
from coprod.journeys.asking.standing import Standing, sessions_of
from coprod.journeys.asking.withdrawing import taken_back
from coprod.tui.desk_ends import Aside
from coprod.tui.desk_screen import FIND, DeskScreen
from coprod.tui.dialogs import Field, Filling, Message
from coprod.tui.facilitator.ending import ending_form
from coprod.tui.facilitator.printing import print_over
from coprod.tui.handover import Board
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

ANOTHER = "another folder"
LOOK_AGAIN = Shown("look again", "Look again: a stick is plugged in now")
NO_STICK = "No stick is plugged in. Copy the sealed answers where? Esc: later"
GO_ON = Shown("go_on", "Go on with it: back to its board")
END = Shown("end", "End it: who was missing, then seal it up")
CARRY = Shown("carry", "Copy the sealed answers to a USB stick or a folder")
SLIPS = Shown("slips", "Print slips for four words")
PAPER = Shown("paper", "Type in sheets that were filled in on paper")
ACTS: dict[str, tuple[Shown, ...]] = {
    "open": (GO_ON, END, PAPER, SLIPS),
    "ended": (CARRY, SLIPS),
    "opened": (),
}


class SessionsScreen(DeskScreen):
    """One line a session; Enter says what can be done with it."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "take_back", "Take answers back"),
        Binding("b", "bring", "Bring in"),
        Binding("d", "batches", "Destroy"),
        FIND,
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.standing: tuple[Standing, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the sessions, those that go on first."""
        self.show_head(self.workspace.settings.name)
        self.standing = self.attempt(lambda: sessions_of(self.workspace)) or ()
        none = "" if self.standing else "None yet. Enter on a questionnaire, one screen back, begins one."
        self.query_one("#before", Prose).show(("heading", "Sessions"), ("quiet", none))
        self.show_choices(
            tuple(Shown(one.plan.name, f"{one.plan.name}: {one.words(today())}") for one in self.standing)
        )

    def action_take_back(self) -> None:
        """Take an interview back with its four words, typed by whoever has them."""
        self.open_over(take_back_form(self.workspace), self._taken_back)

    def _taken_back(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.draw()
            self.tell(*said)

    def action_bring(self) -> None:
        """Bring in what another device sealed."""
        field = Field("Bundle file, such as on a stick", name="bundle")
        self.open_over(
            Filling(
                "Answers sealed on another device",
                (field,),
                lambda typed: bring_bundle(self.workspace, Path(typed[0]).expanduser()),
            ),
            lambda path: (
                self.tell("It is here", f"boxes/{path.name}, its signature checked.") if path else None
            ),
        )

    def action_batches(self) -> None:
        """Go to what is kept, and for how long."""
        from coprod.tui.facilitator.batches import BatchesScreen

        self.open_over(BatchesScreen(self.workspace))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        one = next((one for one in self.standing if one.plan.name == message.choice), None)
        if one is None:
            return
        if acts := ACTS[one.state]:
            self.open_over(Pick(one.plan.name, *acts), lambda act: self._act(act, one))
        else:
            self.tell(one.plan.name, "Its answers are in a batch: the analyst reads them.")

    def _act(self, act: str | None, one: Standing) -> None:
        acts: dict[str, Callable[[Standing], None]] = {
            "go_on": self._go_on,
            "end": self._end,
            "carry": self._carry,
            "slips": lambda chosen: print_over(self, self.workspace, "slip", chosen.plan.name),
            "paper": self._paper,
        }
        if act is not None:
            acts[act](one)

    def _go_on(self, one: Standing) -> None:
        from coprod.tui.facilitator.board import BoardScreen

        session = self.attempt(lambda: resume_session(self.workspace, one.plan.name, today()))
        if session is not None:
            self.open_over(BoardScreen(Board(session)))

    def _end(self, one: Standing) -> None:
        self.open_over(ending_form(self.workspace, one.plan), self._ended)

    def _ended(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.draw()
            self.tell("The session is closed", *said)

    def _paper(self, one: Standing) -> None:
        asked = self.workspace.boxes / "asked" / f"{one.plan.questionnaire}.yaml"
        self.app.exit(
            Aside(self.workspace.root, ("surveys", "paper", str(asked), "--type-in", one.plan.name))
        )

    def _carry(self, one: Standing) -> None:
        carry(self, self.workspace, one.plan.name)


def take_back_form(workspace: Workspace) -> Filling[tuple[str, ...]]:
    """Give the form in which a young person types their four words."""
    return Filling(
        "Take answers back: let the young person type their four words",
        (Field("Four words", hidden=True),),
        lambda typed: taken_back(workspace, typed[0], today()),
    )


def carry(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Copy a session's bundle to a stick that is plugged in, or to a folder that is typed."""
    places = tuple(str(path) for path in sticks())
    heading = "Copy the sealed answers where? Esc: later" if places else NO_STICK
    choices = (*(Shown(one, one) for one in places), LOOK_AGAIN, Shown(ANOTHER, "Another folder: type where"))

    def picked(place: str | None) -> None:
        if place == LOOK_AGAIN.id:
            carry(screen, workspace, name)
        elif place == ANOTHER:
            screen.open_over(
                Filling(
                    "Copy the sealed answers into which folder?", (Field("Folder", name="folder"),), typed_in
                ),
                told,
            )
        elif place is not None:
            told(screen.attempt(lambda: copied(Path(place))))

    def typed_in(typed: tuple[str, ...]) -> Path:
        return copied(Path(typed[0]).expanduser())

    def copied(folder: Path) -> Path:
        return carry_session(workspace, name, folder)

    def told(path: Path | None) -> None:
        if path is not None:
            lines = (str(path), "It was read back and is whole. Eject the stick before you pull it out.")
            screen.open_over(Message("Copied", lines))
            screen.draw()

    screen.open_over(Pick(heading, *choices), picked)
