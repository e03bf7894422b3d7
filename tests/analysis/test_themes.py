"""Themes are the same whatever the order, honest about how well they hold, and show nobody who did not agree."""

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.themes import themes as themes_module
from analysis.themes.themes import Themes, find_themes
from coprod.kernel.problem import BadInputError, RefusedError

from .simulated_answers import NOTHINGS, simulated_answers

ANSWERS = simulated_answers(150)


@pytest.fixture(scope="module")
def found() -> Themes:
    return find_themes(ANSWERS)


def test_each_subject_becomes_a_theme_with_a_name_that_says_it(found: Themes) -> None:
    names = " | ".join(theme.name.lower() for theme in found.themes)
    for word in ("wait", "friendly", "phone", "taxi", "private"):
        assert word in names


def test_answers_on_one_subject_are_in_one_theme(found: Themes) -> None:
    placed = {
        found.assignments[place] for place, text in enumerate(ANSWERS) if "taxi" in text or "bus" in text
    }
    assert len(placed) == 1


def test_an_answer_that_says_nothing_has_no_theme(found: Themes) -> None:
    assert len(found.assignments) == len(ANSWERS)
    empty = [place for place, text in enumerate(ANSWERS) if text in NOTHINGS]
    assert empty
    assert all(found.assignments[place] is None for place in empty)
    assert found.answers == len(ANSWERS) - len(empty)


def test_sizes_are_those_of_the_assignments_largest_first(found: Themes) -> None:
    sizes = [theme.answers for theme in found.themes]
    assert sizes == [found.assignments.count(index) for index in range(len(found.themes))]
    assert sizes == sorted(sizes, reverse=True)


def test_every_theme_is_stamped_with_how_often_it_stayed_together(found: Themes) -> None:
    assert all(0 <= theme.together <= 10 for theme in found.themes)
    assert found.themes[0].stamp == f"in {found.themes[0].together} of 10 re-runs these stayed together"


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_input_order_cannot_matter(chance: random.Random) -> None:
    order = list(range(60))
    chance.shuffle(order)
    first, second = find_themes(ANSWERS[:60], 3), find_themes([ANSWERS[place] for place in order], 3)
    assert second.themes == first.themes
    assert second.agreement == first.agreement
    assert [first.assignments[place] for place in order] == list(second.assignments)


def test_input_order_cannot_matter_when_coprod_chooses_how_many(found: Themes) -> None:
    assert find_themes(list(reversed(ANSWERS))).themes == found.themes


def test_repeats_are_counted_but_teach_nothing_new(found: Themes) -> None:
    twice = find_themes([text for text in ANSWERS for _ in range(2)])
    assert [theme.name for theme in twice.themes] == [theme.name for theme in found.themes]
    assert [theme.answers for theme in twice.themes] == [2 * theme.answers for theme in found.themes]


def test_beyond_the_sample_learned_from_every_answer_still_finds_its_theme(
    monkeypatch: pytest.MonkeyPatch, found: Themes
) -> None:
    monkeypatch.setattr(themes_module, "MOST_LEARNED_FROM", 70)
    monkeypatch.setattr(themes_module, "ROWS_AT_ONCE", 11)
    sampled = find_themes(ANSWERS, 5)
    placed = sum(theme.answers for theme in sampled.themes)
    assert placed >= 0.9 * sampled.answers
    assert sampled.answers == found.answers


@pytest.mark.parametrize("number", [0, 1, 2, 14])
def test_too_few_answers_are_refused_with_what_to_do(number: int) -> None:
    with pytest.raises(RefusedError, match="too few for themes: read them"):
        find_themes([f"{text} {place}" for place, text in enumerate(["the food was cold"] * number)])


@pytest.mark.parametrize(
    "texts",
    [
        ["the same answer"] * 30,
        [f"word{chr(97 + place)} zzz" * 1 for place in range(20)],
        ["one"] * 15 + ["two"] * 15,
    ],
)
def test_answers_with_nothing_in_common_or_all_the_same_are_refused(texts: list[str]) -> None:
    with pytest.raises(RefusedError):
        find_themes(texts)


@pytest.mark.parametrize("count", [-1, 0, 1, 99, 10**9])
def test_a_number_of_themes_that_cannot_be_is_bad_input(count: int) -> None:
    with pytest.raises(BadInputError, match="choose from 2 to"):
        find_themes(ANSWERS[:40], count)


def test_examples_hide_identifiers_and_come_only_from_those_who_agreed() -> None:
    texts = [f"{text} call 07700 900{place:03}" for place, text in enumerate(ANSWERS[:90])]
    agreed = pl.Series([place % 3 == 0 for place in range(90)])
    themes = find_themes(texts, 3, agreed)
    shown = [example for theme in themes.themes for example in theme.examples]
    assert shown
    assert not any("07700" in example for example in shown)
    willing = {text.split(" call ")[0] for text, may in zip(texts, agreed, strict=True) if may}
    assert {example.split(" call ")[0] for example in shown} <= willing
    nobody = find_themes(texts, 3, pl.Series([False] * 90))
    assert all(theme.examples == () for theme in nobody.themes)


def test_a_phrase_of_fewer_than_three_answers_names_nothing() -> None:
    """A worker's name that one person wrote must not become a heading."""
    texts = [*ANSWERS, "Zebedee was kind and friendly", "my worker Zebedee is kind"]
    spoken = [phrase for theme in find_themes(texts).themes for phrase in (theme.name, *theme.phrases)]
    assert not any("zebedee" in phrase.lower() for phrase in spoken)


def test_a_name_that_many_wrote_is_in_no_heading_and_no_example() -> None:
    """Five young people may praise one worker; her name is still hers."""
    texts = [
        *ANSWERS[:60],
        *(f"my worker Sarah was kind {when}" for when in ("", "today", "again", "always", "to me")),
    ]
    themes = find_themes(texts, 4).themes
    spoken = [words for theme in themes for words in (theme.name, *theme.phrases, *theme.examples)]
    assert not any("sarah" in words.lower() for words in spoken)


def test_a_theme_or_all_of_them_shows_no_answer_in_a_representation(found: Themes) -> None:
    assert repr(found.themes[0]) == f"Theme({found.themes[0].answers} answers)"
    assert "worker" not in repr(found)


def test_not_being_listened_to_is_not_named_as_being_listened_to() -> None:
    texts = [f"{who} never listened to me {when}" for who in ("they", "staff", "people") for when in "abcde"]
    texts += [f"the food was {how} {when}" for how in ("cold", "salty", "dry") for when in "abcde"]
    assert any("never listened" in theme.name.lower() for theme in find_themes(texts, 2).themes)


def test_answers_without_themes_are_not_stamped_as_if_they_had_some() -> None:
    """Words drawn by chance hold nothing together: whatever is made of them must say so."""
    chance = random.Random(4)  # noqa: S311  made-up text needs no secrecy
    words = [f"{first}{second}" for first in "bdfgklmnp" for second in ("ando", "erig", "ilop", "ustan")]
    themes = find_themes([" ".join(chance.sample(words, 6)) for _ in range(300)], 5).themes
    assert max(theme.together for theme in themes) <= 3


def test_a_re_run_chooses_its_own_number_of_themes_so_a_number_that_is_asked_for_holds_no_less() -> None:
    texts = simulated_answers(200)
    assert sum(one.together for one in find_themes(texts, 5).themes) >= 30
    chosen = find_themes(texts).themes
    assert any(one.together < 10 for one in chosen)
