"""Young people's piles: the same themes whoever came first, kept without anybody, and shown beside the analyst's."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from analysis.themes.placing import placed
from analysis.themes.sorting import NO_NAME, Pile, Sort, co_sorted, communities, shared_themes
from analysis.themes.sorting_map import sorting_map
from coprod.kernel.problem import RefusedError

CARDS, THEMES = 40, 5


def simulated_sorts(number: int, seed: int) -> tuple[list[int], list[Sort]]:
    """Give the true theme of each card, and piles with a quarter of the cards misplaced and two piles merged or one split."""
    chance = random.Random(seed)  # noqa: S311  made-up piles need no secrecy
    truth = [card % THEMES for card in range(CARDS)]
    sorts = []
    for _ in range(number):
        mine = [one if chance.random() > 0.25 else chance.randrange(THEMES) for one in truth]
        if chance.random() < 0.5:
            gone, into = chance.sample(range(THEMES), 2)
            mine = [into if one == gone else one for one in mine]
        else:
            parted = chance.randrange(THEMES)
            mine = [THEMES if one == parted and chance.random() < 0.5 else one for one in mine]
        cards = {pile: tuple(card + 1 for card in range(CARDS) if mine[card] == pile) for pile in set(mine)}
        sorts.append(Sort(tuple(Pile(held, f"pile {pile}") for pile, held in sorted(cards.items()))))
    return truth, sorts


@pytest.mark.parametrize(("sorters", "least"), [(4, 0.7), (6, 0.88), (8, 0.93), (12, 0.98)])
def test_piles_of_a_few_people_come_to_the_themes_they_had_in_mind(sorters: int, least: float) -> None:
    found = []
    for seed in range(8):
        truth, sorts = simulated_sorts(sorters, seed)
        themes = shared_themes(sorts).themes
        theme_of = {card: at for at, theme in enumerate(themes) for card in theme.cards}
        found.append(adjusted_rand_score(truth, [theme_of.get(card + 1, -1) for card in range(CARDS)]))
    assert np.mean(found) >= least


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 50))
def test_nobody_is_first_the_order_of_people_piles_and_cards_changes_nothing(chance, seed: int) -> None:
    _, sorts = simulated_sorts(5, seed)
    turned = []
    for sort in sorts:
        piles = [Pile(tuple(chance.sample(pile.cards, len(pile.cards))), pile.name) for pile in sort.piles]
        turned.append(Sort(tuple(chance.sample(piles, len(piles)))))
    chance.shuffle(turned)
    first, second = shared_themes(sorts), shared_themes(turned)
    assert first.themes == second.themes
    assert (first.between, first.alone) == (second.between, second.alone)


@pytest.mark.parametrize("number", [0, 1, 3, 13])
def test_themes_are_for_four_to_twelve_because_with_fewer_one_pile_decides(number: int) -> None:
    with pytest.raises(RefusedError, match="4 to 12 young people"):
        shared_themes([Sort((Pile((1, 2), "a"),))] * number)


def test_cards_nobody_put_together_are_no_theme() -> None:
    with pytest.raises(RefusedError, match="no two cards"):
        shared_themes([Sort((Pile((1,), "a"), Pile((2,), "b")))] * 5)


def test_a_card_left_by_some_counts_only_among_those_who_sorted_it() -> None:
    sorts = [Sort((Pile((1, 2), "a"),)), Sort((Pile((1, 2, 3), "b"),)), Sort((Pile((1,)), Pile((2,))))]
    cards, ties = co_sorted(sorts)
    assert cards == (1, 2, 3)
    assert ties[0, 1] == pytest.approx(2 / 3)
    assert ties[0, 2] == 1.0


def test_a_theme_is_called_what_they_called_it_and_few_sorters_keep_their_own_names_to_themselves() -> None:
    piles = [("Waiting", "Kind"), ("waiting!", "My worker"), ("Too slow", "Kind"), ("Waiting", "Lovely")]
    sorts = [Sort((Pile((1, 2, 3), wait), Pile((4, 5, 6), kind))) for wait, kind in piles]
    four = {theme.name: theme.other_names for theme in shared_themes(sorts).themes}
    assert four == {"Waiting": (), "Kind": ()}
    five = {
        theme.name: theme.other_names for theme in shared_themes([*sorts, Sort((Pile((1, 2, 3)),))]).themes
    }
    assert five == {"Waiting": ("Too slow",), "Kind": ("Lovely", "My worker")}


def test_piles_without_names_still_make_themes() -> None:
    themes = shared_themes([Sort((Pile((1, 2)), Pile((3, 4))))] * 4).themes
    assert [theme.name for theme in themes] == [f"{NO_NAME} (1)", f"{NO_NAME} (2)"]


def test_what_does_not_fit_is_said_not_hidden() -> None:
    sorts = [
        Sort((Pile((1, 2, 3), "a"), Pile((4, 5), "b"), Pile((9,), "c"))),
        Sort((Pile((1, 2), "a"), Pile((3, 4, 5), "b"), Pile((9,), "c"))),
    ] * 2
    found = shared_themes(sorts)
    assert found.alone == (9,)
    assert found.between == (3,)


def test_groups_are_what_is_tied_together() -> None:
    ties = np.zeros((6, 6))
    for first, second in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)):
        ties[first, second] = ties[second, first] = 1.0
    assert communities(ties) == [[0, 1, 2], [3, 4, 5]]
    assert communities(np.zeros((3, 3))) == []


def test_what_is_tied_together_stands_together_every_time() -> None:
    _, sorts = simulated_sorts(8, 3)
    ties = co_sorted(sorts)[1]
    places = placed(ties)
    assert (places == placed(ties)).all()
    assert places.min() >= 0
    assert places.max() <= 1
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    assert apart[ties > 0.6].mean() < apart[ties < 0.2].mean() / 1.5
    assert placed(np.zeros((1, 1))).shape == (1, 2)


def test_the_map_tells_where_young_people_and_the_analyst_differ() -> None:
    themes = shared_themes(
        [Sort((Pile((1, 2, 3, 4), "Waits"), Pile((5, 6, 7), "Being ghosted"), Pile((8, 9), "Vibe")))] * 4
    )
    codes = {
        "Waits": frozenset({1, 2, 3, 4}),
        "Continuity": frozenset({5, 6}),
        "Criteria": frozenset({1, 5, 8, 20, 21, 22}),
    }
    found = sorting_map(themes.themes, codes)
    nearness = {(pair.theme, pair.code): pair.nearness for pair in found.nearest}
    assert nearness["Waits", "Waits"] == "the same"
    assert nearness["Being ghosted", "Continuity"] == "mostly the same"
    assert found.only_young_people == ("Vibe",)
    assert found.only_analyst == ("Criteria",)
