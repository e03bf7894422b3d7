"""The board of a session: READY, and whether five have finished. No answers, no times, no names."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.journeys.asking.sessions import bundle_session, end_session
from coprod.kernel.problem import BadInputError
from coprod.tui.desk_ends import HandOver
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, Message
from coprod.tui.handover import Board
from coprod.tui.widgets.prose import Prose
from surveys.boxes.session import Attendance, read_left_out

MOST = 10_000


class BoardScreen(DeskScreen):
    """Between interviews, or at the end of the session."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hand_over", "Hand over again"),
        Binding("e", "end", "End the session"),
    ]

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board

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
            ("body", f"{plan.opener} opens them by {plan.open_by}."),
            ("body", ""),
            ("quiet", "The board counts since it was put up. How many stopped early is not counted."),
        )

    def action_hand_over(self) -> None:
        """Hand the device over once more."""
        self.app.exit(HandOver(self.board))

    def action_leave(self) -> None:
        """Stay: a session that is left open could not be found again from here."""
        self.tell("The session is still open", "E ends it. H hands the device over again.")

    def action_end(self) -> None:
        """Close the session."""
        self.open_over(
            Ask(
                "Who was missing? Leave blank what you do not know.",
                Field("How many were invited"),
                Field("How many came"),
                Field("Left out, and why (such as 2: no interpreter; 1: ill)"),
            ),
            self._attendance_typed,
        )

    def _attendance_typed(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            ended = self.attempt(lambda: end_and_bundle(self.board, typed))
            if ended is not None:
                closed = Message("The session is closed", ended)
                self.open_over(closed, self._told_all)

    def _told_all(self, _: None) -> None:
        self.dismiss()


def end_and_bundle(board: Board, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Close a session, write its bundle, and give what to do next. Raises BadInputError for a count that is none."""
    session = board.session
    end_session(session, Attendance(_count(typed[0]), _count(typed[1]), read_left_out(typed[2])))
    path = bundle_session(session.workspace, session.plan.name)
    return (
        f"The sealed answers are in {path.parent.name}/{path.name}.",
        "Copy that file to the stick or folder that goes to whoever opens the answers.",
        f"{session.plan.opener} opens them by {session.plan.open_by}.",
    )


def _count(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > MOST:
        raise BadInputError.of("attendance", f"`{text}` is no count", "type a number, or leave it blank")
    return int(text)
