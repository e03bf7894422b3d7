"""The exact audit against three known cases, and against trying everything."""

import time
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.publishing.audit import Guarded, Known, System, feasible_range, total
from analysis.publishing.walking import People

# Source: the tests of sdcTable, as quoted in its own documentation; totals of rows and columns are published.
TABLE = {
    "w": {"a": 30, "b": 47, "c": 64, "d": 89},
    "x": {"a": 90, "b": 124, "c": 5, "d": 31},
    "y": {"a": 92, "b": 100, "c": 59, "d": 85},
    "z": {"a": 800, "b": 991, "c": 651, "d": 685},
}
HIDDEN = {"wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd"}


def audit_of_table(hidden: set[str]) -> tuple[int, int] | None:
    cells = {row + column: number for row, line in TABLE.items() for column, number in line.items()}
    ranges = {name: (0, 5000) if name in hidden else (number, number) for name, number in cells.items()}
    rows = [[row + column for column in "abcd"] for row in "wxyz"]
    columns = [[row + column for row in "wxyz"] for column in "abcd"]
    known = [total(line, sum(cells[name] for name in line)) for line in [*rows, *columns]]
    return feasible_range(ranges, known, "wb")


@pytest.mark.parametrize(
    ("also", "expected"), [(set(), (47, 47)), ({"xd"}, (0, 78)), ({"xb"}, (0, 141))], ids=["none", "xd", "xb"]
)
def test_two_hidden_in_every_line_are_not_enough(also: set[str], expected: tuple[int, int]) -> None:
    assert audit_of_table(HIDDEN | also) == expected


REGIONS = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}


def audit_of_regions(*groups: str) -> tuple[int, int] | None:
    ranges = {name: (0, 100) if number <= 3 else (number, number) for name, number in REGIONS.items()}
    known = [total(list(group), sum(REGIONS[name] for name in group)) for group in groups]
    return feasible_range(ranges, known, "K")


def test_two_tables_that_are_safe_alone_give_a_count_away_together() -> None:
    first, second = ("ABIJ", "KLMN"), ("LM", "ABIJKN")
    assert audit_of_regions(*first) == (0, 9)
    assert audit_of_regions(*second) == (0, 7)
    assert audit_of_regions(*first, *second) == (3, 3)


def one_newcomer() -> tuple[dict[str, tuple[int, int]], list[Known]]:
    """Of 20 people 9, 5, hidden, hidden; of 21 people 9, hidden, 5, hidden: each safe alone, from five up shown."""
    options = "1234"
    ranges = {f"{when}{option}": (0, 21) for when in ("old", "new") for option in options}
    ranges |= {"old1": (9, 9), "old2": (5, 5), "new1": (9, 9), "new3": (5, 5)}
    ranges |= {f"came{option}": (0, 1) for option in options}
    grown = [Known({f"new{option}": 1, f"old{option}": -1, f"came{option}": -1}, 0, 0) for option in options]
    sizes = [
        total([f"{when}{option}" for option in options], number)
        for when, number in (("old", 20), ("new", 21))
    ]
    return ranges, [*sizes, *grown]


def test_one_newcomer_narrows_the_hidden_counts_and_is_known_not_to_have_chosen_the_first() -> None:
    ranges, known = one_newcomer()
    assert feasible_range(ranges, known, "old3") == (4, 5)
    assert feasible_range(ranges, known, "old4") == (1, 2)
    assert feasible_range(ranges, known, "came1") == (0, 0)
    assert feasible_range(ranges, known, "came3") == (0, 1)


def test_the_audit_finds_the_newcomer_and_both_hidden_counts() -> None:
    ranges, known = one_newcomer()
    system = System(ranges, known, time.monotonic() + 10)
    assert system.exposed([Guarded("old3", always=True)], {}) == "old3"
    assert system.exposed([Guarded("old4", always=True)], {}) == "old4"
    assert system.exposed([Guarded("came1", of=1)], {}) == "came1"
    assert system.exposed([Guarded("came3", of=1)], {}) is None


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_the_audit_agrees_with_trying_everything(numbers: list[int], hidden: list[bool]) -> None:
    names = "abcd"
    true = dict(zip(names, numbers, strict=True))
    ranges = {
        name: (0, 4) if is_hidden else (true[name], true[name])
        for name, is_hidden in zip(names, hidden, strict=True)
    }
    known = [total(list(line), sum(true[name] for name in line)) for line in ("ab", "cd", "ac", "bd")]
    fits = [
        guess[0]
        for guess in product(*(range(low, high + 1) for low, high in ranges.values()))
        if all(
            one.low
            <= sum(one.weights.get(name, 0) * number for name, number in zip(names, guess, strict=True))
            <= one.high
            for one in known
        )
    ]
    assert feasible_range(ranges, known, "a") == (min(fits), max(fits))


small_tables = st.lists(st.integers(0, 7), min_size=4, max_size=4)


@settings(deadline=None, max_examples=40)
@given(
    numbers=small_tables,
    hidden=st.lists(st.booleans(), min_size=4, max_size=4),
    strict=st.booleans(),
    own=st.sampled_from(["", *"abcd"]),
)
def test_what_the_audit_calls_exposed_is_what_trying_everything_does(
    numbers: list[int], hidden: list[bool], *, strict: bool, own: str
) -> None:
    """Two by two with their sums, for an outsider and for whoever gave one of the answers."""
    true = dict(zip("abcd", numbers, strict=True))
    assume(not own or true[own])
    ranges = {
        name: (0, 9) if is_hidden else (true[name],) * 2 for name, is_hidden in zip(true, hidden, strict=True)
    }
    known = [total(list(line), sum(true[name] for name in line)) for line in ("ab", "cd", "ac", "bd")]
    guarded = [Guarded(name, always=strict) for name in true]
    people = People([{"left": "a", "right": "b"}, {"left": "c", "right": "d"}], [(0, 1)])
    fits = [
        dict(zip(true, guess, strict=True))
        for guess in product(*(range(low, high + 1) for low, high in ranges.values()))
    ]
    fits = [
        way
        for way in fits
        if all(sum(way[name] for name in one.weights) == one.low for one in known) and (not own or way[own])
    ]
    least = 2 if own and not strict else 3
    exposed = {
        name
        for name in true
        if not Guarded(name, least, strict).is_safe({way[name] - (name == own) for way in fits})
    }
    for several in (people, None):
        found = System(ranges, known, time.monotonic() + 10, several).exposed(
            guarded, {}, (own,) if own else ()
        )
        assert (found in exposed) if exposed else found is None


def test_what_contradicts_itself_fits_nothing() -> None:
    assert feasible_range({"a": (0, 1)}, [total(["a"], 5)], "a") is None
    assert feasible_range({"a": (1, 0)}, [], "a") is None
