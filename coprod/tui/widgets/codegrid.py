"""Nine codes at a time, each with the digit that gives or takes it, and the words by which one is suggested."""

from collections.abc import Collection, Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.message import Message

from coprod.journeys.understanding.coding_room import CodeShown
from coprod.tui.widgets.board import Board, Line, filled

A_PAGE = 9
TWO_COLUMNS = 34


class CodeGrid(Board):
    """Codes as `1 ● Waits`; in two columns where there is room, one below another where there is not."""

    class Picked(Message):
        """A code was tapped."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.codes: Sequence[CodeShown] = ()
        self.given: Collection[str] = ()
        self.suggested: Mapping[str, str] = {}
        self.page = 0

    def show(self, codes: Sequence[CodeShown], given: Collection[str], suggested: Mapping[str, str]) -> None:
        """Draw codes; `suggested` gives for a code the words it goes by."""
        self.codes, self.given, self.suggested = codes, given, suggested
        self.redraw()

    @property
    def pages(self) -> int:
        """Give how many pages of nine there are."""
        return max(1, -(-len(self.codes) // A_PAGE))

    @property
    def on_page(self) -> Sequence[CodeShown]:
        """Give the codes with a digit now."""
        return self.codes[self.page * A_PAGE : (self.page + 1) * A_PAGE]

    def turn(self) -> None:
        """Show the next nine, after the last the first."""
        self.page = (self.page + 1) % self.pages
        self.redraw()

    def touched(self, target: str) -> None:
        """Tell which code was tapped."""
        self.post_message(self.Picked(target))

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the codes of the page."""
        del room
        shown = [(number, code) for number, code in enumerate(self.on_page, start=1)]
        if width < TWO_COLUMNS:
            return [Line(self._code(*one, width), ((0, width, one[1].id),)) for one in shown]
        half = -(-len(shown) // 2)
        column = width // 2
        lines = []
        for place in range(half):
            row = (shown[place], *shown[place + half : place + half + 1])
            parts = [self._code(*one, column) for one in row]
            touch = tuple((at * column, (at + 1) * column, one[1].id) for at, one in enumerate(row))
            lines.append(Line(Content.assemble(*parts), touch))
        return lines

    def _code(self, number: int, code: CodeShown, width: int) -> Content:
        is_given = code.id in self.given
        because = self.suggested.get(code.id)
        head = f"{number} {'●' if is_given else '○'} "
        room = max(4, width - cell_len(head) - 1)
        name = code.name if cell_len(code.name) <= room else f"{set_cell_size(code.name, room - 1).rstrip()}…"
        hint = f" ◂ {because or 'suggested'}" if because is not None else ""
        left = room - cell_len(name)
        hint = hint if cell_len(hint) <= left else (" ◂" if left >= 2 and hint else "")
        return Content.assemble(
            Content.styled(head, "bold $accent" if is_given else "$quiet"),
            Content.styled(name, "bold $accent" if is_given else "$ink"),
            Content.styled(filled(hint, width - cell_len(head) - cell_len(name)), "$quiet"),
        )
