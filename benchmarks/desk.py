"""The desk: first paint, the memory of its process, hundreds of screens without growth, and long lists of answers."""

import asyncio
import gc
import os
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measures import Measure, seconds
from coprod.journeys.beginnings import begin_workspace
from coprod.tui.home import role_screen
from coprod.tui.memory import forget_everything
from coprod.workspace import Workspace, load_workspace

if TYPE_CHECKING:
    from coprod.tui.desk import Desk
    from coprod.tui.widgets.rows import Rows

ROOT = Path(__file__).parents[1]
PROGRAM = str(ROOT / "tests" / "coprod" / "tui" / "desk_program.py")
PAINTS, SCREENS, ANSWERS = 5, 600, 100_000
SETTLES = 0.02  # seconds in which a closed screen takes its leave


def measures() -> Iterator[Measure]:
    """Give medians of first paint and of finding words in 100,000 answers, and what 600 screens leave behind."""
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
        grown = asyncio.run(growth(workspace.root))
        yield Measure(
            "what the second half of the screens leaves behind", f"{SCREENS} opened and closed", f"{grown:.0f} kB",
            promised="under 1,000 kB", kept=grown < 1000,
        )  # fmt: skip
        moved, found = asyncio.run(long_list(workspace))
        yield Measure(
            "moving through answers", f"{ANSWERS:,} listed", seconds(moved),
            promised="under 50 ms", kept=moved < 0.05,
        )  # fmt: skip
        coded = asyncio.run(coding_keys(workspace))
        yield Measure(
            "a digit that gives a code, to the screen drawn anew", f"{ANSWERS:,} listed", seconds(coded),
            promised="under 50 ms", kept=coded < 0.05,
        )  # fmt: skip
        yield Measure(
            "finding words in answers", f"{ANSWERS:,} listed", seconds(found),
            promised="under 100 ms", kept=found < 0.1,
        )  # fmt: skip


def first_paint(folder: Path) -> tuple[float, int]:
    """Give seconds from starting the process to the first words of home, and its memory in MB then."""
    from tests.coprod.tui.terminal import Terminal

    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for("Facilitator: run", 60)
        taken = time.perf_counter() - terminal.started
        terminal.wait_for("In this workspace", 60)
        return taken, _resident(terminal.process.pid)


async def growth(folder: Path) -> float:
    """Give the kB that Python holds more after the second half of the screens than after the first.

    Textual's own bounded caches of painted lines are emptied before each look.
    """
    from coprod.tui.desk import Desk

    workspace = load_workspace(folder)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)):
        await _open_and_close(app, workspace, SCREENS // 2)
        tracemalloc.start()
        begun = await _held()
        await _open_and_close(app, workspace, SCREENS // 2)
        grown = await _held() - begun
        tracemalloc.stop()
    return grown / 1000


async def _open_and_close(app: "Desk", workspace: Workspace, times: int) -> None:
    for number in range(times):
        role = ("facilitator", "analyst", "campaign", "service")[number % 4]
        await app.push_screen(role_screen(role, workspace))
        await app.pop_screen()
        await asyncio.sleep(SETTLES)


async def _held() -> int:
    """Give the bytes held once what was closed has been let go of, beside the libraries' own bounded caches."""
    await asyncio.sleep(1)
    forget_everything()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def long_list(workspace: Workspace) -> tuple[float, float]:
    """Give the median seconds of moving the caret, and of finding a word, in a list of 100,000 simulated answers."""
    from coprod.journeys.understanding.reading import Question, ReadAbout, Written
    from coprod.tui.analyst.sources import Answers
    from coprod.tui.analyst.texts import TextsScreen
    from coprod.tui.desk import Desk
    from coprod.tui.widgets.rows import Rows

    texts = tuple(
        Written(f"Simulated answer {number}: staff were kind, the wait was long", may_quote=False)
        for number in range(ANSWERS)
    )
    nobody: object = None
    answers = Answers(nobody, ReadAbout("simulated", simulated=True, questions=()), Path())  # type: ignore[arg-type]  # a stand-in: nothing is asked of it
    screen = TextsScreen(workspace, answers, Question("said", "What did they say?", "written"), texts)
    app = Desk(None)
    async with app.run_test(size=(120, 36)):
        await app.push_screen(screen)
        rows = screen.query_one(Rows)
        moved = [_timed(lambda: _moved(rows)) for _ in range(21)]
        found = [_timed(lambda: screen.find("kind 77")) for _ in range(7)]
    return statistics.median(moved), statistics.median(found)


async def coding_keys(workspace: Workspace) -> float:
    """Give the median seconds in which a digit gives a code to one of 100,000 simulated answers and the list is drawn."""
    from coprod.journeys.understanding.coding_room import CodeShown, Sheet
    from coprod.journeys.understanding.reading import Question, ReadAbout
    from coprod.tui.analyst.coding import CodingScreen
    from coprod.tui.analyst.sources import Answers
    from coprod.tui.desk import Desk
    from coprod.tui.widgets.rows import Rows

    ids = tuple(f"row-{number}" for number in range(1, ANSWERS + 1))
    texts = tuple(f"Simulated answer {number}: staff were kind" for number in range(ANSWERS))
    codes = tuple(CodeShown(f"code-{number}", f"Code {number}", "made up") for number in range(9))
    sheet = Sheet(ids, texts, (True,) * ANSWERS, codes, {}, frozenset())
    silent: Any = Silent()
    answers = Answers(silent, ReadAbout("simulated", simulated=True, questions=()), Path())
    question = Question("said", "What did they say?", "written")
    screen = CodingScreen(workspace, answers, question, silent, sheet)
    app = Desk(None)
    async with app.run_test(size=(80, 24)):
        await app.push_screen(screen)
        rows = screen.query_one(Rows)

        def code() -> None:
            screen.action_code(3)
            rows.action_move(997)
            rows.render()

        taken = [_timed(code) for _ in range(21)]
    return statistics.median(taken)


class Silent:
    """Stands for the process that keeps a sitting: everything is saved at once."""

    def ask(self, *_: object) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def _moved(rows: "Rows") -> None:
    rows.action_move(997)
    rows.render()


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _resident(process: int) -> int:
    """Give a process's resident memory in MB, as Linux tells it."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
