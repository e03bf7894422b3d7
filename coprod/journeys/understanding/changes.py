"""Change between two batches or files: what was said more or less often, from released tables and nothing else."""

import math
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from analysis.reports.answered import number_in
from coprod.kernel.released import ReleasedCell, ReleasedTable

Direction = Literal["more", "less", "about the same", "not comparable"]
BANDS = ("few or none", "about half", "most or all")
ALL_STEPS = 2
LEAST_POINTS = 20
ROUNDING_POINTS = 5
# 1.96 standard errors of two shares near a half, in points, each standard error being 50 / √n.
CHANCE_POINTS = 98
LIMITS = (
    "From the rounded or banded tables of each, and nothing else. It is called more or less only where rounding and chance "
    "would seldom give so much (about one time in twenty, for so many answers); in words, only from few or none to most or "
    "all, or back. Other people answered; a change in what was said is not a change in what happened."
)


class Changed(Struct, frozen=True):
    """One code: how each table showed it, and in which direction it changed."""

    code: str
    before: str
    after: str
    direction: Direction


def changes(before: ReleasedTable, after: ReleasedTable) -> tuple[Changed, ...]:
    """Give the change of every code in either table, those that changed first.

    Both must be shown alike, as percentages or as bands; otherwise, or where one is hidden, they are not comparable.
    """
    first, second = ({cell.value: cell for cell in table.cells} for table in (before, after))
    least = _least_points(before, after)
    found = [
        _changed(code, first.get(code), second.get(code), least) for code in dict.fromkeys((*first, *second))
    ]
    order: Sequence[Direction] = ("more", "less", "about the same", "not comparable")
    return tuple(sorted(found, key=lambda one: (order.index(one.direction), one.code)))


def _least_points(before: ReleasedTable, after: ReleasedTable) -> float:
    """Give how many points apart two shares must be, from how many answered as printed; infinite where that is not."""
    answered = [number_in(table.answered) for table in (before, after)]
    known = [number for number in answered if number]
    if len(known) < len(answered):
        return math.inf
    return max(LEAST_POINTS, CHANCE_POINTS * math.sqrt(sum(1 / number for number in known)) + ROUNDING_POINTS)


def _changed(code: str, before: ReleasedCell | None, after: ReleasedCell | None, least: float) -> Changed:
    direction = _direction(before, after, least) if before and after else "not comparable"
    return Changed(code, _shown(before), _shown(after), direction)


def _direction(before: ReleasedCell, after: ReleasedCell, least: float) -> Direction:
    if before.percent and after.percent:
        points = _points(after) - _points(before)
        return "about the same" if abs(points) < least else "more" if points > 0 else "less"
    if before.status == after.status == "banded" and before.shown in BANDS and after.shown in BANDS:
        steps = BANDS.index(after.shown) - BANDS.index(before.shown)
        return "about the same" if abs(steps) < ALL_STEPS else "more" if steps > 0 else "less"
    return "not comparable"


def _points(cell: ReleasedCell) -> int:
    return int(cell.percent.strip("%").strip())


def _shown(cell: ReleasedCell | None) -> str:
    if cell is None:
        return "no such code"
    return cell.percent or cell.shown
