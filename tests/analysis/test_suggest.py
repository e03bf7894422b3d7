"""Suggestions rank, say why, and admit what they do not know; the order of the answers cannot matter."""

import random
import time

import numpy as np
import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from analysis.codes.coded import code_names
from analysis.codes.features import learn_features, term_weights
from analysis.codes.suggest import (
    Learned,
    Prepared,
    held_up,
    learn,
    prepare,
    read_next,
    scores_of,
    similar,
    suggest,
)
from analysis.words.words import stop_words
from coprod.kernel.problem import BadInputError, RefusedError

from .simulated_coding import CODES, simulated_coding

TEXTS, GIVEN = simulated_coding(240)
CODED = range(60)
REST = range(60, 240)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(TEXTS)


@pytest.fixture(scope="module")
def learned(prepared: Prepared) -> Learned:
    return learn(prepared, CODED, GIVEN[:60], CODES)


def test_from_sixty_coded_answers_nearly_all_codes_of_the_others_come_first(
    prepared: Prepared, learned: Learned
) -> None:
    found = suggest(prepared, learned, REST)
    wanted = [{code for code, has in zip(CODES, GIVEN[row], strict=True) if has} for row in REST]
    hits = sum(len({one.code for one in codes[:2]} & have) for codes, have in zip(found, wanted, strict=True))
    assert hits / sum(map(len, wanted)) > 0.9
    chosen = [{one.code for one in codes if one.chosen} for codes in found]
    right = sum(len(codes & have) for codes, have in zip(chosen, wanted, strict=True))
    assert 2 * right / (sum(map(len, chosen)) + sum(map(len, wanted))) > 0.9


def test_every_row_has_its_codes_ranked_and_the_chosen_say_why_in_its_own_words(
    prepared: Prepared, learned: Learned
) -> None:
    for row, codes in zip(REST, suggest(prepared, learned, REST), strict=True):
        assert [one.score for one in codes] == sorted((one.score for one in codes), reverse=True)
        for one in codes:
            assert 0 <= one.score <= 1
            if one.chosen:
                assert one.because
                assert all(word in TEXTS[row].lower() for reason in one.because for word in reason.split())


def test_the_reason_is_the_word_that_says_it(prepared: Prepared, learned: Learned) -> None:
    row = next(row for row in REST if "taxi" in TEXTS[row])
    best = next(one for one in suggest(prepared, learned, [row])[0] if one.code == "travel")
    assert "taxi" in " ".join(best.because)


def test_small_words_are_never_the_reason_however_little_was_coded() -> None:
    """After three answers "not" and "the" stand beside a code as often as what the answer is about."""
    texts = ["it was not the same", "they did not ask me about the bus", "kind nurse", "not the one for me"]
    given = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    taught = prepare(texts)
    found = suggest(taught, learn(taught, range(3), given, ("rules", "worker")), range(4))
    reasons = {word for codes in found for one in codes for word in one.because}
    assert reasons
    assert not reasons & stop_words()
    assert next(one for one in found[3] if one.code == "rules").because == ()


def test_spelling_as_young_people_write_it_still_meets_what_it_stands_for() -> None:
    together = prepare([*TEXTS, "waitin waitin", "da taxi drver"])
    found = suggest(together, learn(together, CODED, GIVEN[:60], CODES), [240, 241])
    assert [codes[0].code for codes in found] == ["waiting", "travel"]


def test_reasons_add_up_to_the_score() -> None:
    """What words add, with the codes' mean, is the score itself: nothing else counted."""
    texts = prepare(["the taxi was late", "a kind nurse", "late again", "kind words", "taxi late"])
    taught = learn(texts, range(4), np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=bool), ("time", "worker"))  # fmt: skip
    own, spelled = term_weights(texts.features, taught.weights)
    place = int(texts.places[4])
    terms = texts.features.held[place].indices
    added = own[terms].sum(axis=0) / texts.features.spoken.lengths[place]
    added += spelled[terms].sum(axis=0) / texts.features.spelled.lengths[place]
    middle = taught.given.mean(axis=0)
    assert added + middle == pytest.approx(scores_of(texts, taught, [place])[0])


