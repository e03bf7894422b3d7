"""Boards: widgets that work out their own lines, so that wrapping, frames and touch agree."""

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

from coprod.tui.wrapping import filled, wrapped

__all__ = ["Board", "Line", "filled", "wrapped"]


@dataclass(frozen=True, repr=False)
class Line:
    """One painted line and where on it a touch means something: start, end (exclusive), target."""

    content: Content
    touch: tuple[tuple[int, int, str], ...] = ()

    def target_at(self, column: int) -> str:
        """Give the target under a column, or an empty string."""
        return next((target for start, end, target in self.touch if start <= column < end), "")


class Board(Widget):
    """A widget made of lines. Subclasses give `lines_for`; what is touched arrives in `touched`."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id, classes=classes)
        self._room = 0
        self._drawn: tuple[Line, ...] = ()
        self._drawn_for: tuple[int, int] | None = None

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the lines for a width; `room` is how many lines are free for all of them, a wish only."""
        raise NotImplementedError

    def drawn(self, width: int, room: int) -> tuple[Line, ...]:
        """Give the lines, worked out once for each size."""
        if self._drawn_for != (width, room):
            self._drawn = tuple(self.lines_for(width, room))
            self._drawn_for = (width, room)
        return self._drawn

    def redraw(self) -> None:
        """Work the lines out again; call it after a change."""
        self._drawn_for = None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the number of lines."""
        del viewport
        self._room = container.height
        return len(self.drawn(width, self._room))

    def render(self) -> Content:
        """Give the lines as one text."""
        width = self.content_size.width
        return Content("\n").join(line.content for line in self.drawn(width, self._room))

    def target_at(self, x: int, y: int) -> str:
        """Give the target at a place counted from the top left corner inside the frame, or an empty string."""
        lines = self.drawn(self.content_size.width, self._room)
        return lines[y].target_at(x) if 0 <= y < len(lines) else ""

    def on_click(self, event: Click) -> None:
        """Turn a tap into its target."""
        place = event.get_content_offset(self)
        target = self.target_at(place.x, place.y) if place else ""
        if target:
            event.stop()
            self.touched(target)

    def touched(self, target: str) -> None:
        """Do what a target stands for; most boards have none."""
