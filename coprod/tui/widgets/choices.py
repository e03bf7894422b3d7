"""The list of choices: framed when there is room, close together when there is not."""

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from coprod.tui.widgets.board import Board, Line, filled, wrapped
from coprod.tui.widgets.cards import card_lines
from coprod.tui.widgets.prose import WIDEST as PROSE_WIDEST
from coprod.tui.widgets.prose import Voice
from coprod.tui.widgets.shown import Shown

__all__ = ["ChoiceList", "Marks", "Shown"]

Density = Literal["framed", "spaced", "close"]
Marks = Literal["one", "many", "order", "ends", "cards", "none"]
WIDEST = 72
FACE_WIDTH = 9


class ChoiceList(Board, can_focus=True):
    """Choices picked by number, by arrow and Enter, or by touch. Nothing is picked beforehand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "pick", show=False),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
    ]

    class Picked(Message):
        """A choice was picked."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    class Shifted(Message):
        """A ranked choice was moved by some places."""

        def __init__(self, choice: str, by: int) -> None:
            super().__init__()
            self.choice = choice
            self.by = by

    class Pending(Message):
        """The caret moved onto a choice that Enter would pick, or away from one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.choices: tuple[Shown, ...] = ()
        self.marks: Marks = "one"
        self.caret = -1
        self.is_pending = False
        self.is_close = False
        self.words_beside: tuple[tuple[Voice, str], ...] = ()

    def show(self, choices: tuple[Shown, ...], marks: Marks, *, same: bool) -> None:
        """Draw these choices; `same` keeps the caret where it is."""
        if not same:
            self.caret = -1
        self.choices, self.marks, self.is_pending = choices, marks, False
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the choices in the roomiest of three forms that fits."""
        if self.marks == "cards" and (side_by_side := card_lines(self.choices, self.caret, width)):
            return side_by_side
        free = room - sum(len(wrapped(text, min(width, PROSE_WIDEST))) for _, text in self.words_beside)
        lines: list[Line] = []
        for density in self._densities(width):
            lines = [
                line
                for position in range(len(self.choices))
                for line in self._block(position, density, min(width, WIDEST))
            ]
            if len(lines) <= free:
                break
        return lines

    def _densities(self, width: int) -> tuple[Density, ...]:
        """Give the forms to try, roomiest first; lists for staff are close from the start."""
        if self.is_close:
            return ("close",)
        return ("framed", "spaced", "close") if width >= 44 else ("spaced", "close")

    def action_move(self, by: int) -> None:
        """Move the caret; from nowhere it goes to the first or the last choice, past the last one to what can be done."""
        if not self.choices:
            return
        if by > 0 and self.caret == len(self.choices) - 1:
            self.screen.focus_next()
            return
        start = self.caret if self.caret >= 0 else (-1 if by > 0 else len(self.choices))
        self.caret = max(0, min(len(self.choices) - 1, start + by))
        self.is_pending = True
        self.redraw()
        self.call_after_refresh(self.keep_in_sight)
        self.post_message(self.Pending())

    def action_pick(self) -> None:
        """Pick what the caret is on."""
        if 0 <= self.caret < len(self.choices):
            self.is_pending = False
            self.post_message(self.Picked(self.choices[self.caret].id))

    def action_shift(self, by: int) -> None:
        """Move a ranked choice; between cards side by side, move the caret."""
        if self.marks == "cards":
            self.action_move(by)
        if self.marks == "order" and 0 <= self.caret < len(self.choices):
            self.post_message(self.Shifted(self.choices[self.caret].id, by))

    def pick_number(self, number: int) -> bool:
        """Pick by its number from 1; give whether there is such a choice."""
        if not 1 <= number <= len(self.choices):
            return False
        self.touched(self.choices[number - 1].id)
        return True

    def touched(self, target: str) -> None:
        """Pick what was tapped."""
        self.caret = next(at for at, choice in enumerate(self.choices) if choice.id == target)
        self.action_pick()

    def keep_in_sight(self) -> None:
        """Scroll so that the choice under the caret is seen."""
        lines = self.drawn(self.content_size.width, self._room)
        wanted = self.choices[self.caret].id if 0 <= self.caret < len(self.choices) else ""
        rows = [row for row, line in enumerate(lines) if wanted in {part[2] for part in line.touch}]
        holder = next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)
        if rows and holder is not None:
            region = Region(0, self.virtual_region.y + rows[0], 1, len(rows))
            holder.scroll_to_region(region, animate=False)

    def _block(self, position: int, density: Density, width: int) -> list[Line]:
        choice = self.choices[position]
        inner = width - 4
        text = self._words(position, inner)
        style = "bold $accent" if choice.chosen else "$ink"
        caret = "▸" if position == self.caret else " "
        if density == "framed":
            return self._framed(text, choice, width, caret)
        rows = [f" {caret if not row else ' '}{line}" for row, line in enumerate(text)]
        rows += [""] if density == "spaced" else []
        return [Line(Content.styled(filled(row, width), style), ((0, width, choice.id),)) for row in rows]

    def _framed(self, text: list[str], choice: Shown, width: int, caret: str) -> list[Line]:
        tl, tr, bl, br, across, down = "┏┓┗┛━┃" if choice.chosen else "╭╮╰╯─│"
        frame = "bold $accent" if choice.chosen else "$mark"
        ink = "bold $ink" if choice.chosen else "$ink"
        touch = ((0, width, choice.id),)
        side = Content.styled(down, frame)
        lines = [Line(Content.styled(f"{tl}{across * (width - 2)}{tr}", frame), touch)]
        for row, piece in enumerate(text):
            before = Content.styled(caret if not row else " ", "bold $accent")
            middle = Content.styled(f"{filled(piece, width - 4)} ", ink)
            lines.append(Line(Content.assemble(side, before, middle, side), touch))
        return [*lines, Line(Content.styled(f"{bl}{across * (width - 2)}{br}", frame), touch)]

    def _words(self, position: int, width: int) -> list[str]:
        """Give number, mark, face and label, the label wrapped under itself."""
        choice = self.choices[position]
        number = f"{position + 1:>2}" if position < 9 else "  "
        face = f"{choice.face:^{FACE_WIDTH}} " if choice.face else ""
        mark = self._mark(choice)
        head = f"{number}  {mark}  {face}" if mark else f"{number}  {face}"
        label = wrapped(choice.label, max(8, width - len(head)))
        return [head + label[0], *(" " * len(head) + line for line in label[1:])]

    def _mark(self, choice: Shown) -> str:
        if choice.mark:
            return choice.mark
        if self.marks in {"one", "cards"}:
            return "●" if choice.chosen else "○"
        if self.marks == "many":
            return "[x]" if choice.chosen else "[ ]"
        if self.marks == "order":
            return f"({choice.rank})" if choice.rank else "( )"
        return ""
