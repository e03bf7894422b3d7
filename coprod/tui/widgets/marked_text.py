"""A text with line numbers and its findings underlined in characters, so that no colour is needed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from coprod.kernel.text import clean
from coprod.tui.widgets.board import Board, Line

if TYPE_CHECKING:
    from campaigns.checking.findings import Finding

MARKS = {"block": "~", "warn": "-", "ask": "."}
NUMBER_WIDTH = 6


class MarkedText(Board):
    """The source of a material, wrapped, findings underlined: `~` must, `-` should, `.` ask."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.text = ""
        self.findings: Sequence[Finding] = ()
        self.at = 0

    def show(self, text: str, findings: "Sequence[Finding]", at: int) -> None:
        """Draw a text with one finding as the current one."""
        self.text, self.findings, self.at = text, findings, at
        self.redraw()

    def row_of_current(self) -> int:
        """Give the drawn row of the current finding, or 0."""
        rows = self.drawn(self.content_size.width, self._room)
        return next((row for row, line in enumerate(rows) if line.content.plain.startswith("▸")), 0)

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the lines, each followed by its underline where it has findings."""
        del room
        lines: list[Line] = []
        for number, text in enumerate(self.text.split("\n"), 1):
            marks = self._marks(number, len(text))
            lines += self._line(number, text, marks, width - NUMBER_WIDTH)
        return lines

    def _marks(self, number: int, length: int) -> str:
        """Give the underline of one source line, one mark a character; the heaviest finding wins."""
        marks = [" "] * length
        for finding in sorted(self.findings, key=lambda one: "awb".find(one.severity[0])):
            if finding.line <= number <= finding.end_line and finding.text:
                start = finding.column - 1 if number == finding.line else 0
                end = finding.end_column - 1 if number == finding.end_line else length
                marks[start:end] = MARKS[finding.severity] * (min(end, length) - start)
        return "".join(marks)

    def _line(self, number: int, text: str, marks: str, width: int) -> list[Line]:
        is_current = bool(self.findings) and self.findings[self.at].line == number
        lines: list[Line] = []
        for start, end in _cuts(text, width):
            head = f"{'▸' if is_current else ' '}{number if not start else '':>4} "
            shown = clean(text[start:end]).replace("\t", " ")
            body = Content.styled(shown, "bold $ink" if is_current else "$ink")
            lines.append(Line(Content.assemble(Content.styled(head, "$quiet"), body)))
            if marks[start:end].strip():
                under = "".join(
                    mark * max(1, cell_len(one))
                    for one, mark in zip(text[start:end], marks[start:end], strict=True)
                )
                lines.append(Line(Content.styled(" " * NUMBER_WIDTH + under.rstrip(), "bold $stop")))
        return lines


def _cuts(text: str, width: int) -> list[tuple[int, int]]:
    """Give where to break a line between words, as start and end; a word that is too long is cut."""
    cuts: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > width:
        at = text.rfind(" ", start + 1, start + width)
        end = at + 1 if at > start else start + width
        cuts.append((start, end))
        start = end
    return [*cuts, (start, len(text))]
