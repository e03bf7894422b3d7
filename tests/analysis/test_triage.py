"""Every free text reaches the safeguarding lead; phrases only set the order. All examples are simulated."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.triage.meanings import meanings, mutations
from analysis.triage.triage import FreeText, Queued, Sign, queue, signs, signs_in

from .simulated_risk import (
    EARLY,
    FIRST,
    HARD,
    HARD_ORDINARY,
    HELD_OUT,
    HELD_OUT_ORDINARY,
    ORDINARY,
)
from .simulated_risk_later import LAST, LAST_ORDINARY, SEEN, SEEN_ORDINARY, UNSEEN, UNSEEN_ORDINARY


def queued(*texts: str) -> tuple[Queued, ...]:
    return queue(FreeText("q", text) for text in texts)


def share(texts: Iterable[str], *orders: str) -> float:
    """Give the share of texts that come in these orders."""
    found = [queued(text)[0].order in orders for text in texts]
    return sum(found) / len(found)


@pytest.mark.parametrize("sign", signs(), ids=lambda sign: sign.id)
def test_a_sign_finds_its_examples_and_not_what_only_looks_like_them(sign: Sign) -> None:
    for example in sign.must_match:
        assert sign.id in {found.id for found, _ in signs_in(example)}, example
    for example in sign.must_not_match:
        assert sign.id not in {found.id for found, _ in signs_in(example)}, example


@given(st.lists(st.text(max_size=60)))
def test_no_text_with_a_letter_is_ever_left_out_or_changed(texts: list[str]) -> None:
    """The lead reads every one, whatever the phrases say."""
    wanted = sorted(text for text in texts if any(sign.isalnum() for sign in text))
    assert sorted(one.text for one in queued(*texts)) == wanted


def test_what_is_most_urgent_comes_first_and_the_rest_still_comes() -> None:
    found = queued("the wait was long", "im scared of him", "i wanna kms", "nice staff")
    assert [one.text for one in found] == [
        "i wanna kms",
        "im scared of him",
        "the wait was long",
        "nice staff",
    ]
    assert [one.order for one in found] == ["first", "next", "then", "then"]
    assert "kms" in found[0].because[0].words
    assert found[-1].because == ()


@pytest.mark.parametrize(
    "written",
    [
        "I WANT TO KILL MYSELF",
        "i want to k*ll myself",
        "kiiill myself",
        "k1ll my$elf",
        "kill mysefl",
        "killin myself",
    ],
)
def test_the_spelling_of_young_people_makes_no_difference(written: str) -> None:
    assert queued(written)[0].order == "first"


def test_an_ordinary_word_is_not_taken_for_a_slip() -> None:
    """`starting again` is one letter from `starving again`, which stands in a phrase."""
    assert [one.order for one in queued("a new worker means starting again", "polite and caring")] == [
        "then"
    ] * 2


def test_words_are_shown_as_written_with_what_stands_around_left_out() -> None:
    (one,) = queued("Nice place. But, he R@PED me!! 😢 ok?")
    assert "R@PED" in one.because[0].words
    assert "Nice" not in one.because[0].words


def test_a_number_to_ring_brings_a_text_forward() -> None:
    (one,) = queued("ring me on 07700 900123")
    assert one.order == "next"
    assert one.because[-1].sign == "reachable"


def test_no_text_shows_itself_in_a_representation() -> None:
    (one,) = queued("i wanna kms")
    assert "kms" not in repr(one) + repr(one.because) + repr(FreeText("q", "kms"))


def test_every_meaning_is_used_and_every_sign_is_known() -> None:
    used = {one for near in meanings().near for one in near.of}
    assert used == set(meanings().words)
    assert {near.sign for near in meanings().near} <= {sign.id for sign in signs()}


def test_meanings_count_only_near_each_other_in_words_of_their_own() -> None:
    """One word cannot stand for two meanings, and a whole essay cannot bring them together."""
    assert queued("he grips my neck")[0].order == "first"
    assert (
        queued("look at my neck they said and then a week later in the rain one pulled up a chair")[0].order
        == "then"
    )
    assert queued("knife")[0].order == "next"


def test_a_welsh_word_is_known_in_its_mutations() -> None:
    assert mutations("croen") == ("croen", "groen", "nghroen", "chroen")
    assert mutations("llaw") == ("llaw", "law")
    assert mutations("gwddw") == ("gwddw", "wddw", "ngwddw")


def test_recall_on_examples_the_phrases_were_changed_with() -> None:
    for texts in FIRST.values():
        assert share(texts, "first") == 1
    for texts in (*EARLY.values(), *HARD.values(), *HELD_OUT.values(), *SEEN.values()):
        assert share(texts, "first", "next") == 1
    ordinary = (*ORDINARY, *HARD_ORDINARY, *HELD_OUT_ORDINARY, *SEEN_ORDINARY)
    assert share(ordinary, "first", "next") <= 0.06


def test_recall_on_examples_nothing_was_changed_for_is_what_the_benchmark_says() -> None:
    """Far from all, and least where it is said in few words that only this young person would choose."""
    assert share(UNSEEN["en"], "first", "next") >= 0.7
    assert share(UNSEEN["cy"], "first", "next") >= 0.9
    assert 0.2 <= share(LAST["en"], "first", "next") <= 0.5
    assert 0.3 <= share(LAST["cy"], "first", "next") <= 0.5
    assert share((*UNSEEN_ORDINARY, *LAST_ORDINARY), "first", "next") <= 0.1
