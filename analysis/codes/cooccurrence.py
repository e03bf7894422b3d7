"""Co-occurrence: which codes stand on the same answers, in steps that give no count away."""

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from msgspec import Struct

from analysis.codes.judgements import Coder
from analysis.publishing.disclosure import LEAST_SHOWN
from coprod.kernel.problem import RefusedError

LEAST_TWO_WAY = 60
LEAST_LEVEL = 10
How = Literal["nearly always together", "often together", "sometimes together"]
STEPS: tuple[tuple[float, How], ...] = (
    (0.6, "nearly always together"),
    (0.3, "often together"),
    (0.1, "sometimes together"),
)


class Together(Struct, frozen=True):
    """Two codes and how often one answer has both, of those that have either (Jaccard index, in steps)."""

    first: str
    second: str
    how: How


class Cooccurrence(Struct, frozen=True):
    """Pairs that may be told, the closest first, and whether some were left out because they would point at a few."""

    pairs: tuple[Together, ...]
    left_out: bool


def cooccurrence(coder: Coder, answers: frozenset[str], names: Mapping[str, str]) -> Cooccurrence:
    """Give which of one coder's codes stand together on `answers`, all of which they judged.

    A pair is told only where each code and its absence have 10 answers, and each of the four ways (both, one, the
    other, neither) has none or 5. Raises RefusedError under 60 answers, where no two-way table may be shown.
    """
    if len(answers) < LEAST_TWO_WAY:
        raise RefusedError(f"fewer than {LEAST_TWO_WAY} answers: too few for any table of two codes")
    having = {
        code: frozenset(mark.response for mark in coder.marks if mark.code == code) & answers
        for code in names
    }
    level = {
        code: held for code, held in having.items() if LEAST_LEVEL <= len(held) <= len(answers) - LEAST_LEVEL
    }
    found: list[tuple[float, Together]] = []
    left_out = any(held and code not in level for code, held in having.items())
    for first, second in combinations(level, 2):
        share, may_be_told = _share(level[first], level[second], len(answers))
        how = next((words for least, words in STEPS if share >= least), None)
        left_out |= how is not None and not may_be_told
        if how and may_be_told:
            found.append((share, Together(names[first], names[second], how)))
    ranked = sorted(found, key=lambda one: (-_step(one[1].how), one[1].first, one[1].second))
    return Cooccurrence(tuple(pair for _, pair in ranked), left_out)


def _share(first: frozenset[str], second: frozenset[str], answers: int) -> tuple[float, bool]:
    both, either = len(first & second), len(first | second)
    cells = (both, len(first) - both, len(second) - both, answers - either)
    return both / either, all(cell == 0 or cell >= LEAST_SHOWN for cell in cells)


def _step(how: How) -> float:
    return next(least for least, words in STEPS if words == how)
