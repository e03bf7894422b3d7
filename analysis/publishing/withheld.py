"""What a table that was held back whole tells: that it was one of those that are.

Whether a table is held back depends on nothing but how it would have been printed and on how many answered, so whoever
knows the rules can write down all that would have been. Each is a range for every count; the audit of a later release
tries them one after the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from analysis.publishing.audit import Range
from analysis.publishing.disclosure import NOT_SHOWN, STEP, Count, Policy, Tally, is_revealing, scheme_for
from analysis.publishing.feasible import Scheme, ranges_at
from analysis.publishing.ledger import Release
from analysis.publishing.told import OTHERS, total_range
from coprod.kernel.problem import RefusedError

MOST_FORMS = 40
MOST_DRAWN = 3000
TOO_MANY = (
    "an earlier table of this question was held back whole, and what that tells beside this one is more than can be "
    "worked out; leave it out, or put answers together"
)


def is_withheld(release: Release) -> bool:
    """Tell whether a table was held back whole because it would have told too much (not because few answered)."""
    return not release.by and all(
        cell.shown == NOT_SHOWN and cell.status == "hidden-protect" for cell in release.table.cells
    )


def held_back_forms(release: Release, totals: Range) -> list[dict[str, Range]]:
    """Give, value by value, the ranges of every table that would have been held back like this one.

    `totals` is the least and the most who can have answered; "" stands for all of them. Raises RefusedError for exact
    counts, and where there are too many tables to try.
    """
    forms: list[dict[str, Range]] = []
    low, high = (max(one, other) if place == 0 else min(one, other)
                 for place, (one, other) in enumerate(zip(totals, total_range(release), strict=True)))  # fmt: skip
    for total in range(low, high + 1):
        forms += islice(_forms_at(release, total), MOST_FORMS + 1)
        if len(forms) > MOST_FORMS * (1 + high - low) or high - low > STEP:
            raise RefusedError(TOO_MANY)
    return forms


def _forms_at(release: Release, total: int) -> Iterator[dict[str, Range]]:
    policy = Policy(release.small_counts)
    scheme = scheme_for(total, policy)
    if scheme == "exact":
        raise RefusedError(TOO_MANY)
    values = [cell.value for cell in release.table.cells]
    named = bool(OTHERS & set(values))
    for number, counts in enumerate(
        _drawn([named and value not in OTHERS for value in values], total, scheme)
    ):
        if number > MOST_DRAWN:
            raise RefusedError(TOO_MANY)
        tally = Tally(
            "", "", total, tuple(Count(value, one) for value, one in zip(values, counts, strict=True)),
            sensitive="yes" if release.sensitive else "",
        )  # fmt: skip
        ranges = ranges_at(total, counts, total, scheme)
        if all(low <= high for low, high in ranges) and is_revealing(tally, policy):
            yield {"": (total, total), **dict(zip(values, ranges, strict=True))}


def _drawn(are_named: Sequence[bool], total: int, scheme: Scheme) -> Iterator[list[int]]:
    """Give one table for every way to print as many answers: of bands, or of counts to the nearest 5.

    An answer that is named only because enough gave it was not printed as few.
    """
    if not are_named:
        yield []
        return
    words = [0, total // 2, total] if scheme == "bands" else list(range(0, total + STEP, STEP))
    for first in words[1:] if are_named[0] else words:
        left = total if scheme == "bands" else total - max(0, first - STEP // 2)
        if left < 0:
            return
        for rest in _drawn(are_named[1:], total if scheme == "bands" else left, scheme):
            yield [first, *rest]


def placed(forms: Sequence[Mapping[str, Range]], line: str, everybody: str) -> list[dict[str, Range]]:
    """Give forms by the names that counts have in the audit; `line` is what they begin with."""
    return [
        {(line + value if value else everybody): known for value, known in form.items()} for form in forms
    ]
