"""The rules of the house table, row by row."""

import pytest

from analysis.publishing.disclosure import Count, Policy, Tally, people_words, percent_words, release
from analysis.publishing.feasible import possible_counts

BANDS, ROUNDED, EXACT = Policy("bands"), Policy("rounded"), Policy("exact")


def shown(numbers: dict[str, int], policy: Policy = ROUNDED, sensitive: str = "") -> dict[str, str]:
    counts = tuple(Count(value, number) for value, number in numbers.items())
    table = release(Tally("q", "Q?", sum(numbers.values()), counts, sensitive=sensitive), policy)
    return {"answered": table.answered, **{cell.value: cell.shown for cell in table.cells}}


@pytest.mark.parametrize(
    ("numbers", "policy", "sensitive", "expected"),
    [
        ({"yes": 3, "no": 1}, ROUNDED, "", ("fewer than 5", "not shown", "not shown")),
        ({"yes": 4, "no": 1}, ROUNDED, "", ("between 5 and 9", "most or all", "few or none")),
        ({"yes": 4, "no": 3}, BANDS, "", ("between 5 and 9", "about half", "about half")),
        ({"yes": 5, "no": 2}, BANDS, "health", ("fewer than 8", "not shown", "not shown")),
        ({"yes": 6, "no": 2}, BANDS, "health", ("between 5 and 9", "most or all", "few or none")),
        ({"yes": 8, "no": 6}, ROUNDED, "", ("about 15", "about 10", "about 5")),
        ({"yes": 8, "no": 6}, BANDS, "", ("about 15", "about half", "about half")),
        ({"yes": 28, "no": 14}, BANDS, "", ("about 40", "about 30", "about 15")),
        ({"yes": 30, "no": 0}, ROUNDED, "", ("about 30", "about 30", "about 0")),
        ({"yes": 30, "no": 0}, ROUNDED, "abuse", ("about 30", "most or all", "few or none")),
    ],
)
def test_each_size_of_question_is_shown_by_its_rule(
    numbers: dict[str, int], policy: Policy, sensitive: str, expected: tuple[str, str, str]
) -> None:
    assert tuple(shown(numbers, policy, sensitive).values()) == expected


def test_a_table_that_its_total_would_undo_is_withheld() -> None:
    """Twelve people spread evenly over four choices would print as 5, 5, 5, 5 of about 10: exactly three each."""
    counts = tuple(Count(value, 3) for value in "abcd")
    table = release(Tally("q", "Q?", 12, counts), ROUNDED)
    assert {cell.status for cell in table.cells} == {"hidden-protect"}


def test_percentages_come_from_twenty_answers_and_from_rounded_counts() -> None:
    def percents(*numbers: int) -> list[str]:
        counts = tuple(Count(str(place), number) for place, number in enumerate(numbers))
        return [cell.percent for cell in release(Tally("q", "Q?", sum(numbers), counts), ROUNDED).cells]

    assert percents(10, 9) == ["", ""]
    assert percents(13, 7) == ["75%", "25%"]
    assert percent_words(5, 40) == "15%"


def test_a_mean_comes_from_ten_answers_to_the_nearest_half() -> None:
    def average(answered: int, total: int, sensitive: str = "") -> str:
        low, rest = divmod(total, answered)
        counts = (Count(str(low), answered - rest), Count(str(low + 1), rest))
        tally = Tally("q", "Q?", answered, counts, sensitive=sensitive, numbers_sum=total)
        return release(tally, ROUNDED).average

    assert average(9, 63) == ""
    assert average(10, 68) == "about 7"
    assert average(10, 63, "safety") == "about 6.5"
    assert average(10, 99, "safety") == ""
    assert average(10, 99) == "about 10"


def test_choices_of_a_choose_many_question_do_not_add_up_and_are_each_rounded() -> None:
    counts = (Count("a", 12), Count("b", 11))
    table = release(Tally("q", "Q?", 12, counts, exclusive=False), ROUNDED)
    assert [cell.shown for cell in table.cells] == ["about 10", "about 10"]


