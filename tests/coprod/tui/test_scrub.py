"""Nothing painted may steer a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from textual.color import Color

from coprod.tui.scrub import SCRUB, painted

HOSTILE = "\x1b]0;title\x07 \x1b[31mred \x9b31m \x00 \x7f \u202edesrever\u2066 \U000e0041 a\u0301\u0301\u0301\u0301\u0301\u0301"


@given(st.text())
def test_what_is_painted_has_no_control_and_keeps_its_width(text: str) -> None:
    shown = painted(text)
    assert all(character.isprintable() or character in "\u200c\u200d" for character in shown)
    assert cell_len(shown) == cell_len(text)


@pytest.mark.parametrize("text", ["Sut oedd yr ymweliad? ŵ ŷ", "(^_^) ●○ ╭─╮ ┏━┓ █▋ £5 – …", "日本"])
def test_honest_text_is_painted_as_it_is(text: str) -> None:
    assert painted(text) == text


def test_a_hostile_line_loses_its_power_and_a_raw_control_segment_its_codes() -> None:
    segments = SCRUB.apply([Segment(HOSTILE), Segment("x", None, [(ControlType.BELL,)])], Color(0, 0, 0))
    text = "".join(segment.text for segment in segments)
    assert not set(text) & set("\x1b\x07\x9b\x00\x7f\u202e\u2066\U000e0041")
    assert text.count("\u0301") <= 4
    assert all(segment.control is None for segment in segments)
