"""Releases held against each other: what they tell together, to each of three readers (rules R7 and R8).

Tables are linked when they count the same question: earlier and later, whole and by groups, or the groups themselves. For
each version of the data the counts tie up; between two versions some people came and some left, and how many came or left
for each answer is a table of its own, that of those people, which rule R8 guards like any other.

A fellow respondent knows their own answer; the facilitator knows how many answered, how many came and how many left.
Nothing but what is printed, and how many answered now, decides. How many answered before is not kept, so every number
that what was printed allows is tried. Ties that need three questions at once are not modelled: a table that would close a
ring of breakdowns of the same data is refused instead.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod

from msgspec import Struct

from analysis.publishing.audit import Guarded, Known, Range, System
from analysis.publishing.ledger import Entry, Reissue, Release, is_signed
from analysis.publishing.people import people_of
from analysis.publishing.refusals import LEAST_CHANGED, refused_unaudited
from analysis.publishing.told import (
    ALL,
    CAME,
    LEFT,
    OTHERS,
    PEOPLE,
    REST,
    SEPARATOR,
    Told,
    name_of,
    total_range,
)
from analysis.publishing.withheld import TOO_MANY, held_back_forms, is_withheld, placed
from coprod.kernel.problem import RefusedError

SECONDS = 20.0
MOST_TRIED = 9
MOST_CASES = 240
OTHER_PEOPLE = "; where nobody answered in both, two people say so: --reissue REASON --other-people"


class Beside(Struct, frozen=True):
    """A release to be judged, how many answered truly, and what was released before."""

    new: Release
    answered: int
    past: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        """Give no count: a representation may land in a log."""
        return f"Beside({self.new.table.question!r})"


class Exposure(Struct, frozen=True):
    """A count that releases would expose together: to whom, which answer, in which group; of who came or left, or of all."""

    reader: str
    value: str
    level: str
    moved: str = ""

    def sentence(self, names: Sequence[str]) -> str:
        """Say what would be worked out beside the releases with these names, without its number."""
        named = "an answer too rare to name" if self.value == REST else f"“{self.value}”"
        answer = named + (f" in “{self.level}”" if self.level else "")
        what = {
            CAME: f"how those who came since answered, at {answer}",
            LEFT: f"how those who left had answered, at {answer}",
        }.get(self.moved, f"a small or hidden count, at {answer}")
        held = f"beside {', '.join(names)}" if names else "beside its own totals"
        return (
            f"{held}, {self.reader} could work out {what}; put answers or groups together, or wait for more"
        )


def against(
    new: Release, answered: int, entries: Sequence[Entry], seconds: float = SECONDS
) -> tuple[str, ...]:
    """Give all that speaks against a release beside earlier ones, in plain words; nothing where it may leave.

    `answered` is how many truly answered. What cannot be worked out in `seconds` is held back too.
    """
    past = tuple(entry for entry in entries if _is_linked(entry.release, new))
    reasons = refused_unaudited(new, past, entries)
    if reasons or (not past and not new.by):
        return reasons
    try:
        found = exposure(new, answered, past, seconds)
    except RefusedError as too_long:
        return too_long.reasons
    if found is None:
        return ()
    is_other = any(entry.release.data != new.data for entry in past)
    return (found.sentence([entry.id for entry in past]) + (OTHER_PEOPLE if is_other else ""),)


def exposure(new: Release, answered: int, past: Sequence[Entry], seconds: float = SECONDS) -> Exposure | None:
    """Give the first count that a release exposes beside earlier ones, or None.

    Raises RefusedError when it cannot be worked out in `seconds`.
    """
    until = time.monotonic() + seconds
    releases = [entry.release for entry in past]
    epochs = list(dict.fromkeys([*(release.data for release in releases), new.data]))
    told = told_by([*releases, new], epochs, new)
    system = _system_of([*releases, new], epochs, new, until)
    before = _system_of(releases, epochs, new, until) if past else None
    beside = Beside(new, answered, tuple(past))
    for reader in (
        *_facilitators(beside, told, epochs, (system, before)),
        *_respondents(beside, told, epochs),
    ):
        if exposed := _newly_exposed(reader, system, before):
            *start, level, value = exposed.split(SEPARATOR)
            return Exposure(reader.who, value, level, start[0] if start[0] in {CAME, LEFT} else "")
    return None


def _is_linked(old: Release, new: Release) -> bool:
    """Tell whether two releases count the same question, or one counts what the other is broken down by."""
    if _are_other_people(new.reissue) and old.data != new.data:
        return False
    mine, theirs = {new.table.question, new.by} - {""}, {old.table.question, old.by} - {""}
    return bool(mine & theirs) and (old.table.question in mine or new.table.question in theirs)


def _are_other_people(reissue: Reissue | None) -> bool:
    """Tell whether two people signed that nobody answered in both; one alone cannot keep tables apart."""
    return reissue is not None and reissue.other_people and is_signed(reissue)


class _Reader(Struct, frozen=True):
    """Who might work something out: what they know besides, what must stay uncertain for them, and their own answer."""

    who: str
    knows: dict[str, Range]
    guarded: tuple[Guarded, ...]
    own: tuple[str, ...] = ()


def _system_of(releases: Sequence[Release], epochs: Sequence[str], new: Release, until: float) -> System:
    """Give what releases tell together; of one that was held back whole, that it was."""
    told = told_by(releases, epochs, new)
    held_back = [(release, epochs.index(release.data)) for release in releases if is_withheld(release)]
    return System(
        told.ranges,
        told.known,
        until,
        people_of(told, len(epochs)),
        lambda knows: _cases(held_back, knows),
    )


def _cases(held_back: Sequence[tuple[Release, int]], knows: Mapping[str, Range]) -> list[dict[str, Range]]:
    """Give all that tables held back whole can have been, for somebody who knows how many answered."""
    every = []
    for release, epoch in dict.fromkeys(held_back):
        line = name_of(str(epoch), release.table.question, "", "", "")
        totals = knows.get(line + ALL, (0, PEOPLE))
        every.append(placed(held_back_forms(release, totals), line, line + ALL))
    if prod(map(len, every)) > MOST_CASES:
        raise RefusedError(TOO_MANY)
    return [{name: known for one in some for name, known in one.items()} for some in product(*every)]


def _newly_exposed(reader: _Reader, system: System, before: System | None) -> str:
    """Give a count that the release exposes to a reader, and that was not exposed without it; or nothing."""
    guarded = list(reader.guarded)
    while True:
        exposed = system.exposed(guarded, reader.knows, reader.own)
        if exposed is None:
            return ""
        guard = next(one for one in guarded if one.cell == exposed)
        if before is None or exposed not in before.place or not _was_exposed(guard, reader, before):
            return exposed
        guarded.remove(guard)


def _was_exposed(guard: Guarded, reader: _Reader, before: System) -> bool:
    knew = {name: known for name, known in reader.knows.items() if name in before.place}
    own = tuple(cell for cell in reader.own if cell in before.place)
    return before.exposed([guard], knew, own) is not None


def _respondents(beside: Beside, told: Told, epochs: Sequence[str]) -> Iterator[_Reader]:
    """Give everybody who answered what may be rare now, each knowing one answer, in every table: their own."""
    epoch = str(epochs.index(beside.new.data))
    here = name_of(epoch, beside.new.table.question, beside.new.by, "").removesuffix(SEPARATOR)
    for guard in told.guarded:
        low, high = told.ranges[guard.cell]
        if guard.cell.startswith(here) and low == 0 and high > 0:
            own = tuple(one.cell for one in told.guarded if _holds_too(one.cell, guard.cell))
            yield _Reader("a fellow respondent", {}, tuple(told.guarded), own)


def _holds_too(cell: str, own: str) -> bool:
    """Tell whether whoever is counted in one cell is counted in another: the same, of the whole, or of another version."""
    (_, question, _, level, value), (_, asked, _, mine, answer) = cell.split(SEPARATOR), own.split(SEPARATOR)
    return (question, value) == (asked, answer) and level in {mine, ""}


def _facilitators(
    beside: Beside, told: Told, epochs: Sequence[str], systems: tuple[System, System | None]
) -> Iterator[_Reader]:
    """Give whoever knows how many answered, now and at the version before and after, and how many came and left."""
    (system, before), now, question = systems, epochs.index(beside.new.data), beside.new.table.question
    total = {name_of(str(now), question, "", "", ALL): (beside.answered, beside.answered)}
    pairs = [pair for pair in pairwise(range(len(epochs))) if now in pair]
    who = "somebody who knows how many answered"
    if not pairs:
        yield _Reader(who, total, tuple(told.guarded))
    for pair in pairs:
        other = next(epoch for epoch in pair if epoch != now)
        whole = name_of(str(other), question, "", "", ALL)
        if whole not in told.ranges:
            continue
        for number in _possible_totals(whole, told, before):
            numbers = (number, beside.answered) if other < now else (beside.answered, number)
            known = {**total, whole: (number, number)}
            for came, left in _changes(*numbers, _least_against(system, pair, question, numbers, known)):
                knows, guarded = _movers(told, pair, name_of(question, "", ""), came, left)
                yield _Reader(who, {**known, **knows}, (*told.guarded, *guarded))


def _possible_totals(whole: str, told: Told, before: System | None) -> list[int]:
    """Give how many can have answered before: all that what was printed allows and would not have been held back."""
    low, high = told.ranges[whole]
    numbers = range(low, min(high, low + MOST_TRIED) + 1)
    if before is None or whole not in before.place:
        return list(numbers)
    line = whole.removesuffix(ALL)
    guarded = [one for one in told.guarded if one.cell.startswith(line) and one.cell in before.place]
    allowed = [number for number in numbers if before.fits({whole: (number, number)})]
    safe = [number for number in allowed if before.exposed(guarded, {whole: (number, number)}) is None]
    return safe or allowed


def _least_against(
    system: System, pair: tuple[int, int], question: str, numbers: tuple[int, int], known: Mapping[str, Range]
) -> int:
    """Give how many must have left where more came, or come where more left, by all that is printed."""
    way = LEFT if numbers[1] >= numbers[0] else CAME
    cell = name_of(way, str(pair[0]), str(pair[1]), question, "", "", ALL)
    return (system.least(cell, known) or 0) if cell in system.place else 0


def _changes(before: int, after: int, least_against: int) -> Iterator[tuple[int, int]]:
    """Give how many can have come and left where at least 5 did in one batch: nobody or as few as can be against them.

    One more against them is tried too: a single person among those who went the other way. With more of them than
    that, more could be.
    """
    grown = after - before
    fewest = max(least_against, LEAST_CHANGED - abs(grown))
    for some in (fewest, fewest + 1):
        yield (grown + some, some) if grown >= 0 else (some, some - grown)


def _movers(
    told: Told, pair: tuple[int, int], line: str, came: int, left: int
) -> tuple[dict[str, Range], list[Guarded]]:
    """Give what is known of how many came and left, and what must stay uncertain of what they answered."""
    knows: dict[str, Range] = {}
    guarded: list[Guarded] = []
    for way, number in ((CAME, came), (LEFT, left)):
        start = name_of(way, str(pair[0]), str(pair[1]), line, "")
        knows[start + ALL] = (number, number)
        cells = [name for name in told.ranges if name.startswith(start) and not name.endswith(ALL)]
        if number:
            guarded += [Guarded(name, of=0 if number >= LEAST_CHANGED else number) for name in cells]
    return {name: known for name, known in knows.items() if name in told.ranges}, guarded


def told_by(releases: Sequence[Release], epochs: Sequence[str], new: Release) -> Told:
    """Give all that releases tell together. Between versions of the data, `new`'s question ties them."""
    told = Told()
    values = list(
        dict.fromkeys(
            cell.value
            for one in releases
            if one.table.question == new.table.question
            for cell in one.table.cells
            if cell.value not in OTHERS
        )
    )
    for release in dict.fromkeys(releases):
        _add(
            told,
            release,
            str(epochs.index(release.data)),
            values if release.table.question == new.table.question else [],
        )
    for epoch in range(len(epochs)):
        _tie_groups(told, [one for one in releases if one.data == epochs[epoch]], str(epoch))
    for before, after in pairwise(range(len(epochs))):
        _tie_versions(told, (str(before), str(after)), exclusive=all(one.exclusive for one in releases))
    return told


