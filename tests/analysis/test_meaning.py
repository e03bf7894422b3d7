"""What the extra `meaning` promises an analyst: the same answer in other words is near, and nothing is fetched."""

import hashlib
import importlib.util

import numpy as np
import pytest

from analysis.codes import meaning
from analysis.codes.meaning import sentence_vectors, word_pieces
from analysis.codes.suggest import learn, prepare, similar, suggest
from coprod.kernel.problem import RefusedError

SIMULATED = [
    "They took months to see me",
    "The waiting list was long",
    "Nurses were kind",
    "Parking costs too much",
]


def test_what_means_the_same_is_near_though_no_word_is_shared():
    vectors = sentence_vectors(SIMULATED)
    alike = vectors @ vectors.T
    assert np.allclose(np.diag(alike), 1, atol=1e-5)
    assert alike[0, 1] > max(alike[0, 2], alike[0, 3]) + 0.1


def test_an_answer_has_the_same_numbers_whatever_is_read_beside_it():
    assert (sentence_vectors(SIMULATED)[0] == sentence_vectors(SIMULATED[:1])[0]).all()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("CAMHS café", ["cam", "##hs", "cafe"]),
        ("don't", ["don", "'", "t"]),
        ("a\u200bb", ["ab"]),
        ("£5!", ["£5", "!"]),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_words_are_cut_as_the_model_learned_them(text, pieces):
    names = {number: piece for piece, number in meaning._vocabulary().items()}
    assert [names[one] for one in word_pieces(text)] == ["[CLS]", *pieces, "[SEP]"]


def test_a_very_long_answer_is_read_from_its_beginning():
    assert len(word_pieces("help " * 1_000)) == meaning.MOST_PIECES + 2


def test_a_suggestion_by_meaning_still_names_the_words_that_counted():
    prepared = prepare(
        [*SIMULATED, "a long waiting list", "parking is dear", "waiting and waiting"], by_meaning=True
    )
    given = np.array([[True, False], [True, False], [False, False], [False, True]])
    learned = learn(prepared, range(4), given, ["waits", "travel"])
    waiting, parking = suggest(prepared, learned, (4, 5))
    assert (waiting[0].code, parking[0].code) == ("waits", "travel")
    assert "waiting" in " ".join(waiting[0].because)
    assert all(0 <= one.likeness <= 1 for found in similar(prepared, learned, (4, 5)) for one in found)


def test_where_the_extra_is_missing_an_analyst_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    meaning._session.cache_clear()
    with pytest.raises(RefusedError, match=r"coprod\[meaning\]"):
        sentence_vectors(SIMULATED)


def test_a_model_that_is_not_the_one_we_know_is_not_run(monkeypatch):
    monkeypatch.setattr(meaning, "MODEL_SHA256", hashlib.sha256(b"another").hexdigest())
    meaning._session.cache_clear()
    with pytest.raises(RefusedError, match="not the one that coprod knows"):
        sentence_vectors(SIMULATED)
    meaning._session.cache_clear()
