"""Promise 4 beyond one table: what several releases tell together. These tests try to work counts out by trying everything."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.inputs.answers import answers_to
from analysis.inputs.responses import Responses
from analysis.publishing.audit import Guarded, Known, feasible_range, total
from analysis.publishing.disclosure import NOT_SHOWN, Count, Policy, Tally, release
from analysis.publishing.ledger import Entry, Reissue, Release
from analysis.publishing.linked import against
from analysis.publishing.tables import release_breakdown, release_table
from coprod.kernel.released import ReleasedCell, ReleasedTable

Numbers = tuple[int, ...]
SIGNED = Reissue("a whole group came", ("Ana Clerk", "Bo Lead"))


def released(numbers: Numbers, policy: Policy, data: str) -> Release:
    counts = tuple(Count(f"choice {place}", number) for place, number in enumerate(numbers))
    table = release(Tally("q", "A question?", sum(numbers), counts, sensitive="health"), policy)
    return Release(data, table, small_counts=policy.small_counts, reissue=SIGNED)


def printed(table: ReleasedTable) -> tuple[object, ...]:
    return table.answered, tuple((cell.shown, cell.percent, cell.status) for cell in table.cells)


def spread(people: int, places: int) -> Iterator[Numbers]:
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in spread(people - first, places - 1):
            yield (first, *rest)


@cache
def piles(people: int, places: int, policy: Policy) -> dict[tuple[object, ...], list[Numbers]]:
    """All tables of so many people, those that print alike together."""
    found: dict[tuple[object, ...], list[Numbers]] = defaultdict(list)
    for numbers in spread(people, places):
        found[printed(released(numbers, policy, "").table)].append(numbers)
    return found


def alike(numbers: Numbers, policy: Policy) -> list[Numbers]:
    """All tables of as many people that print like this one."""
    return piles(sum(numbers), len(numbers), policy)[printed(released(numbers, policy, "").table)]


def moves(before: Numbers, after: Numbers, left: int) -> Iterator[tuple[Numbers, Numbers]]:
    """All ways in which people came and left between two tables, when so many left."""
    for gone in spread(left, len(before)):
        came = tuple(new - old + away for old, new, away in zip(before, after, gone, strict=True))
        if all(number >= 0 for number in came) and all(a <= b for a, b in zip(gone, before, strict=True)):
            yield came, gone


tables_of_people = st.integers(2, 3).flatmap(
    lambda places: st.tuples(
        st.lists(st.integers(0, 9), min_size=places, max_size=places).map(tuple),
        st.lists(st.integers(0, 6), min_size=places, max_size=places).map(tuple),
        st.lists(st.integers(0, 2), min_size=places, max_size=places).map(tuple),
    )
)


@settings(deadline=None, max_examples=14)
@given(tables_of_people, st.sampled_from([Policy("rounded"), Policy("bands")]))
def test_two_releases_the_gate_lets_through_tell_the_facilitator_nothing_about_few(
    people: tuple[Numbers, Numbers, Numbers], policy: Policy
) -> None:
    """By trying every pair of tables that print alike, and every way to come and leave: rule R8 holds for all of them."""
    before, came, wanted = people
    left = tuple(min(away, old) for away, old in zip(wanted, before, strict=True))
    after = tuple(old + new - away for old, new, away in zip(before, came, left, strict=True))
    assume(min(sum(before), sum(after)) >= 8 and max(sum(came), sum(left)) >= 5)
    hold_for_the_facilitator(before, after, (sum(came), sum(left)), policy)


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.integers(0, 24), min_size=2, max_size=3).map(tuple),
    st.lists(st.integers(0, 7), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_two_releases_of_exact_counts_tell_the_facilitator_nothing_about_few(
    before: Numbers, came: list[int], left: int
) -> None:
    """The same by trying everything, where counts of 30 people and more are printed as they are."""
    left = min(left, before[0])
    after = tuple(
        old + new - left * (place == 0) for place, (old, new) in enumerate(zip(before, came, strict=False))
    )
    people = (sum(came[: len(before)]), left)
    assume(30 <= sum(before) <= 45 and sum(after) >= 30 and max(people) >= 5)
    hold_for_the_facilitator(before, after, people, Policy("exact"))


def hold_for_the_facilitator(before: Numbers, after: Numbers, moved: tuple[int, int], policy: Policy) -> None:
    """Hold two releases to rule R8 for somebody who knows how many answered, came and left, by trying everything."""
    first, second = released(before, policy, "a"), released(after, policy, "b")
    if against(second, sum(after), (Entry(1, first),)):
        return
    ways = [
        (old, new, *moved_so)
        for old, new in product(alike(before, policy), alike(after, policy))
        for moved_so in moves(old, new, moved[1])
    ]
    for table, guards in zip(range(4), guards_of(first, second, *moved), strict=True):
        for place, guard in enumerate(guards):
            possible = {way[table][place] for way in ways}
            known = (
                {old[place] for old in alike(before, policy)} if table == 0 and is_held_back(first) else None
            )
            already = guard is not None and known is not None and not guard.is_safe(known)
            assert guard is None or guard.is_safe(possible) or already, (table, place, possible)


def is_held_back(one: Release) -> bool:
    """Tell whether nothing of a table is shown: to whoever knows the rules that tells a little by itself."""
    return all(cell.shown == NOT_SHOWN for cell in one.table.cells)


def guards_of(first: Release, second: Release, came: int, left: int) -> Iterator[list[Guarded | None]]:
    """What must stay uncertain of both tables, of who came and of who left."""
    for one in (first, second):
        exact = any(cell.status == "ok" for cell in one.table.cells)
        yield [
            None if cell.status in {"withheld", "ok"} else Guarded("", always=exact)
            for cell in one.table.cells
        ]
    for number in (came, left):
        guard = Guarded("", of=number if number < 5 else 0) if number else None
        yield [guard] * len(first.table.cells)


@settings(deadline=None, max_examples=8)
@given(
    st.lists(st.integers(0, 14), min_size=2, max_size=2).map(tuple),
    st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2).map(tuple), min_size=2, max_size=2),
)
def test_three_releases_in_a_row_tell_the_facilitator_nothing_about_who_came(
    start: Numbers, batches: list[Numbers]
) -> None:
    """Nobody leaves, two groups come: what the gate lets through never tells what a group's people cannot have said."""
    policy = Policy("rounded")
    rounds = [start]
    for came in batches:
        rounds.append(tuple(old + new for old, new in zip(rounds[-1], came, strict=True)))
    assume(sum(start) >= 8 and all(sum(came) >= 5 for came in batches))
    entries: tuple[Entry, ...] = ()
    kept: list[Numbers] = []
    for numbers in rounds:
        new = released(numbers, policy, str(len(kept)))
        if not against(new, sum(numbers), entries):
            entries = (*entries, Entry(len(entries) + 1, new))
            kept.append(numbers)
    ways = [
        way
        for way in product(*(alike(numbers, policy) for numbers in kept))
        if all(a <= b for old, new in pairwise(way) for a, b in zip(old, new, strict=True))
    ]
    for step in range(len(kept) - 1):
        for place in range(2):
            possible = {way[step + 1][place] - way[step][place] for way in ways}
            assert Guarded("").is_safe(possible), (kept, step, place, possible)


