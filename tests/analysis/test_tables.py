"""Tables from batches and from other people's files, always through the rules."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.answers import answers_to
from analysis.inputs.batchfile import ChoiceInfo, Kind, QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import Responses, read_responses, responses_from_batch
from analysis.publishing.disclosure import TOO_FEW_TO_NAME, Policy
from analysis.publishing.tables import OTHER_GROUPS, release_breakdown, release_table
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Chosen, Declined, MainRecord, NotShown, Rated, Reply, Skipped, Wrote

SHA = "a" * 64
ROUNDED = Policy("rounded")


def batch(kind: Kind, replies: Sequence[Reply], sensitive: str = "") -> Responses:
    choices = (ChoiceInfo("a", "Always"), ChoiceInfo("b", "Sometimes"), ChoiceInfo("c", "Never"))
    question = QuestionInfo(
        "q", "How was it?", kind, choices if kind not in {"number", "text"} else (), sensitive
    )
    mains = [MainRecord(SHA, {"q": reply}) for reply in replies]
    survey = SurveyInfo(SHA, "A survey", (question,))
    return responses_from_batch(batch_to_parquet(mains, [], [survey], simulated=True))


def file(columns: Mapping[str, Sequence[str | None]]) -> Responses:
    return Responses("answers.csv", pl.DataFrame(columns))


def cells(responses: Responses, question: str = "q", policy: Policy = ROUNDED) -> dict[str, str]:
    return {
        cell.value: cell.shown
        for cell in release_table(answers_to(responses, question, "told"), policy).cells
    }


@pytest.mark.parametrize("kind", ["choose-one", "scale"])
def test_choices_keep_the_questionnaires_order_and_show_those_nobody_took(kind: Kind) -> None:
    shown = cells(batch(kind, [*[Chosen(("c",))] * 10, *[Chosen(("a",))] * 14]))
    assert shown == {"Always": "about 15", "Sometimes": "about 0", "Never": "about 10"}


def test_several_choices_of_one_person_count_one_person() -> None:
    responses = batch("choose-many", [Chosen(("a", "b"))] * 20)
    table = release_table(answers_to(responses, "q"), ROUNDED)
    assert table.answered == "about 20"
    assert [cell.percent for cell in table.cells] == ["100%", "100%", "0%"]


def test_a_ranking_is_told_by_what_was_put_first() -> None:
    shown = cells(batch("ranking", [*[Chosen(("b", "a", "c"))] * 12, *[Chosen(("a", "b", "c"))] * 13]))
    assert shown == {
        "Put first: Always": "about 15",
        "Put first: Sometimes": "about 10",
        "Put first: Never": "about 0",
    }


def test_numbers_have_a_table_and_a_mean() -> None:
    table = release_table(answers_to(batch("number", [Rated(7)] * 20 + [Rated(2)] * 20), "q"), ROUNDED)
    assert [cell.value for cell in table.cells] == [str(number) for number in range(11)]
    assert table.average == "about 4.5"


@pytest.mark.parametrize(
    ("kind", "expected"), [("scale", "Sometimes"), ("choose-one", "")], ids=["scale", "no order"]
)
def test_a_scale_has_an_answer_in_the_middle_and_a_choice_has_none(kind: Kind, expected: str) -> None:
    """Rule R4: by name, from what is printed; choices that go nowhere have no middle."""
    replies = [*[Chosen(("a",))] * 20, *[Chosen(("b",))] * 15, *[Chosen(("c",))] * 20]
    assert release_table(answers_to(batch(kind, replies), "q"), ROUNDED).median == expected


def test_free_text_shows_only_how_many_wrote() -> None:
    assert cells(batch("text", [Wrote()] * 30)) == {"Wrote something": "about 30"}


def test_rather_not_say_skipped_and_not_shown_are_kept_apart() -> None:
    replies: list[Reply] = [*[Chosen(("a",))] * 30, *[Declined()] * 6, *[Skipped()] * 11, *[NotShown()] * 20]
    table = release_table(answers_to(batch("choose-one", replies), "q"), ROUNDED)
    assert table.answered == "about 30"
    assert [(cell.value, cell.shown) for cell in table.apart] == [
        ("I'd rather not say", "about 5"),
        ("Skipped", "about 10"),
        ("Not shown", "about 20"),
    ]


def test_people_who_declined_are_not_in_the_base() -> None:
    table = release_table(
        answers_to(batch("choose-one", [*[Chosen(("a",))] * 4, *[Declined()] * 40]), "q"), ROUNDED
    )
    assert table.answered == "fewer than 5"


def test_a_files_column_is_sensitive_until_somebody_says_why_not() -> None:
    responses = file({"q": ["yes"] * 7})
    assert release_table(answers_to(responses, "q"), ROUNDED).answered == "fewer than 8"
    assert release_table(answers_to(responses, "q", "it is about the food"), ROUNDED).answered == (
        "between 5 and 9"
    )


def test_blank_cells_did_not_answer_and_spelling_of_blanks_does_not_matter() -> None:
    table = release_table(answers_to(file({"q": ["yes"] * 25 + ["", "  ", None] * 5}), "q"), ROUNDED)
    assert table.answered == "about 25"
    assert [(cell.value, cell.shown) for cell in table.apart] == [("No answer", "about 15")]


def test_a_value_one_person_typed_into_a_file_is_never_named() -> None:
    shown = cells(file({"q": ["yes"] * 20 + ["no"] * 18 + ["my name is Nobody Real"]}))
    assert list(shown) == ["no", "yes", TOO_FEW_TO_NAME]


def test_rows_in_another_order_give_the_same_table(tmp_path: Path) -> None:
    values = ["yes"] * 20 + ["no"] * 13 + ["maybe"] * 9
    for name, rows in (("one.csv", values), ("two.csv", values[::-1])):
        (tmp_path / name).write_text("\n".join(["q", *rows]))
    first, second = (read_responses(tmp_path / name) for name in ("one.csv", "two.csv"))
    assert release_table(answers_to(first, "q"), ROUNDED) == release_table(answers_to(second, "q"), ROUNDED)


def test_a_column_that_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(BadInputError, match="did you mean `listened`"):
        answers_to(file({"listened": ["yes"]}), "listned")
    with pytest.raises(BadInputError, match="no question `z`"):
        answers_to(batch("number", [Rated(1)]), "z")


def breakdown(
    groups: Sequence[str | None], values: Sequence[str | None]
) -> list[tuple[str | None, str, str]]:
    responses = file({"g": groups, "q": values})
    table = release_breakdown(answers_to(responses, "q", "told"), answers_to(responses, "g"), ROUNDED)
    return [(cell.by, cell.value, cell.shown) for cell in table.cells]


def test_a_breakdown_needs_sixty_answers() -> None:
    with pytest.raises(RefusedError, match="no breakdown under 60"):
        breakdown(["x", "y"] * 29, ["yes"] * 58)


def test_small_groups_and_people_without_a_group_are_put_together() -> None:
    groups = ["x"] * 40 + ["y"] * 30 + ["z"] * 6 + [None] * 7
    shown = breakdown(groups, ["yes", "no"] * 41 + ["no"])
    assert {by for by, _, _ in shown} == {"x", "y", OTHER_GROUPS}


def test_a_group_whose_complement_is_small_is_refused() -> None:
    """Everyone minus a group of nearly everyone is a few people."""
    with pytest.raises(RefusedError, match="two groups of 10"):
        breakdown(["x"] * 60 + ["y"] * 9, ["yes", "no", "no"] * 23)


def test_a_lone_small_group_is_joined_by_the_smallest_large_one() -> None:
    groups = ["x"] * 40 + ["y"] * 30 + ["z"] * 6
    shown = breakdown(groups, ["yes", "no"] * 38)
    assert {by for by, _, _ in shown} == {"x", OTHER_GROUPS}


def test_groups_people_may_pick_several_of_make_no_breakdown() -> None:
    responses = batch("choose-many", [Chosen(("a", "b"))] * 70)
    answers = answers_to(responses, "q")
    with pytest.raises(RefusedError, match="several"):
        release_breakdown(answers, answers, ROUNDED)


def test_margins_that_would_undo_a_rounded_cell_are_found() -> None:
    """Nine groups of which 3 said yes would print as 5 each, and their total, 27, as 25: only 3 each fits."""
    groups = [name for name in "abcdefghi" for _ in range(33)]
    with pytest.raises(RefusedError, match="give a small count away"):
        breakdown(groups, (["yes"] * 3 + ["no"] * 30) * 9)
    assert breakdown(["a"] * 35 + ["b"] * 36, ["yes"] * 5 + ["no"] * 30 + ["yes"] * 6 + ["no"] * 30)


def test_answers_do_not_print_themselves() -> None:
    assert "yes" not in repr(answers_to(file({"q": ["yes"]}), "q"))
