"""Promise 4: nothing published points at one person. These tests try to work counts out from what is shown."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publishing.audit import SMALL, Guarded
from analysis.publishing.disclosure import NOT_SHOWN, TOO_FEW_TO_NAME, Count, Policy, Tally, release
from analysis.publishing.feasible import band_of
from coprod.kernel.released import ReleasedTable

POLICIES = [Policy("bands"), Policy("rounded")]
Shown = tuple[str, tuple[tuple[str, str, str, str], ...]]


def ways_to_answer(total: int, values: int) -> Iterator[tuple[int, ...]]:
    """Every way in which `total` people can spread over `values` choices."""
    if values == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways_to_answer(total - first, values - 1):
            yield (first, *rest)


def tally(numbers: tuple[int, ...], sensitive: str = "", *, open_values: bool = False) -> Tally:
    counts = tuple(Count(f"choice {place}", number) for place, number in enumerate(numbers))
    return Tally("q", "A question?", sum(numbers), counts, sensitive=sensitive, open_values=open_values)


def seen(table: ReleasedTable) -> Shown:
    return table.answered, tuple((cell.value, cell.shown, cell.percent, cell.status) for cell in table.cells)


@pytest.mark.parametrize("sensitive", ["", "abuse"])
@pytest.mark.parametrize("policy", POLICIES, ids=["bands", "rounded"])
@pytest.mark.parametrize(("values", "most"), [(2, 42), (3, 32), (4, 18)])
def test_no_table_lets_a_reader_who_knows_every_rule_work_out_a_small_count(
    values: int, most: int, policy: Policy, sensitive: str
) -> None:
    """Brute force: all tables that look alike on paper are put in one pile.

    No cell of 1 to 4 is the same in a whole pile, and from 10 answers no pile holds 1 to 4 only.
    """
    alike: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
    for total in range(most + 1):
        for numbers in ways_to_answer(total, values):
            alike[seen(release(tally(numbers, sensitive), policy))].append(numbers)
    for shown, tables in alike.items():
        for cell in range(values):
            possible = {numbers[cell] for numbers in tables}
            assert len(possible) > 1 or not possible & {1, 2, 3, 4}, (shown, possible)
            assert not possible <= {1, 2, 3, 4} or shown[0] == "between 5 and 9", (shown, possible)


READERS = ["outsider", "facilitator", "respondent"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("values", range(2, 6))
def test_no_reader_of_five_to_nine_is_left_with_one_number(values: int, reader: str) -> None:
    """Brute force over all tables of 5 to 9 answers to a question that is not sensitive (rule R1).

    Not even the facilitator, who knows how many answered, has a count of 1 to 4 as one number, be it printed or held back;
    but for an even split, two each of eight, which singles nobody out.
    """
    for shown, tables in alike_to(reader, Policy("rounded"), "", values, range(5, 10)).items():
        for cell in range(values):
            possible = {numbers[cell] for numbers in tables}
            is_even = len(tables) == 1 and len(set(tables[0])) == 1
            assert len(possible) > 1 or not possible & SMALL or is_even, (shown, possible)


@pytest.mark.parametrize("total", range(5, 30))
def test_each_word_stands_for_two_counts_or_more_whatever_the_number_who_answered(total: int) -> None:
    """Three from 8 up: so no word is a number in other clothes for somebody who knows how many answered."""
    bands = [band_of(number, total) for number in range(total + 1)]
    assert all(bands.count(band) >= (3 if total >= 8 else 2) for band in ("few", "half", "most"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("policy", "sensitive", "values", "totals"),
    [
        (Policy("rounded"), "", 2, range(8, 48)),
        (Policy("rounded"), "health", 3, range(8, 33)),
        (Policy("bands"), "health", 3, range(8, 33)),
        (Policy("bands"), "", 4, range(10, 17)),
        (Policy("exact"), "", 2, range(28, 60)),
        (Policy("exact"), "", 3, range(28, 38)),
        (Policy("exact"), "abuse", 4, range(30, 31)),
    ],
    ids=lambda one: one.small_counts if isinstance(one, Policy) else None,
)
def test_no_reader_is_left_with_too_little_whatever_they_know(
    reader: str, policy: Policy, sensitive: str, values: int, totals: range
) -> None:
    """Brute force for rule R8 from 10 answers, and from 8 to a sensitive question: all tables that look alike to a reader.

    The outsider sees the table; the facilitator knows the total as well; a respondent knows their own answer, and asks
    how many others gave it. What is hidden is always left with three numbers; what is in words or rounded, with three
    where it may be 4 or less (a respondent with two); and where all is withheld nobody learns that a count is 1 to 4.
    """
    for shown, tables in alike_to(reader, policy, sensitive, values, totals).items():
        for cell, (_, words, _, status) in enumerate(shown[0][1]):
            possible = {numbers[cell] for numbers in tables}
            withheld = all(other[1] == NOT_SHOWN for other in shown[0][1])
            hidden = words == NOT_SHOWN and not withheld
            least = 2 if reader == "respondent" and not hidden else 3
            safe = not possible <= SMALL if withheld else Guarded("", least, hidden).is_safe(possible)
            assert safe or status == "ok" or edge_of(tables, totals), (shown, status, possible)


def edge_of(tables: list[tuple[int, ...]], totals: range) -> bool:
    """Tell whether tables look like others with totals that were not tried."""
    return any(sum(numbers) in {*totals[:5], *totals[-5:]} for numbers in tables) and len(totals) > 1


@cache
def seen_of(numbers: tuple[int, ...], sensitive: str, policy: Policy) -> Shown:
    """What is printed of a table, worked out once for all readers."""
    return seen(release(tally(numbers, sensitive), policy))


def alike_to(
    reader: str, policy: Policy, sensitive: str, values: int, totals: range
) -> dict[tuple[Shown, int], list[tuple[int, ...]]]:
    """All tables in piles that look alike to a reader; of a respondent's, with their own answer taken away."""
    alike: dict[tuple[Shown, int], list[tuple[int, ...]]] = defaultdict(list)
    for total in totals:
        for numbers in ways_to_answer(total, values):
            shown = seen_of(numbers, sensitive, policy)
            if reader != "respondent":
                alike[shown, total if reader == "facilitator" else 0].append(numbers)
                continue
            for own in range(values):
                if numbers[own]:
                    alike[shown, own].append((*numbers[:own], numbers[own] - 1, *numbers[own + 1 :]))
    return alike


