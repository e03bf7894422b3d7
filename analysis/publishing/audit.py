"""The exact audit: what a hidden count can still be, beside everything that is known, by integer programme."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from msgspec import Struct, structs

from analysis.publishing.walking import People, Walk
from coprod.kernel.problem import RefusedError

Range = tuple[int, int]
Case = tuple[Any, Any]
SMALL = frozenset(range(1, 5))
LARGEST_SMALL = 4
LEAST_LEFT = 3
LEAST_OTHERS = 2
ROUNDS = 10
ENOUGH = 9
FOUND, NOTHING_FITS = 0, 2
NEAR = 1e-6
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
        return self.is_shown_safe(values) or self.is_large(min(values))

    def is_shown_safe(self, values: set[int]) -> bool:
        """Tell whether some possible values are enough, whatever else the count can be."""
        if self.of:
            return max(values) > 0 and min(values) < self.of
        return len(values) >= self.least and not values <= SMALL

    def is_large(self, least: int) -> bool:
        """Tell whether the count may be known, because it can be no less than this."""
        return not self.of and not self.always and least > LARGEST_SMALL


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

    `people` are the kinds of people there can be, and the counts each is in. Steps from one such person to another lead from a way that fits to many (see `analysis.publishing.walking`). What they do
    not show to be safe, the solver decides. `cases` gives, for what somebody knows, ranges of which one or another holds.
    """

    def __init__(
        self,
        cells: Mapping[str, Range],
        known: Sequence[Known],
        until: float,
        people: People | None = None,
        cases: Callable[[Mapping[str, Range]], Sequence[Mapping[str, Range]]] = lambda _: ({},),
    ) -> None:
        self.place = {name: place for place, name in enumerate(cells)}
        self.low = np.array([low for low, _ in cells.values()], dtype=float)
        self.high = np.array([high for _, high in cells.values()], dtype=float)
        self.rows = _rows(self.place, known)
        self.until = until
        self.ways: list[Any] = []
        self.cases = cases
        self.walk = Walk(self.place, people, self.rows) if people and people.kinds else None

    def extreme(self, cell: str, sign: int) -> int | None:
        """Give the least a cell can be (`sign` 1) or the most (-1), or None when nothing fits."""
        found = self._solve({self.place[cell]: sign}, self.low, self.high)
        return None if found is None else int(found[self.place[cell]])

    def least(self, cell: str, fixed: Mapping[str, Range]) -> int | None:
        """Give the least a cell can be for somebody who knows more, or None when nothing fits."""
        place = self.place[cell]
        found = [self._solve({place: 1}, *case) for case in self._within(fixed, ())]
        return min((int(way[place]) for way in found if way is not None), default=None)

    def fits(self, fixed: Mapping[str, Range]) -> bool:
        """Tell whether anything fits what somebody knows besides."""
        return any(self._some_way(*case) is not None for case in self._within(fixed, ()))

    def exposed(
        self, guarded: Sequence[Guarded], fixed: Mapping[str, Range], own: Sequence[str] = ()
    ) -> str | None:
        """Give the first guarded cell that is exposed, or None. Nothing is where nothing fits.

        `fixed` is what somebody knows besides. `own` are the cells where a respondent knows their own answer to be: they
        know of one more than others do, and what is to stay uncertain is how many others are there.
        """
        cases = self._within(fixed, own)
        doubts = [
            _Doubt(_for_respondent(one) if own else one, self.place[one.cell], int(one.cell in own), set())
            for one in guarded
            if one.always or one.of or not self._is_large(one, cases, own)
        ]
        fitting = []
        for case in cases if doubts else ():
            way = self._some_way(*case)
            if way is not None:
                fitting.append(case)
                doubts = self._looked_around(doubts, way, *case)
            if not doubts:
                return None
        return self._decided(doubts, fitting) if fitting else None

    def _is_large(self, one: Guarded, cases: Sequence[Case], own: Sequence[str]) -> bool:
        place, less = self.place[one.cell], int(one.cell in own)
        return all(low[place] - less > LARGEST_SMALL for low, _ in cases)

    def _decided(self, doubts: list["_Doubt"], cases: Sequence[Case]) -> str | None:
        """Give the first count that the solver finds exposed; what it finds on the way may show others to be safe."""
        while doubts:
            doubt, *doubts = doubts
            held = len(self.ways)
            if not self._is_safe(doubt, cases):
                return doubt.guard.cell
            for way in self.ways[held:]:
                case = next((one for one in cases if ((way >= one[0]) & (way <= one[1])).all()), None)
                doubts = self._looked_around(doubts, way, *case, rounds=1) if case else doubts
        return None

    def _some_way(self, low: Any, high: Any) -> Any:
        """Give a way that fits: one that was found before, or one the solver finds; None when nothing fits."""
        for way in reversed(self.ways):
            if ((way >= low) & (way <= high)).all():
                return way
        return self._solve({}, low, high)

    def _looked_around(
        self, doubts: Sequence["_Doubt"], way: Any, low: Any, high: Any, rounds: int = ROUNDS
    ) -> list["_Doubt"]:
        """Give the doubts that are left after a walk from a way; what it showed is kept with them."""
        if self.walk is None or not self.walk.number:
            return [doubt for doubt in doubts if not doubt.is_settled_by(way, way)]
        left = list(doubts)
        for least, most in islice(self.walk.spans_from(way, low, high), rounds):
            left = [doubt for doubt in left if not doubt.is_settled_by(least, most)]
            if not left:
                break
        return left

    def _within(self, fixed: Mapping[str, Range], own: Sequence[str]) -> list[Case]:
        """Give the least and the most of every count, case by case."""
        found = []
        for case in self.cases(fixed):
            low, high = self.low.copy(), self.high.copy()
            for name, (least, most) in (*fixed.items(), *case.items()):
                place = self.place[name]
                low[place], high[place] = max(low[place], least), min(high[place], most)
            for cell in own:
                low[self.place[cell]] = max(1.0, low[self.place[cell]])
            found.append((low, high))
        return found

    def _is_safe(self, doubt: "_Doubt", cases: Sequence[Case]) -> bool:
        """Tell by the solver whether a count is safe: by its least, its most and a number between, case by case."""
        for low, high in cases:
            for narrowed_low, narrowed_high, sign in _looks(doubt, low, high):
                found = self._solve({doubt.place: sign}, narrowed_low, narrowed_high)
                if found is not None:
                    doubt.seen.add(int(found[doubt.place]) - doubt.own)
                if doubt.guard.is_shown_safe(doubt.seen):
                    return True
        return doubt.guard.is_safe(doubt.seen)

    def _solve(self, aim: Mapping[int, float], low: Any, high: Any) -> Any:
        """Give a way that fits best to an aim and keep it, or None when nothing fits.

        Without whole numbers asked for, most answers come out whole and are the best there is; the others are asked for.
        """
        if (low > high).any():
            return None
        weights = np.zeros(len(self.place))
        weights[list(aim)] = list(aim.values())
        for whole in (False, True):
            status, found = self._asked(weights, low, high, whole=whole)
            if status == NOTHING_FITS:
                return None
            if found is not None and self._holds(found, low, high, near=not whole):
                self.ways.append(np.rint(found))
                return self.ways[-1]
        raise RefusedError(TOO_LONG)

    def _asked(self, weights: Any, low: Any, high: Any, *, whole: bool) -> tuple[int, Any]:
        from scipy.optimize import Bounds, LinearConstraint, milp

        left = self.until - time.monotonic()
        if left <= 0:
            raise RefusedError(TOO_LONG)
        found = milp(
            weights,
            integrality=np.full(len(weights), int(whole)),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(*self.rows),
            options={"time_limit": left, "presolve": whole},
        )
        return found.status, found.x if found.status == FOUND else None

    def _holds(self, found: Any, low: Any, high: Any, *, near: bool) -> bool:
        """Tell whether an answer of the solver, in whole numbers, is a way that fits; `near` asks that it was whole."""
        way = np.rint(found)
        matrix, least, most = self.rows
        sums = matrix @ way
        return bool(
            (not near or abs(way - found).max() < NEAR)
            and ((way >= low) & (way <= high)).all()
            and ((sums >= least) & (sums <= most)).all()
        )


