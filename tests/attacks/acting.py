"""What processes do until they are killed: answer, withdraw, bundle, open. Each says through a pipe what it has done."""

import os
from multiprocessing.connection import Connection
from pathlib import Path

import pyrage

from coprod.journeys.asking import batches, sessions
from coprod.workspace import Workspace, load_workspace
from surveys.boxes import withdrawal
from surveys.boxes.keys import Identity
from surveys.interviews.draft import paused, resumed
from surveys.interviews.draftfile import DraftShelf
from surveys.interviews.events import Continue, GoToEnd, ThrowAway, Write
from surveys.interviews.interview import begin, page, step
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.surveys.ready import KEEP_UNTIL, OPENING_DAY, TODAY, an_interview


def answer(pipe: Connection, root: str, home: str, words: str) -> None:
    """Write an answer, pause with four words, come back and throw it all away, again and again."""
    workspace = _workspace(root, home)
    shelf = DraftShelf(sessions.drafts_file(workspace, "monday"))
    fresh, sha = begin(load_questionnaire(workspace.surveys / "after-a-visit.yaml")), "a" * 64
    pipe.send("ready")
    for number in range(1_000):
        interview = fresh
        while page(interview).kind != "text":
            interview = step(interview, Continue())
        interview = step(interview, Write(f"{words} {number}", may_quote=True))
        pipe.send("wrote")
        slip = shelf.keep(paused(interview, sha), interview.language)
        back = shelf.take(slip)
        assert back is not None
        interview = step(step(resumed(back, fresh, sha) or fresh, GoToEnd()), ThrowAway())
        pipe.send(interview.stage)


def save(pipe: Connection, root: str, home: str, start: int) -> None:
    """Save interviews numbered from `start`, and say each number once it is acknowledged."""
    session = sessions.resume_session(_workspace(root, home), "monday", TODAY)
    pipe.send("ready")
    for number in range(start, start + 1_000):
        sessions.save_interview(session, an_interview(session, f"number {number}"))
        pipe.send(number)


def withdraw(pipe: Connection, root: str, home: str, slips: list[str]) -> None:
    """Take interviews back, one after the other."""
    workspace = _workspace(root, home)
    pipe.send("ready")
    for slip in slips:
        sessions.withdraw(workspace, withdrawal.read_words(slip), TODAY)
        pipe.send(slip)


def bundle(pipe: Connection, root: str, home: str, times: int) -> None:
    """Write the same bundle again and again."""
    workspace = _workspace(root, home)
    pipe.send("ready")
    for number in range(times):
        sessions.bundle_session(workspace, "monday")
        pipe.send(number)


def open_all(pipe: Connection, root: str, home: str, secret: str, name: str) -> None:
    """Open the same box into one batch after the other."""
    workspace = _workspace(root, home)
    identity = Identity(pyrage.x25519.Identity.from_str(secret))
    pipe.send("ready")
    for number in range(1_000):
        batches.open_boxes(
            workspace,
            [workspace.boxes / "monday.box"],
            identity,
            f"{name}-{number}",
            today=OPENING_DAY,
            keep_until=KEEP_UNTIL,
        )
        pipe.send(f"{name}-{number}")


def _workspace(root: str, home: str) -> Workspace:
    os.environ["COPROD_HOME"] = home
    withdrawal.MEMORY_KIBIBYTES = 64
    return load_workspace(Path(root))
