"""Promise 1, from the first key to the end, in a real terminal: an answer is nowhere but in the sealed box."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("not run: looks at a process as Linux tells it", allow_module_level=True)

from coprod.workspace import Workspace
from tests.attacks.searching import leaks
from tests.coprod.tui.terminal import Terminal
from tests.surveys.ready import make_identity, ready_workspace, started

PROGRAM = str(Path(__file__).with_name("session_program.py"))
HOLDERS = (make_identity(), make_identity())
CLEARED = "\x1b[3J"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    ready = ready_workspace(tmp_path, monkeypatch, HOLDERS)
    started(ready)
    return ready


def _terminal(workspace: Workspace, front: str) -> Terminal:
    places = {
        name: str(workspace.root.parent / name.lower()) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")
    }
    for place in places.values():
        Path(place).mkdir(exist_ok=True)
    places |= {"SQLITE_TMPDIR": places["TMPDIR"], "COPROD_HOME": str(workspace.root.parent / "home")}
    return Terminal(PROGRAM, str(workspace.root), front, environment=places)


def _at_full_screen(terminal: Terminal, canary: str) -> None:
    for text in ("Press Enter", "How to hide", "What this is", "Who will read it", "Hide it or stop it"):
        terminal.wait_for(text, 20)
        terminal.send("\r")
    terminal.wait_for("Did people listen to you?")
    terminal.send("s")
    terminal.wait_for("What would you change?")
    terminal.send(canary)
    terminal.wait_for(canary)
    for key in "\t\t\r":
        terminal.send(key)
        terminal.settle(0.15)
    terminal.wait_for("Send")
    terminal.send("y")
    terminal.wait_for("Saved")


def _in_plain_lines(terminal: Terminal, canary: str) -> None:
    terminal.wait_for("Enter", 20)
    for _ in range(8):
        terminal.send("\r")
        terminal.settle(0.15)
        if "Did people listen to you?" in terminal.screen:
            break
    for typed, then in (("s", "What would you change?"), (canary, "1."), ("1", "Send"), ("y", "once more")):
        terminal.send(f"{typed}\r")
        terminal.wait_for(then)


@pytest.mark.parametrize("front", ["full-screen", "plain"])
def test_a_whole_session_leaves_an_answer_nowhere_but_in_the_box(
    workspace: Workspace, tmp_path: Path, canary: str, front: str
) -> None:
    box = workspace.boxes / "monday.box"
    before = box.read_bytes() if box.exists() else b""
    with _terminal(workspace, front) as terminal:
        (_at_full_screen if front == "full-screen" else _in_plain_lines)(terminal, canary)
        process = Path(f"/proc/{terminal.process.pid}")
        assert canary.encode() not in (process / "environ").read_bytes()
        assert canary.encode() not in (process / "cmdline").read_bytes()
        assert leaks(tmp_path, canary) == []
        _leave(terminal, front)
        after = bytes(terminal.raw).decode("utf-8", "replace").rpartition(CLEARED)[2]
        assert canary not in after
        assert canary not in terminal.screen
    assert leaks(tmp_path, canary) == []
    assert canary not in "".join(os.environ.values())
    assert any(path.read_bytes() != before for path in workspace.boxes.glob("monday*")), "it was kept"


def _leave(terminal: Terminal, front: str) -> None:
    if front == "full-screen":
        terminal.send("\x1b[24~")
        terminal.wait_for("Press Enter")
        terminal.settle(1.0)
        terminal.send("\x1bOQ")
        terminal.wait_for("Staff word")
        terminal.send("sesame\r")
    else:
        for _ in range(2):
            terminal.send("\r")
            terminal.settle(0.2)
        terminal.send("sesame\r")
    assert terminal.wait_for_end() == 0
