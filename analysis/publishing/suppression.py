"""Exact counts with the small ones hidden: which cells are hidden, and which others to protect them.

From 30 answers (rule R3) counts may be printed as they are, except 0 to 4. One hidden count would follow from the
total, so more are hidden until, for every reader, each hidden count can be at least three numbers and not 1 to 4 only.
A reader knows these rules: what is hidden for being small is at most 4, what protects it is at least 5 and, in a table of
one question, not more than the least that is shown.
"""

from collections.abc import Sequence
from typing import Literal

from analysis.publishing.audit import LARGEST_SMALL, Guarded, Range
from analysis.publishing.feasible import narrowed

Hiding = Literal["", "small", "protect"]
GUARDED = Guarded("", always=True)


def hiding_of(counts: Sequence[int]) -> tuple[Hiding, ...]:
    """Give why each count of a table that adds up is hidden, or "" where it may be printed.

    Where anything is small, the next lowest is hidden too, always; where that is not enough, all are ("protect"). Were
    more hidden only where needed, a reader could work out why, and from that a count.
    """
    hiding: list[Hiding] = ["small" if number <= LARGEST_SMALL else "" for number in counts]
    if "small" not in hiding:
        return tuple(hiding)
    large = [place for place, why in enumerate(hiding) if not why]
    if large:
        hiding[min(large, key=lambda place: (counts[place], place))] = "protect"
        if is_safely_hidden(counts, hiding):
            return tuple(hiding)
    return tuple("protect" for _ in counts)


def is_safely_hidden(counts: Sequence[int], hiding: Sequence[Hiding]) -> bool:
    """Tell whether rule R8 holds for all hidden counts, for an outsider and for whoever gave one of the answers.

    Nothing but what is printed decides: the total, the shown counts and why the others are hidden.
    """
    hidden = sum(number for number, why in zip(counts, hiding, strict=True) if why)
    ranges = [
        (0, LARGEST_SMALL) if why == "small" else _protecting(place, counts, hiding)
        for place, why in enumerate(hiding)
        if why
    ]
    return _holds(narrowed(ranges, hidden), None) and all(
        _holds(narrowed([*ranges[:own], (max(1, low), high), *ranges[own + 1 :]], hidden), own)
        for own, (low, high) in enumerate(ranges)
        if low == 0
    )


def _protecting(place: int, counts: Sequence[int], hiding: Sequence[Hiding]) -> Range:
    """Give what a count that protects can be: the first of the lowest that are not small."""
    most = [number - (other < place) for other, number in enumerate(counts) if not hiding[other]]
    return LARGEST_SMALL + 1, min(most, default=sum(counts))


def _holds(ranges: Sequence[Range], own: int | None) -> bool:
    """Tell whether each range leaves enough. Where nothing fits, no such reader exists."""
    return all(
        low > high
        or GUARDED.is_safe(set(range(low - (place == own), min(high, low + 9) + 1 - (place == own))))
        for place, (low, high) in enumerate(ranges)
    )
