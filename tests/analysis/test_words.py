"""Counts are the same as if every word had been taken one at a time through NLTK."""

import unicodedata
from collections import Counter

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import RegexpTokenizer

from analysis.words import words
from analysis.words.words import WORD, count_words, split_words, stop_words

from .simulated_answers import simulated_answers

Counts = dict[str, tuple[int, int]]


def counted_one_at_a_time(texts: list[str], ignore: frozenset[str]) -> Counts:
    """Give stem → (times, answers) by an NLTK loop over every word."""
    tokenizer, stemmer = RegexpTokenizer(WORD), SnowballStemmer("english")
    times: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for text in texts:
        lower = unicodedata.normalize("NFC", text).replace("’", "'").lower()
        stems = [stemmer.stem(word) for word in tokenizer.tokenize(lower) if word not in ignore]
        times.update(stems)
        answers.update(set(stems))
    return {stem: (times[stem], answers[stem]) for stem in times}


def counted_by_column(texts: list[str], ignore: frozenset[str]) -> Counts:
    frame = count_words(pl.Series(texts, dtype=pl.String), ignore)
    return {row["stem"]: (row["times"], row["answers"]) for row in frame.iter_rows(named=True)}


def test_counts_are_those_of_an_nltk_loop() -> None:
    texts = simulated_answers(400)
    assert counted_by_column(texts, stop_words()) == counted_one_at_a_time(texts, stop_words())


pieces = st.sampled_from(
    [*"aabcdeginost '’.,-!?\n19éÉŵŷÖßñ", "❤️", "💜", "\u0301", "ing", "ed ", "’s ", " the "]
)
anything = st.characters(exclude_categories=("Cs", "Cn", "Co"), max_codepoint=0x24F)
written = st.lists(st.one_of(pieces, anything), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(written, max_size=8))
@example(["It’s it's its", "❤️ love ❤️", "Cafe\u0301 café CAFÉ", "ŵy Ŵy", "o''clock rock'n'roll 'quoted'"])
def test_counts_are_those_of_an_nltk_loop_whatever_is_written(texts: list[str]) -> None:
    assert counted_by_column(texts, frozenset()) == counted_one_at_a_time(texts, frozenset())


def test_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series(simulated_answers(200))
    whole = count_words(texts)
    monkeypatch.setattr(words, "CHUNK", 7)
    assert count_words(texts).equals(whole)


def test_a_word_is_shown_as_most_people_wrote_it_never_as_its_stem() -> None:
    counted = count_words(pl.Series(["waiting waiting", "waited", "Waiting!"]))
    assert counted.rows() == [("waiting", "wait", 4, 3)]


def test_an_emoji_is_no_word_and_a_curly_apostrophe_is_an_apostrophe() -> None:
    assert split_words(pl.Series(["❤️ don’t"]))["word"].to_list() == ["don't"]


@pytest.mark.parametrize("texts", [[], [None], ["", None], ["!!!"], ["the and of"]])
def test_texts_without_words_count_nothing(texts: list[str | None]) -> None:
    assert count_words(pl.Series(texts, dtype=pl.String)).is_empty()


def test_a_turned_phrase_can_start_with_the_word_that_turns_it() -> None:
    assert {"not", "never", "didn't"} <= words.opening_words()
    assert words.opening_words() <= stop_words()
