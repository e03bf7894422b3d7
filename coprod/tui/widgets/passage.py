"""A passage whose words are marked: to keep, to lose, or as confusing. A mark is a sign before the word, colour second."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from coprod.tui.widgets.board import Board, Line, wrapped
from coprod.tui.widgets.prose import WIDEST

SIGNS = {"": " ", "keep": "+", "lose": "-", "confusing": "?"}
STYLES = {"": "$ink", "keep": "bold $fine", "lose": "bold $stop", "confusing": "bold $careful"}


@dataclass(frozen=True, repr=False)
class MarkedWord:
    """One word as drawn; its mark is empty, `keep`, `lose` or `confusing`."""

    word: str
    mark: str


@dataclass(frozen=True, repr=False)
class Passage:
    """The words in order, the name of each mark, and how to mark."""

    words: tuple[MarkedWord, ...]
    marks: tuple[tuple[str, str], ...]
    hint: str


class PassageBoard(Board, can_focus=True):
    """Words reached by arrows or touch, marked by number; a touch goes from one mark to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("up", "climb(-1)", show=False),
        Binding("down", "climb(1)", show=False),
        Binding("space", "cycle", show=False),
    ]

    class Marked(Message):
        """A word, counted from 1, was given a mark, or an empty one."""

        def __init__(self, word: int, mark: str) -> None:
            super().__init__()
            self.word = word
            self.mark = mark

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.passage = Passage((), (), "")
        self.caret = 0

    def show(self, passage: Passage, *, same: bool) -> None:
        """Draw a passage; `same` keeps the caret where it is."""
        self.passage = passage
        self.caret = min(self.caret, len(passage.words) - 1) if same else 0
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the words, broken into lines, over what the numbers do."""
        del room
        lines = [self._row(row) for row in self._rows(min(width, WIDEST))]
        legend = "   ".join(
            f"{number} {SIGNS[mark]} {label}" for number, (mark, label) in enumerate(self.passage.marks, 1)
        )
        below = (*wrapped(legend, width), *wrapped(self.passage.hint, min(width, WIDEST)))
        return [*lines, Line(Content("")), *(Line(Content.styled(one, "$quiet")) for one in below)]

    def action_move(self, by: int) -> None:
        """Move along the words."""
        self._to(self.caret + by)

    def action_climb(self, by: int) -> None:
        """Move to the line above or below; below the last line, on to what can be done."""
        rows = self._rows(min(self.content_size.width, WIDEST))
        at = next((row for row, words in enumerate(rows) if self.caret in words), 0)
        if at + by >= len(rows):
            self.screen.focus_next()
        elif at + by >= 0:
            self._to(min(rows[at + by][0] + self.caret - rows[at][0], rows[at + by][-1]))

    def action_cycle(self) -> None:
        """Give the word under the caret the next mark."""
        order = ["", *(mark for mark, _ in self.passage.marks)]
        now = self.passage.words[self.caret].mark
        self._mark(order[(order.index(now) + 1) % len(order)])

    def pick_number(self, number: int) -> bool:
        """Mark the word under the caret by the number of a mark; 0 takes the mark off."""
        if not 0 <= number <= len(self.passage.marks):
            return False
        self._mark(self.passage.marks[number - 1][0] if number else "")
        return True

    def touched(self, target: str) -> None:
        """Put the caret on a word, and give it the next mark."""
        self.caret = int(target)
        self.action_cycle()

    def _mark(self, mark: str) -> None:
        self.post_message(self.Marked(self.caret + 1, mark))

    def _to(self, caret: int) -> None:
        self.caret = max(0, min(len(self.passage.words) - 1, caret))
        self.redraw()
        rows = self._rows(min(self.content_size.width, WIDEST))
        at = next((row for row, words in enumerate(rows) if self.caret in words), 0)
        holder = next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)
        if holder is not None:
            holder.scroll_to_region(Region(0, self.virtual_region.y + at, 1, 1), animate=False)

    def _rows(self, width: int) -> list[list[int]]:
        """Give the positions of the words on each line."""
        rows: list[list[int]] = [[]]
        used = 0
        for position, one in enumerate(self.passage.words):
            wide = cell_len(one.word) + 2
            if used and used + wide > width:
                rows.append([])
                used = 0
            rows[-1].append(position)
            used += wide
        return [row for row in rows if row]

    def _row(self, row: list[int]) -> Line:
        parts: list[Content] = []
        touch: list[tuple[int, int, str]] = []
        column = 0
        for position in row:
            one = self.passage.words[position]
            under = " underline reverse" if position == self.caret else ""
            parts += [
                Content.styled(SIGNS[one.mark], STYLES[one.mark]),
                Content.styled(one.word, f"{STYLES[one.mark]}{under}"),
                Content(" "),
            ]
            wide = cell_len(one.word) + 2
            touch.append((column, column + wide, str(position)))
            column += wide
        return Line(Content.assemble(*parts), tuple(touch))
