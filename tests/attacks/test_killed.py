"""Promises 1 and 2: killed while answering, withdrawing, bundling or opening, coprod loses, doubles and shows nothing.

COPROD_KILLS says how many processes die in each of them (20 unless set; 200 for a release).
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pyrage
import pytest

from analysis.inputs.batchfile import read_batch_parquet
from coprod.journeys.asking import batches, disposal, sessions
from coprod.kernel.record import TextRecord
from coprod.workspace import Workspace
from surveys.boxes.box import read_rows
from surveys.boxes.bundle import read_bundle
from surveys.boxes.keys import Identity
from surveys.boxes.sealing import unseal
from surveys.boxes.withdrawal import read_tombstones, withdrawal_tags
from tests.attacks import acting
from tests.attacks.killing import forking, killed
from tests.attacks.searching import leaks
from tests.surveys.ready import KEEP_UNTIL, TODAY, an_interview, make_identity, ready_workspace, started

KILLS = int(os.environ.get("COPROD_KILLS", "20"))
SECRET = pyrage.x25519.Identity.generate()
HOLDERS = (Identity(SECRET), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


def kept(workspace: Workspace) -> Counter[str]:
    """The words in the box, each with how often it is there, withdrawn ones left out as opening does."""
    gone = read_tombstones(sessions.tombstone_file(workspace))
    rows = [row for row in read_rows(workspace.boxes / "monday.box") if row.tag not in gone]
    records = [unseal(row.sealed, HOLDERS[0]) for row in rows]
    return Counter(one.text for one in records if isinstance(one, TextRecord))


def filled(workspace: Workspace, canary: str, count: int) -> tuple[sessions.Session, dict[str, str]]:
    """A session with interviews, and the text of each by its four words."""
    session = started(workspace)
    texts = [f"{canary} {number}" for number in range(count)]
    return session, {
        sessions.save_interview(session, an_interview(session, text)).spoken(): text for text in texts
    }


@forking
def test_killed_while_answering_and_pausing_no_word_is_anywhere_and_the_box_is_as_it_was(
    workspace: Workspace, canary: str, processes: Any
) -> None:
    started(workspace)
    before = (workspace.boxes / "monday.box").read_bytes()
    told = [one for _ in range(KILLS) for one in killed(processes, acting.answer, workspace, canary)]
    slow = 0.25
    while not told:
        told, slow = killed(processes, acting.answer, workspace, canary, within=2 * slow), 2 * slow
    assert {"wrote", "erased"} >= set(told)
    assert (workspace.boxes / "monday.box").read_bytes() == before
    assert leaks(workspace.root.parent, canary) == []


@forking
def test_killed_while_withdrawing_what_was_acknowledged_is_gone_and_nobody_elses_is(
    workspace: Workspace, canary: str, processes: Any
) -> None:
    _, texts = filled(workspace, canary, KILLS + 10)
    slips = list(texts)
    for number in range(KILLS):
        told = killed(processes, acting.withdraw, workspace, slips[number : number + 1])
        found = kept(workspace)
        assert [slip for slip in told if texts[slip] in found] == []
        assert all(found[texts[slip]] == 1 for slip in slips[number + 1 :])
    raw = [row.tag for row in read_rows(workspace.boxes / "monday.box")]
    for slip in slips[:KILLS]:
        sessions.withdraw(workspace, acting.withdrawal.read_words(slip), TODAY)
        tags = withdrawal_tags(acting.withdrawal.read_words(slip), workspace.settings.withdrawal_salt)
        raw = [row.tag for row in read_rows(workspace.boxes / "monday.box")]
        assert not set(tags) & set(raw)
    assert set(kept(workspace)) == {texts[slip] for slip in slips[KILLS:]}
    assert leaks(workspace.root.parent, canary) == []


@forking
def test_killed_while_bundling_the_bundle_is_whole_or_the_one_before(
    workspace: Workspace, canary: str, processes: Any
) -> None:
    filled(workspace, canary, 6)
    rows = set(read_rows(workspace.boxes / "monday.box"))
    path = workspace.boxes / "monday.bundle"
    devices = [one.public_key for one in workspace.settings.devices]
    for _ in range(KILLS):
        told = killed(processes, acting.bundle, workspace, 1_000)
        assert path.exists() or told == []
        if path.exists():
            assert set(read_bundle(path, devices).each_row()) == rows
    assert set(read_rows(workspace.boxes / "monday.box")) == rows
    assert leaks(workspace.root.parent, canary) == []


@forking
def test_killed_while_opening_each_batch_is_whole_and_the_box_is_as_it_was(
    workspace: Workspace, canary: str, processes: Any
) -> None:
    filled(workspace, canary, 6)
    before = (workspace.boxes / "monday.box").read_bytes()
    for number in range(KILLS):
        told = killed(processes, acting.open_all, workspace, str(SECRET), f"b{number}")
        made = {path.stem for path in workspace.analysis.glob(f"b{number}-*.batch")}
        assert set(told) <= made
        for name in made:
            frame = read_batch_parquet(
                batches.read_batch(workspace.analysis / f"{name}.batch", HOLDERS[0])
            ).frame
            assert frame.filter(frame["record"] == "text")["text"].n_unique() == 6
    assert (workspace.boxes / "monday.box").read_bytes() == before
    assert leaks(workspace.root.parent, canary) == []


def test_what_a_killed_process_left_half_written_is_destroyed_with_the_batch(workspace: Workspace) -> None:
    """A draft holds sealed answers too: it must not outlive the day they are destroyed."""
    filled(workspace, "made-up", 5)
    summary = batches.open_boxes(
        workspace,
        [workspace.boxes / "monday.box"],
        HOLDERS[0],
        "first",
        today=acting.OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )
    drafts = [
        workspace.analysis / ".draft-abc",
        workspace.boxes / ".draft-def",
        workspace.boxes / ".monday.box.closing",
    ]
    for draft in drafts:
        draft.write_bytes(summary.path.read_bytes())
    certificate = disposal.dispose(workspace, "first", "Sam", KEEP_UNTIL)
    assert [draft for draft in drafts if draft.exists()] == []
    assert "half-written" in certificate.read_text()