def test_who_did_not_answer_is_kept_apart_and_follows_the_same_rules() -> None:
    apart = (Count("I'd rather not say", 6), Count("Skipped", 0), Count("Not shown", 1))
    table = release(Tally("q", "Q?", 25, (Count("a", 13), Count("b", 12)), apart=apart), ROUNDED)
    assert [(cell.value, cell.shown) for cell in table.apart] == [
        ("I'd rather not say", "about 5"),
        ("Skipped", "about 0"),
        ("Not shown", "about 0"),
    ]


def test_numbers_of_people_in_running_text_are_coarse() -> None:
    assert [people_words(number) for number in (1, 9, 12, 13, 31)] == [
        "fewer than 10",
        "fewer than 10",
        "about 10",
        "about 15",
        "about 30",
    ]


def test_exact_counts_hide_the_small_ones_and_the_next_lowest() -> None:
    exact = shown({"yes": 40, "no": 12, "maybe": 2, "other": 3}, Policy("exact"))
    assert exact == {
        "answered": "57",
        "yes": "40",
        "no": "not shown",
        "maybe": "not shown",
        "other": "not shown",
    }
    assert shown({"yes": 40, "no": 12}, Policy("exact")) == {"answered": "52", "yes": "40", "no": "12"}
    assert shown({"yes": 14, "no": 12}, Policy("exact"))["yes"] == "about 15"


def test_exact_counts_of_a_choose_many_question_hide_what_nearly_everybody_chose_too() -> None:
    """Of forty, thirty-seven say as much about the three who did not choose it as three say of themselves."""
    counts = tuple(
        Count(value, number) for value, number in (("kind", 37), ("calm", 36), ("near", 35), ("late", 4))
    )
    cells = release(Tally("q", "Q?", 40, counts, exclusive=False), EXACT).cells
    assert [cell.shown for cell in cells] == ["not shown", "not shown", "35", "not shown"]
    assert {cell.status for cell in cells if cell.shown == "not shown"} == {"hidden-small"}


def test_beside_exact_counts_with_a_hidden_one_there_is_no_mean() -> None:
    def average(*numbers: int) -> str:
        counts = tuple(Count(str(value), number) for value, number in enumerate(numbers, start=4))
        total = sum(value * number for value, number in enumerate(numbers, start=4))
        return release(Tally("q", "Q?", sum(numbers), counts, numbers_sum=total), EXACT).average

    assert average(20, 12, 15) == "about 5"
    assert average(20, 12, 3) == "", "a mean and two counts would tell the third"


@pytest.mark.parametrize(("number", "is_named"), [(4, False), (5, True)])
def test_exactly_counted_a_value_known_only_from_answers_is_named_from_five(
    number: int, *, is_named: bool
) -> None:
    counts = (Count("Leeds", 20), Count("York", 15), Count("Ripon", number))
    table = release(Tally("q", "Q?", 35 + number, counts, open_values=True), EXACT)
    assert ("Ripon" in {cell.value for cell in table.cells}) is is_named


def test_whoever_gave_an_answer_knows_that_one_person_did() -> None:
    anybody = possible_counts((1, 11), 12, "rounded", (12,))
    themselves = possible_counts((1, 11), 12, "rounded", (12,), own=0)
    assert anybody == ({0, 1, 2}, {10, 11, 12})
    assert themselves == ({1, 2}, {10, 11})


def test_the_answer_in_the_middle_is_named_from_what_is_printed() -> None:
    counts = tuple(Count(str(value), number) for value, number in ((2, 12), (5, 16), (9, 14)))
    assert release(Tally("q", "Q?", 42, counts, ordered=True), ROUNDED).median == "5"
    assert release(Tally("q", "Q?", 42, counts), ROUNDED).median == ""
