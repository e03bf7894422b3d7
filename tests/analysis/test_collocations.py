"""A theme's name is made of phrases that several people wrote, as they wrote them."""

import polars as pl
import pytest

from analysis.themes.themes import FEWEST_WITH_A_PHRASE
from analysis.words.collocations import named, phrases_in, strongest_phrases, telling


def phrases_of(text: str) -> set[str]:
    return set(phrases_in(pl.Series([text]))["phrase"])


def test_a_phrase_stays_inside_its_clause() -> None:
    assert "staff waiting" not in phrases_of("Friendly staff. Waiting time - long")
    assert {"friendly staff", "waiting time"} <= phrases_of("Friendly staff. Waiting time - long")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("they never listened to me", "never listened"), ("they didn’t explain", "didn't explain"), ("neb yn gwrando", "neb yn gwrando")],
)  # fmt: skip
def test_a_phrase_keeps_the_word_that_turns_it_round(text: str, phrase: str) -> None:
    assert phrase in phrases_of(text)


def test_a_phrase_ends_on_no_small_word_and_holds_no_number() -> None:
    found = phrases_of("the worker on ward 7 rang the school")
    assert "worker on" not in found
    assert not any("7" in phrase for phrase in found)
    assert "rang the school" in found


def test_what_two_people_wrote_names_nothing() -> None:
    texts = pl.Series(["a purple bus came"] * 2 + ["the yellow taxi came"] * 3 + ["cold food"] * 5)
    themes = pl.Series([0] * 5 + [1] * 5)
    weights = [{"purple": 1.0, "bus": 1.0, "yellow": 1.0, "taxi": 1.0}, {"food": 1.0}]
    ranked = strongest_phrases(phrases_in(texts), themes, weights, FEWEST_WITH_A_PHRASE)
    spoken = [phrase.text for phrase in ranked[0]]
    assert "yellow taxi" in spoken
    assert not any("purple" in phrase for phrase in spoken)


def test_phrases_that_say_the_same_are_told_once_and_several_words_come_first() -> None:
    texts = pl.Series(
        ["waiting time", "a long waiting time", "waiting time here", "hours waiting", "waited hours", "hours"]
        + ["food"] * 9
    )
    themes = pl.Series([0] * 6 + [1] * 9)
    weights = [{"waiting": 1.0, "waited": 1.0, "hours": 0.8, "time": 0.5}, {"food": 1.0}]
    ranked = strongest_phrases(phrases_in(texts), themes, weights, 2)
    assert telling(ranked[0]) == ["waiting time", "hours"]
    assert telling([]) == []


def test_no_two_themes_share_a_name() -> None:
    names = named(
        [["good", "kind", "nice", "warm"], ["good", "kind", "nice", "calm"], ["good"], ["good"], [], []]
    )
    assert len(set(names)) == 6
    assert names[0] == "Good, kind, nice"
    assert names[1] == "Good, kind, nice, calm"
