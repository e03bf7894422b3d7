"""The exact audit: what a hidden count can still be, beside everything that is known, by integer programme."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

Range = tuple[int, int]


class Known(Struct, frozen=True):
    """A sum somebody can know: the named cells, each times its weight, add up to `low` to `high`."""

    weights: Mapping[str, int]
    low: int
    high: int


def total(cells: Sequence[str], number: int, spread: int = 0) -> Known:
    """Give that these cells add up to a number, or to within `spread` of it and never below 0."""
    return Known(dict.fromkeys(cells, 1), max(0, number - spread), number + spread)


def feasible_range(cells: Mapping[str, Range], known: Sequence[Known], cell: str) -> Range | None:
    """Give the least and the most a cell can be, given each cell's own range and all known sums.

    Solved exactly with SciPy's HiGHS. None when nothing fits, which never happens to true counts.
    """
    if any(low > high for low, high in cells.values()):
        return None
    least, most = _extreme(cells, known, cell, 1), _extreme(cells, known, cell, -1)
    return None if least is None or most is None else (least, most)


def _extreme(cells: Mapping[str, Range], known: Sequence[Known], cell: str, sign: int) -> int | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    names = list(cells)
    aim = np.array([float(sign * (name == cell)) for name in names])
    matrix = np.array([[one.weights.get(name, 0) for name in names] for one in known], dtype=float)
    limits = LinearConstraint(matrix, [one.low for one in known], [one.high for one in known])
    found = milp(
        aim,
        integrality=np.ones(len(names)),
        bounds=Bounds([low for low, _ in cells.values()], [high for _, high in cells.values()]),
        constraints=limits,
    )
    return sign * round(float(found.fun)) if found.success else None
