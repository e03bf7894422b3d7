"""To key holders and facilitators: the commands for sealed answers, typed as a new user would."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.cli import sealing
from coprod.cli.main import BAD_INPUT, DONE, REFUSED, main
from coprod.journeys.asking import sessions
from coprod.journeys.asking.rehearsals import add_key_holder
from coprod.workspace import Workspace, load_workspace, save_settings
from surveys.boxes.keys import fingerprint, new_identity
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
    shown = told(capsys)
    assert (
        "Sam opens the answers by 25 November 2026.\nThey can be taken back until 24 November 2026." in shown
    )
    assert "Safeguarding lead: Sal, room 2." in shown
    assert f"  holder 0: {fingerprint(OTHER.public_key)}" in shown
    assert "Say this aloud" in shown
    assert "Compare these words with the key cards" in shown
    assert run("surveys", "session", "list", "--format", "json") == DONE
    assert json.loads(told(capsys))["waiting"] == [
        {"session": "monday", "opener": "Sam", "open_by": "2026-11-25", "copy_again": False}
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
    assert told(capsys) == "Taken back\nTheir answers are deleted from the box on this device.\n"
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


@pytest.fixture
def pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Two pairs made as people make them: what to add to the workspace, and what to type to open."""
    words, stick = tmp_path / "p", tmp_path / "stick"
    words.write_text(PASSPHRASE)
    made = {}
    for first, second in (("sam", "alex"), ("spare-of-sam", "spare-of-alex")):
        new = ("--passphrase-file", words, "--format", "json")
        assert run("keys", "new", stick / f"{second}.key", *new) == DONE
        told(capsys)
        assert run("keys", "new", stick / f"{first}.key", "--with", stick / f"{second}.pub", *new) == DONE
        mine = ("--key", stick / f"{first}.key", "--passphrase-file", words)
        theirs = ("--with", stick / f"{second}.key", "--with-passphrase-file", words)
        made[first] = (json.loads(told(capsys))["key_holder"], (*mine, *theirs))
    return made


def test_pairs_take_the_place_of_people_who_open_alone(
    workspace: Workspace,
    pairs: dict[str, tuple[str, tuple[object, ...]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("keys", "add", "Sam and Alex", pairs["sam"][0]) == BAD_INPUT
    assert "the second key of a pair would protect nothing" in told(capsys)
    for name in ("holder 0", "holder 1"):
        assert run("keys", "remove", name) == DONE
    assert "No session starts until there is another" in told(capsys)
    assert run("keys", "add", "Sam and Alex", pairs["sam"][0]) == DONE
    assert "each of the two sides needs a second key" in told(capsys)
    assert run("keys", "add", "their spares", pairs["spare-of-sam"][0]) == DONE
    assert "Next: coprod keys rehearse" in told(capsys)
    assert len(load_workspace(workspace.root).settings.key_holders) == 2


def test_two_people_rehearse_and_open_together_and_neither_alone(
    workspace: Workspace,
    pairs: dict[str, tuple[str, tuple[object, ...]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bare = save_settings(workspace, replace(workspace.settings, key_holders=(), devices=()))
    for name, (public_key, _) in pairs.items():
        bare = add_key_holder(bare, name, public_key)
    opening = ("keys", "rehearse", "--open", tmp_path / "r.json", "-o", tmp_path / "t.json")
    assert run("keys", "rehearse", "--start", tmp_path / "r.json", "--device", "blue laptop") == DONE
    (_, sam_and_alex), (_, spares) = pairs.values()
    told(capsys)
    assert run(*opening, *sam_and_alex[:4]) == BAD_INPUT
    assert "sit down together and add the other key" in told(capsys)
    for both, message in (
        (sam_and_alex, "Still to come: spare-of-sam"),
        (spares, "Every key holder can open"),
    ):
        assert run(*opening, *both) == DONE
        assert run("keys", "rehearse", "--finish", tmp_path / "t.json") == DONE
        assert message in told(capsys)
    assert start() == DONE
    session = sessions.resume_session(load_workspace(workspace.root), "monday", TODAY)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "made-up words"))
    monkeypatch.setattr(sealing, "today", lambda: OPENING_DAY)
    assert run("surveys", "open", "--name", "first", *sam_and_alex[:4]) == BAD_INPUT
    assert "opens only together" in told(capsys)
    assert run("surveys", "open", "--name", "first", *sam_and_alex) == DONE
    table = ("analysis", "tables", "analysis/first.batch", "--question", "listened")
    assert run(*table, *spares) == DONE
    told(capsys)
    assert run(*table, *spares[:4]) == BAD_INPUT
    assert "opens only together" in told(capsys)


def test_a_private_key_is_not_taken_for_a_public_half(
    key_file: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = key_file[0].parent / "passphrase"
    new = ("keys", "new", tmp_path / "alex.key", "--passphrase-file", words, "--with")
    assert run(*new, key_file[0]) == BAD_INPUT
    assert "this is a private key" in told(capsys)
    (tmp_path / "empty.pub").touch()
    assert run(*new, tmp_path / "empty.pub") == BAD_INPUT
    assert "no public key is in this file" in told(capsys)
    assert not (tmp_path / "alex.key").exists()


def test_sheets_slips_and_key_cards_are_printed(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    save_settings(workspace, replace(workspace.settings, safeguarding_lead=""))
    assert run("surveys", "sheets", "--for", "dpia", "--format", "json") == DONE
    printed = json.loads(told(capsys))
    assert [Path(file).name for file in printed["files"]] == ["dpia-en.html", "dpia-en.pdf"]
    assert printed["missing"] == ["keep_until", "lead", "opener"]
    assert run("surveys", "sheets", "--keep-until", "2027-11-30") == DONE
    assert "Left as a line to write on: lead (safeguarding_lead in coprod.toml)" in told(capsys)
    assert start() == DONE
    assert run("surveys", "slips", "monday") == DONE
    assert run("keys", "card", "holder 1") == DONE
    names = {path.name for path in workspace.out.iterdir()}
    assert {"slip-monday-en.pdf", "key-card-2-en.pdf", "young-people-en.pdf", "carers-en.pdf"} <= names
