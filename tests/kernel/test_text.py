"""Text from a person or a file cannot steer a screen, hide a word or be lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.kernel.text import clean, clean_line, cleaned


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("\x1b]52;c;UFdORUQ=\x07hello", "]52;c;UFdORUQ=hello"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("\x9b31mred", "31mred"),
        ("safe\u202eefas", "safeefas"),
        ("pro\u00admis\u200bcuous", "promiscuous"),
        ("tag\U000e0041s", "tags"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("z" + "\u0300" * 30, "z" + "\u0300" * 4),
        ("a\u200db", "ab"),
        ("\ufeffstart", "start"),
        ("half \ud800 pair", "half  pair"),
    ],
)
def test_what_could_steer_or_hide_is_gone(hostile, safe):
    assert clean(hostile) == safe


@pytest.mark.parametrize(
    "kept", ["ŵŷâî Llŷn", "💜", "👩‍👩‍👧", "❤️", "naïve", "one\n\ttwo", "’quoted’ — dash", "العربية"]
)
def test_what_people_write_stays_as_written(kept):
    assert cleaned(kept).text == kept
    assert cleaned(kept).dropped == 0


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in once if character not in "\n\t"
    )


def test_a_line_has_no_breaks():
    assert clean_line(" two\n lines\t here ") == "two lines here"
