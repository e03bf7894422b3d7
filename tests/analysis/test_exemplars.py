"""An analyst who opens a theme first reads the answers that speak for it."""

from analysis.themes.exemplars import most_typical

SIMULATED = (
    "The wait was too long",
    "Parking",
    "A long wait, and then no appointment",
    "No appointment for weeks, a long wait",
)


def test_answers_that_share_most_words_with_the_others_come_first():
    assert set(most_typical(SIMULATED, 3)) == {0, 2, 3}
    assert most_typical(SIMULATED, 4)[-1] == 1


def test_a_pile_smaller_than_what_is_asked_for_is_given_whole():
    assert sorted(most_typical(SIMULATED, 9)) == [0, 1, 2, 3]
    assert most_typical((), 3) == ()
