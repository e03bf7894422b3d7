"""Killing a process at any moment: it starts at once, because another has loaded everything beforehand."""

import contextlib
import multiprocessing
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from coprod.workspace import Workspace

forking = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="not run: kill -9 is a Unix thing"
)


def killed(
    processes: Any, act: Callable[..., None], workspace: Workspace, *arguments: object, within: float = 0.25
) -> list[Any]:
    """Start an act, kill it at any moment of its first quarter of a second, and give what it acknowledged."""
    mine, theirs = processes.Pipe(duplex=False)
    home = str(workspace.root.parent / "home")
    process = processes.Process(target=act, args=(theirs, str(workspace.root), home, *arguments))
    process.start()
    theirs.close()
    told = []
    with mine:
        mine.recv()
        time.sleep(random.uniform(0.0, within))  # noqa: S311  any moment will do
        process.kill()
        process.join()
        with contextlib.suppress(EOFError, OSError):
            while True:
                told.append(mine.recv())
    process.close()
    return told