class _Doubt(Struct):
    """A guarded count that is not yet shown to be safe, and what it was seen to be so far, a respondent's `own` taken off."""

    guard: Guarded
    place: int
    own: int
    seen: set[int]

    def is_settled_by(self, least: Any, most: Any) -> bool:
        """Take note that the count can be whatever lies between two numbers; tell whether it is safe by now."""
        low, high = int(least[self.place]) - self.own, int(most[self.place]) - self.own
        self.seen.update(range(low, min(high, low + ENOUGH) + 1), (high,))
        return self.guard.is_shown_safe(self.seen)


def _looks(doubt: _Doubt, low: Any, high: Any) -> Iterator[tuple[Any, Any, int]]:
    """Give where to look for what a count can be: at its ends, the likelier first, and between what was seen by then."""
    place, own, seen = doubt.place, doubt.own, doubt.seen
    for sign in (1, -1) if min(seen) else (-1, 1):
        at_end = low[place] - own in seen if sign > 0 else high[place] - own in seen
        if not at_end:
            yield low, high, sign
    inner_low, inner_high = low.copy(), high.copy()
    inner_low[place] = max(low[place], min(seen) + own + 1)
    inner_high[place] = min(high[place], max(seen) + own - 1)
    yield inner_low, inner_high, 0


def _for_respondent(guard: Guarded) -> Guarded:
    return guard if guard.always else structs.replace(guard, least=min(guard.least, LEAST_OTHERS))


def _rows(place: Mapping[str, int], known: Sequence[Known]) -> tuple[Any, Any, Any]:
    from scipy.sparse import csr_array

    rows = [row for row, one in enumerate(known) for _ in one.weights]
    columns = [place[name] for one in known for name in one.weights]
    weights = [float(weight) for one in known for weight in one.weights.values()]
    matrix = csr_array((weights, (rows, columns)), shape=(len(known), len(place)))
    return matrix, np.array([float(one.low) for one in known]), np.array([float(one.high) for one in known])