def _add(told: Told, release: Release, epoch: str, values: Sequence[str]) -> None:
    """Add one table, its groups each as a line of their own."""
    question, low_high = release.table.question, total_range(release)
    if not release.by:
        whole = told.count(name_of(epoch, question, "", "", ALL), *low_high)
        told.line(release, epoch, "", release.table.cells, values)
        told.mean(release, name_of(epoch, question, "", ""))
        told.count(whole)
        return
    sizes = {cell.by or "": cell for cell in release.table.apart}
    for level, size in sizes.items():
        number = int(size.shown.removeprefix("about "))
        spread = 2 if size.shown.startswith("about") else 0
        told.count(name_of(epoch, question, release.by, level, ALL), number - spread, number + spread)
        cells = [cell for cell in release.table.cells if (cell.by or "") == level]
        told.line(release, epoch, level, cells, values)
    whole = told.count(name_of(epoch, question, "", "", ALL), *low_high)
    told.adds_up(whole, [name_of(epoch, question, release.by, level, ALL) for level in sizes])


def _tie_groups(told: Told, releases: Sequence[Release], epoch: str) -> None:
    """Say that groups add up to the whole, answer by answer, and that no group has more answers than members."""
    for release in releases:
        if not release.by:
            continue
        question, levels = release.table.question, [cell.by or "" for cell in release.table.apart]
        values = dict.fromkeys(
            cell.value for one in releases if one.table.question == question for cell in one.table.cells
        )
        for value in values:
            parts = [name_of(epoch, question, release.by, level, value) for level in levels]
            if value not in OTHERS and all(part in told.ranges for part in parts):
                told.adds_up(told.count(name_of(epoch, question, "", "", value)), parts)
        for level in levels:
            members = name_of(epoch, release.by, "", "", level)
            if members in told.ranges:
                told.adds_up(members, [name_of(epoch, question, release.by, level, ALL)], at_most=True)
            for other in levels_across(releases, release):
                here = name_of(epoch, question, release.by, level, other)
                there = name_of(epoch, release.by, question, other, level)
                if here in told.ranges and there in told.ranges:
                    told.adds_up(here, [there])