@settings(max_examples=10, deadline=None)
@over(st.randoms(use_true_random=False))
def test_input_order_cannot_matter(chance: random.Random) -> None:
    order = list(range(100))
    chance.shuffle(order)
    first, second = prepare(TEXTS[:100]), prepare([TEXTS[row] for row in order])
    coded = [order.index(row) for row in range(40)]
    taught = learn(first, range(40), GIVEN[:40], CODES)
    again = learn(second, coded, GIVEN[:40], CODES)
    assert suggest(second, again, range(100)) == tuple(suggest(first, taught, order))


def test_leaving_each_coded_answer_out_is_worked_out_exactly(prepared: Prepared) -> None:
    """The quick formula gives what learning without the answer would; only the middle is that of all."""
    rows = [row for row in range(25) if TEXTS.index(TEXTS[row]) == row]
    whole = learn(prepared, rows, GIVEN[rows], CODES)
    at = int(np.flatnonzero(whole.learned == prepared.places[rows[3]])[0])
    others = [row for row in range(len(whole.learned)) if row != at]
    alike = (prepared.features.matrix[whole.learned] @ prepared.features.matrix[whole.learned].T).toarray()
    middle = whole.given.mean(axis=0)
    dual = np.linalg.solve(
        alike[np.ix_(others, others)] + 1.5 * np.eye(len(others)), whole.given[others] - middle
    )
    assert alike[at, others] @ dual + middle == pytest.approx(whole.left_out[at])


def test_it_tells_how_it_held_up_without_flattering_itself(prepared: Prepared, learned: Learned) -> None:
    f1, in_three = held_up(learned)
    chance = np.random.default_rng(3)
    shuffled = learn(prepared, CODED, GIVEN[:60][chance.permutation(60)], CODES)
    assert f1 > 0.85
    assert in_three > 0.9
    assert held_up(shuffled)[0] < 0.6


def test_answers_with_the_same_words_teach_as_one_and_weigh_as_many() -> None:
    """As if each row stood there by itself, worked out the long way."""
    texts = [*["taxi came"] * 9, "kind nurse came", "kind words", "taxi words"]
    given = np.array([[True, False]] * 7 + [[False, False]] * 2 + [[False, True]] * 2 + [[False, False]])
    together = prepare(texts)
    taught = learn(together, range(12), given, ("travel", "worker"))
    assert len(taught.learned) == 4
    rows = together.features.matrix[together.places]
    alike, middle = (rows @ rows.T).toarray(), given.mean(axis=0)
    dual = np.linalg.solve(alike + 1.5 * np.eye(12), given - middle)
    assert scores_of(together, taught, together.places) == pytest.approx(alike @ dual + middle)


def test_a_blank_row_gets_no_code_unless_blank_ones_were_given_one() -> None:
    together = prepare([*TEXTS[:30], None, "  ", "!!", None])
    plain = learn(together, range(30), GIVEN[:30], CODES)
    assert suggest(together, plain, [30, 31, 32]) == ((), (), ())
    codes = (*CODES, "no answer")
    given = np.zeros((32, len(codes)), dtype=bool)
    given[:30, :-1], given[30:, -1] = GIVEN[:30], True
    taught = learn(together, range(32), given, codes)
    assert [(one.code, one.chosen) for one in suggest(together, taught, [33])[0]] == [("no answer", True)]


def test_a_code_nobody_gave_yet_is_never_chosen(prepared: Prepared) -> None:
    given = np.column_stack([GIVEN[:60], np.zeros(60, dtype=bool)])
    taught = learn(prepared, CODED, given, (*CODES, "unused"))
    assert not any(
        one.chosen for codes in suggest(prepared, taught, REST) for one in codes if one.code == "unused"
    )


def test_nothing_coded_and_nothing_written_are_refused_with_what_to_do(prepared: Prepared) -> None:
    with pytest.raises(RefusedError, match="code a dozen first"):
        learn(prepared, CODED, np.zeros((60, 5), dtype=bool), CODES)
    with pytest.raises(RefusedError, match="blank"):
        prepare([None, "", " "])


