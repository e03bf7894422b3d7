"""Lines never get wider than the window, marks stand out in front of what they mark, and no word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from coprod.tui.wrapping import hanging, in_one_line

WORDS = st.lists(st.text("abcdefŵ漢", min_size=1, max_size=15), min_size=1, max_size=12)


@given(WORDS, st.sampled_from(("", "ok  ", "• ", "    ", "!!  ", "Shift+Tab  ", "12  ")), st.integers(20, 74))
def test_every_word_stays_and_no_line_is_too_wide(words: list[str], lead: str, width: int) -> None:
    lines = hanging(lead + " ".join(words), width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join((lead + " ".join(words)).split())


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("ok  " + "word " * 12, "    word"),
        ("• " + "word " * 12, "  word"),
        ("    " + "word " * 12, "    word"),
        ("Shift+Tab  " + "word " * 12, "           word"),
        ("word " * 12, "word"),
    ],
)
def test_what_goes_on_below_stands_under_its_words_and_not_under_its_mark(text: str, second: str) -> None:
    assert hanging(text.strip(" ") if not text.startswith(" ") else text, 40)[1].startswith(second)


@given(st.lists(st.text("abcd ŵ", min_size=1, max_size=60), min_size=1, max_size=4), st.integers(36, 78))
def test_a_head_is_one_line_that_fits_as_long_as_one_word_is_to_blame(parts: list[str], width: int) -> None:
    line = in_one_line(parts, width)
    assert "\n" not in line
    if sum(len(part) for part in parts) - max(len(part) for part in parts) < width - 20:
        assert cell_len(line) <= width


def test_a_head_that_is_too_wide_loses_coprod_first_and_then_the_end_of_its_longest_word() -> None:
    parts = ["coprod", "facilitator", "Riverside", "not saved yet"]
    assert in_one_line(parts, 80) == "coprod   facilitator   Riverside   not saved yet"
    assert in_one_line(parts, 40) == "facilitator   Riverside   not saved yet"
    assert in_one_line(parts, 36) == "facilitator   Riverside   not saved…"


def test_what_is_new_stands_whole_at_the_end_of_a_narrow_head() -> None:
    parts = ["coprod", "analyst", "autumn.batch", "MAKE-BELIEVE", "56 unread: G"]
    assert in_one_line(parts, 38) == "autumn.…   MAKE-BELIEVE   56 unread: G"
    assert in_one_line(parts, 30) == "MAKE-BELIEVE   56 unread: G"
    assert cell_len(in_one_line(["coprod", "a name without an end"], 12)) <= 12
