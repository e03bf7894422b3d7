"""Attacks on what a terminal shows and keeps: each on coprod, and on what it would be without the defence."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from textual.app import App

from coprod.journeys.asking.visit import KioskPlan
from coprod.kernel.contacts import shipped_contacts
from coprod.tui.kiosk import Kiosk
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.attacks.screen_program import Undefended
from tests.coprod.tui.terminal import Terminal

HERE = Path(__file__).parent
KIOSK = HERE.parent / "coprod" / "tui" / "kiosk_program.py"
BARE = HERE / "screen_program.py"
WORDS = "canary words"
KEYS = ("\x10", "\x03", "\x04", "\x1c", "\x1a", "\x11")  # Ctrl+P, Ctrl+C, Ctrl+D, Ctrl+\, Ctrl+Z, Ctrl+Q
PALETTE = "Search for commands"
_OTHER_SCREEN = re.compile(rb"\x1b\[\?1049h.*?(?:\x1b\[\?1049l|\Z)", re.DOTALL)
_STILL_THERE = re.compile(rb"\x1b\[\?1049h(?:(?!\x1b\[\?1049l).)*\Z", re.DOTALL)


def ways_out_of_the_kiosk(_folder: Path) -> float:
    """How many of six keys quit, suspend, or open a palette."""
    return _ways_out(_to_the_kiosks_page)


def ways_out_of_an_app(_folder: Path) -> float:
    """The same for an app as Textual makes it."""
    return _ways_out(_to_the_apps_page)


def pictures_of_the_kiosk(folder: Path) -> float:
    """How many pictures of its page can be asked for."""
    asked = load_questionnaire(KIOSK.parent / "every_kind.yaml")
    plan = KioskPlan(
        questionnaire=asked,
        sha256="0" * 64,
        languages=("en",),
        contacts=shipped_contacts().contacts,
        save=_never,
        is_staff_word=lambda _: False,
        shuffled=lambda choices: choices,
    )
    return _pictures(Kiosk(plan), folder)


def pictures_of_an_app(folder: Path) -> float:
    """The same for an app as Textual makes it."""
    return _pictures(Undefended(), folder)


def kept_by_a_crash(_folder: Path) -> float:
    """How many lines with an answer a bug in the full-screen app leaves in the terminal."""
    return _lines_left(_to_the_kiosks_text, f"{WORDS} BOOM", 1.0, "crash")


def kept_by_an_apps_crash(_folder: Path) -> float:
    """The same for an app as Textual makes it, which prints its variables."""
    return _lines_left(_to_the_apps_page, f"{WORDS} BOOM", 1.0)


def kept_by_kill_9(_folder: Path) -> float:
    """How many terminals show an answer after kill -9: of the full-screen app, and of the plain line mode."""
    return _seen_after_kill(_to_the_kiosks_text) + _seen_after_kill(_to_the_plain_text("plain"))


def kept_by_kill_9_without_a_guard(_folder: Path) -> float:
    """The same for apps that nobody tidies up after."""
    return _seen_after_kill(_to_the_apps_page) + _seen_after_kill(_to_the_plain_text("plain-unwiped"))


def kept_by_the_plain_mode(_folder: Path) -> float:
    """How many lines with an answer stand on the screen or in the scrollback once an interview is over."""
    return _after_plain("plain")


def kept_by_the_plain_mode_unwiped(_folder: Path) -> float:
    """The same where nothing is wiped."""
    return _after_plain("plain-unwiped")


def left_behind(raw: bytes) -> list[str]:
    """Give the lines a person could scroll to or see: the main screen since it was last cleared, and an app's page left standing."""
    standing = _STILL_THERE.search(raw)
    main = _OTHER_SCREEN.sub(b"", raw).rpartition(b"\x1b[3J")[2]
    return (main + (standing[0] if standing else b"")).decode("utf-8", "replace").splitlines()


Start = Callable[..., Terminal]


def _to_the_kiosks_page(*arguments: str) -> Terminal:
    terminal = Terminal(str(KIOSK), "/dev/null", *arguments)
    for text in ("Press Enter", "How to hide", "What this is", "Who will read it", "Hide it or stop it"):
        terminal.wait_for(text)
        terminal.send("\r")
    terminal.wait_for("How did the visit feel?")
    return terminal


def _to_the_kiosks_text(*arguments: str) -> Terminal:
    terminal = _to_the_kiosks_page(*arguments)
    terminal.send("ssss")
    terminal.wait_for("What would you change?")
    return terminal


def _to_the_apps_page(*_arguments: str) -> Terminal:
    terminal = Terminal(str(BARE), "textual")
    terminal.wait_for("What would you change?")
    return terminal


def _to_the_plain_text(how: str) -> Start:
    def start(*_arguments: str) -> Terminal:
        terminal = Terminal(str(BARE), how)
        terminal.wait_for(">")
        while "Tell us" not in terminal.screen:
            begun = "Skip this one" in terminal.screen
            terminal.send("s\n" if begun else "\n")
            assert terminal.settle(0.08)
        terminal.wait_for("Tell us")
        return terminal

    return start


def _ways_out(start: Start) -> int:
    with start() as terminal:
        return sum(_leads_out(terminal, key) for key in KEYS)


def _leads_out(terminal: Terminal, key: str) -> bool:
    """Press a key; tell whether it opened the palette, which is closed again, or stopped or ended the app."""
    if terminal.process.poll() is not None:
        return False
    terminal.send(key)
    if PALETTE in terminal.settle(0.2, 2.0):
        terminal.send("\x1b")
        terminal.settle(0.3)
        return True
    if terminal.process.poll() is not None:
        return True
    state = Path(f"/proc/{terminal.process.pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] in "TZ"


def _pictures(app: App[object], folder: Path) -> float:
    async def ask() -> None:
        async with app.run_test() as pilot:
            app.action_screenshot(path=str(folder))
            await pilot.pause(0.2)

    asyncio.run(ask())
    return len(list(folder.iterdir()))


def _lines_left(start: Start, typed: str, seconds: float, *arguments: str) -> float:
    with start(*arguments) as terminal:
        terminal.send(typed)
        terminal.settle(seconds)
        return sum(WORDS in line for line in left_behind(bytes(terminal.raw)))


def _seen_after_kill(start: Start) -> bool:
    with start() as terminal:
        terminal.send(WORDS)
        terminal.wait_for(WORDS)
        terminal.process.kill()
        terminal.process.wait()
        terminal.settle(0.4)
        return any(WORDS in line for line in left_behind(bytes(terminal.raw)))


def _after_plain(how: str) -> float:
    with _to_the_plain_text(how)() as terminal:
        terminal.send(f"{WORDS}\n")
        for line in ("1", "s", "y", ""):
            terminal.settle(0.08)
            terminal.send(f"{line}\n")
        terminal.settle(0.3)
        return sum(WORDS in line for line in left_behind(bytes(terminal.raw)))


def _never(*_: object) -> None:
    raise AssertionError("nothing is sent here")
