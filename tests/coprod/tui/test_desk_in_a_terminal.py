"""The staff app in a real terminal: it paints, fast fingers open nothing twice, and it leaves with exit code 0."""

import re
from pathlib import Path

import pytest

from coprod.journeys.beginnings import begin_workspace
from tests.coprod.tui.terminal import Terminal

PROGRAM = str(Path(__file__).with_name("desk_program.py"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begin_workspace(tmp_path / "riverside", "Riverside", "england").root


def test_fast_fingers_open_nothing_twice_and_leave_nothing_behind(folder: Path) -> None:
    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for("Analyst: open answers", 30)
        terminal.send("2222")
        terminal.wait_for("Opened batches", 30)
        terminal.settle()
        terminal.send("ffffff")
        terminal.wait_for("A table with answers in it", 30)
        terminal.settle()
        for closed in ("Opened batches", "Analyst: open answers"):
            terminal.send("\x1b")
            terminal.wait_for(closed, 30)
        assert b"Traceback" not in terminal.raw
        terminal.settle()
        terminal.send("q")
        assert terminal.wait_for_end(30) == 0


def test_mashing_every_key_never_ends_in_a_crash(folder: Path) -> None:
    keys = "1234pgwcn?/\r\x1b[A\x1b[B\x1b[5~\t uxrtok\x1b\x1b\x1b"
    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for("Analyst: open answers", 30)
        for _ in range(6):
            terminal.send(keys)
            terminal.settle(0.1, 2.0)
        assert terminal.process.poll() is None
        assert b"This is a bug" not in terminal.raw


@pytest.mark.parametrize("key", ["t", "n"], ids=["on a key", "in a thread"])
def test_a_bug_ends_the_desk_with_its_place_and_without_an_answer(
    folder: Path, canary: str, key: str
) -> None:
    with Terminal(PROGRAM, str(folder), canary[::-1]) as terminal:
        terminal.wait_for("Analyst: open answers", 30)
        terminal.send(key)
        assert terminal.wait_for_end(30) == 70
        assert b"This is a bug (ValueError at desk_program.py:" in terminal.raw
        assert canary.encode() not in terminal.raw
        assert b"Traceback" not in terminal.raw


def test_nothing_is_said_by_colour_alone(folder: Path) -> None:
    seen = []
    for environment in ({}, {"NO_COLOR": "1"}, {"TERM": "xterm"}):
        with Terminal(PROGRAM, str(folder), environment=environment) as terminal:
            terminal.wait_for("In this workspace", 30)
            seen.append(terminal.settle())
            hues = set(re.findall(rb"38;2;(\d+);(\d+);(\d+)", terminal.raw))
            assert "TERM" not in environment or not hues, "no more colours than the terminal has"
            assert "NO_COLOR" not in environment or all(len(set(one)) == 1 for one in hues), "only greys"
    assert seen[0] == seen[1] == seen[2]
