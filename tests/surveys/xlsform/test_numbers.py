"""To a young person: no form makes you type an exact number. To a service: what hung on the number still holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.evaluation import is_true
from surveys.questionnaires.expressions import parse_expression
from surveys.questionnaires.questions import ChooseOne, Number
from surveys.xlsform.bands import Banded, Limits, bands_of, by_band, cuts_tested
from tests.surveys.xlsform.features import cells
from tests.surveys.xlsform.forms import form_of, imported

COMPARED = st.tuples(
    st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.integers(-3, 40), st.sampled_from(["", "not"])
).map(lambda one: f"{one[2]}(${{n}} {one[0]} {one[1]})" if one[2] else f"${{n}} {one[0]} {one[1]}")


def groups(*rows: str, columns: str = "label | constraint | relevant"):
    outcome, questionnaire = imported(cells(columns, *rows))
    return outcome, {
        page.id: [choice.label.en for choice in page.choices]
        for page in questionnaire.pages
        if isinstance(page, ChooseOne)
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("integer | visits | How many visits? | |", ["0", "1", "2", "3 to 5", "6 to 10", "11 or more"]),
        ("integer | age | How old are you? | . > 10 and . < 26 |", ["11 to 13", "14 to 15", "16 to 17", "18 to 25"]),
        ("integer | AGE | Your age | |", ["10 or less", "11 to 13", "14 to 15", "16 to 17", "18 to 25", "26 or more"]),
        ("integer | score | Score | . >= 0 and . <= 100 |", ["0", "1 to 24", "25 to 49", "50 to 74", "75 to 100"]),
        ("integer | year | Which year? | . >= 2020 and . <= 2024 |", ["2020", "2021", "2022", "2023", "2024"]),
        ("integer | few | How many? | . > 11 |", ["12", "13", "14", "15 to 17", "18 to 22", "23 or more"]),
        (
            "decimal | hours | How many hours? | . >= 0 and . <= 4 |",
            ["0 to under 1", "1 to under 2", "2 to under 3", "3 to under 4", "4 to under 5"],
        ),
        ("integer | cold | How cold? | . >= -20 and . <= 20 |", ["-20 to -11", "-10 to -1", "0 to 9", "10 to 20"]),
    ],
)  # fmt: skip
def test_a_number_is_asked_in_groups_within_its_bounds(row, expected):
    outcome, found = groups(row)
    assert list(found.values()) == [expected]
    assert any(
        "an exact number can point at somebody: " + ", ".join(expected) in one.what for one in outcome.noted
    )


def test_a_range_with_other_steps_or_beyond_10_is_asked_in_groups_too():
    _, found = groups(
        "range | a | Score | start=0 end=100 step=10",
        "range | b | Score | start=0 end=10 step=0.5",
        columns="label | parameters",
    )
    assert found == {
        "a": ["0", "1 to 24", "25 to 49", "50 to 74", "75 to 100"],
        "b": ["0", "1 to 4", "5 to 10"],
    }


def test_a_number_from_0_to_10_stays_one():
    _, questionnaire = imported(cells("label | constraint", "integer | s | Score | . >= 0 and . <= 10"))
    assert isinstance(questionnaire.pages[0], Number)


def test_what_hangs_on_the_number_hangs_on_its_group():
    outcome, questionnaire = imported(
        cells(
            "label | relevant | calculation",
            "integer | age | How old are you? | |",
            "calculate | minor | | | if(${age} < 16, 1, 0)",
            "note | you | You said ${age} | ${age} >= 20 |",
            "text | why | Why? | ${minor} = 1 |",
            "text | any | What else? | ${age} != '' |",
        )
    )
    pages = {page.id: page for page in questionnaire.pages}
    assert [choice.label.en for choice in pages["age"].choices] == [
        "10 or less", "11 to 13", "14 to 15", "16 to 17", "18 to 19", "20 to 25", "26 or more",
    ]  # fmt: skip
    assert pages["you"].ask.en == "You said ${age}"
    assert pages["you"].relevant == "${age} = 'n20-to-25' or ${age} = 'n26-or-more'"
    assert is_true(parse_expression(pages["why"].relevant), {"age": "n14-to-15"})
    assert not is_true(parse_expression(pages["why"].relevant), {"age": "n16-to-17"})
    assert pages["any"].relevant == "${age} != ''"
    assert outcome.refused == ()


@pytest.mark.parametrize(
    "test",
    ["${visits} + ${calls} > 3", "${visits} > ${calls}", "${visits} mod 2 = 0", "selected(${visits}, '3')", "${visits}"],
)  # fmt: skip
def test_what_groups_cannot_tell_is_left_out_and_named_with_its_row(test):
    outcome, _ = imported(
        cells(
            "label | relevant",
            "integer | visits | How many visits? |",
            "integer | calls | How many calls? |",
            f"text | why | Why? | {test}",
        )
    )
    assert [one.row for one in outcome.refused] == [4]
    assert "asked in groups that do not tell" in outcome.refused[0].what


def test_numbers_that_leave_one_group_or_are_beyond_measure_are_refused():
    outcome, _ = imported(
        cells(
            "label | constraint",
            "integer | one | How many? | . >= 4 and . <= 4",
            "integer | big | How many? | . >= 0 and . <= 99999999",
            "text | why | Why? |",
        )
    )
    assert [one.row for one in outcome.refused] == [2, 3]


@given(
    st.lists(COMPARED, min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(0, 20)),
    st.one_of(st.none(), st.integers(25, 60)),
    st.booleans(),
)
def test_every_test_of_a_whole_number_comes_out_as_that_of_its_group(texts, low, high, is_age):
    trees = [parse_expression(text) for text in texts]
    bands = bands_of(Limits(low, high), cuts_tested(trees, "n"), is_age=is_age, broken=False)
    for tree in trees:
        inner = tree.arguments[0] if text_starts_not(tree) else tree
        told = by_band(inner, "n", Banded("n", bands))
        assert told is not None
        for number in range(low if low is not None else (-5 if is_age else 0), (high or 60) + 1):
            group = next(
                band.id
                for band in bands
                if (band.low is None or number >= band.low) and (band.high is None or number <= band.high)
            )
            assert is_true(told, {"n": group}) == is_true(inner, {"n": str(number)})
        assert is_true(told, {"n": ""}) == is_true(inner, {"n": ""})


def text_starts_not(tree) -> bool:
    return getattr(tree, "function", "") == "not"


def test_a_form_of_nothing_but_a_number_is_a_questionnaire():
    outcome, _ = imported(form_of("integer | visits | How many visits?"))
    assert outcome.questions == 1
