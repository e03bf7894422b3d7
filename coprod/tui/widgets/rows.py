"""A long list of texts, one line each: only what is in sight is drawn, so that 100,000 cost as little as ten."""

from typing import ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.widget import Widget


class Listed(Protocol):
    """Rows by their place: a tuple, or something that makes each row when it is asked for."""

    def __len__(self) -> int:
        """Give how many there are."""

    def __getitem__(self, place: int, /) -> str:
        """Give one row as a single line of clean text."""


class Rows(Widget, can_focus=True):
    """Rows with a caret. `Moved` tells that the caret stands on another row."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "move(-1000000000)", show=False),
        Binding("end", "move(1000000000)", show=False),
    ]

    class Moved(Message):
        """The caret stands on another row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.rows: Listed = ()
        self.caret = 0
        self._top = 0

    def show(self, rows: Listed, caret: int = 0) -> None:
        """Draw these rows, each a single line of clean text."""
        self.rows, self.caret = rows, max(0, min(caret, len(rows) - 1))
        self._keep_in_sight()

    def action_move(self, by: int) -> None:
        """Move the caret by some rows."""
        if self.rows:
            self.caret = max(0, min(len(self.rows) - 1, self.caret + by))
            self._keep_in_sight()
            self.post_message(self.Moved())

    def action_turn(self, by: int) -> None:
        """Move the caret by a screenful."""
        self.action_move(by * max(1, self.size.height - 1))

    def render(self) -> Content:
        """Give the rows in sight."""
        height, width = self.size.height, self.size.width
        seen = range(self._top, min(len(self.rows), self._top + height))
        return Content("\n").join(self._line(place, width) for place in seen)

    def on_resize(self, event: Resize) -> None:
        """Keep the caret in sight when the window changes."""
        del event
        self._keep_in_sight()

    def on_click(self, event: Click) -> None:
        """Put the caret on what was tapped."""
        if self._top + event.y < len(self.rows):
            self.action_move(self._top + event.y - self.caret)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go on with the wheel."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Go back with the wheel."""
        event.stop()
        self.action_move(-3)

    def _keep_in_sight(self) -> None:
        height = max(1, self.size.height)
        self._top = max(min(self._top, self.caret), self.caret - height + 1, 0)
        self.refresh()

    def _line(self, place: int, width: int) -> Content:
        row = self.rows[place]
        text = row if cell_len(row) <= width - 2 else f"{set_cell_size(row, max(1, width - 4))} …"
        is_here = place == self.caret
        return Content.styled(f"{'▸' if is_here else ' '} {text}", "bold $ink" if is_here else "$ink")
