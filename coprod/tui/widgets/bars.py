"""Released tables as bars of characters: words and the rounded number first, the bar second."""

import re

from rich.cells import cell_len
from textual.content import Content

from coprod.kernel.released import ReleasedCell, ReleasedTable
from coprod.tui.widgets.board import Board, Line, filled, wrapped

STATUS_WORDS = {
    "ok": "",
    "rounded": "rounded",
    "banded": "in words",
    "hidden-small": "hidden: too few",
    "hidden-protect": "hidden: protects another",
    "withheld": "withheld",
}
BANDS = {"few or none": 0.1, "about half": 0.5, "most or all": 0.9}
WIDEST_LABEL, WIDEST_BAR = 34, 24
EIGHTHS = " ▏▎▍▌▋▊▉"


def bar_of(share: float, width: int) -> str:
    """Give a bar for a share from 0 to 1, to an eighth of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def number_in(shown: str) -> int | None:
    """Give the number in what may be shown ("about 15"), or None where there is none or it is a bound."""
    found = re.search(r"\d+", shown)
    return int(found[0]) if found and "fewer" not in shown and "%" not in shown else None


def shares_of(cells: tuple[ReleasedCell, ...]) -> list[float | None]:
    """Give each cell's share of the longest bar, from what is shown and nothing else."""
    numbers = [number_in(cell.shown) for cell in cells]
    most = max((number for number in numbers if number is not None), default=0)
    return [
        BANDS.get(cell.shown) if number is None else (number / most if most else 0.0)
        for cell, number in zip(cells, numbers, strict=True)
    ]


class TableBars(Board):
    """One released table."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.table: ReleasedTable | None = None

    def show(self, table: ReleasedTable | None) -> None:
        """Draw a table, or nothing."""
        self.table = table
        self.display = table is not None
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the wording, who answered, a line for each cell, and each reason once."""
        del room
        if self.table is None:
            return []
        lines = [Line(Content.styled(line, "bold $ink")) for line in wrapped(self.table.wording, width)]
        lines += [Line(Content.styled(f"Answered: {self.table.answered}", "$quiet")), Line(Content(""))]
        for cell, share in zip(self.table.cells, shares_of(self.table.cells), strict=True):
            lines += self._cell(cell, share, width)
        reasons = dict.fromkeys(cell.reason for cell in self.table.cells if cell.reason)
        lines.append(Line(Content("")))
        for reason in reasons:
            lines += [Line(Content.styled(line, "$quiet")) for line in wrapped(reason, width)]
        return lines

    def _cell(self, cell: ReleasedCell, share: float | None, width: int) -> list[Line]:
        assert self.table is not None
        label = min(WIDEST_LABEL, width // 2 - 2)
        shown = max(cell_len(one.shown) for one in self.table.cells)
        bar = max(3, min(WIDEST_BAR, width - label - shown - 2))
        names = wrapped(f"{cell.by}: {cell.value}" if cell.by else cell.value, label)
        status = STATUS_WORDS[cell.status]
        room = width - label - shown - bar - 3
        first = Content.assemble(
            Content.styled(f"{filled(names[0], label)} {filled(cell.shown, shown)} ", "$ink"),
            Content.styled(filled(bar_of(share, bar) if share is not None else "·", bar), "$accent"),
            Content.styled(f" {status}" if len(status) < room else "", "$quiet"),
        )
        return [Line(first), *(Line(Content.styled(more, "$ink")) for more in names[1:])]
