"""What released tables tell a reader who knows the rules, as ranges of counts and known sums.

A name stands for a count: of one answer (in one group), of a group, or of all. From what is printed follows a range for
each, and sums that tie them: answers to their total, groups to the whole, a mean or a band to what it was made from.
"""

import re
from collections.abc import Iterable, Sequence

from analysis.publishing.audit import LARGEST_SMALL, Guarded, Known, Range
from analysis.publishing.disclosure import (
    ALL_ANSWERS,
    BAND_WORDS,
    LEAST_PERCENT,
    LEAST_ROUNDED,
    LEAST_SENSITIVE,
    LEAST_SHOWN,
    NOT_SHOWN,
    ROUNDED_ONLY,
    TOO_FEW_TO_NAME,
)
from analysis.publishing.ledger import Release
from coprod.kernel.released import ReleasedCell

PEOPLE = 10**9
SPREAD = 2
OTHERS = frozenset({TOO_FEW_TO_NAME, ALL_ANSWERS})
CAME, LEFT = "came", "left"
SEPARATOR = "\x1f"
ALL = "\x1eall"
REST = "\x1erest"


def name_of(*parts: str) -> str:
    """Give the name of a count."""
    return SEPARATOR.join(parts)


def total_range(release: Release) -> Range:
    """Give how many can have answered, from all that is printed of a table."""
    low, high = _answered_range(release.table.answered, sensitive=release.sensitive)
    cells = release.table.cells
    if release.by or all(cell.shown == NOT_SHOWN for cell in cells) or len(cells) == 1:
        return low, high
    if release.small_counts == "exact" and release.table.answered.startswith("about"):
        high = min(high, ROUNDED_ONLY - 1)
    if release.small_counts == "bands" and any(cell.status == "rounded" for cell in cells):
        low = max(low, ROUNDED_ONLY)
    if any(cell.percent for cell in cells):
        return max(low, LEAST_PERCENT), high
    return (
        (low, min(high, LEAST_PERCENT - 1)) if _has_counts(cells) and not release.sensitive else (low, high)
    )


def _has_counts(cells: Sequence[ReleasedCell]) -> bool:
    return any(cell.status == "rounded" for cell in cells)


def _answered_range(words: str, *, sensitive: bool) -> Range:
    if words.isdecimal():
        return int(words), int(words)
    if found := re.fullmatch(r"about (\d+)", words):
        return max(LEAST_ROUNDED, int(found[1]) - SPREAD), int(found[1]) + SPREAD
    ranges = {
        "fewer than 5": (0, LEAST_SHOWN - 1),
        "fewer than 8": (0, LEAST_SENSITIVE - 1),
        "between 5 and 9": (LEAST_SENSITIVE if sensitive else LEAST_SHOWN, LEAST_ROUNDED - 1),
    }
    return ranges.get(words, (0, PEOPLE))


