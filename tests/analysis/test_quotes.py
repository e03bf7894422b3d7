"""Nobody's words are printed as if they were everybody's."""

from analysis.quotes import shared_phrases


def test_a_phrase_of_fewer_than_five_people_is_their_own_words() -> None:
    texts = ["my worker rang", "My WORKERS rang!", "the worker, she rang", "worker rang", None, "nobody came"]
    assert shared_phrases(texts, ["worker rang"]) == frozenset()
    assert shared_phrases([*texts, "rang the worker"], ["worker rang", "nobody"]) == {"worker rang"}
