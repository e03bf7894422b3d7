"""Words of one group against everybody else: one vote a person, the numbers of the books, and no count that leaves."""

import math
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inputs.answers import answers_to
from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import Responses, responses_from_batch
from analysis.words.keyness import KeyWord, keyness, linked_texts, released
from coprod.kernel.problem import RefusedError
from coprod.kernel.record import TextRecord


def answers(rows: Sequence[tuple[str, str | None]]) -> Responses:
    return Responses("a.csv", pl.DataFrame(rows, schema=["place", "said"], orient="row"))


def key_words(responses: Responses) -> dict[str, dict[str, KeyWord]]:
    found = keyness(linked_texts(responses, "said"), answers_to(responses, "place", "it names a town"))
    return {group: {one.word: one for one in words} for group, words in found.items()}


SIMULATED = [
    *[("town", "the bus takes ages, bus bus")] * 20,
    *[("town", "kind staff")] * 20,
    *[("coast", "the bus is fine")] * 5,
    *[("coast", "kind staff")] * 55,
]


def test_it_is_what_a_hand_calculation_gives() -> None:
    """Bus: 20 of 40 in town, 5 of 60 on the coast. Expected 10, 15, 30, 45 (25 and 75 of 100 people).

    G² = 2 (20 ln 20/10 + 5 ln 5/15 + 20 ln 20/30 + 55 ln 55/45) = 22.5949; log ratio = log2(0.5 / 0.08333) = 2.585.
    """
    bus = key_words(answers(SIMULATED))["town"]["bus"]
    assert (bus.group, bus.group_size, bus.others, bus.others_size) == (20, 40, 5, 60)
    by_hand = 2 * (20 * math.log(2) + 5 * math.log(1 / 3) + 20 * math.log(2 / 3) + 55 * math.log(55 / 45))
    assert bus.log_likelihood == pytest.approx(by_hand)
    assert bus.log_likelihood == pytest.approx(22.5949, abs=0.0001)
    assert bus.log_ratio == pytest.approx(2.585, abs=0.001)


def test_no_share_is_told_larger_than_it_is() -> None:
    """25 of 60 against 10 of 120 is five times as much, 15 of 60 against 6 of 115 4.8 times: neither is more than five."""
    for word in (KeyWord("bus", 25, 60, 10, 120), KeyWord("bus", 15, 60, 6, 115)):
        told = released(word, "town")
        assert told is not None
        assert "about five or six times as large a share" in told.sentence


def test_a_person_has_one_vote_however_often_they_say_it() -> None:
    loud = [
        ("town", "bus " * 50) if said.startswith("the bus t") else (place, said) for place, said in SIMULATED
    ]
    assert key_words(answers(loud))["town"]["bus"] == key_words(answers(SIMULATED))["town"]["bus"]


def test_forms_of_a_word_count_together_for_one_person() -> None:
    rows = [*[("town", "waiting and waited")] * 30, *[("coast", "kind")] * 30]
    (word,) = key_words(answers(rows))["town"].values()
    assert (word.group, word.word) == (30, "waited")


def test_a_word_nobody_else_wrote_has_a_finite_ratio() -> None:
    assert KeyWord("x", 10, 40, 0, 60).log_ratio == pytest.approx(math.log2((10.5 / 40) / (0.5 / 60)))


@given(st.integers(0, 40), st.integers(0, 60))
def test_evidence_is_never_below_nothing_and_none_where_shares_are_the_same(group: int, others: int) -> None:
    word = KeyWord("x", group, 40, others, 60)
    assert word.log_likelihood >= -1e-9
    if group * 60 == others * 40:
        assert word.log_likelihood == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 60))
def test_what_leaves_holds_no_exact_count(group: int, others: int) -> None:
    """Under 5 in the group nothing leaves; else people are rounded and the ratio is in steps of a half."""
    shown = released(KeyWord("bus", group, 40, others, 60), "town")
    if shown is None:
        return
    assert group >= 5
    assert shown.in_group in {"fewer than 10", *(f"about {number}" for number in range(10, 45, 5))}
    assert shown.log_ratio * 2 == int(shown.log_ratio * 2)
    assert shown.log_ratio <= 3


def test_the_sentence_is_plain() -> None:
    shown = released(key_words(answers(SIMULATED))["town"]["bus"], "town")
    assert shown is not None
    assert shown.sentence == (
        "About 20 people in “town” wrote “bus”, about five or six times as large a share as elsewhere; "
        "the evidence that this is not chance is very strong."
    )


@pytest.mark.parametrize(
    "rows",
    [
        SIMULATED[:59],
        [*[("town", "kind staff")] * 9, *[("coast", "the bus")] * 70],
        [*[("town", "kind staff")] * 9, *[("town", "nothing")] * 20, *[("coast", "the bus")] * 70],
    ],
)
def test_few_people_or_small_groups_are_refused(rows: list[tuple[str, str | None]]) -> None:
    with pytest.raises(RefusedError):
        key_words(answers(rows))


def test_no_count_shows_itself_in_a_representation() -> None:
    assert repr(KeyWord("bus", 20, 40, 5, 60)) == "KeyWord('bus')"


def test_words_kept_apart_from_their_writer_are_never_set_beside_a_group() -> None:
    """In a batch a free text stands alone unless its questionnaire linked it with a reason."""
    survey = SurveyInfo("a" * 64, "After a visit", (QuestionInfo("more", "Anything else?", "text"),))
    records = [TextRecord("a" * 64, "more", "the bus", may_quote=True)] * 80
    opened = responses_from_batch(batch_to_parquet([], records, [survey], simulated=True))
    with pytest.raises(RefusedError, match="kept apart"):
        linked_texts(opened, "more")
