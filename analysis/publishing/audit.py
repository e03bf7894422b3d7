"""The exact audit: what a hidden count can still be, beside everything that is known, by integer programme."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct, structs

from coprod.kernel.problem import RefusedError

Range = tuple[int, int]
SMALL = frozenset(range(1, 5))
LARGEST_SMALL = 4
LEAST_LEFT = 3
LEAST_OTHERS = 2
SEEDS = 1
FARTHEST = 4
ROUNDS = 6
FOUND, NOTHING_FITS = 0, 2
TOO_LONG = (
    "whether this is safe could not be worked out in time, so it is held back; "
    "put answers or groups together, or ask for fewer tables at once"
)


class Known(Struct, frozen=True):
    """A sum somebody can know: the named cells, each times its weight, add up to `low` to `high`."""

    weights: Mapping[str, int]
    low: int
    high: int


class Guarded(Struct, frozen=True):
    """A count that must stay uncertain (rule R8).

    It is exposed where all it can be is 1 to 4, or where it can be fewer than `least` numbers of which one is 4 or less
    (any at all when `always`, as for a cell that is hidden). `of` above 0 is the size of a group too small for that:
    there, a count is exposed only where it can be nobody at all, or must be the whole group.
    """

    cell: str
    least: int = LEAST_LEFT
    always: bool = False
    of: int = 0

    def is_safe(self, values: set[int]) -> bool:
        """Tell whether these possible values, all that are known to fit, are enough."""
        if self.of:
            return max(values) > 0 and min(values) < self.of
        if len(values) >= self.least:
            return not values <= SMALL
        return not self.always and min(values) > LARGEST_SMALL


def total(cells: Sequence[str], number: int, spread: int = 0) -> Known:
    """Give that these cells add up to a number, or to within `spread` of it and never below 0."""
    return Known(dict.fromkeys(cells, 1), max(0, number - spread), number + spread)


def feasible_range(cells: Mapping[str, Range], known: Sequence[Known], cell: str) -> Range | None:
    """Give the least and the most a cell can be, given each cell's own range and all known sums.

    Solved exactly with SciPy's HiGHS. None when nothing fits, which never happens to true counts.
    """
    system = System(cells, known, time.monotonic() + 60)
    least, most = system.extreme(cell, 1), system.extreme(cell, -1)
    return None if least is None or most is None else (least, most)


class System:
    """Cells with their ranges and all that is known of their sums, and the ways found so far in which it all fits.

    `steps` are changes that keep most sums, such as one person's answer being another: from one way that fits they lead
    to many, which show most cells to be safe without the solver. What they do not show, the solver decides.
    """

    def __init__(
        self,
        cells: Mapping[str, Range],
        known: Sequence[Known],
        until: float,
        steps: Sequence[Mapping[str, int]] = (),
    ) -> None:
        self.place = {name: place for place, name in enumerate(cells)}
        self.low = np.array([low for low, _ in cells.values()], dtype=float)
        self.high = np.array([high for _, high in cells.values()], dtype=float)
        self.matrix, self.least, self.most = _rows(self.place, known)
        self.until = until
        self.ways: list[Any] = []
        self.steps = np.array([self._aim(step) for step in steps]).reshape(len(steps), len(cells))

    def extreme(self, cell: str, sign: int) -> int | None:
        """Give the least a cell can be (`sign` 1) or the most (-1), or None when nothing fits."""
        found = self._solve(self._aim({cell: sign}), self.low, self.high)
        return None if found is None else int(found[self.place[cell]])

    def fits(self, fixed: Mapping[str, Range]) -> bool:
        """Tell whether anything fits what somebody knows besides."""
        low, high = self._within(fixed, ())
        return bool(self._fitting(low, high).size) or self._solve(self._aim({}), low, high) is not None

    def exposed(
        self, guarded: Sequence[Guarded], fixed: Mapping[str, Range], own: Sequence[str] = ()
    ) -> str | None:
        """Give the first guarded cell that is exposed, or None. Nothing is where nothing fits.

        `fixed` is what somebody knows besides. `own` are the cells where a respondent knows their own answer to be: they
        know of one more than others do, and what is to stay uncertain is how many others are there.
        """
        low, high = self._within(fixed, own)
        if not self._look_around(guarded, low, high):
            return None
        ways = self._walked(low, high)
        doubtful = self._doubtful([one for one in guarded if not self._is_large(one, low)], ways, own)
        held = len(self.ways)
        for one in doubtful:
            found = [way for way in self.ways[held:] if ((way >= low) & (way <= high)).all()]
            ways = np.vstack(
                [ways, *found, *(self._around(way, low, high) for way in found if len(self.steps))]
            )
            held = len(self.ways)
            if not self._is_safe(one, low, high, own, ways):
                return one.cell
        return None

    def _is_large(self, one: Guarded, low: Any) -> bool:
        """Tell whether what is printed of a count alone says that it is no small one, and it is not hidden."""
        return not one.always and not one.of and low[self.place[one.cell]] > LARGEST_SMALL + 1

    def _walked(self, low: Any, high: Any) -> Any:
        """Give the ways that fit, and those a few steps away from them by a walk."""
        ways = self._fitting(low, high)
        chance, way = np.random.default_rng(0), ways[0]
        for _ in range(ROUNDS if len(self.steps) else 0):
            near = self._around(way, low, high)
            if not len(near):
                break
            ways, way = np.vstack([ways, near]), near[chance.integers(len(near))]
        return ways

    def _doubtful(self, guarded: Sequence[Guarded], ways: Any, own: Sequence[str]) -> list[Guarded]:
        """Give those that the ways found so far do not show to be safe, all counts looked at in one go."""
        if not guarded:
            return []
        found = np.sort(ways[:, [self.place[one.cell] for one in guarded]], axis=0)
        different = 1 + (np.diff(found, axis=0) > 0).sum(axis=0)
        wide = (found[0] < 1) | (found[-1] > LARGEST_SMALL + 1)
        needed = np.array([one.least for one in guarded])
        seen_safe = (different >= needed) & wide
        return [
            one
            for one, is_safe in zip(guarded, seen_safe, strict=True)
            if one.of or one.cell in own or not is_safe
        ]

    def _within(self, fixed: Mapping[str, Range], own: Sequence[str]) -> tuple[Any, Any]:
        low, high = self.low.copy(), self.high.copy()
        for name, (least, most) in fixed.items():
            place = self.place[name]
            low[place], high[place] = max(low[place], least), min(high[place], most)
        for cell in own:
            low[self.place[cell]] = max(1.0, low[self.place[cell]])
        return low, high

    def _look_around(self, guarded: Sequence[Guarded], low: Any, high: Any) -> bool:
        """Collect a few different ways that fit; most cells are then seen to be safe. False when nothing fits."""
        places = [self.place[one.cell] for one in guarded]
        chance = np.random.default_rng(0)
        for _ in range(SEEDS - len(self._fitting(low, high))):
            aim = self._aim({})
            aim[places] = chance.choice([-1.0, 1.0], len(places))
            if self._solve(aim, low, high) is None:
                return False
        return True

    def _is_safe(self, one: Guarded, low: Any, high: Any, own: Sequence[str], ways: Any) -> bool:
        place, less = self.place[one.cell], int(one.cell in own)
        guard = structs.replace(one, least=min(one.least, LEAST_OTHERS)) if own and not one.always else one
        seen = {int(value) - less for value in np.unique(ways[:, place])}
        for sign in (0, 1, -1):
            end = self._solve(self._aim({one.cell: sign}), low, high) if sign else None
            if end is not None:
                seen.add(int(end[place]) - less)
            if guard.is_safe(seen):
                return True
        inner_low, inner_high = low.copy(), high.copy()
        inner_low[place], inner_high[place] = min(seen) + less + 1, max(seen) + less - 1
        between = self._solve(self._aim({}), inner_low, inner_high)
        return between is not None and guard.is_safe({*seen, int(between[place]) - less})

    def _around(self, way: Any, low: Any, high: Any) -> Any:
        """Give all ways that fit and are up to a few times one step from this one."""
        far = np.vstack([way + times * self.steps for times in range(1, FARTHEST + 1)])
        far = far[((far >= low) & (far <= high)).all(axis=1)]
        sums = (self.matrix @ far.T).T
        return far[((sums >= self.least) & (sums <= self.most)).all(axis=1)]

    def _fitting(self, low: Any, high: Any) -> Any:
        ways = np.array(self.ways).reshape(len(self.ways), len(self.place))
        return ways[((ways >= low) & (ways <= high)).all(axis=1)]

    def _aim(self, weights: Mapping[str, int]) -> Any:
        aim = np.zeros(len(self.place))
        for cell, weight in weights.items():
            aim[self.place[cell]] = weight
        return aim

    def _solve(self, aim: Any, low: Any, high: Any) -> Any:
        """Give a way that fits best to an aim and keep it, or None when nothing fits."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        left = self.until - time.monotonic()
        if left <= 0:
            raise RefusedError(TOO_LONG)
        if (low > high).any():
            return None
        found = milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self.matrix, self.least, self.most),
            options={"time_limit": left},
        )
        if found.status not in {FOUND, NOTHING_FITS}:
            raise RefusedError(TOO_LONG)
        if found.x is None:
            return None
        way = np.rint(found.x)
        self.ways.append(way)
        return way


def _rows(place: Mapping[str, int], known: Sequence[Known]) -> tuple[Any, Any, Any]:
    from scipy.sparse import csr_array

    rows = [row for row, one in enumerate(known) for _ in one.weights]
    columns = [place[name] for one in known for name in one.weights]
    weights = [float(weight) for one in known for weight in one.weights.values()]
    matrix = csr_array((weights, (rows, columns)), shape=(len(known), len(place)))
    return matrix, np.array([float(one.low) for one in known]), np.array([float(one.high) for one in known])