@pytest.mark.parametrize("policy", POLICIES, ids=["bands", "rounded"])
def test_an_answer_known_only_because_somebody_gave_it_is_not_named_when_few_did(policy: Policy) -> None:
    """In a file the list of values is itself an answer: a name in it means at least one person."""
    for total in range(33):
        for numbers in ways_to_answer(total, 3):
            table = release(tally(tuple(n for n in numbers if n), open_values=True), policy)
            for cell in table.cells:
                assert cell.value.startswith("choice") is (
                    cell.shown not in {"about 0", "few or none", "not shown"}
                ) or (cell.value in {TOO_FEW_TO_NAME, "All answers"} or cell.status == "hidden-protect")


numbers_given = st.lists(st.integers(0, 60), min_size=2, max_size=8).map(tuple)


@given(numbers_given, st.sampled_from(POLICIES), st.sampled_from(["", "health"]))
def test_every_cell_has_a_status_and_a_reason_and_no_true_count(
    numbers: tuple[int, ...], policy: Policy, sensitive: str
) -> None:
    table = release(tally(numbers, sensitive), policy)
    for cell in table.cells:
        assert cell.reason.endswith(".")
        digits = "".join(character for character in cell.shown if character.isdigit())
        assert not digits or int(digits) % 5 == 0


@given(numbers_given.flatmap(lambda numbers: st.tuples(st.just(numbers), st.permutations(numbers))))
def test_what_is_shown_of_a_value_does_not_depend_on_where_it_stands(
    both: tuple[tuple[int, ...], list[int]],
) -> None:
    numbers, moved = both
    for policy in POLICIES:
        first, second = release(tally(numbers), policy), release(tally(tuple(moved)), policy)
        assert sorted(cell.shown for cell in first.cells) == sorted(cell.shown for cell in second.cells)


@given(numbers_given, st.sampled_from(POLICIES))
def test_a_sensitive_question_never_shows_none_or_all(numbers: tuple[int, ...], policy: Policy) -> None:
    table = release(tally(numbers, "safety"), policy)
    total = table.answered
    for cell in table.cells:
        assert cell.percent not in {"0%", "100%"}
        assert cell.shown != "about 0"
        assert cell.shown != total


@pytest.mark.parametrize("few", range(5))
def test_fewer_than_five_answers_show_nothing_whatever_they_say(few: int) -> None:
    for numbers in ways_to_answer(few, 3):
        assert seen(release(tally(numbers), Policy())) == seen(release(tally((0, 0, 0)), Policy()))


def test_a_tally_does_not_print_its_counts() -> None:
    assert "7" not in repr(tally((7, 77)))


@pytest.mark.parametrize("policy", POLICIES, ids=["bands", "rounded"])
def test_no_mean_beside_its_table_leaves_only_small_counts(policy: Policy) -> None:
    """Brute force over three numbers given by 10 to 12 people: all that print alike, mean included, in one pile.

    Beside a mean no cell is left with 1 to 4 only; where a mean is missing, that it is missing leaves no single count.
    """
    alike: dict[tuple[Shown, str], list[tuple[int, ...]]] = defaultdict(list)
    for total in range(10, 13):
        for numbers in ways_to_answer(total, 3):
            counts = tuple(
                Count(value, number) for value, number in zip(("0", "1", "10"), numbers, strict=True)
            )
            given = Tally("q", "Q?", total, counts, numbers_sum=numbers[1] + 10 * numbers[2])
            table = release(given, policy)
            alike[seen(table), table.average].append(numbers)
    for shown, tables in alike.items():
        for cell in range(3):
            possible = {numbers[cell] for numbers in tables}
            assert len(possible) > 1 or not possible & {1, 2, 3, 4}, shown
            assert not possible <= {1, 2, 3, 4} or not shown[1], shown
