"""The line at the top of a staff screen: which room, and what is being worked on."""

from textual.content import Content

from coprod.tui.widgets.board import Board, Line
from coprod.tui.wrapping import in_one_line


class Headline(Board):
    """Words side by side on one line, shortened to the window."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.words: tuple[str, ...] = ()

    def show(self, *words: str) -> None:
        """Draw these words."""
        if words != self.words:
            self.words = words
            self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the one line."""
        del room
        return [Line(Content.styled(in_one_line(list(self.words), width), "bold $accent"))]
