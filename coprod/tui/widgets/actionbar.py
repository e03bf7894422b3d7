"""The bar of what can be done now: every action shown, each with its key, each a big place to tap."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from coprod.tui.widgets.board import Board, Line, wrapped

# Arrows need no language: there is more to do, up or down from here.
_MORE = " ▲▼ Tab"


@dataclass(frozen=True, repr=False)
class Chip:
    """One action: its key as shown (empty while the keys type text), its words, what it stands for.

    All that are `is_first` are drawn alike, so that none of them weighs more.
    """

    target: str
    key: str
    label: str
    is_first: bool = False


class ActionBar(Board, can_focus=True):
    """Actions in rows, as many as fit on each. Reached by Tab; a tap or a key does the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "move(1)", show=False),
        Binding("left", "move(-1)", show=False),
        Binding("up", "leave(-1)", show=False),
        Binding("tab", "leave(1)", show=False),
        Binding("shift+tab", "leave(-1)", show=False),
    ]

    class Wanted(Message):
        """An action was chosen."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.chips: tuple[Chip, ...] = ()
        self.caret = 0
        self.choosing = ""
        self.most_rows = 0

    def show(self, chips: tuple[Chip, ...], *, choosing: str = "") -> None:
        """Draw these actions; `choosing` are the first one's words while Enter would pick a choice."""
        if (chips, choosing) != (self.chips, self.choosing):
            self.chips, self.choosing = chips, choosing
            self.caret = min(self.caret, max(0, len(chips) - 1))
            self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the actions, in rows that break where the next would not fit.

        With `most_rows` only so many, those around the caret; a sign says that there are more.
        """
        del room
        rows: list[list[tuple[Chip, str]]] = [[]]
        used = 0
        for position, chip in enumerate(self.chips):
            text = self._text(position, chip)
            if used and used + cell_len(text) > width:
                rows.append([])
                used = 0
            rows[-1].append((chip, text))
            used += cell_len(text) + 1
        rows = [row for row in rows if row]
        lines = [self._lines(row, width) for row in rows]
        if not self.most_rows or len(lines) <= self.most_rows:
            return [line for block in lines for line in block]
        at = next((row for row, line in enumerate(rows) if self._holds_caret(line)), 0)
        first = max(0, at - self.most_rows + 1)
        some = [line for block in lines[first : first + self.most_rows] for line in block]
        return [*some, Line(Content.styled(_MORE, "$quiet"))]

    def _holds_caret(self, row: list[tuple[Chip, str]]) -> bool:
        return self.has_focus and any(chip is self.chips[self.caret] for chip, _ in row)

    def action_move(self, by: int) -> None:
        """Move the caret along the actions, round the ends."""
        if self.chips:
            self.caret = (self.caret + by) % len(self.chips)
            self.redraw()

    def action_leave(self, by: int) -> None:
        """Move the caret, or leave the bar from its last or first action."""
        if 0 <= self.caret + by < len(self.chips):
            self.action_move(by)
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def press(self) -> None:
        """Do what the caret is on."""
        if self.chips:
            self.touched(self.chips[self.caret].target)

    def touched(self, target: str) -> None:
        """Tell the screen which action is wanted."""
        self.post_message(self.Wanted(target))

    def on_focus(self) -> None:
        """Start at the first action and show the caret."""
        self.caret = 0
        self.redraw()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.redraw()

    def _text(self, position: int, chip: Chip) -> str:
        caret = "▸" if self.has_focus and position == self.caret else " "
        label = self.choosing if self.choosing and chip.key == "Enter" else chip.label
        return f"{caret}{chip.key}  {label} " if chip.key else f"{caret}{label} "

    def _lines(self, row: list[tuple[Chip, str]], width: int) -> list[Line]:
        """Give one line of actions, or the several of one whose words are wider than the screen."""
        chip, text = row[0]
        if cell_len(text) <= width:
            return [self._row(row)]
        first, *rest = wrapped(text[1:].strip(), width - 4)
        indent = " " * (len(chip.key) + 3 if chip.key else 1)
        pieces = (
            self._styled(chip, f"{text[0]}{first}"),
            *(Content.styled(indent + one, "$ink on $band") for one in rest),
        )
        return [Line(piece, ((0, width, chip.target),)) for piece in pieces]

    def _row(self, row: list[tuple[Chip, str]]) -> Line:
        parts: list[Content] = []
        touch: list[tuple[int, int, str]] = []
        column = 0
        for chip, text in row:
            parts += [self._styled(chip, text), Content(" ")]
            touch.append((column, column + cell_len(text), chip.target))
            column += cell_len(text) + 1
        return Line(Content.assemble(*parts), tuple(touch))

    def _styled(self, chip: Chip, text: str) -> Content:
        if chip.is_first:
            return Content.styled(text, "bold $paper on $accent")
        key = Content.styled(text[: 1 + len(chip.key)], "bold $accent on $band")
        return Content.assemble(key, Content.styled(text[1 + len(chip.key) :], "$ink on $band"))
