"""Concordance finds words as people write them and hides what a pattern can tell identifies somebody."""

import polars as pl
import pytest

from analysis.words.concordance import find_lines
from coprod.kernel.problem import BadInputError

TEXTS = pl.Series(
    [
        "I was WAITING for my  worker",
        "My worker didn’t wait",
        None,
        "await",
        "(worker) my",
        "call my worker on 07700 900123",
    ]
)


def test_a_beginning_finds_whole_words_in_any_capitals() -> None:
    assert [(line.row, line.found) for line in find_lines(TEXTS, "wait")] == [(0, "WAITING"), (1, "wait")]


def test_a_phrase_is_found_whatever_blanks_and_apostrophes_stand_in_it() -> None:
    assert [line.row for line in find_lines(TEXTS, "my worker")] == [0, 1, 5]
    assert [line.row for line in find_lines(TEXTS, "didn't")] == [1]


def test_what_stands_around_is_given_without_identifiers() -> None:
    line = find_lines(TEXTS, "call")[0]
    assert (line.before, line.found, line.after) == ("", "call", " my worker on [phone]")
    assert "worker" not in repr(line)


@pytest.mark.parametrize("pattern", ["", "...", "(", "x" * 201])
def test_a_pattern_of_nothing_is_bad_input(pattern: str) -> None:
    with pytest.raises(BadInputError):
        find_lines(TEXTS, pattern)
