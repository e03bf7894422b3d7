"""Concordance finds words as people write them and hides what a pattern can tell identifies somebody."""

import polars as pl
import pytest

from analysis.words.concordance import count_answers, find_lines, index_of, search
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


@pytest.mark.parametrize(
    "pattern", ["wait", "my worker", "didn't", "wor", "call my", "worker my", "zebra", "my wait"]
)
def test_an_index_read_once_finds_the_same_lines(pattern: str) -> None:
    page = search(index_of(TEXTS), pattern)
    assert page.lines == find_lines(TEXTS, pattern)
    assert page.more_from is None


@pytest.mark.parametrize("pattern", ["wait", "my worker", "worker my", "zebra", "my wait", "call my worker"])
def test_as_many_answers_are_counted_as_have_a_line(pattern: str) -> None:
    assert count_answers(index_of(TEXTS), pattern) == len({one.row for one in find_lines(TEXTS, pattern)})


def test_a_page_says_where_to_go_on_and_nothing_is_left_out() -> None:
    texts = pl.Series([f"wait {row}" if row % 3 else "no" for row in range(40)])
    index, start, rows = index_of(texts), 0, []
    while start is not None:
        page = search(index, "wait", start, most=7)
        assert len(page.lines) <= 7
        rows += [line.row for line in page.lines]
        start = page.more_from
    assert rows == [line.row for line in find_lines(texts, "wait")]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert search(index_of(pl.Series([None, ""], dtype=pl.String)), "wait").lines == ()
    assert "waiting" not in repr(index_of(pl.Series(["waiting"])))
