"""`coprod serve` as a facilitator types it: gates, links, who can listen, and an end that loses nothing."""

import re
import sys

import pytest

from coprod.cli.main import main
from coprod.cli.serve import qr_lines
from surveys.boxes.box import read_rows
from surveys.boxes.keys import Identity
from surveys.boxes.sealing import unseal
from tests.coprod.test_surveys_commands import Terminal
from tests.coprod.web.conftest import Browser
from tests.surveys.ready import make_identity, ready_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


def next_link(terminal: Terminal) -> Browser:
    terminal.type("")
    terminal.until("It works once")
    said = terminal.until("> ")
    one = Browser(re.findall(r"http://[0-9.]+:[0-9]+/[0-9a-z-]+", said)[0])
    one.get()
    return one


def answer(one: Browser, words: str) -> None:
    one.press("Start")
    while "Send what I have" not in one.seen.buttons:
        buttons = one.seen.buttons
        onward = next(name for name in ("Start", "Continue") if name in buttons)
        one.press(onward, ("words", words), ("choice", "01"))
    one.press("Send")
    assert "four words" in one.seen.text


def test_a_session_on_tablets_from_the_staff_word_to_the_closed_box(tmp_path, monkeypatch, canary):
    holders: tuple[Identity, ...] = (make_identity(), make_identity())
    workspace = ready_workspace(tmp_path, monkeypatch, holders)
    terminal = Terminal(workspace.root, "serve", "after-a-visit", "--session", "monday", "--opener", "Sam")
    terminal.until("Staff word: ")
    terminal.type("plum")
    terminal.until("The same again: ")
    terminal.type("plum")
    assert "for browsers on this computer only" in terminal.until("READY.")
    terminal.until("> ")
    for _ in range(2):
        answer(next_link(terminal), canary)
    unfinished = next_link(terminal)
    unfinished.press("Start")
    terminal.type("prune")
    terminal.until("not the staff word")
    terminal.until("> ")
    terminal.type("plum")
    terminal.until("Somebody may still be answering")
    terminal.type("end")
    terminal.until("Closed. Sam opens the answers")
    terminal.type("3", "3", "")
    terminal.until("Next: coprod surveys bundle monday")
    assert terminal.end() == 0
    assert canary not in terminal.seen
    assert "plum" not in terminal.seen
    opened = [unseal(row.sealed, holders[0]) for row in read_rows(workspace.boxes / "monday.box")]
    assert [one.text for one in opened if type(one).__name__ == "TextRecord"] == [canary, canary]


def test_ctrl_c_ends_the_session_too(tmp_path, monkeypatch):
    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    terminal = Terminal(workspace.root, "serve", "after-a-visit", "--session", "monday", "--opener", "Sam")
    for said in ("Staff word: ", "The same again: "):
        terminal.until(said)
        terminal.type("plum")
    terminal.until("READY.")
    terminal.until("> ")
    terminal.type("\x03")
    terminal.until("Closed.")
    terminal.type("", "", "")
    assert terminal.end() == 0


def test_a_preview_keeps_nothing(tmp_path, monkeypatch):
    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    terminal = Terminal(workspace.root, "serve", "after-a-visit", "--preview")
    terminal.until("nothing is kept")
    terminal.until("> ")
    one = next_link(terminal)
    one.press("Start")
    while "Send what I have" not in one.seen.buttons:
        one.press(next(name for name in ("Start", "Continue") if name in one.seen.buttons))
    one.press("Send")
    assert "Nothing was kept" in one.seen.text
    one.press("Finish")
    terminal.type("anything")
    assert terminal.end() == 0
    assert list(workspace.boxes.glob("*.box")) == []


def test_another_address_is_encrypted_and_says_who_can_listen(tmp_path, monkeypatch):
    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    terminal = Terminal(workspace.root, "serve", "after-a-visit", "--preview", "--host", "localhost")
    assert "this computer only" in terminal.until("READY.")
    terminal.until("> ")
    terminal.type("x")
    assert terminal.end() == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "every network at once"),  # noqa: S104  refused
        (["--host", "203.0.113.7", "--preview"], "cannot listen there"),
        (["--port", "70000"], "a number from 0 to 65535"),
        (["--certificate", "nowhere.pem"], "it needs its key"),
        (["--certificate", "nowhere.pem", "--certificate-key", "nowhere.pem"], "cannot be used"),
    ],
)
def test_what_cannot_be_served_says_what_to_do(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    try:
        code = main(["serve", "experience-of-health-services", *arguments])
    except SystemExit as error:
        code = error.code
    assert code == 2
    assert said in capsys.readouterr().err


def test_without_a_terminal_nothing_starts(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "experience-of-health-services", "--preview"]) == 2
    assert "terminal" in capsys.readouterr().err


def test_a_code_for_the_camera_is_square_and_has_its_quiet_edge():
    lines = qr_lines("https://192.168.0.10:8443/abcd-efgh-jkmn-pqrs")
    assert len({len(line) for line in lines}) == 1
    assert len(lines) <= 18  # with what stands around it, a window of 24 lines holds it
    assert len(lines[0]) in {len(lines) * 2, len(lines) * 2 - 1}
    assert set(lines[0]) == {" "}
