"""The top line of every page a young person sees: where they are, and the way to hide."""

from rich.cells import cell_len
from textual.content import Content
from textual.events import MouseDown
from textual.message import Message

from coprod.tui.widgets.board import Board, Line
from coprod.tui.wrapping import in_one_line


class TopBar(Board):
    """Progress on the left, "hide" on the right; hiding happens as the finger comes down, not as it lifts."""

    class HideTouched(Message):
        """The hide button was touched."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.left = ""
        self.hide = ""

    def show(self, left: str, hide: str) -> None:
        """Draw the line; the same one again costs nothing."""
        if (left, hide) != (self.left, self.hide):
            self.left, self.hide = left, hide
            self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give one line, or two where both do not fit on one. The button reaches a little further than its words."""
        del room
        left = in_one_line([self.left], width)
        if not self.hide:
            return [Line(Content.styled(left, "$quiet"))]
        button = f" {self.hide} "
        start = max(0, width - cell_len(button))
        hide = Content.styled(button, "bold $accent on $band")
        touch = ((max(0, start - 2), width, "hide"),)
        if cell_len(left) + 2 <= start:
            before = Content.styled(left + " " * (start - cell_len(left)), "$quiet")
            return [Line(Content.assemble(before, hide), touch)]
        alone = Line(Content.assemble(Content(" " * start), hide), touch)
        return [alone, Line(Content.styled(left, "$quiet"))]

    def on_mouse_down(self, event: MouseDown) -> None:
        """Hide at once."""
        if self.target_at(event.x, event.y) == "hide":
            event.stop()
            self.post_message(self.HideTouched())
