"""Two versions beside each other, pair by pair: in two columns where there is room, under each other where not."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from coprod.tui.widgets.board import Board, Line, filled, wrapped

if TYPE_CHECKING:
    from coprod.journeys.checking.comparing import PairSaid

NARROW = 60
WIDEST_COLUMN = 52
HEADS = ("Before, or A", "After, or B")
NOT_THERE = "(not there)"
BETTER = "better: "


class Pairs(Board):
    """What differs between two versions, with what people said of each pair once they have."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.pairs: tuple[PairSaid, ...] = ()

    def show(self, pairs: "Sequence[PairSaid]") -> None:
        """Draw these pairs."""
        self.pairs = tuple(pairs)
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the pairs, each with its number and what was said of it."""
        del room
        columns = self._beside if width >= NARROW else self._under
        return [line for number, pair in enumerate(self.pairs, 1) for line in columns(pair, number, width)]

    def _beside(self, pair: "PairSaid", number: int, width: int) -> Iterator[Line]:
        column = min(WIDEST_COLUMN, (width - 3) // 2)
        yield Line(Content.styled(_head(pair, number), "$quiet"))
        left, right = _texts(pair, 0), _texts(pair, 1)
        yield _row(HEADS[0], HEADS[1], column, "bold $ink")
        for first, second in zip_longest(_wrapped(left, column), _wrapped(right, column), fillvalue=""):
            yield _row(first, second, column, "$ink")
        yield from (Line(Content.styled(line, "$ink")) for line in wrapped(_rest(pair), width))
        yield Line(Content(""))

    def _under(self, pair: "PairSaid", number: int, width: int) -> Iterator[Line]:
        yield Line(Content.styled(_head(pair, number), "$quiet"))
        for side, head in enumerate(HEADS):
            yield Line(Content.styled(head, "bold $ink"))
            yield from (Line(Content.styled(line, "$ink")) for line in _wrapped(_texts(pair, side), width))
        yield from (Line(Content.styled(line, "$ink")) for line in wrapped(_rest(pair), width))
        yield Line(Content(""))


def _head(pair: "PairSaid", number: int) -> str:
    return f"Pair {number}{f': {pair.answered} answered' if pair.answered else ''}"


def _texts(pair: "PairSaid", side: int) -> tuple[str, ...]:
    """Give the words of one version, and how many found them better."""
    words = (pair.first, pair.second)[side] or NOT_THERE
    return (words, f"{BETTER}{pair.picked[side][1]}") if pair.picked else (words,)


def _rest(pair: "PairSaid") -> str:
    if not pair.picked:
        return ""
    picked = dict(pair.picked)
    return f"the same: {picked['same']}; neither is good: {picked['neither']}"


def _wrapped(texts: Sequence[str], width: int) -> list[str]:
    return [line for text in texts for line in wrapped(text, width)]


def _row(first: str, second: str, column: int, style: str) -> Line:
    return Line(
        Content.assemble(
            Content.styled(filled(first, column), style),
            Content.styled(" │ ", "$mark"),
            Content.styled(second, style),
        )
    )
