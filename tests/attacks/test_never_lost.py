"""Promise 2: what was acknowledged is in the box once, whenever the process dies and whatever the disk does."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from coprod.journeys.asking import batches, disposal, rehearsals, sessions, sheets
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import TextRecord
from coprod.workspace import Workspace
from surveys.boxes import boxfile
from surveys.boxes.box import Box, new_row, read_rows
from surveys.boxes.keys import new_identity, write_public_half
from surveys.boxes.sealing import unseal
from tests.attacks import acting
from tests.attacks.killing import forking, killed
from tests.surveys.ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

resource = pytest.importorskip("resource", reason="not run: limits of this kind are a Unix thing")

KILLS = int(os.environ.get("COPROD_KILLS", "20"))
HOLDERS = (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


def saver(workspace: Workspace, start: int) -> subprocess.Popen[str]:
    """A process that saves interviews numbered from `start` and prints each number once it is acknowledged."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.attacks.saving_child",
            str(workspace.root),
            "monday",
            str(start),
            "number",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def first_saved(child: subprocess.Popen[str]) -> int:
    assert child.stdout is not None
    child.stdout.readline()
    return int(child.stdout.readline())


def acknowledged(child: subprocess.Popen[str]) -> list[int]:
    assert child.stdout is not None
    with child.stdout:
        return [int(line) for line in child.stdout if line.strip().isdecimal()]


def kept(workspace: Workspace) -> Counter[int]:
    """The numbers of the interviews in the box, with how often each is there."""
    records = [unseal(row.sealed, HOLDERS[0]) for row in read_rows(workspace.boxes / "monday.box")]
    return Counter(int(one.text.split()[1]) for one in records if isinstance(one, TextRecord))


@forking
def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled(
    workspace: Workspace, processes: Any
) -> None:
    started(workspace)
    told: list[int] = []
    kills = 0
    while kills < KILLS or not told:
        within = 0.15 * max(1, kills - KILLS)  # a machine so slow that nothing was saved yet is given longer
        told += killed(processes, acting.save, workspace, kills * 1_000, within=within)
        kills += 1
    found = kept(workspace)
    assert sorted(set(told) - set(found)) == []
    assert [number for number, count in found.items() if count > 1] == []
    assert len(set(found) - set(told)) <= kills


def test_two_processes_on_one_box_lose_nothing_even_while_it_is_closed(workspace: Workspace) -> None:
    session = started(workspace)
    children = [saver(workspace, 0), saver(workspace, 1_000)]
    try:
        told = [first_saved(child) for child in children]
        for _ in range(3):
            time.sleep(0.3)
            # On a busy machine the others may never leave it a gap: then closing is refused and nothing has changed.
            with suppress(BadInputError):
                session.box.close()
    finally:
        for child in children:
            child.kill()
    told += [number for child in children for number in acknowledged(child)]
    for child in children:
        child.wait()
    found = kept(workspace)
    assert sorted(set(told) - set(found)) == []
    assert set(found.values()) == {1}


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def state(folder: Path) -> dict[str, object]:
    """What is on the disk: rows of boxes, bytes of everything else."""
    return {
        str(path.relative_to(folder)): read_rows(path) if path.suffix == ".box" else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


Write = Callable[[Workspace, sessions.Session], object]
WRITES: dict[str, Write] = {
    "save": lambda _, session: sessions.save_interview(session, an_interview(session, "words")),
    "close": lambda _, session: sessions.end_session(session),
    "bundle": lambda workspace, _: sessions.bundle_session(workspace, "monday"),
    "start": lambda workspace, _: started(workspace, "tuesday"),
    "open": lambda workspace, _: batches.open_boxes(
        workspace,
        batches.session_sources(workspace),
        HOLDERS[0],
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    ),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("room", [0, 3_000])
def test_a_full_disk_gives_one_message_and_keeps_every_answer(
    workspace: Workspace, name: str, room: int
) -> None:
    session = started(workspace)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "words"))
    before = state(workspace.boxes)
    with pytest.raises(BadInputError) as caught, disk_full_at(room):
        WRITES[name](workspace, session)
    assert len(caught.value.problems) == 1
    after = state(workspace.boxes)
    assert {key: value for key, value in after.items() if key in before} == before
    assert [
        key for key in after if key not in before and not key.startswith(("asked", "tuesday.session"))
    ] == []
    WRITES[name](workspace, session)


