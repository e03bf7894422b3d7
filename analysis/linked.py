"""What is left to guess in a two-way table of rounded counts with rounded margins, by integer programme."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.feasible import SMALL, rounded

SPREAD = 2
Numbers = NDArray[np.float64]


def is_exposed_with_margins(counts: Sequence[Sequence[int]]) -> bool:
    """Tell whether, for a reader of all cells and totals rounded to 5, some cell can only be 1 to 4.

    `counts` has a row for each group and a column for each value. Each cell lies within 2 of what is shown,
    and so do the total of each group and of each value. A cell shown as 0 is exposed when it cannot be 0,
    one shown as 5 when it cannot be 5 or more; others never are. Solved with SciPy's HiGHS.
    """
    true = np.array(counts, dtype=np.int64)
    shown = _rounded(true).ravel()
    margins = _margins(*true.shape)
    totals = _rounded(margins @ true.ravel())
    return any(
        _extreme(int(place), shown, margins, totals, largest=bool(shown[place])) in SMALL
        for place in np.flatnonzero(shown <= max(SMALL) + 1)
    )


def _extreme(place: int, shown: Numbers, margins: Numbers, totals: Numbers, *, largest: bool) -> int:
    """Give the largest or the smallest count a cell can have beside all that is shown."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    aim = np.zeros(shown.size)
    aim[place] = -1.0 if largest else 1.0
    found = milp(
        aim,
        integrality=np.ones(shown.size),
        bounds=Bounds(np.maximum(0.0, shown - SPREAD), shown + SPREAD),
        constraints=LinearConstraint(margins, np.maximum(0.0, totals - SPREAD), totals + SPREAD),
    )
    if not found.success:
        raise ArithmeticError("the true table always fits what is shown of it")
    return abs(round(float(found.fun)))


def _margins(groups: int, values: int) -> Numbers:
    """Give the matrix that adds cells up to each group's and each value's total."""
    by_group = np.kron(np.eye(groups), np.ones(values))
    by_value = np.kron(np.ones(groups), np.eye(values))
    return np.vstack([by_group, by_value])


def _rounded(numbers: NDArray[np.int64] | Numbers) -> Numbers:
    flat = [rounded(int(number)) for number in numbers.ravel()]
    return np.array(flat, dtype=np.float64).reshape(numbers.shape)
