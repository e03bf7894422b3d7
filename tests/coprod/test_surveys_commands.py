"""`coprod surveys` as a facilitator types it: lists, mistakes, schema, and a whole session in plain lines."""

import json
import os
import re
import select
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from coprod.cli.main import main
from coprod.journeys.asking.batches import open_boxes
from coprod.journeys.asking.rehearsals import key_words
from coprod.workspace import new_workspace
from surveys.boxes.session import Attendance, LeftOut, load_plan
from surveys.questionnaires.questions import KINDS
from tests.surveys.ready import QUESTIONNAIRE, make_identity, ready_workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Stand in a folder that is in no workspace."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("elsewhere")
def test_the_list_names_each_ready_made_questionnaire_with_its_minutes(capsys):
    assert main(["surveys", "list"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"experience-of-health-services: .*\. \d+ questions, about \d+ minutes", said)
    assert main(["surveys", "list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["questionnaires"]
    assert len(listed) >= 3
    assert all(not one["mistakes"] and not one["own"] for one in listed)


def test_a_services_own_questionnaire_stands_in_front_and_a_broken_one_is_said_to_be(
    monkeypatch, tmp_path, capsys
):
    workspace = new_workspace(tmp_path / "riverside", "Riverside", "wales")
    (workspace.surveys / "after-a-visit.yaml").write_text(QUESTIONNAIRE)
    (workspace.surveys / "broken.yaml").write_text("format: 1\n")
    monkeypatch.chdir(workspace.root)
    main(["surveys", "list"])
    said = capsys.readouterr().out
    assert "after-a-visit: After your visit. 2 questions, about 2 minutes, this service’s own" in said
    assert re.search(r"broken: \d+ mistakes; see `coprod surveys check ", said)


@pytest.mark.usefixtures("elsewhere")
def test_check_tells_all_mistakes_of_all_files_and_ends_with_2(capsys):
    Path("a.yaml").write_text(QUESTIONNAIRE.replace("minutes: 2", "minutes: two"))
    Path("b.yaml").write_text(QUESTIONNAIRE.replace("kind: text", "kind: prose"))
    assert main(["surveys", "check", "a.yaml", "b.yaml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["a.yaml:6:10", "b.yaml:14:9"]
    assert main(["surveys", "check", "a.yaml", "--format", "json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["line"], problem["column"]) == (6, 10)
    assert main(["surveys", "check", "review-of-a-material"]) == 0


@pytest.mark.parametrize("act", ["check", "preview"])
@pytest.mark.usefixtures("elsewhere")
def test_a_name_that_is_not_there_gives_the_nearest(capsys, act):
    assert main(["surveys", act, "review-of-material"]) == 2
    assert "did you mean `review-of-a-material`?" in capsys.readouterr().err


@pytest.mark.usefixtures("elsewhere")
def test_the_schema_is_one_json_document_that_knows_every_kind(capsys):
    assert main(["surveys", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]["pages"]["items"]["discriminator"]["mapping"]) == set(KINDS)


def test_a_session_needs_a_workspace_and_a_terminal(elsewhere, monkeypatch, capsys):
    assert main(["surveys", "run", "review-of-a-material", "--plain"]) == 2
    assert "in no workspace" in capsys.readouterr().err
    monkeypatch.chdir(ready_workspace(elsewhere, monkeypatch, (make_identity(), make_identity())).root)
    assert main(["surveys", "run", "after-a-visit", "--plain"]) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_a_session_with_a_shut_gate_is_refused_before_a_staff_word_is_asked(elsewhere, monkeypatch, capsys):
    monkeypatch.chdir(new_workspace(elsewhere / "riverside", "Riverside", "wales").root)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("coprod.cli.plainterminal.keeps_here", lambda: "")
    assert main(["surveys", "run", "review-of-a-material", "--plain"]) == 3
    assert "at least 2 people must be able to open answers" in capsys.readouterr().err


def test_before_it_begins_a_session_tells_what_is_closed_then_and_what_to_say(elsewhere, monkeypatch, capsys):
    workspace = ready_workspace(elsewhere, monkeypatch, (make_identity(), make_identity()))
    monkeypatch.chdir(workspace.root)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("coprod.cli.plainterminal.keeps_here", lambda: "")
    typed = iter(("plum", "prune"))
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    run = ["surveys", "run", "after-a-visit", "--plain", "--opener", "Sam", "--on"]
    assert main([*run, "2027-03-06", "18:00"]) == 2
    told = capsys.readouterr()
    assert "the two were not the same" in told.err
    assert "Look out: it is the weekend" in told.out
    assert "The letter q and Enter clear the screen" in told.out
    assert "Safeguarding lead: Sal, room 2." in told.out
    assert [line for line in told.out.splitlines() if line.startswith("  holder ")] == [
        f"  {name}: {words}" for name, words in key_words(workspace)
    ]
    assert main([*run, "Saturday", "evening"]) == 2
    assert "is not a day and a time" in capsys.readouterr().err
    assert not list(workspace.boxes.glob("*.session"))


# --- a whole session in a real terminal ---

PROGRAM = """
import sys
import coprod.cli.plainterminal as terminal
terminal.keeps_here = lambda: ""  # the tests may themselves run inside tmux
from coprod.cli.main import main
from coprod.journeys.asking.batches import open_boxes
from coprod.workspace import new_workspace
sys.exit(main(sys.argv[1:]))
"""


class Terminal:
    """A program in a pseudo-terminal, read until it says something."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        import pty

        self.process, self.handle = pty.fork()
        if self.process == 0:  # pragma: no cover  the child
            os.chdir(folder)
            os.environ.update(PYTHONPATH=str(ROOT), TERM="xterm", COLUMNS="80", LINES="24")
            os.execv(  # noqa: S606  the program under test
                sys.executable, [sys.executable, "-c", PROGRAM, *arguments]
            )
        self.seen = ""
        self.start = 0

    def until(self, words: str, seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while words not in self.seen[self.start :]:
            assert time.monotonic() < end, f"never said {words!r}: {self.seen[self.start :][-800:]}"
            assert self._read(), f"ended before {words!r}: {self.seen[self.start :][-800:]}"
        found = self.seen.index(words, self.start) + len(words)
        said, self.start = self.seen[self.start : found], found
        return said

    def type(self, *lines: str) -> None:
        for line in lines:
            os.write(self.handle, f"{line}\n".encode())

    def end(self) -> int:
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _read(self) -> bool:
        if not select.select([self.handle], [], [], 5)[0]:
            return True
        try:
            got = os.read(self.handle, 65536)
        except OSError:
            return False
        self.seen += got.decode()
        return bool(got)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_five_people_answer_in_plain_lines_and_only_the_box_knows(tmp_path, monkeypatch, canary):
    holders = (make_identity(), make_identity())
    workspace = ready_workspace(tmp_path, monkeypatch, holders)
    terminal = Terminal(
        workspace.root, "surveys", "run", "after-a-visit", "--plain", "--session", "monday", "--opener", "Sam"
    )
    terminal.until("Staff word: ")
    terminal.type("plum")
    terminal.until("The same again: ")
    terminal.type("plum")
    terminal.until("handed it over")
    terminal.type("")
    for person in range(6):
        before = terminal.until("Ready. Press Enter to start.")
        assert before.endswith(
            "\x1b[H\x1b[2J\x1b[3JThis is make-believe. It is not for real answers.\r\nReady. Press Enter to start."
        )
        terminal.until("> ")
        terminal.type("wrong word" if person == 3 else "")
        if person == 3:
            terminal.until("Ready. Press Enter to start.")
            terminal.until("> ")
            terminal.type("")
        _one_person(terminal, canary, leaves=person == 5)
    terminal.until("Ready. Press Enter to start.")
    terminal.until("> ")
    terminal.type("plum")
    terminal.until("Closed. Sam opens the answers by")
    for asked, typed in (
        ("were invited?", "8"),
        ("came?", "6"),
        ("left out, and why?", "many"),
        ("left out, and why?", "2: no interpreter; 1: ill"),
    ):
        terminal.until(asked)
        terminal.type(typed)
    terminal.until("Next: coprod surveys bundle monday")
    assert terminal.end() == 0
    assert load_plan(workspace.boxes / "monday.session").attendance == Attendance(
        8, 6, (LeftOut(2, "no interpreter"), LeftOut(1, "ill"))
    )
    _only_the_box_knows(workspace.root, canary)
    _five_can_be_opened(workspace, holders[0])


def _one_person(terminal: Terminal, canary: str, *, leaves: bool) -> None:
    for heading in ("What this is", "Who will read it", "Hide it or stop it"):
        terminal.until(heading)
        terminal.until("> ")
        terminal.type("")
    terminal.until("Did people listen to you?")
    terminal.until("> ")
    terminal.type("q" if leaves else "4")
    if leaves:
        terminal.until("Nothing was saved.")
    else:
        terminal.until("What would you change?")
        terminal.until("> ")
        terminal.type(canary)
        terminal.until("May we use your words?")
        terminal.until("> ")
        terminal.type("2")
        terminal.until("Nothing has been sent yet.")
        terminal.until("> ")
        terminal.type("y")
        terminal.until("It is saved.")
        terminal.until("see them once more.")
        terminal.until("> ")
        terminal.type("")
    terminal.until("Press Enter to clear the screen.")
    terminal.until("> ")
    terminal.type("")


def _only_the_box_knows(folder: Path, canary: str) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".box" for path in files)
    assert not any(canary.encode() in path.read_bytes() for path in files)
    assert not any(canary in str(path) for path in files)


def _five_can_be_opened(workspace, holder) -> None:
    after = load_plan(workspace.boxes / "monday.session").open_by
    summary = open_boxes(
        workspace,
        [workspace.boxes / "monday.box"],
        holder,
        "autumn",
        today=after,
        keep_until=after + timedelta(days=30),
    )
    assert summary.path.is_file(), "fewer than five would be refused"
    assert summary.damaged == 0
