"""What counts as an answer: nothing that somebody said is taken for nothing."""

import polars as pl
import pytest

from analysis.inputs.texts import folded, says_something


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "-", "n/a", "N/A", "Did not answer", "Nothing.", "nothing at all", "None", "NONE!", "no comment",
     "Nothing I can think of.", "don’t know", "Can't think of anything.", "absolutely nothing", "no", "not sure", None, "💜", "dim byd"],
)  # fmt: skip
def test_saying_nothing_is_no_answer(text: str | None) -> None:
    assert says_something(pl.Series([text], dtype=pl.String)).to_list() == [False]


@pytest.mark.parametrize(
    "text",
    ["I can't say no", "nothing good", "no one listened", "not safe", "none of them believed me", "nothing was private",
     "don't know who to trust", "everything", "food", "not at all listened to"],
)  # fmt: skip
def test_words_of_nothing_inside_an_answer_do_not_make_it_nothing(text: str) -> None:
    assert says_something(pl.Series([text])).to_list() == [True]


def test_capitals_punctuation_and_blanks_do_not_make_another_answer() -> None:
    same = pl.Series(["It’s GOOD!", "it's good", "  It's   good. ", "'it's good'"])
    assert folded(same).unique().to_list() == ["it's good"]
