"""Esc hides, whatever is pressed next."""

from hypothesis import given
from hypothesis import strategies as st

from coprod.tui.escape import EscapeReader, Pressed

CODES = ["\x1b[24~", "\x1b[A", "\x1bOP", "\x1b[<0;5;5M", "\x1b[I"]


def _read(*chunks: str) -> list[str]:
    reader = EscapeReader()
    pieces = [piece for chunk in chunks for piece in reader.feed(chunk)]
    pieces += reader.settle()
    return ["ESC" if piece is Pressed.ESCAPE else piece for piece in pieces]


def test_esc_then_a_key_is_esc_and_that_key() -> None:
    for key in ("\r", "b", " ", "\t", "1", "y"):
        assert _read("\x1b" + key) == ["ESC", key]
        assert _read("\x1b", key) == ["ESC", key]


def test_esc_alone_waits_and_settles() -> None:
    assert _read("\x1b") == ["ESC"]
    assert _read("\x1b\x1b\x1b") == ["ESC", "ESC", "ESC"]


def test_codes_pass_whole_even_when_they_arrive_in_halves() -> None:
    for code in CODES:
        assert _read(code) == [code]
        assert _read(code[:1], code[1:]) == [code]


@given(st.lists(st.sampled_from([*"ab1 \r\t", "\x1b", *CODES]), max_size=20))
def test_f12_in_any_mash_arrives(before: list[str]) -> None:
    assert _read(*before, "\x1b[24~")[-1] == "\x1b[24~"


@given(st.lists(st.sampled_from([*"ab1\r", "\x1b"]), max_size=20))
def test_every_esc_in_a_mash_is_seen_and_no_other_key_is_lost(keys: list[str]) -> None:
    read = _read("".join(keys))
    assert read.count("ESC") == keys.count("\x1b")
    assert "".join(piece for piece in read if piece != "ESC") == "".join(k for k in keys if k != "\x1b")
