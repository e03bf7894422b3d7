"""The exact audit against three known cases, and against trying everything."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.publishing.audit import Known, feasible_range, total

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


def test_one_newcomer_is_known_not_to_have_chosen_what_did_not_grow() -> None:
    """Of 20 people 9, 5, hidden, hidden; of 21 people 9, 5, hidden, hidden."""
    ranges = {f"{when}{option}": (0, 21) for when in ("old", "new") for option in "1234"}
    ranges |= {"old1": (9, 9), "old2": (5, 5), "new1": (9, 9), "new2": (5, 5)}
    ranges |= {f"came{option}": (0, 1) for option in "1234"}
    grown = [Known({f"new{option}": 1, f"old{option}": -1, f"came{option}": -1}, 0, 0) for option in "1234"]
    known = [
        total([f"old{option}" for option in "1234"], 20),
        total([f"new{option}" for option in "1234"], 21),
        *grown,
    ]
    assert feasible_range(ranges, known, "came1") == (0, 0)
    assert feasible_range(ranges, known, "came3") == (0, 1)


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


def test_what_contradicts_itself_fits_nothing() -> None:
    assert feasible_range({"a": (0, 1)}, [total(["a"], 5)], "a") is None
    assert feasible_range({"a": (1, 0)}, [], "a") is None
