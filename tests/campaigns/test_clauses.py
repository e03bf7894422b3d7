"""Rules that read who does what: a meaning stands for many words, and a clause holds its own words only."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.checking.clauses import compile_clause
from campaigns.checking.concepts import shipped_lexicon, written_out
from campaigns.checking.matching import tagged_sentence
from campaigns.checking.patterns import PatternError


def found(pattern: str, sentence: str) -> list[str]:
    return [sentence[a:b] for a, b in compile_clause(pattern).found_in(tagged_sentence(sentence))]


@pytest.mark.parametrize(
    ("pattern", "sentence", "words"),
    [
        ("<child> <judged>", "the girl was very naive", "girl was very naive"),
        ("<child> <judged>", "pupils can often be promiscuous", "pupils can often be promiscuous"),
        ("<child> ... <go-back>", "kayleigh, despite advice, went back", "kayleigh, despite advice, went back"),
        ("(tell|told) <child> to <protect>", "we told young people to keep themselves safe", "told young people to keep themselves safe"),
        ("^ <dont> <risky-act>", "at a party, never accept a drink", "never accept a drink"),
        ("<sex-act> [was] with # men", "sex with 12 men", "sex with 12 men"),
    ],
)  # fmt: skip
def test_a_meaning_stands_for_all_its_words(pattern, sentence, words):
    assert words in found(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("<child> <judged>", "the girl left. naive he was"),
        ("<child> ... <judged>", "the girl was not at all naive"),
        ("<child> <judged>", "the girl met a naive reporter"),
        ("^ <dont> <risky-act>", "you may never accept a drink"),
    ],
)
def test_a_pattern_stays_in_its_clause_and_never_skips_a_no(pattern, sentence):
    assert not found(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "position", "said"),
    [
        ("<childs> <judged>", 0, "did you mean `child`?"),
        ("<child> (a|<judged> b)", 7, "a concept stands among other words"),
        ("... <child>", 0, "no firm beginning"),
        ("<child> ...", 0, "no firm beginning"),
        ("<child> ^x", 7, "cannot be read"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_with_its_place(pattern, position, said):
    with pytest.raises(PatternError) as caught:
        compile_clause(pattern)
    assert caught.value.position == position
    assert said in f"{caught.value} {caught.value.mend}"


@given(st.text(alphabet="<>child ()[]|.#*^", max_size=40))
def test_any_text_compiles_or_is_refused(pattern):
    try:
        compile_clause(pattern)
    except PatternError as error:
        assert 0 <= error.position <= len(pattern)  # noqa: PT017  either outcome is fine, silence is not


def test_a_plain_word_that_a_concept_is_called_by_is_only_that_word():
    assert found("once you tell", "once you tell.") == ["once you tell"]
    assert found("once you tell", "once we tell.") == []
    assert found("once <you> tell", "once we've tell.") == ["once we've tell"]


def test_a_hostile_line_is_read_in_a_bounded_time():
    hostile = "girl she naive went back " * 4000
    search = compile_clause("<child> ... <judged> ... <go-back> ... <judged>")
    begun = time.process_time()
    list(search.found_in(tagged_sentence(hostile)))
    assert time.process_time() - begun < 5


def test_a_phrase_is_written_out_without_losing_a_choice():
    ways = written_out("keep* (her|him) [very] safe (as can be|now)")
    assert ways[0][0] == ("keep*",)
    assert {len(way) for way in ways} == {4, 5, 6, 7}


def test_a_word_is_known_by_its_forms():
    lexicon = shipped_lexicon()
    known = lexicon.alone
    assert known["child"] & known["children"] & 1 << lexicon.numbers["child"]
    assert known["groomed"] == known["grooms"]