def test_exact_counts_one_batch_apart_are_refused_where_they_show_the_batch() -> None:
    """Of six who came none chose the second answer: an exact table before and after would say so."""
    policy = Policy("exact")
    first, second = released((20, 20, 9), policy, "a"), released((23, 20, 12), policy, "b")
    assert "those who came since" in against(second, 55, (Entry(1, first),))[0]
    many = released((40, 45, 30), policy, "b")
    assert not against(many, 115, (Entry(1, first),))


def sites(outcomes: dict[str, Numbers]) -> Responses:
    rows = [
        (site, f"answer {place}")
        for site, numbers in outcomes.items()
        for place, number in enumerate(numbers)
        for _ in range(number)
    ]
    return Responses("answers.csv", pl.DataFrame(rows, schema=["site", "said"], orient="row"))


@pytest.mark.parametrize(
    "outcomes",
    [
        {"A": (20, 30, 15), "B": (3, 18, 10), "C": (12, 25, 9)},
        {"A": (12, 14, 9), "B": (4, 22, 11), "C": (8, 2, 31)},
    ],
)
def test_a_table_by_sites_and_then_the_sites_alone_do_not_give_a_hidden_cell_back(
    outcomes: dict[str, Numbers],
) -> None:
    """The attack on ACRO: a table with margins, then a margin of its own; there 31 less 28 gave the hidden cell, 3.

    Ours prints exact counts too, and from everything printed each hidden count can still be at least three numbers.
    """
    responses, policy = sites(outcomes), Policy("exact")
    said, site = answers_to(responses, "said", "told"), answers_to(responses, "site", "told")
    tables = [release_table(said, policy), release_table(site, policy), release_breakdown(said, site, policy)]
    assert any(cell.shown == "not shown" for cell in tables[2].cells)
    ranges = {
        f"{site}/{place}": (int(cell.shown),) * 2
        if (cell := cell_of(tables[2], site, place)).status == "ok"
        else (0, 200)
        for site, numbers in outcomes.items()
        for place in range(len(numbers))
    }
    ranges |= {f"{site}/other": (0, 4) for site in outcomes}
    known = [
        total([name for name in ranges if name.startswith(f"{site}/")], sum(numbers))
        for site, numbers in outcomes.items()
    ]
    for place, cell in enumerate(tables[0].cells):
        if cell.status == "ok":
            known.append(total([name for name in ranges if name.endswith(f"/{place}")], int(cell.shown)))
    for name, (low, high) in ranges.items():
        if low != high and not name.endswith("other"):
            left = feasible_range(ranges, known, name)
            assert left is not None
            assert left[1] - left[0] >= 2, (name, left)


