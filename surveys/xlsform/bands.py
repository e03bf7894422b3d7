"""Any number as groups of numbers: an exact one, such as an age, can point at somebody, so none is kept.

The groups are so cut that whatever a form asks about the number can still be told from its group alone.
"""

import math
from collections.abc import Iterable, Iterator

from msgspec import Struct

from coprod.kernel.wording import Wording
from surveys.questionnaires.evaluation import is_true
from surveys.questionnaires.expressions import (
    LEVELS,
    Amount,
    Call,
    Expression,
    Negative,
    Operation,
    Reference,
    Text,
    references_in,
)
from surveys.questionnaires.questions import Choice, Name
from surveys.xlsform.meanings import meanings

COMPARISONS = LEVELS[2] | LEVELS[3]
USUAL_CUTS = (0, 1, 2, 3, 6, 11)
AGE_CUTS = (11, 14, 16, 18, 26)
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000)
MOST_BANDS, MOST_TESTED = 8, 12
LARGEST = 1_000_000
_WIDEST_TRIED = 200


class Limits(Struct, frozen=True):
    """The lowest and the highest number a form lets somebody give; None where it does not say."""

    low: int | None = None
    high: int | None = None


class Band(Struct, frozen=True):
    """A group of numbers, both ends included; None is open. With `broken` numbers it ends just under `high` + 1."""

    low: int | None
    high: int | None
    broken: bool = False

    @property
    def id(self) -> str:
        """Give the id of the choice."""
        if self.low is None:
            return f"n{self.high}-or-less"
        if self.high is None:
            return f"n{self.low}-or-more"
        if self.low == self.high and not self.broken:
            return f"n{self.low}"
        return f"n{self.low}-to-{'under-' if self.broken else ''}{self._end()}"

    def choice(self) -> Choice:
        """Give the choice that stands for the group, in both languages."""
        words = meanings().bands
        wording = words.between
        if self.low is None:
            wording = words.broken_below if self.broken else words.below
        elif self.high is None:
            wording = words.above
        elif self.broken:
            wording = words.broken_between
        elif self.low == self.high:
            wording = words.one
        ends = {"low": str(self.low), "high": str(self._end())}
        return Choice(self.id, Wording(*(text.format_map(ends) for _, text in wording.written())))

    def tried(self) -> Iterator[str]:
        """Give numbers of the group that stand for all of it: every one, or those near both ends of a wide one."""
        low = self.low if self.low is not None else (self.high or 0) - _WIDEST_TRIED
        high = self.high if self.high is not None else low + _WIDEST_TRIED
        near = range(low, high + 1) if high - low <= _WIDEST_TRIED else (low, low + 1, high - 1, high)
        for number in near:
            yield str(number)
            if self.broken:
                yield f"{number}.5"

    def _end(self) -> int:
        return (self.high or 0) + 1 if self.broken else self.high or 0


class Banded(Struct, frozen=True):
    """A number that is asked in groups, and the id of its question."""

    id: Name
    bands: tuple[Band, ...]


def bands_of(limits: Limits, tested: Iterable[int], *, is_age: bool, broken: bool) -> tuple[Band, ...]:
    """Give the groups for a number between limits: cut wherever the form's own tests cut, and at round numbers.

    Nothing where the limits leave fewer than two groups, or are beyond a million.
    """
    if any(abs(end) > LARGEST for end in (limits.low, limits.high) if end is not None):
        return ()
    needed = [cut for cut in sorted(set(tested)) if _is_inside(cut, limits)]
    needed = needed if len(needed) <= MOST_TESTED else []
    round_ones = [cut for cut in _round_cuts(limits, is_age=is_age) if _is_inside(cut, limits)]
    kept = sorted({*needed, *round_ones[: max(0, MOST_BANDS - 1 - len({*needed} - {*round_ones}))]})
    low = limits.low if limits.low is not None or is_age else min(0, *kept, 0)
    starts = [low, *(cut for cut in kept if low is None or cut > low)]
    ends = [*(cut - 1 for cut in starts[1:] if cut is not None), limits.high]
    bands = tuple(Band(start, end, broken) for start, end in zip(starts, ends, strict=True))
    return bands if len(bands) > 1 else ()


