"""Promise 1: what a young person said is nowhere on the disk but where it is sealed, whatever happens."""

import base64
import contextlib
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pytest

from coprod.journeys.asking import batches, disposal, sessions
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.boxes.keys import Identity
from surveys.interviews.events import Continue, Stop, Write
from surveys.interviews.interview import begin, page, records, step
from tests.attacks.searching import leaks
from tests.surveys.ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

HOLDERS = (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


def opened(workspace: Workspace, identity: Identity = HOLDERS[0]) -> batches.OpenedSummary:
    return batches.open_boxes(
        workspace,
        batches.session_sources(workspace),
        identity,
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )


def test_the_search_finds_what_it_should(tmp_path: Path, canary: str) -> None:
    (tmp_path / "plain.txt").write_text(f"so {canary} then")
    (tmp_path / "coded").write_bytes(base64.b64encode(f"ab{canary}cd".encode()))
    assert sorted(leaks(tmp_path, canary)) == ["coded", "plain.txt"]


def test_no_step_from_submit_to_certificate_leaves_an_answer_in_the_open(
    workspace: Workspace, tmp_path: Path, canary: str
) -> None:
    session = started(workspace)
    words = [sessions.save_interview(session, an_interview(session, canary)) for _ in range(6)]
    assert leaks(tmp_path, canary) == []
    sessions.withdraw(workspace, words[0], TODAY)
    assert leaks(tmp_path, canary) == []
    sessions.end_session(session)
    sessions.bundle_session(workspace, "monday")
    assert leaks(tmp_path, canary) == []
    summary = opened(workspace)
    assert canary.encode() in batches.read_batch(summary.path, HOLDERS[0])
    assert leaks(tmp_path, canary) == []
    disposal.dispose(workspace, "first", "Sam", KEEP_UNTIL)
    assert leaks(tmp_path, canary) == []


def test_nobodys_four_words_are_kept_anywhere(workspace: Workspace, tmp_path: Path) -> None:
    session = started(workspace)
    words = sessions.save_interview(session, an_interview(session, "words"))
    sessions.withdraw(workspace, words, TODAY)
    assert leaks(tmp_path, words.spoken()) == []
    assert [word for word in words.words if word in (workspace.boxes / "withdrawn.json").read_text()] == []


def test_stopping_early_leaves_nothing_at_all(workspace: Workspace, tmp_path: Path, canary: str) -> None:
    session = started(workspace)
    before = session.box.path.read_bytes()
    interview = begin(session.questionnaire)
    for _ in range(20):
        interview = step(
            interview, Write(canary, may_quote=True) if page(interview).kind == "text" else Continue()
        )
        if any(canary in repr(vars_of) for vars_of in interview.answers.values()):
            raise AssertionError("an answer shows itself")
    interview = step(interview, Stop())
    with pytest.raises(ValueError, match="only after it was sent"):
        records(interview, session.plan.questionnaire)
    assert session.box.path.read_bytes() == before
    assert leaks(tmp_path, canary) == []


def test_an_answer_that_cannot_be_saved_stays_out_of_the_message_and_the_traceback(
    workspace: Workspace, tmp_path: Path, canary: str
) -> None:
    session = started(workspace)
    before = session.box.path.read_bytes()
    with pytest.raises(BadInputError) as caught:
        sessions.save_interview(session, an_interview(session, canary * 2_000))
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    own = [line for line in shown.splitlines() if canary in line and "canary" not in line.split("=")[0]]
    assert own == []
    assert session.box.path.read_bytes() == before
    assert leaks(tmp_path, canary) == []


def test_a_killed_process_leaves_no_answer_in_the_open(
    workspace: Workspace, tmp_path: Path, canary: str
) -> None:
    started(workspace)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.attacks.saving_child", str(workspace.root), "monday", "0", canary],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with contextlib.closing(child.stdout):
        for _ in range(5):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert leaks(tmp_path, canary) == []
