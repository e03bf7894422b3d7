"""Patterns say what they look like, and none of them can make a check hang."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.checking.patterns import PatternError, compile_pattern
from campaigns.checking.reading import fold


@pytest.mark.parametrize(
    ("pattern", "found", "not_found"),
    [
        ("risky behavio[u]r*", ["risky behaviours", "risky  behavior"], ["frisky behaviour", "risky behaviourist"]),
        ("place* (herself|themselves) at risk", ["placing herself at risk", "placed themselves at risk"], ["place at risk"]),
        ("hard-to-reach", ["hard to reach", "hard-to-reach"], ["hard reach"]),
        ("street-wise", ["streetwise", "street wise"], ["street  wisely"]),
        ("[very] troubled girl*", ["troubled girls", "very troubled girl"], ["troubledgirl"]),
        ("area* ... prostitution", ["areas long known for prostitution"], ["areas we have long known for prostitution"]),
        ("#-year-old", ["14-year-old", "9 year old"], ["114-year-old"]),
        ("carry*", ["carries", "carried", "carrying"], ["carr"]),
        ("don't", ["don't", "dont", "don’t"], ["do not"]),
    ],
)  # fmt: skip
def test_a_pattern_finds_its_forms(pattern, found, not_found):
    search = compile_pattern(pattern)
    for text in found:
        assert list(search.found_in(fold(text))), text
    for text in not_found:
        assert not list(search.found_in(fold(text))), text


@given(st.text(alphabet="ab ()[]|*.#-'x", max_size=60))
def test_any_text_compiles_or_is_refused_with_a_position(pattern):
    try:
        compile_pattern(pattern)
    except PatternError as error:
        assert 0 <= error.position <= len(pattern)  # noqa: PT017  either outcome is fine, silence is not


def test_the_widest_pattern_is_quick_on_a_hostile_text():
    search = compile_pattern("one ... two ... three")
    hostile = "one " * 20_000
    start = time.process_time()
    assert not list(search.matches(hostile, 0, len(hostile)))
    assert time.process_time() - start < 5


def test_folding_keeps_every_letter_in_its_place():
    text = "Rïsky “behaviour” ‑ аbuse\u00a0ŵ İ"
    assert len(fold(text)) == len(text)
    assert fold("“Poor” chоices") == '"poor" choices'
