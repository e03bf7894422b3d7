"""Ways in which it all fits, found from one by small steps: most counts are seen to be safe without the solver.

A step is a few people's answers being others: one answer for another, or two people's exchanged, so that sums stay. How
often each step can be taken from a way is worked out for all steps at once, and so are the values each count then takes.
It proves that a count can be something, never that it cannot: that is for the solver.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, permutations
from typing import Any

import numpy as np
from msgspec import Struct

Kind = Mapping[str, Sequence[str]]
MOST_STEPS = 10_000


class People(Struct, frozen=True):
    """Kinds of people who differ in one thing: each gives, by what it is, the counts somebody is in.

    `pairs` are places of kinds in which two people may exchange what they are.
    """

    kinds: Sequence[Kind] = ()
    pairs: Sequence[tuple[int, int]] = ()


class Walk:
    """All steps between ways that keep every sum that is known exactly, and how far each leads from a way."""

    def __init__(self, place: Mapping[str, int], people: People, rows: tuple[Any, Any, Any]) -> None:
        from scipy.sparse import hstack

        self.matrix, self.least, self.most = rows
        steps = _steps(place, people)
        effect = (steps @ self.matrix.T).tocsr()
        exact = (self.least == self.most).astype(float)
        keeps = (abs(effect) @ exact == 0) & (abs(steps).sum(axis=1) > 0)
        self.steps, effect = steps[keeps], effect[keeps]
        self.number = self.steps.shape[0]
        more, less, raised, lowered = (_above(one) for one in (self.steps, -self.steps, effect, -effect))
        self.uses = hstack([more, less, raised, lowered]).tocsr()
        self.frees = hstack([less, more, lowered, raised]).tocsr()
        self.more, self.less = _by_column(self.steps, 1), _by_column(self.steps, -1)

    def spans_from(self, way: Any, low: Any, high: Any) -> Iterator[tuple[Any, Any]]:
        """Give the least and the most of every count within one step of a way, and of ways ever freer to move.

        Whatever lies between them the count can be too.
        """
        chance = np.random.default_rng(0)
        while True:
            room = self._room(way, low, high)
            reach = np.floor(
                np.minimum.reduceat(room[self.uses.indices] / self.uses.data, self.uses.indptr[:-1])
            )
            size = len(way)
            yield way - _farthest(self.less, reach, size), way + _farthest(self.more, reach, size)
            open_steps = np.flatnonzero(reach >= 1)
            if not len(open_steps):
                return
            freed = self.frees @ (room == 0.0).astype(float) - self.uses @ (room == 1.0).astype(float)
            best = open_steps[np.argmax(freed[open_steps] + 2 * chance.random(len(open_steps)))]
            way = self._taken(best, way)

    def _taken(self, step: int, way: Any) -> Any:
        part = slice(self.steps.indptr[step], self.steps.indptr[step + 1])
        after = way.copy()
        after[self.steps.indices[part]] += self.steps.data[part]
        return after

    def _room(self, way: Any, low: Any, high: Any) -> Any:
        """Give how far each count may still rise and fall, and then each sum."""
        sums = self.matrix @ way
        return np.concatenate([high - way, way - low, self.most - sums, sums - self.least])


def _steps(place: Mapping[str, int], people: People) -> Any:
    """Give all steps, one a row: a person's answer for another, and two people's exchanged."""
    from scipy.sparse import csr_array

    numbered: dict[tuple[int, str], int] = {}
    counted = []
    for number, kind in enumerate(people.kinds):
        for value, names in kind.items():
            some = numbered.setdefault((number, value), len(numbered))
            counted += [(some, place[name]) for name in names]
    mixed = list(islice(_mixed(people, numbered), MOST_STEPS))
    signed = [(row, column, sign) for row, step in enumerate(mixed) for column, sign in step]
    rows, columns, signs = np.array(signed, dtype=int).reshape(-1, 3).T
    some_kinds, names_of = np.array(counted, dtype=int).reshape(-1, 2).T
    steps = csr_array((signs.astype(float), (rows, columns)), shape=(len(mixed), len(numbered))) @ csr_array(
        (np.ones(len(some_kinds)), (some_kinds, names_of)), shape=(len(numbered), len(place))
    )
    steps.eliminate_zeros()
    return steps


def _mixed(people: People, numbered: Mapping[tuple[int, str], int]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Give each step as the kinds of people of whom there is one more, and one fewer."""
    for number, kind in enumerate(people.kinds):
        for more, less in permutations(kind, 2):
            yield (numbered[number, more], 1), (numbered[number, less], -1)
    for one, other in people.pairs:
        for more, less in permutations(people.kinds[one].keys() & people.kinds[other].keys(), 2):
            yield (
                (numbered[one, more], 1),
                (numbered[one, less], -1),
                (numbered[other, more], -1),
                (numbered[other, less], 1),
            )


def _above(matrix: Any) -> Any:
    positive = matrix.maximum(0).tocsr()
    positive.eliminate_zeros()
    return positive


def _by_column(steps: Any, sign: int) -> tuple[Any, Any, Any]:
    """Give the steps that change each count by just one, count after count, with where each count's begin."""
    entries = steps.tocoo()
    chosen = entries.data == sign
    column, row = entries.col[chosen], entries.row[chosen]
    order = np.argsort(column, kind="stable")
    columns, starts = np.unique(column[order], return_index=True)
    return columns, starts, row[order]


def _farthest(by_column: tuple[Any, Any, Any], reach: Any, counts: int) -> Any:
    columns, starts, rows = by_column
    farthest = np.zeros(counts)
    if len(columns):
        farthest[columns] = np.maximum(0, np.maximum.reduceat(reach[rows], starts))
    return farthest
