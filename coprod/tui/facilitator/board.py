"""The board of a session: READY, and whether five have finished. No answers, no times, no names."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from coprod.journeys.asking.visit_words import written_date
from coprod.tui.desk_ends import Back, HandOver
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Message
from coprod.tui.facilitator.ending import ending_form
from coprod.tui.facilitator.printing import print_over
from coprod.tui.facilitator.sessions import carry
from coprod.tui.handover import Board
from coprod.tui.widgets.prose import Prose, Voice
from surveys.boxes.session import is_staff_word

STILL_OPEN = ("Nothing is lost. Sessions, then its name, goes on with it or ends it.",)


class BoardScreen(DeskScreen):
    """Between interviews, or at the end of the session."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hand_over", "Hand over again"),
        Binding("p", "pause", "Pause"),
        Binding("e", "end", "End"),
        Binding("s", "slips", "Print slips for four words", show=False),
    ]

    def __init__(self, board: Board, back: Back | None = None) -> None:
        super().__init__()
        self.board, self.back = board, back

    def body(self) -> Iterable[Widget]:
        """Give the board."""
        yield Prose(id="before")

    def draw(self) -> None:
        """Draw what may be told."""
        plan = self.board.session.plan
        self.show_head(plan.name)
        enough = (
            "Five or more have finished: the answers can be opened."
            if self.board.has_enough
            else "Fewer than five have finished so far: answers of fewer than five are not opened."
        )
        self.query_one("#before", Prose).show(
            ("body", ""),
            ("big", "READY for the next person"),
            ("body", ""),
            ("body", enough),
            ("body", f"{plan.opener} opens them by {written_date(plan.open_by, 'en')}."),
            ("body", ""),
            ("quiet", "The board counts since it was put up. How many stopped early is not counted."),
        )

    def action_hand_over(self) -> None:
        """Hand the device over once more."""
        self.app.exit(HandOver(self.board, self.back))

    def action_pause(self) -> None:
        """Cover the desk until somebody types the staff word."""
        self.open_over(PausedScreen(self.board.session.plan.staff_word))

    def action_slips(self) -> None:
        """Print slips for the four words."""
        session = self.board.session
        print_over(self, session.workspace, "slip", session.plan.name)

    def action_leave(self) -> None:
        """Go back, and say that the session goes on."""
        self.open_over(Message("The session is still open", STILL_OPEN), self._gone)

    def _gone(self, _: None) -> None:
        self.dismiss()

    def action_end(self) -> None:
        """Close the session."""
        session = self.board.session
        self.open_over(ending_form(session.workspace, session.plan), self._ended)

    def _ended(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.open_over(Message("The session is closed", said), self._carry)

    def _carry(self, _: None) -> None:
        session = self.board.session
        self.dismiss()
        under = next(
            (
                one
                for one in reversed(self.app.screen_stack)
                if isinstance(one, DeskScreen) and one is not self
            ),
            None,
        )
        if under is not None:
            self.app.call_after_refresh(carry, under, session.workspace, session.plan.name)


class PausedScreen(ModalScreen[None], inherit_bindings=False):
    """Nothing but a word in the middle, so that nobody who walks past sees or uses the desk."""

    AUTO_FOCUS = "Input"

    def __init__(self, staff_word: str) -> None:
        super().__init__()
        self.staff_word = staff_word

    def compose(self) -> ComposeResult:
        """Give the cover and where the staff word goes."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Prose(id="message")
            yield Input(password=True)

    def on_mount(self) -> None:
        """Say how to come back."""
        self._say()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Come back with the staff word."""
        self._try(message.value)

    @work(thread=True, exclusive=True)
    def _try(self, word: str) -> None:
        is_right = not self.staff_word or is_staff_word(word, self.staff_word)
        self.app.call_from_thread(self.dismiss if is_right else self._again)

    def _again(self) -> None:
        self.query_one(Input).value = ""
        self._say(("notice", "That is not the staff word."))

    def _say(self, *lines: tuple[Voice, str]) -> None:
        how: tuple[Voice, str] = ("quiet", "Staff: type the staff word, then Enter.")
        self.query_one(Prose).show(("big", "Paused"), ("body", ""), *lines, how)
