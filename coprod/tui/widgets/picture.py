"""A page or picture in half blocks: two dots a character, so that its look can be told in a terminal."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from coprod.tui.widgets.board import Board, Line

if TYPE_CHECKING:
    from campaigns.render.thumbnails import Dot

UPPER_HALF = "▀"


class Picture(Board):
    """Rows of dots, each character holding one dot above another."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.rows: tuple[tuple[Dot, ...], ...] = ()

    def show(self, rows: "Sequence[Sequence[Dot]]") -> None:
        """Draw these rows of dots, all of one length."""
        self.rows = tuple(tuple(row) for row in rows)
        self.display = bool(rows)
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give a line for every two rows; an odd last row stands over nothing."""
        del room
        lines = []
        for at in range(0, len(self.rows) - 1, 2):
            both = zip(self.rows[at][:width], self.rows[at + 1][:width], strict=True)
            runs = (
                Content.styled(UPPER_HALF * len(list(run)), f"{_colour(above)} on {_colour(below)}")
                for (above, below), run in groupby(both)
            )
            lines.append(Line(Content.assemble(*runs)))
        return lines


def _colour(dot: "Dot") -> str:
    return "#{:02x}{:02x}{:02x}".format(*dot)
