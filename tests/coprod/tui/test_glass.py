"""The terminal that tests look through shows what a real one would."""

import pytest

from tests.coprod.tui.glass import Glass


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        (b"one\r\ntwo", "one\ntwo\n"),
        (b"\x1b[2;3Hhere", "\n  here\n"),
        (b"\x1b[1;31mred\x1b[0m", "red\n\n"),
        (b"gone\x1b[2J\x1b[Hnew", "new\n\n"),
        (b"abcdef\x1b[1;3H\x1b[K", "ab\n\n"),
        (b"\x1b]0;title\x07x\x1b]52;c;AA\x1b\\y", "xy\n\n"),
        (b"shell\x1b[?1049happ", "     app\n\n"),
        (b"\x1b[>1ukitty", "kitty\n\n"),
        ("\u2500ŵ💜!".encode(), "─ŵ💜!\n\n"),
        (b"a\r\nb\r\nc\r\nd", "b\nc\nd"),
        (b"0123456789x", "0123456789\nx\n"),
    ],
)
def test_it_shows_what_was_left_on_the_glass(sent, seen):
    whole, split = Glass(10, 3), Glass(10, 3)
    whole.feed(sent)
    for byte in sent:
        split.feed(bytes([byte]))
    assert whole.text == split.text == seen
