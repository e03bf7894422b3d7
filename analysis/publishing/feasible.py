"""What a reader who knows the rules can still work out from a one-way table: its feasible counts."""

from collections.abc import Iterable, Sequence
from typing import Literal

Scheme = Literal["bands", "rounded"]
Band = Literal["few", "half", "most"]
Range = tuple[int, int]
Possible = tuple[frozenset[int], ...]
SMALL = frozenset(range(1, 5))


def rounded(number: int) -> int:
    """Give a count to the nearest 5."""
    return 5 * ((number + 2) // 5)


def band_of(number: int, answered: int) -> Band:
    """Give a third or less as few, two thirds or more as most, and what lies between as half."""
    if 3 * number <= answered:
        return "few"
    return "most" if 3 * number >= 2 * answered else "half"


def possible_counts(counts: Sequence[int], answered: int, scheme: Scheme, totals: Iterable[int]) -> Possible:
    """Give for each count all values that fit what is shown, where the counts add up to the answers.

    A reader knows the scheme, the shown cells and that the total is one of `totals`. With one sum over
    independent ranges every whole number between the ends can occur, so the ends are exact.
    """
    found: list[set[int]] = [set() for _ in counts]
    for total in totals:
        for values, (low, high) in zip(found, ranges_at(total, counts, answered, scheme), strict=True):
            values.update(range(low, high + 1))
    return tuple(frozenset(values) for values in found)


def ranges_at(total: int, counts: Sequence[int], answered: int, scheme: Scheme) -> list[Range]:
    """Give the least and the most of each count that is shown like this one, had `total` answered.

    Where nothing fits, each is (0, -1).
    """
    return _narrowed([_range(count, answered, total, scheme) for count in counts], total)


def is_exposed(possible: frozenset[int]) -> bool:
    """Tell whether all that is left are counts of 1 to 4 (the second part of rule R8)."""
    return bool(possible) and possible <= SMALL


def _range(count: int, answered: int, total: int, scheme: Scheme) -> Range:
    """Give the counts that would be shown like this one, had `total` answered."""
    if scheme == "rounded":
        return max(0, rounded(count) - 2), min(total, rounded(count) + 2)
    band = band_of(count, answered)
    third, two_thirds = total // 3, -(-2 * total // 3)
    if band == "few":
        return 0, third
    return (two_thirds, total) if band == "most" else (third + 1, two_thirds - 1)


def _narrowed(ranges: Sequence[Range], total: int) -> list[Range]:
    """Give each range after the others have taken their least and their most; empty when nothing fits."""
    least, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    if any(low > high for low, high in ranges) or not least <= total <= most:
        return [(0, -1)] * len(ranges)
    return [(max(low, total - most + high), min(high, total - least + low)) for low, high in ranges]
