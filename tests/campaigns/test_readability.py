"""Readability counts what is there, and says so when there is too little to score."""

import pytest

from campaigns.checking.readability import readability_of_texts
from campaigns.checking.reading import sentences_in
from campaigns.checking.syllables import syllables

COUNTED = {
    "child": 1, "people": 2, "exploitation": 4, "someone": 2, "didn't": 2, "can't": 1, "safely": 2,
    "confidential": 4, "recognised": 3, "organisation": 5, "table": 2, "wanted": 2, "helped": 1, "area": 3,
    "sexual": 3, "every": 2, "behaviour": 3, "place": 1, "places": 2, "self-harm": 2, "young": 1, "quiet": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), COUNTED.items())
def test_syllables_are_counted_as_said(word, count):
    assert syllables(word) == count


def test_abbreviations_numbers_and_web_addresses_end_no_sentence():
    text = "See www.example.org, e.g. page 2.5 or Dr. Price. Then rest."
    assert [text[start:end] for start, end in sentences_in(text)] == [
        "See www.example.org, e.g. page 2.5 or Dr. Price.",
        "Then rest.",
    ]


def test_each_block_is_its_own_sentence():
    assert readability_of_texts(["A heading", "one item", "another item"]).sentences == 3


def test_under_a_hundred_words_there_is_no_score():
    short = readability_of_texts(["You can talk to us."])
    assert short.is_too_short
    assert (short.grade_low, short.grade_high, short.words) == (None, None, 5)


def test_harder_text_scores_higher_and_names_its_hard_words():
    easy = readability_of_texts(["You can talk to us when you like. We will hear you."] * 20)
    hard = readability_of_texts(
        ["Commissioners undertake organisational accountability assessments regarding confidentiality."] * 20
    )
    assert easy.grade_high < hard.grade_low
    assert hard.hard_words[0].word == "Commissioners"
    assert hard.longest_sentences[0].words == 7


def test_nothing_to_read_is_no_error():
    assert readability_of_texts([]).words == 0
