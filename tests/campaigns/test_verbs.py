"""Who does the verb: a reviewer sees at once whether the person who harms ever acts in a text."""

from datetime import date

import pytest

from campaigns.checking.check import check_text
from campaigns.checking.verbs import VerbCount
from coprod.kernel.contacts import shipped_contacts

TODAY = date(2026, 11, 22)


def check(text: str):
    return check_text(text, shipped_contacts(), TODAY, "professionals")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A man called Dean abused her.", VerbCount(1, 1, 0, 0)),
        ("She was exploited by two men who drove her there.", VerbCount(1, 1, 0, 0)),
        ("People who exploit children plan it.", VerbCount(1, 1, 0, 0)),
        ("She was sexually exploited.", VerbCount(1, 0, 1, 0)),
        ("Sexual activity took place at the flat.", VerbCount(1, 0, 1, 0)),
        ("She engaged in sexual activity.", VerbCount(1, 0, 0, 1)),
        ("Sexual exploitation is a crime.", VerbCount(1, 0, 0, 0)),
        ("The park has a new swing.", VerbCount(0, 0, 0, 0)),
    ],
)
def test_each_sentence_about_harm_says_who_acts(text, who):
    assert check(text).verbs == who


def test_a_text_in_which_nobody_harms_gets_one_question():
    text = "She was groomed last year. She was exploited at a flat. Sexual activity took place there."
    assert [one.rule for one in check(text).findings].count("nobody-does-the-verb") == 1


def test_a_text_that_names_the_person_once_gets_none():
    text = "She was groomed last year. She was exploited at a flat. A man drove her there and abused her."
    assert "nobody-does-the-verb" not in {one.rule for one in check(text).findings}


def test_the_share_is_none_without_a_verb():
    assert VerbCount(2, 0, 0, 0).share is None
    assert VerbCount(2, 1, 1, 0).share == 0.5