@pytest.mark.parametrize("texts", [["one answer"], ["same"] * 20, ["ẅ ŷ ŵ", "💜", "x" * 100_000, "‘’“”"]])
def test_odd_answers_are_survived(texts: list[str]) -> None:
    together = prepare(texts)
    taught = learn(together, range(len(texts)), np.ones((len(texts), 1), dtype=bool), ("c",))
    assert len(suggest(together, taught, range(len(texts)))) == len(texts)


def test_the_most_similar_coded_answers_share_its_code_and_are_never_itself(
    prepared: Prepared, learned: Learned
) -> None:
    found = similar(prepared, learned, range(0, 240, 7))
    for row, ones in zip(range(0, 240, 7), found, strict=True):
        assert all(TEXTS[one.row].lower() != TEXTS[row].lower() for one in ones)
        assert [one.likeness for one in ones] == sorted((one.likeness for one in ones), reverse=True)
    first = [one[0] for one in found if one]
    shared = [set(one.codes) & {code for code, has in zip(CODES, GIVEN[row], strict=True) if has}
              for row, one in zip(range(0, 240, 7), first, strict=True)]  # fmt: skip
    assert sum(map(bool, shared)) / len(shared) > 0.8


def test_what_to_read_next_is_new_and_says_how_it_was_picked(prepared: Prepared, learned: Learned) -> None:
    diverse, how = read_next(prepared, learned, CODED, 8)
    assert how == "diverse"
    assert len(set(diverse)) == 8
    least, how = read_next(prepared, learned, CODED, 8, "least-known")
    best = scores_of(prepared, learned, range(len(prepared.texts))).max(axis=1)
    assert max(best[prepared.places[row]] for row in least) <= np.quantile(best, 0.3)
    seen = {TEXTS[row] for row in CODED}
    assert not any(TEXTS[row] in seen for row in (*diverse, *least))
    assert read_next(prepared, None, range(200), 5)[1] == "least-known"


def test_the_first_answers_to_read_are_on_different_subjects(prepared: Prepared) -> None:
    rows, _ = read_next(prepared, None, [], 6)
    assert GIVEN[list(rows)].any(axis=0).sum() >= 4


def test_a_draw_at_random_is_from_all_answers_coded_or_not(prepared: Prepared) -> None:
    drawn, how = read_next(prepared, None, CODED, 120, "at-random", seed=5)
    assert how == "at-random"
    assert drawn == read_next(prepared, None, [], 120, "at-random", seed=5)[0]
    assert set(drawn) & set(CODED)
    assert set(drawn) != set(read_next(prepared, None, [], 120, "at-random", seed=6)[0])


def test_learning_again_keeps_up_with_somebody_coding(prepared: Prepared) -> None:
    taken = []
    for _ in range(5):
        start = time.process_time()
        learn(prepared, CODED, GIVEN[:60], CODES)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.1


def test_no_answer_is_in_a_representation(prepared: Prepared, learned: Learned) -> None:
    shown = repr(prepared) + repr(suggest(prepared, learned, [60])[0])
    assert not any(word in shown for word in TEXTS[60].split() if len(word) > 5)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("waits,GP", ("waits", "GP")),
        ('"Cleanliness, tidiness & infection control", Parking', ("Cleanliness, tidiness & infection control", "Parking")),
        (" waits ", ("waits",)),
    ],
)  # fmt: skip
def test_codes_are_one_csv_line(line: str, names: tuple[str, ...]) -> None:
    assert code_names(line) == names


@pytest.mark.parametrize("line", ["", "waits,,GP", "waits,waits", ",", "  "])
def test_codes_without_a_name_or_twice_are_bad_input(line: str) -> None:
    with pytest.raises(BadInputError):
        code_names(line)


def test_features_of_a_word_do_not_cross_into_the_next() -> None:
    import polars as pl

    features = learn_features(pl.Series(["ab cd", "ab cd", "abcd"]))
    assert features.held.shape == (3, 4)
    assert features.matrix.shape[0] == 3