def cuts_tested(trees: Iterable[Expression], name: str) -> set[int]:
    """Give where the comparisons of trees tell apart numbers of the question `name`: each number starts a group."""
    parts = [
        part
        for tree in trees
        for part in _comparisons(tree)
        if {one.name for one in references_in(part)} == {name}
    ]
    numbers = {number for part in parts for number in _amounts(part)}
    cuts = {
        cut for number in numbers for cut in (math.floor(number), math.ceil(number), math.floor(number) + 1)
    }
    return {cut for cut in cuts if any(_tells_apart(cut, part, name) for part in parts)}


def by_band(test: Expression, name: str, banded: Banded) -> Expression | None:
    """Give a comparison with the question `name` as one of its group; None where a group does not settle it."""
    settled = []
    for band in banded.bands:
        truths = {is_true(test, {name: number}) for number in band.tried()}
        if len(truths) > 1:
            return None
        if truths == {True}:
            settled.append(band.id)
    answer = Reference(banded.id, 0)
    unanswered = Operation("=", answer, Text("", 0), 0)
    if is_true(test, {name: ""}):
        settled.insert(0, "")
    if len(settled) == len(banded.bands) + 1:
        return Call("true", (), 0)
    if not settled:
        return Call("false", (), 0)
    if settled == [band.id for band in banded.bands]:
        return Operation("!=", answer, unanswered.right, 0)
    tree: Expression = Operation("=", answer, Text(settled[0], 0), 0)
    for one in settled[1:]:
        tree = Operation("or", tree, Operation("=", answer, Text(one, 0), 0), 0)
    return tree


def _is_inside(cut: int, limits: Limits) -> bool:
    """Tell whether a cut leaves something on both its sides."""
    return (limits.low is None or cut > limits.low) and (limits.high is None or cut <= limits.high)


def _round_cuts(limits: Limits, *, is_age: bool) -> tuple[int, ...]:
    if is_age and any(_is_inside(cut, limits) for cut in AGE_CUTS):
        return AGE_CUTS
    if limits.high is None:
        low = limits.low or 0
        return USUAL_CUTS if low in {0, 1} else tuple(low + cut for cut in USUAL_CUTS)
    low = limits.low or 0
    count = limits.high - low + 1
    if count <= MOST_BANDS - 2:
        return tuple(range(low, limits.high + 1))
    step = next((step for step in _STEPS if step * 5 >= count), math.ceil(count / 5))
    rounded = range((low // step + 1) * step, limits.high - step // 2 + 1, step)
    return (*((1,) if low == 0 else ()), *rounded)


def _comparisons(tree: Expression) -> Iterator[Expression]:
    match tree:
        case Operation(operator=operator) if operator in COMPARISONS:
            yield tree
        case Operation(left=left, right=right):
            yield from (*_comparisons(left), *_comparisons(right))
        case Call(arguments=parts):
            for part in parts:
                yield from _comparisons(part)
        case Negative(of=inner):
            yield from _comparisons(inner)
        case Text() | Amount() | Reference():
            return


def _amounts(tree: Expression) -> Iterator[float]:
    """Give the numbers in a comparison, written as numbers or in quotes, and each with a minus before it too."""
    match tree:
        case Amount(number=number):
            yield number
        case Text(text=text) if text.strip().lstrip("-").isdecimal():
            yield float(text)
        case Negative(of=inner):
            yield from (-number for number in _amounts(inner))
        case Operation(left=left, right=right):
            yield from (*_amounts(left), *_amounts(right))
        case Call(arguments=parts):
            for part in parts:
                yield from _amounts(part)
        case _:
            return


def _tells_apart(cut: int, test: Expression, name: str) -> bool:
    """Tell whether a test comes out otherwise on the two sides of a cut."""
    return is_true(test, {name: str(cut - 1)}) != is_true(test, {name: str(cut)})