def levels_across(releases: Sequence[Release], release: Release) -> tuple[str, ...]:
    """Give the groups of a breakdown the other way round, where there is one."""
    other = [one for one in releases if (one.table.question, one.by) == (release.by, release.table.question)]
    return tuple(cell.by or "" for one in other for cell in one.table.apart)


def _tie_versions(told: Told, epochs: tuple[str, str], *, exclusive: bool) -> None:
    """Say that each count grew by who came and fell by who left, for all that both versions of the data count."""
    before, after = (
        {name.partition(SEPARATOR)[2] for name in told.ranges if name.startswith(f"{epoch}{SEPARATOR}")}
        for epoch in epochs
    )
    for whole in sorted(name for name in before & after if name.endswith(ALL)):
        line = whole.removesuffix(ALL)
        both = [{name for name in one if name.startswith(line) and name != whole} for one in (before, after)]
        cells = sorted(name for name in both[0] & both[1] if not name.endswith(tuple(OTHERS)))
        _tie_line(told, whole, cells, epochs, add_up=exclusive and both[0] == both[1])


def _tie_line(told: Told, whole: str, cells: Sequence[str], epochs: tuple[str, str], *, add_up: bool) -> None:
    """Say it of one table or group; `add_up` where its answers are all there are and each person gave one."""
    for name in (whole, *cells):
        came, left = (told.count(name_of(way, *epochs, name)) for way in (CAME, LEFT))
        before, after = name_of(epochs[0], name), name_of(epochs[1], name)
        told.known.append(Known({after: 1, before: -1, came: -1, left: 1}, 0, 0))
        told.adds_up(before, [left], at_most=True)
        told.adds_up(after, [came], at_most=True)
    for way in (CAME, LEFT):
        parts = [name_of(way, *epochs, name) for name in cells]
        if add_up:
            told.adds_up(name_of(way, *epochs, whole), parts)
            continue
        for part in parts:
            told.adds_up(name_of(way, *epochs, whole), [part], at_most=True)
