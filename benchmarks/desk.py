"""The desk: first paint, the memory of its process, hundreds of screens without growth, and 100,000 answers on it."""

import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from benchmarks import desk_answers
from benchmarks.measures import Measure, seconds
from coprod.journeys.beginnings import begin_workspace
from coprod.tui.home import role_screen
from coprod.tui.memory import forget_everything
from coprod.workspace import Workspace, load_workspace

if TYPE_CHECKING:
    from coprod.tui.desk import Desk

ROOT = Path(__file__).parents[1]
PROGRAM = str(ROOT / "tests" / "coprod" / "tui" / "desk_program.py")
PAINTS, CHANGES, SETTLED = 5, 600, 100


def measures() -> Iterator[Measure]:
    """Give medians of first paint, what 600 screen changes leave behind, and what 100,000 answers make one wait for."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = begin_workspace(Path(folder) / "service", "Simulated service", "england")
        shown = [first_paint(workspace.root) for _ in range(PAINTS)]
        painted = statistics.median(one[0] for one in shown)
        yield Measure(
            "first paint of the desk", f"median of {PAINTS}", seconds(painted),
            promised="under 400 ms", kept=painted < 0.4,
        )  # fmt: skip
        yield Measure(
            "memory of the desk at home", "resident", f"{max(one[1] for one in shown)} MB",
            promised="none made", kept=True,
        )  # fmt: skip
        left, blocks = asyncio.run(growth(workspace.root))
        yield Measure(
            f"screens held more than after {SETTLED}", f"{CHANGES} screen changes", str(left),
            promised="none", kept=left == 0,
        )  # fmt: skip
        yield Measure(
            f"blocks of memory more than after {SETTLED}", f"{CHANGES} screen changes", f"{blocks:+,}",
            promised="under 5,000", kept=blocks < 5_000,
        )  # fmt: skip
        yield from desk_answers.measures(workspace)


def first_paint(folder: Path) -> tuple[float, int]:
    """Give seconds from starting the process to the first words of home, and its memory in MB then."""
    from tests.coprod.tui.terminal import Terminal

    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for("Facilitator: run", 60)
        taken = time.perf_counter() - terminal.started
        terminal.wait_for("In this workspace", 60)
        return taken, _resident(terminal.process.pid)


async def growth(folder: Path) -> tuple[int, int]:
    """Give how many more screens, and how many more blocks of memory, are held after 600 changes than after 100.

    A change is a screen opened or closed. The libraries' own bounded caches are emptied before each look.
    """
    from coprod.tui.desk import Desk

    workspace = load_workspace(folder)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)):
        await _open_and_close(app, workspace, SETTLED // 2)
        held, before = await _held()
        await _open_and_close(app, workspace, (CHANGES - SETTLED) // 2)
        screens, after = await _held()
    return max(0, screens - held), after - before


async def _open_and_close(app: "Desk", workspace: Workspace, times: int) -> None:
    from coprod.tui.analyst.codebook import CodebookScreen
    from coprod.tui.analyst.journal import JournalScreen
    from coprod.tui.analyst.ledger import LedgerScreen

    kinds: tuple[Callable[[], Screen[None]], ...] = (
        *(
            partial(role_screen, role, workspace)
            for role in ("facilitator", "analyst", "campaign", "service")
        ),
        *(partial(screen, workspace) for screen in (CodebookScreen, JournalScreen, LedgerScreen)),
    )
    for number in range(times):
        await app.push_screen(kinds[number % len(kinds)]())
        await app.pop_screen()


async def _held() -> tuple[int, int]:
    """Give how many screens and how many blocks of memory are held once what was closed has been let go of."""
    await asyncio.sleep(1)
    forget_everything()
    gc.collect()
    return sum(isinstance(one, Screen) for one in gc.get_objects()), sys.getallocatedblocks()


def _resident(process: int) -> int:
    """Give a process's resident memory in MB, as Linux tells it."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
