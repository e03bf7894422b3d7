"""What only a real terminal can show: hiding under mashing, crashes, hostile bytes, what is left behind."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("not run: needs a pseudo-terminal", allow_module_level=True)

from coprod.tui.kiosk import QUIET_SECONDS
from tests.coprod.tui.terminal import Terminal

PROGRAM = str(Path(__file__).parent / "kiosk_program.py")
F12 = "\x1b[24~"


def _rest_hands(terminal: Terminal) -> None:
    """Leave a page that was just hidden alone until it takes keys again."""
    terminal.settle(0.1)
    time.sleep(QUIET_SECONDS + 0.1)


def _to_first_question(terminal: Terminal) -> None:
    for text, key in (
        ("Press Enter", "\r"),
        ("How to hide", "\r"),
        ("What this is", "\r"),
        ("Who will read it", "\r"),
        ("Hide it or stop it", "\r"),
        ("How did the visit feel?", ""),
    ):
        terminal.wait_for(text)
        terminal.send(key)


def _to_look_back(terminal: Terminal) -> None:
    _to_first_question(terminal)
    terminal.send("4")
    terminal.wait_for("●")
    terminal.send("e")
    terminal.wait_for("Send what I have")


def _leave(terminal: Terminal, *, bugs: int = 0) -> None:
    terminal.send("\x1bOQ")
    terminal.wait_for("Staff word")
    terminal.send("sesame\r")
    assert terminal.wait_for_end() == 0
    assert terminal.screen.count("This is a bug") == bugs


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def terminal(kept: Path) -> Iterator[Terminal]:
    with Terminal(PROGRAM, str(kept)) as one:
        yield one


@pytest.mark.parametrize("shown", ["ready", "a question"])
def test_a_closed_window_ends_the_program_and_with_it_all_that_it_holds(
    kept: Path, terminal: Terminal, shown: str
) -> None:
    if shown == "ready":
        terminal.wait_for("Press Enter")
    else:
        _to_first_question(terminal)
        terminal.send("4")
        terminal.wait_for("●")
    terminal.hang_up()
    terminal.process.wait(20)
    assert not kept.exists()


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.6])
def test_a_window_closed_while_the_program_starts_ends_it_too(terminal: Terminal, seconds: float) -> None:
    time.sleep(seconds)
    terminal.hang_up()
    terminal.process.wait(20)


MASHES = ("\x1b\r", "\x1bb y\r\r", f"yq\x1b{F12}\ry", f"a{F12}\r\ry")


def test_esc_or_f12_in_any_mash_hides_and_nothing_opens_or_is_sent(kept: Path, terminal: Terminal) -> None:
    for mash in MASHES:
        _to_first_question(terminal)
        terminal.send(mash)
        time.sleep(0.05)
        terminal.send("y\r")
        terminal.wait_for("Press Enter, or tap here")
        assert "Press Enter, or tap here" in terminal.settle(0.3), mash
        _rest_hands(terminal)
    _leave(terminal)
    assert not kept.exists()


def test_esc_then_send_on_the_look_back_page_never_sends(kept: Path, terminal: Terminal) -> None:
    _to_look_back(terminal)
    for key in "\x1by\x1b\ry":
        terminal.send(key)
        time.sleep(0.02)
    terminal.wait_for("Press Enter, or tap here")
    assert "Press Enter, or tap here" in terminal.settle(0.5)
    assert not kept.exists()


def test_f12_and_the_button_hide_at_once(terminal: Terminal) -> None:
    for hide in (F12, "\x1b[<0;75;1M"):
        took = min(_seconds_to_hide(terminal, hide) for _ in range(2))
        # The promise is 0.1 s, measured by the benchmark; a slow machine is given more, and a second try.
        assert took < 0.3
    _leave(terminal)


def _seconds_to_hide(terminal: Terminal, hide: str) -> float:
    _to_first_question(terminal)
    terminal.settle(0.1)
    terminal.send(hide)
    took = terminal.wait_for("Press Enter, or tap here")
    assert "How did the visit feel" not in terminal.screen
    _rest_hands(terminal)
    return took


def test_only_the_staff_word_leaves_and_the_screen_and_scrollback_are_cleared(terminal: Terminal) -> None:
    terminal.wait_for("Press Enter")
    terminal.send("\x11\x03\x1a\x04")  # Ctrl+Q, Ctrl+C, Ctrl+Z, Ctrl+D
    assert "Press Enter" in terminal.settle()
    terminal.send("\x1bOQ")
    terminal.wait_for("Staff word")
    terminal.send("guess\r")
    terminal.wait_for("not the staff word")
    assert "guess" not in terminal.raw.decode("utf-8", "replace")
    terminal.send("sesame\r")
    assert terminal.wait_for_end() == 0
    assert b"\x1b[3J" in terminal.raw
    assert "ended: staff" in terminal.screen
    assert "Staff word" not in terminal.screen


def test_the_ready_page_is_there_at_once_and_does_not_change_as_the_app_takes_over(kept: Path) -> None:
    took = []
    for _ in range(2):
        with Terminal(PROGRAM, str(kept)) as terminal:
            took.append(terminal.wait_for("Press Enter"))
            at_once = terminal.screen
            terminal.settle(0.6)
            assert terminal.screen == at_once
    # The promise is a quarter of a second, measured by the benchmark; a slow machine is given more.
    assert min(took) < 0.6


def test_an_enter_pressed_while_the_app_loads_starts_the_interview(terminal: Terminal) -> None:
    terminal.wait_for("Press Enter")
    terminal.send("\r")
    terminal.wait_for("How to hide")


def test_saved_is_said_only_after_it_is_on_disk(kept: Path, terminal: Terminal) -> None:
    _to_look_back(terminal)
    terminal.send("y")
    terminal.wait_for("Saved.")
    assert b'"good"' in kept.read_bytes()
    assert "maple" in terminal.screen


def test_a_bug_goes_back_to_ready_and_shows_no_answer(kept: Path, canary: str) -> None:
    with Terminal(PROGRAM, str(kept), "crash") as terminal:
        _to_first_question(terminal)
        terminal.send("ssss")
        terminal.wait_for("What would you change?")
        terminal.send(f"{canary}")
        terminal.wait_for(canary)
        terminal.send(" BOOM")
        terminal.wait_for("Press Enter, or tap here")
        after = bytes(terminal.raw).decode("utf-8", "replace").partition("\x1b[?1049l")[2]
        assert canary not in after
        assert "Traceback" not in after
        terminal.settle()
        _leave(terminal, bugs=1)
        assert "This is a bug (ValueError at kiosk_program.py:" in terminal.screen
        assert canary not in terminal.screen
    assert not kept.exists()


def test_hostile_words_reach_the_terminal_as_harmless_text(kept: Path) -> None:
    with Terminal(PROGRAM, str(kept), "hostile") as terminal:
        terminal.wait_for("Press Enter")
        for _ in range(8):
            terminal.send("\r")
            terminal.settle(0.15)
        terminal.send("e")
        terminal.wait_for("Send what I have")
        raw = bytes(terminal.raw)
        assert "[/] [@click=app.exit]x[/]" in terminal.screen
        for code in (b"\x1b]52", b"\x1b]0;HIJACK", b"\x1b[31m\xc2", "\x9b31m".encode(), "\u202e".encode()):
            assert code not in raw