class Told:
    """All that a set of releases tells: `ranges` of named counts, `known` sums, and the `guarded` counts.

    `within` gives for a count of an answer that is not named the count of all such answers that it is part of.
    """

    def __init__(self) -> None:
        self.ranges: dict[str, Range] = {}
        self.known: list[Known] = []
        self.guarded: list[Guarded] = []
        self.within: dict[str, str] = {}

    def count(self, name: str, low: int = 0, high: int = PEOPLE) -> str:
        """Name a count, or narrow one that is named; give its name."""
        least, most = self.ranges.get(name, (0, PEOPLE))
        self.ranges[name] = max(least, low), min(most, high)
        return name

    def adds_up(self, whole: str, parts: Iterable[str], *, at_most: bool = False) -> None:
        """Say that parts add up to a whole, or to no more than it."""
        weights = dict.fromkeys(parts, 1)
        self.known.append(Known({**weights, whole: -1}, -PEOPLE if at_most else 0, 0))

    def line(
        self, release: Release, epoch: str, level: str, cells: Sequence[ReleasedCell], more: Iterable[str]
    ) -> None:
        """Add the cells of a table, or of one group in it. `more` are values that other tables name."""
        named = {cell.value: cell for cell in cells}
        here = name_of(epoch, release.table.question, release.by, level)
        whole = self.count(name_of(here, ALL))
        rest = [value for value in dict.fromkeys(more) if value not in named]
        is_open = bool(OTHERS & named.keys())
        parts = [
            self.count(name_of(here, value), 0, self._unnamed(whole) if is_open else 0) for value in rest
        ]
        for value, cell in named.items():
            count = self.count(name_of(here, value))
            if value in OTHERS:
                others = [*parts, self.count(name_of(here, REST))]
                self.adds_up(count, others)
                self.within |= dict.fromkeys(others, count)
            self._cell(count, whole, cell, release)
        if release.exclusive:
            self.adds_up(whole, [name_of(here, value) for value in named])
            return
        for value in named:
            self.adds_up(whole, [name_of(here, value)], at_most=True)

    def _unnamed(self, whole: str) -> int:
        """Give the most that can have given an answer that is not named: few, by the least strict of the schemes."""
        return max(LARGEST_SMALL, min(ROUNDED_ONLY, self.ranges[whole][1]) // 3)

    def _cell(self, count: str, whole: str, cell: ReleasedCell, release: Release) -> None:
        low, high = self.ranges[whole]
        if found := re.fullmatch(r"(about )?(\d+)", cell.shown):
            spread = SPREAD if found[1] else 0
            self.count(count, max(0, int(found[2]) - spread), int(found[2]) + spread)
        elif cell.status == "banded" and _in_thirds(release, high):
            self._band(count, whole, cell.shown)
        elif cell.status == "banded":
            few = cell.shown == BAND_WORDS["few"]
            self.count(count, 0 if few else low - 2 * SPREAD, SPREAD if few else high)
        elif low == high and release.exclusive and cell.status == "hidden-small":
            self.count(count, 0, LARGEST_SMALL)
        elif low == high and _has_exact(release, cell.by) and cell.status == "hidden-protect":
            self.count(count, LARGEST_SMALL + 1)
        self.count(count, 0, high)
        self._guard(count, cell, release, high)

    def _band(self, count: str, whole: str, words: str) -> None:
        """Say what a band tells: under a third, over two thirds, or what lies between."""
        three = {count: 3, whole: -1}
        if words == BAND_WORDS["few"]:
            self.known.append(Known(three, -PEOPLE, -1))
        elif words == BAND_WORDS["most"]:
            self.known.append(Known({count: 3, whole: -2}, 1, PEOPLE))
        else:
            self.known.append(Known(three, 0, PEOPLE))
            self.known.append(Known({count: 3, whole: -2}, -PEOPLE, 0))

    def _guard(self, count: str, cell: ReleasedCell, release: Release, high: int) -> None:
        """Guard what is not printed as it is; under 10 answers to a question that is not sensitive rule R1 decides."""
        if cell.status in {"ok", "withheld"} or (high < LEAST_ROUNDED and not release.sensitive):
            return
        hidden = cell.shown == NOT_SHOWN and _has_exact(release, cell.by)
        self.guarded.append(Guarded(count, always=hidden))

    def mean(self, release: Release, here: str) -> None:
        """Say what a mean to the nearest half tells of the numbers it was made from."""
        found = re.fullmatch(r"about (\d+(?:\.5)?)", release.table.average)
        values = [cell.value for cell in release.table.cells]
        if found is None or not all(value.isdecimal() for value in values):
            return
        halves = round(2 * float(found[1]))
        for sign, low, high in ((1, 0, PEOPLE), (-1, -PEOPLE, -1)):
            weights = {name_of(here, value): 4 * int(value) - 2 * halves + sign for value in values}
            self.known.append(Known(weights, low, high))


def _in_thirds(release: Release, high: int) -> bool:
    """Tell whether a word stands for thirds, and not for a sensitive question's rounded none or all."""
    return high < LEAST_ROUNDED or (
        release.small_counts == "bands" and not any(cell.status == "rounded" for cell in release.table.cells)
    )


def _has_exact(release: Release, by: str | None) -> bool:
    """Tell whether some count of the same table or group is printed exactly."""
    return any(cell.status == "ok" and cell.by == by for cell in release.table.cells)
