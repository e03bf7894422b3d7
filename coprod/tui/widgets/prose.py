"""Words on a page, as lines, so that the page knows how many there are."""

from typing import Literal

from textual.content import Content

from coprod.tui.widgets.board import Board, Line
from coprod.tui.wrapping import hanging

Voice = Literal["heading", "body", "quiet", "notice", "big"]
STYLES: dict[Voice, str] = {
    "heading": "bold $ink",
    "body": "$ink",
    "quiet": "$quiet",
    "notice": "bold $careful",
    "big": "bold $accent",
}
WIDEST = 74


class Prose(Board):
    """Paragraphs, each in a voice. An empty paragraph is a blank line."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id, classes=classes)
        self.paragraphs: tuple[tuple[Voice, str], ...] = ()

    def show(self, *paragraphs: tuple[Voice, str]) -> None:
        """Draw these paragraphs; the same ones again cost nothing."""
        if paragraphs != self.paragraphs:
            self.paragraphs = paragraphs
            self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the paragraphs, wrapped."""
        del room
        lines: list[Line] = []
        for voice, text in self.paragraphs:
            pieces = hanging(text, min(width, WIDEST))
            lines += [Line(Content.styled(piece, STYLES[voice])) for piece in pieces]
        return lines