def cell_of(table: ReleasedTable, site: str, place: int) -> ReleasedCell:
    return next(cell for cell in table.cells if (cell.by, cell.value) == (site, f"answer {place}"))


def test_what_a_time_limit_leaves_open_is_held_back() -> None:
    first, second = released((20, 9), Policy("rounded"), "a"), released((30, 12), Policy("rounded"), "b")
    assert "could not be worked out in time" in against(second, 42, (Entry(1, first),), seconds=0)[0]


@pytest.mark.parametrize("ring", ["xyz", "xyzw", "xyzwv"])
def test_breakdowns_in_a_ring_are_refused_however_long(ring: str) -> None:
    """Each pair of tables shares a margin, and all together tie every cell in ways that are not modelled."""
    table = release(Tally("q", "Q?", 70, (Count("yes", 40), Count("no", 30))), Policy("rounded"))

    def by(question: str, group: str) -> Release:
        named = ReleasedTable(question, question, table.answered, table.cells)
        return Release("a", named, group)

    entries = tuple(
        Entry(number, by(one, other) if number % 2 else by(other, one))
        for number, (one, other) in enumerate(pairwise(ring), start=1)
    )
    assert "in a ring" in against(by(ring[-1], ring[0]), 70, entries)[0]


def test_a_ring_of_four_breakdowns_can_give_a_cell_away() -> None:
    """Why: who is x is y, who is y is z and who is z is w, so nobody else is w, though no table of w by x was shown."""
    people = [format(number, "04b") for number in range(16)]

    def cell(number: int, **values: str) -> Known:
        chosen = {
            one: 1
            for one in people
            if all(one["xyzw".index(name)] == value for name, value in values.items())
        }
        return Known(chosen, number, number)

    known = [total(people, 70), cell(30, x="1"), cell(30, w="1")]
    for one, other in pairwise("xyzw"):
        known += [cell(0, **{one: "1", other: "0"}), cell(0, **{one: "0", other: "1"})]
    both = Known({"both": -1, **{one: 1 for one in people if one[0] == one[3] == "1"}}, 0, 0)
    assert feasible_range(dict.fromkeys([*people, "both"], (0, 70)), [*known, both], "both") == (30, 30)
