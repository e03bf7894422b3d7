"""To key holders and facilitators: the commands for sealed answers, typed as a new user would."""

import json
from pathlib import Path

import pytest

from coprod.cli import sealing
from coprod.cli.main import BAD_INPUT, DONE, REFUSED, main
from coprod.journeys import sessions
from coprod.workspace import Workspace, load_workspace
from surveys.keys import new_identity
from tests.surveys.ready import OPENING_DAY, TODAY, an_interview, make_identity, ready_workspace

PASSPHRASE = "four words that wander"
OTHER = make_identity()


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("stick")
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    return folder / "sam.key", new_identity(folder / "sam.key", PASSPHRASE)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = ready_workspace(tmp_path, monkeypatch, (OTHER, make_identity()))
    monkeypatch.chdir(workspace.root)
    monkeypatch.setattr(sealing, "today", lambda: TODAY)
    monkeypatch.setattr(sealing, "ask", lambda _: "kettle")
    return workspace


def run(*words: object) -> int:
    return main([str(word) for word in words])


def told(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    return shown.out + shown.err


def start(name: str = "monday") -> int:
    return run("surveys", "session", "start", "surveys/after-a-visit.yaml", "--name", name, "--label", "autumn 2026",
               "--opener", "Sam")  # fmt: skip


def test_a_session_starts_ends_and_travels(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert start() == DONE
    assert "Sam opens the answers by 2026-11-25; they can be taken back until 2026-11-24" in told(capsys)
    assert run("surveys", "session", "list", "--format", "json") == DONE
    assert json.loads(told(capsys))["waiting"] == [
        {"session": "monday", "opener": "Sam", "open_by": "2026-11-25"}
    ]
    assert (
        run("surveys", "session", "end", "monday", "--invited", 9, "--attended", 8, "--left-out", "1:ill")
        == DONE
    )
    assert run("surveys", "bundle", "monday") == DONE
    assert (workspace.boxes / "monday.bundle").exists()


def test_a_shut_gate_exits_with_3_and_says_why(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(
        "surveys", "session", "start", "surveys/after-a-visit.yaml", "--name", "m", "--label", "autumn"
    )
    assert code == REFUSED
    assert told(capsys) == "refused: name who will open the answers\n"
    assert not any(workspace.boxes.rglob("*.box"))


def holder(workspace: Workspace, key_file: tuple[Path, str]) -> Workspace:
    """Name the key of the file too, as a third holder who has rehearsed."""
    path, public_key = key_file
    words = path.parent / "passphrase"
    assert run("keys", "add", "Sam", public_key) == DONE
    assert (
        run("keys", "rehearse", "--start", workspace.root.parent / "r.json", "--device", "blue laptop")
        == DONE
    )
    token = workspace.root.parent / "t.json"
    opened = (
        "--open",
        workspace.root.parent / "r.json",
        "--key",
        path,
        "--passphrase-file",
        words,
        "-o",
        token,
    )
    assert run("keys", "rehearse", *opened) == DONE
    assert run("keys", "rehearse", "--finish", token) == DONE
    return load_workspace(workspace.root)


def test_a_key_holder_is_named_rehearses_and_opens(
    workspace: Workspace,
    key_file: tuple[Path, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = holder(workspace, key_file)
    assert "Every key holder can open what this device seals." in told(capsys)
    assert start() == DONE
    session = sessions.resume_session(workspace, "monday", TODAY)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "made-up words"))
    path, words = key_file[0], key_file[0].parent / "passphrase"
    opening = ("surveys", "open", "--name", "first", "--key", path, "--passphrase-file", words)
    assert run(*opening) == REFUSED
    monkeypatch.setattr(sealing, "today", lambda: OPENING_DAY)
    capsys.readouterr()
    assert run(*opening, "--format", "json") == DONE
    summary = json.loads(told(capsys))
    assert (summary["answered"], summary["damaged"], summary["simulated"]) == ("5 to 9", 0, True)
    assert summary["keep_until"] == "2027-11-25"
    assert run("surveys", "dispose", "first", "--by", "Sam", "--yes") == DONE
    assert not any(workspace.analysis.glob("*.batch"))


def test_words_are_taken_from_a_prompt_or_a_file_never_from_the_command_line(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    start()
    session = sessions.resume_session(workspace, "monday", TODAY)
    words = sessions.save_interview(session, an_interview(session, "made-up words"))
    (tmp_path / "slip").write_text(words.spoken().upper())
    capsys.readouterr()
    assert run("surveys", "withdraw", "--words-file", tmp_path / "slip") == DONE
    assert told(capsys) == "These answers are gone.\n"
    with pytest.raises(SystemExit) as caught:
        run("surveys", "withdraw", *words.words)
    assert caught.value.code == BAD_INPUT


def test_show_tells_who_can_open_and_who_has_rehearsed(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("keys", "show", "--format", "json") == DONE
    rows = json.loads(told(capsys))["key_holders"]
    assert [row["rehearsed"] for row in rows] == [True, True]
    assert all(len(row["fingerprint"].split()) == 4 for row in rows)
    assert workspace.settings.key_holders[0].public_key == rows[0]["public_key"]


def test_a_new_key_goes_nowhere_near_the_answers(
    workspace: Workspace, key_file: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = key_file[0].parent / "passphrase"
    assert run("keys", "new", "boxes/sam.key", "--passphrase-file", words) == BAD_INPUT
    assert "outside the workspace" in told(capsys)
    assert not any(workspace.root.rglob("*.key"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("surveys", "bundle", "nowhere"), "no such file"),
        (("surveys", "open", "--name", "first"), "name your key file with --key"),
        (("surveys", "dispose", "nowhere", "--by", "Sam", "--yes"), "no such file"),
        (("surveys", "session", "end", "monday", "--left-out", "many"), "a number and a reason"),
        (("keys", "add", "Sam", "age1wrong"), "not a public key"),
        (("keys", "rehearse", "--open", "r.json"), "--open needs your key"),
        (("keys", "rehearse", "--finish", "none.json"), "no such file"),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_bad_input_gives_one_message_and_exit_2(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == BAD_INPUT
    shown = told(capsys)
    assert message in shown
    assert shown.count("\n") == 1
