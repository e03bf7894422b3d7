"""What three readers who know the rules can still work out from a one-way table: its feasible counts.

An outsider knows what is printed. A fellow respondent knows their own answer too, and asks how many others gave it.
The facilitator knows how many answered. Rule R8 holds for each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Literal

from analysis.publishing.audit import LEAST_LEFT, LEAST_OTHERS, SMALL, Guarded, Range

Scheme = Literal["bands", "rounded", "exact"]
Band = Literal["few", "half", "most"]
Possible = tuple[frozenset[int], ...]


def rounded(number: int) -> int:
    """Give a count to the nearest 5."""
    return 5 * ((number + 2) // 5)


def band_of(number: int, answered: int) -> Band:
    """Give under a third as few, over two thirds as most, and a third to two thirds as half.

    So each word stands for two counts or more from 5 answers up, and for three or more from 8 (with the thirds themselves
    in the outer bands, "about half" of six would be exactly three, and of nine only four or five).
    """
    if 3 * number < answered:
        return "few"
    return "most" if 3 * number > 2 * answered else "half"


def totals_safe_from_the_facilitator(
    counts: Sequence[int], answered: int, scheme: Scheme, totals: Sequence[int]
) -> list[int]:
    """Give those totals, of all that print alike, at which whoever knows the total is left with enough (rule R8).

    A table is held back at the others. A reader knows that too, so nobody else may be thought to reckon with them. None
    where holding back only some would itself tell that a count is 1 to 4, as it does for bands: few tables of them are held
    back, and those have much in common.
    """
    safe = [
        total for total in totals if _is_safe(possible_counts(counts, answered, scheme, (total,)), LEAST_LEFT)
    ]
    if scheme != "bands":
        return safe
    held_back = possible_counts(counts, answered, scheme, [total for total in totals if total not in safe])
    return [] if any(values and values <= SMALL for values in held_back) else safe


def is_exposed(counts: Sequence[int], answered: int, scheme: Scheme, totals: Sequence[int]) -> bool:
    """Tell whether a table exposes a count to an outsider or to a fellow respondent (rule R8).

    `totals` are all a reader reckons with. Nothing but what is printed decides, so that a table that is held back tells
    nothing else. A fellow respondent is left with two numbers where others are left with three: whoever gave a rounded
    "about 0" knows that it is one or two of them.
    """
    return not _is_safe(possible_counts(counts, answered, scheme, totals), LEAST_LEFT) or any(
        not _is_safe(_others(possible_counts(counts, answered, scheme, totals, own), own), LEAST_OTHERS)
        for own in range(len(counts))
    )


def _others(possible: Possible, own: int) -> Possible:
    return tuple(
        frozenset(value - 1 for value in values) if place == own else values
        for place, values in enumerate(possible)
    )


def _is_safe(possible: Possible, least: int) -> bool:
    """Tell whether each count is left with enough; where nothing fits, there is no such reader."""
    return all(Guarded("", least).is_safe(set(values)) for values in possible if values)


def possible_counts(
    counts: Sequence[int], answered: int, scheme: Scheme, totals: Iterable[int], own: int | None = None
) -> Possible:
    """Give for each count all values that fit what is shown, where the counts add up to the answers.

    A reader knows the scheme, the shown cells and that the total is one of `totals`; one who gave the answer at `own`
    knows that it has at least one. With one sum over independent ranges every whole number between the ends can
    occur, so the ends are exact.
    """
    found: list[set[int]] = [set() for _ in counts]
    for total in totals:
        for values, (low, high) in zip(found, ranges_at(total, counts, answered, scheme, own), strict=True):
            values.update(range(low, high + 1))
    return tuple(frozenset(values) for values in found)


def ranges_at(
    total: int, counts: Sequence[int], answered: int, scheme: Scheme, own: int | None = None
) -> list[Range]:
    """Give the least and the most of each count that is shown like this one, had `total` answered.

    Where nothing fits, each is (0, -1).
    """
    ranges = [_range(count, answered, total, scheme) for count in counts]
    if own is not None:
        ranges[own] = (max(1, ranges[own][0]), ranges[own][1])
    return narrowed(ranges, total)


def _range(count: int, answered: int, total: int, scheme: Scheme) -> Range:
    """Give the counts that would be shown like this one, had `total` answered."""
    if scheme != "bands":
        return max(0, rounded(count) - 2), min(total, rounded(count) + 2)
    return _band_range(band_of(count, answered), total)


def _band_range(band: Band, total: int) -> Range:
    third, two_thirds = -(-total // 3), 2 * total // 3
    if band == "few":
        return 0, third - 1
    return (two_thirds + 1, total) if band == "most" else (third, two_thirds)


def pins_a_small_count(counts: Sequence[int], answered: int) -> bool:
    """Tell whether bands of a question that is not sensitive are held back, as they would tell 1 to 4 as one number.

    From 5 to 9 answers (rule R1) whoever knows how many answered may otherwise work a count out: of five, "few", "few" and
    "half" are 1, 1 and 3. An even split is printed all the same (two each of eight): where all counts are alike nobody is
    singled out, and held back it would mostly be the only one. What is held back must not tell a count either.
    """
    fits = {
        _pattern(one, answered): possible_counts(one, answered, "bands", (answered,))
        for one in _one_of_each_pattern(len(counts), answered)
    }
    held_back = {
        pattern: possible for pattern, possible in fits.items() if _pins(possible) and len(set(possible)) > 1
    }
    any_of_them = frozenset(
        number for possible in held_back.values() for values in possible for number in values
    )
    return _pattern(counts, answered) in held_back and not _pins([any_of_them])


def _pattern(counts: Sequence[int], answered: int) -> tuple[Band, ...]:
    return tuple(sorted(band_of(count, answered) for count in counts))


def _one_of_each_pattern(size: int, answered: int) -> Iterator[list[int]]:
    """Give counts that are printed in each way there is, whatever the order; they need not add up."""
    examples = {"few": 0, "half": answered // 2, "most": answered}
    for bands in combinations_with_replacement(examples, size):
        counts = [examples[band] for band in bands]
        if any(possible_counts(counts, answered, "bands", (answered,))):
            yield counts


def _pins(possible: Iterable[frozenset[int]]) -> bool:
    return any(len(values) == 1 and values <= SMALL for values in possible)


def narrowed(ranges: Sequence[Range], total: int) -> list[Range]:
    """Give each range after the others have taken their least and their most; empty when nothing fits."""
    least, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    if any(low > high for low, high in ranges) or not least <= total <= most:
        return [(0, -1)] * len(ranges)
    return [(max(low, total - most + high), min(high, total - least + low)) for low, high in ranges]
