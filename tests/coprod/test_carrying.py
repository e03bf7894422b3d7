"""Sealed answers carried away: what was copied is known, and a copy made before answers were taken back is said to be one."""

from datetime import date
from pathlib import Path

import pytest

from coprod.cli.main import main
from coprod.journeys.asking import sessions
from coprod.journeys.asking.bringing import bring_bundle
from coprod.journeys.asking.carrying import carried, carry_session, copied_of, sticks
from coprod.journeys.asking.standing import Standing, sessions_of, to_copy_again
from coprod.journeys.asking.withdrawing import taken_back
from coprod.journeys.overview import overview_of
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.workspace import Workspace
from surveys.boxes.keys import Identity
from tests.surveys.ready import (
    TODAY,
    a_plan,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)


@pytest.fixture
def holders() -> tuple[Identity, ...]:
    return (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holders: tuple[Identity, ...]) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, holders)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def ended(workspace: Workspace, answered: int = 2) -> list[str]:
    """End a session in which some answered, and give their four words."""
    session = started(workspace)
    words = [sessions.save_interview(session, an_interview(session)).spoken() for _ in range(answered)]
    sessions.end_session(session)
    return words


def copy_words(workspace: Workspace) -> str:
    return sessions_of(workspace)[0].words(TODAY)


def test_a_copy_made_before_answers_were_taken_back_is_said_to_be_one_until_it_is_made_again(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workspace.root)
    words = ended(workspace)
    sessions.bundle_session(workspace, "monday")
    assert copied_of(workspace, "monday") == "not yet"
    assert "not copied yet" in copy_words(workspace)
    before = carry_session(workspace, "monday", stick).read_bytes()
    assert copy_words(workspace).startswith("ended, copied, ")
    assert to_copy_again(workspace) == ()
    said = taken_back(workspace, words[0], TODAY)
    assert said[-1] == "monday was copied before this: copy it again, onto the same stick."
    assert "CHANGED SINCE IT WAS COPIED" in copy_words(workspace)
    assert main(["surveys", "session", "list"]) == 0
    assert "CHANGED SINCE IT WAS COPIED" in capsys.readouterr().out
    assert "Copy monday again: answers were taken back since" in [
        due.words for due in overview_of(workspace, TODAY).next
    ]
    assert carry_session(workspace, "monday", stick).read_bytes() != before
    assert to_copy_again(workspace) == ()
    assert taken_back(workspace, words[1], TODAY)[-1].startswith("monday was copied")


def test_before_anything_was_copied_nothing_is_to_be_copied_again(workspace: Workspace) -> None:
    words = ended(workspace)
    assert taken_back(workspace, words[0], TODAY) == (
        "Taken back",
        "Their answers are deleted from the box on this device.",
    )


def test_words_that_are_in_no_box_here_change_no_copy(workspace: Workspace, stick: Path) -> None:
    words = ended(workspace)
    carry_session(workspace, "monday", stick)
    taken_back(workspace, words[0], TODAY)
    carry_session(workspace, "monday", stick)
    assert taken_back(workspace, words[0], TODAY)[0] == "Not in a box on this device"
    assert copied_of(workspace, "monday") == "as it is"


def test_the_note_of_a_copy_says_neither_where_nor_when(workspace: Workspace, stick: Path) -> None:
    ended(workspace)
    carry_session(workspace, "monday", stick)
    note = workspace.boxes / "monday.carried"
    assert str(stick) not in note.read_text()
    assert note.stat().st_mtime == (workspace.boxes / "monday.bundle").stat().st_mtime
    note.write_text("{}")
    with pytest.raises(BadInputError, match="what was copied is damaged"):
        copied_of(workspace, "monday")


def test_the_later_copy_takes_the_place_of_the_earlier_where_it_is_opened_and_never_the_other_way(
    workspace: Workspace, stick: Path
) -> None:
    words = ended(workspace)
    earlier = stick / "earlier"
    earlier.mkdir()
    old = carry_session(workspace, "monday", earlier)
    taken_back(workspace, words[0], TODAY)
    new = carry_session(workspace, "monday", stick)
    (workspace.boxes / "monday.bundle").unlink()
    assert bring_bundle(workspace, old).read_bytes() == old.read_bytes()
    assert bring_bundle(workspace, new).read_bytes() == new.read_bytes()
    with pytest.raises(BadInputError, match="a later copy of this session is here already"):
        bring_bundle(workspace, old)


def test_a_stick_that_goes_away_in_the_middle_is_said_in_words(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(workspace)
    bundle = sessions.bundle_session(workspace, "monday")

    def pulled(path: Path, *_: int) -> bytes:
        if path.parent == stick:
            raise OSError(5, "Input/output error")
        return bundle.read_bytes()

    monkeypatch.setattr("coprod.journeys.asking.carrying.read_bytes", pulled)
    with pytest.raises(BadInputError, match="it cannot be read any more: input/output error"):
        carry_session(workspace, "monday", stick)
    assert copied_of(workspace, "monday") == "not yet"


def test_a_copy_that_would_replace_another_is_refused(tmp_path: Path, stick: Path) -> None:
    file = tmp_path / "a.bundle"
    file.write_bytes(b"one")
    (stick / "a.bundle").write_bytes(b"two")
    with pytest.raises(BadInputError, match=r"another a\.bundle"):
        carried(file, stick)
    with pytest.raises(BadInputError, match="there is no folder"):
        carried(file, tmp_path / "nowhere")


@pytest.mark.parametrize("wrong", [date(2015, 1, 1), date(2031, 1, 1)])
def test_a_clock_that_changed_in_the_session_is_named_and_loses_nothing(
    workspace: Workspace, wrong: date
) -> None:
    session = started(workspace)
    words = sessions.save_interview(session, an_interview(session)).spoken()
    with pytest.raises(RefusedError, match=f"today is {wrong}: if that is wrong, set its clock"):
        sessions.resume_session(workspace, "monday", wrong)
    sessions.save_interview(sessions.resume_session(workspace, "monday", TODAY), an_interview(session))
    if wrong > TODAY:
        with pytest.raises(RefusedError, match=f"today is {wrong}.* If today is another day, set its clock"):
            taken_back(workspace, words, wrong)
    assert taken_back(workspace, words, TODAY)[0] == "Taken back"


def test_where_an_opened_session_was_copied_is_not_said() -> None:
    assert Standing(a_plan(), "opened", "before a change").words(TODAY) == "opened"


def test_a_stick_is_offered_where_somebody_else_has_one_plugged_in_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each person's sticks are mounted in a folder of their own, which nobody else may look into."""
    mine, theirs = tmp_path / "media" / "sam" / "STICK", tmp_path / "media" / "ana"
    mine.mkdir(parents=True)
    theirs.mkdir()
    real = Path.iterdir

    def not_theirs(folder: Path) -> object:
        if folder == theirs:
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", not_theirs)
    monkeypatch.setattr(Path, "is_mount", lambda path: path == mine)
    assert sticks((str(tmp_path / "media"), str(tmp_path / "none"))) == (mine,)
