"""Nought to ten: eleven boxes, each big enough for a finger, nothing picked beforehand."""

from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from coprod.tui.widgets.board import Board, Line, wrapped

HIGHEST = 10


class NumberRow(Board, can_focus=True):
    """A row of numbers with words at its ends; on narrow screens two rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "shift(-1)", show=False),
        Binding("right,up", "shift(1)", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("home", "pick(0)", show=False),
        Binding("end", "pick(10)", show=False),
    ]

    class Picked(Message):
        """A number was picked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.number: int | None = None
        self.low = ""
        self.high = ""
        self.hint = ""

    def show(self, number: int | None, low: str, high: str, hint: str) -> None:
        """Draw the row with a number picked, or none."""
        self.number, self.low, self.high, self.hint = number, low, high, hint
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the boxes between what their ends mean."""
        del room
        cell = 6 if width >= 6 * (HIGHEST + 1) else 5
        each = min(HIGHEST + 1, width // cell)
        rows = [range(start, min(start + each, HIGHEST + 1)) for start in range(0, HIGHEST + 1, each)]
        boxes = [line for row in rows for line in self._boxes(row, cell)]
        return [*self._ends(width, cell), *boxes, Line(Content("")), *self._hints(width)]

    def action_pick(self, number: int) -> None:
        """Pick a number."""
        self.post_message(self.Picked(number))

    def action_shift(self, by: int) -> None:
        """Pick the neighbour; from nowhere, the middle."""
        start = HIGHEST // 2 - by if self.number is None else self.number
        self.action_pick(max(0, min(HIGHEST, start + by)))

    def pick_number(self, number: int) -> bool:
        """Pick by a digit key."""
        self.action_pick(number)
        return True

    def touched(self, target: str) -> None:
        """Pick what was tapped."""
        self.action_pick(int(target))

    def _ends(self, width: int, cell: int) -> list[Line]:
        low, high = f"0 = {self.low}", f"{HIGHEST} = {self.high}"
        across = min(width, cell * (HIGHEST + 1))
        if cell_len(low) + cell_len(high) + 4 <= across:
            gap = " " * (across - cell_len(low) - cell_len(high))
            return [Line(Content.styled(low + gap + high, "$quiet"))]
        return [
            Line(Content.styled(line, "$quiet")) for line in (*wrapped(low, width), *wrapped(high, width))
        ]

    def _hints(self, width: int) -> list[Line]:
        return [Line(Content.styled(line, "$quiet")) for line in wrapped(self.hint, width)]

    def _boxes(self, numbers: range, cell: int) -> list[Line]:
        touch = tuple((cell * at, cell * (at + 1), str(number)) for at, number in enumerate(numbers))
        rows: list[Line] = []
        for part in range(3):
            pieces = [self._piece(number, part, cell) for number in numbers]
            rows.append(Line(Content.assemble(*pieces), touch))
        return rows

    def _piece(self, number: int, part: int, cell: int) -> Content:
        chosen = number == self.number
        tl, tr, bl, br, across, down = "┏┓┗┛━┃" if chosen else "╭╮╰╯─│"
        inner = cell - 2
        top, bottom = f"{tl}{across * inner}{tr}", f"{bl}{across * inner}{br}"
        text = (top, f"{down}{number:^{inner}}{down}", bottom)[part]
        return Content.styled(text, "bold $accent" if chosen else ("$ink" if part == 1 else "$mark"))