def test_a_withdrawal_on_a_full_disk_is_not_called_done(workspace: Workspace) -> None:
    session = started(workspace)
    words = sessions.save_interview(session, an_interview(session, "words"))
    before = state(workspace.boxes)
    with pytest.raises(BadInputError), disk_full_at(100):
        sessions.withdraw(workspace, words, TODAY)
    assert state(workspace.boxes) == before
    assert sessions.withdraw(workspace, words, TODAY)


OTHER_WRITES: dict[str, Callable[[Workspace], object]] = {
    "make a key": lambda workspace: new_identity(workspace.root.parent / "sam.key", "four words that wander"),
    "write its public half": lambda workspace: write_public_half(
        workspace.root.parent / "sam.key", HOLDERS[0].public_key
    ),
    "start a rehearsal": lambda workspace: rehearsals.start_rehearsal(
        workspace, "blue laptop", workspace.root.parent / "new-rehearsal.json"
    ),
    "answer a rehearsal": lambda workspace: rehearsals.answer(
        workspace.root.parent / "rehearsal.json", HOLDERS[0], workspace.root.parent / "new-token.json"
    ),
    "name a key holder": lambda workspace: rehearsals.add_key_holder(
        workspace, "one more", make_identity().public_key
    ),
    "print a sheet": lambda workspace: sheets.print_sheet(workspace, "dpia", TODAY),
    "destroy": lambda workspace: disposal.dispose(workspace, "first", "Sam", KEEP_UNTIL),
}


@pytest.mark.parametrize("name", OTHER_WRITES)
def test_every_other_write_on_a_full_disk_gives_one_message_and_changes_nothing(
    workspace: Workspace, name: str
) -> None:
    session = started(workspace)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "words"))
    WRITES["open"](workspace, session)
    before = state(workspace.root.parent)
    with pytest.raises(BadInputError) as caught, disk_full_at(0):
        OTHER_WRITES[name](workspace)
    assert len(caught.value.problems) == 1
    assert state(workspace.root.parent) == before
    OTHER_WRITES[name](workspace)


def test_a_disk_that_fills_in_the_middle_keeps_all_or_nothing(tmp_path: Path) -> None:
    """Every size limit on the way: a row is either told to be saved and there, or told not to be and not there."""
    box = Box(tmp_path / "monday.box", lambda: b"F" * 5_120)
    box.create()
    size = box.path.stat().st_size
    for extra in range(-40_000, 260_000, 20_000):
        rows = [new_row(b"A" * 5_120) for _ in range(3)]
        try:
            with disk_full_at(size + extra):
                box.save(rows, 32)
            saved = True
        except BadInputError:
            saved = False
        there = {row.id for row in read_rows(box.path)} >= {row.id for row in rows}
        partly = any(row.id in {one.id for one in read_rows(box.path)} for row in rows)
        assert saved == there == partly
        size = box.path.stat().st_size


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


# Closing writes its fresh file through SQLite, which cannot be told that a folder is read-only.
@pytest.mark.parametrize("name", [*(name for name in WRITES if name != "close"), *OTHER_WRITES])
def test_a_disk_that_turned_read_only_gives_one_message_and_changes_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    session = started(workspace)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "words"))
    if name != "open":
        WRITES["open"](workspace, session)
    before = state(workspace.root.parent)
    with monkeypatch.context() as patched:
        patched.setattr(boxfile.os, "access", lambda *_: False)
        patched.setattr(tempfile, "mkstemp", refuse)
        patched.setattr(Path, "mkdir", lambda *_, **__: None)
        with pytest.raises(BadInputError) as caught:
            WRITES[name](workspace, session) if name in WRITES else OTHER_WRITES[name](workspace)
    assert len(caught.value.problems) == 1
    assert state(workspace.root.parent) == before


def test_a_read_only_disk_gives_one_message(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    session = started(workspace)
    before = session.box.path.read_bytes()
    monkeypatch.setattr(boxfile.os, "access", lambda *_: False)
    with pytest.raises(BadInputError, match="the box may not be written"):
        sessions.save_interview(session, an_interview(session, "words"))
    assert session.box.path.read_bytes() == before
    assert len(read_rows(session.box.path)) == 64
