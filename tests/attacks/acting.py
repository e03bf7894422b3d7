"""What processes do until they are killed: withdraw, bundle, open. Each says through a pipe what it has done."""

import os
from multiprocessing.connection import Connection
from pathlib import Path

import pyrage

from coprod.journeys.asking import batches, sessions
from coprod.workspace import Workspace, load_workspace
from surveys.boxes import withdrawal
from surveys.boxes.keys import Identity
from tests.surveys.ready import KEEP_UNTIL, OPENING_DAY, TODAY


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
