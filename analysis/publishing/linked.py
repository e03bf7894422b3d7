"""What is left to guess in a two-way table of rounded counts with rounded margins."""

from collections.abc import Sequence

from analysis.publishing.audit import Known, feasible_range, total
from analysis.publishing.feasible import SMALL, rounded

SPREAD = 2


def is_exposed_with_margins(counts: Sequence[Sequence[int]]) -> bool:
    """Tell whether, for a reader of all cells and totals rounded to 5, some cell can only be 1 to 4.

    `counts` has a row for each group and a column for each value. Each cell lies within 2 of what is shown,
    and so do the total of each group and of each value. The true count always fits, so only cells of 1 to 4 are tried.
    """
    true = {(row, column): number for row, line in enumerate(counts) for column, number in enumerate(line)}
    shown = {_name(place): rounded(number) for place, number in true.items()}
    ranges = {name: (max(0, number - SPREAD), number + SPREAD) for name, number in shown.items()}
    known = [*_totals(true, 0), *_totals(true, 1)]
    rare = (_name(place) for place, number in true.items() if number in SMALL)
    return any(SMALL.issuperset(feasible_range(ranges, known, name) or (0,)) for name in rare)


def _totals(true: dict[tuple[int, int], int], side: int) -> list[Known]:
    """Give the rounded totals of the groups (side 0) or of the values (side 1)."""
    lines = sorted({place[side] for place in true})
    members = [[place for place in true if place[side] == line] for line in lines]
    return [
        total([_name(place) for place in line], rounded(sum(true[place] for place in line)), SPREAD)
        for line in members
    ]


def _name(place: tuple[int, int]) -> str:
    return f"{place[0]},{place[1]}"
