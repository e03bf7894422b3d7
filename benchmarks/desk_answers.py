"""The desk with 100,000 simulated answers: the real screens and the real processes behind them, keys and their pictures."""

import asyncio
import csv
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from benchmarks.measures import Measure, seconds

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from coprod.workspace import Workspace

ANSWERS = 100_000
CODED_FIRST = 12
TIMES = 9
LONGEST = 120  # seconds until something that must come is given up
SETTLES = 0.1  # seconds in which a picture is painted for certain
PARTS = (
    ("staff were kind", "the wait was long", "nobody rang back", "they listened", "it closed early", "my notes were shared"),
    ("and I felt safe", "so I stopped going", "and my worker stayed", "so I told a friend", "and it helped"),
    ("in spring", "last winter", "twice", "every week", "at the start", "in the end", "this year"),
)  # fmt: skip


class Taken(Struct, frozen=True):
    """Median seconds from a key to what it brings on the screen, and of what is waited for with progress."""

    to_end: float
    found: float
    in_place: float
    coded: float
    saved: float
    suggested: float
    opened: float


def measures(workspace: "Workspace") -> Iterator[Measure]:
    """Give what an analyst waits for, at 100,000 answers."""
    taken = asyncio.run(at_the_desk(workspace))
    for what, took, most in (
        ("to the last answer, key to picture", taken.to_end, 0.1),
        ("finding words, Enter to picture", taken.found, 0.1),
        ("words in place, letter to picture", taken.in_place, 0.1),
        ("a digit that gives a code, key to picture", taken.coded, 0.1),
        ("and the decision on the disk, which nobody waits for", taken.saved, None),
        ("suggestions, learned anew, with progress", taken.suggested, None),
        ("answers opened from a file until they are listed, with progress", taken.opened, None),
    ):
        promised = "under 100 ms" if most else "none made"
        yield Measure(
            what, f"{ANSWERS:,} listed", seconds(took), promised=promised, kept=took < most if most else None
        )


async def at_the_desk(workspace: "Workspace") -> Taken:
    """Open a file of simulated answers as an analyst does, and time what they do with it."""
    from coprod.tui.analyst.responses import ResponsesScreen
    from coprod.tui.desk import Desk

    path = _written(workspace.root.parent / "simulated.csv")
    begun = time.perf_counter()
    answers = _opened(path, workspace)
    app = Desk(None)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = ResponsesScreen(workspace, answers)
        await app.push_screen(screen)
        answers.coder = "AB"
        await _until(pilot, "said")
        await pilot.press("r")
        await _until(pilot, f"1 of {ANSWERS} have been")
        opened = time.perf_counter() - begun
        to_end = await _median(pilot, lambda turn: "end" if turn % 2 == 0 else "home", _caret_moved)
        found = await _finding(pilot)
        await pilot.press("escape")
        in_place = await _in_place(pilot)
        coded, saved = await _coding(pilot)
        begun = time.perf_counter()
        await pilot.press("s")
        await _until(pilot, "Worth a look here")
        suggested = time.perf_counter() - begun
    return Taken(to_end, found, in_place, coded, saved, suggested, opened)


def _written(path: Path) -> Path:
    """Write simulated answers, no two of them alike, as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["said"])
        for number in range(ANSWERS):
            parts = (part[number // 7**place % len(part)] for place, part in enumerate(PARTS))
            writer.writerow([f"simulated {number}: {' '.join(parts)}"])
    return path


def _opened(path: Path, workspace: "Workspace") -> Any:
    from coprod.journeys.understanding.reading import read_file
    from coprod.tui.analyst.sources import answers_kept

    return answers_kept(path, lambda held: held.keep(read_file, str(path), workspace))


async def _finding(pilot: "Pilot[Any]") -> float:
    """Time Enter on words to find until the list shows how many hold them."""
    taken = []
    for turn in range(TIMES):
        await pilot.press("slash", *(["backspace"] * 9 if turn else []), *f"kind {70 + turn}")
        taken.append(await _timed(pilot, "enter", lambda: f"kind {70 + turn}”" in _shown(pilot.app)))  # noqa: B023  asked at once
    await pilot.press("slash", *["backspace"] * 9, "enter")
    return statistics.median(taken)


async def _in_place(pilot: "Pilot[Any]") -> float:
    """Time letters, each of which thousands of answers have a word with, until their lines are there."""
    await pilot.press("f")
    await _until(pilot, "Type a word")
    taken = []
    for letter in "kwrlcn":
        taken.append(await _timed(pilot, letter, lambda: f"‹{letter}" in _shown(pilot.app)))  # noqa: B023  asked at once
        await pilot.press("backspace")
        await _until(pilot, "Type a word")
    await pilot.press("escape")
    return statistics.median(taken)


async def _coding(pilot: "Pilot[Any]") -> tuple[float, float]:
    """Time a digit until its code stands on the screen, and until the decision is on the disk."""
    await pilot.press("c")
    await _until(pilot, f"0 of {ANSWERS} judged, saved")
    painted, saved = [], []
    for turn in range(CODED_FIRST):
        begun = time.perf_counter()
        digit = "2" if turn % 2 else "1"
        painted.append(await _timed(pilot, digit, lambda: f"{digit} ●" in _shown(pilot.app)))  # noqa: B023  asked at once
        await _until(pilot, "judged, saved")
        saved.append(time.perf_counter() - begun)
        await pilot.press("down")
    return statistics.median(painted), statistics.median(saved)


async def _median(
    pilot: "Pilot[Any]", key: Callable[[int], str], is_there: Callable[[Any, int], bool]
) -> float:
    return statistics.median(
        [await _timed(pilot, key(turn), partial(is_there, pilot.app, turn)) for turn in range(TIMES)]
    )


def _caret_moved(app: Any, turn: int) -> bool:
    return f"simulated {ANSWERS - 1 if turn % 2 == 0 else 0}:" in _shown(app)


async def _timed(pilot: "Pilot[Any]", key: str, is_there: Callable[[], bool]) -> float:
    """Give seconds from a key to the first picture painted once something is there."""
    painted: list[float] = []
    app: Any = pilot.app
    paint = app._display  # noqa: SLF001  the one door to the terminal

    def noted(*picture: Any) -> None:
        paint(*picture)
        painted.append(time.perf_counter())

    app._display = noted  # noqa: SLF001  likewise
    begun = time.perf_counter()
    app.simulate_key(key)
    while not is_there():
        await asyncio.sleep(0)
        if time.perf_counter() - begun > LONGEST:
            raise TimeoutError(key)
    there = time.perf_counter()
    await asyncio.sleep(SETTLES)
    app._display = paint  # noqa: SLF001  likewise
    return next((at for at in painted if at >= there), max(painted, default=there)) - begun


async def _until(pilot: "Pilot[Any]", text: str) -> None:
    """Wait for a text on the screen, however it is broken into lines."""
    begun = time.perf_counter()
    while text not in " ".join(_shown(pilot.app).split()):
        await pilot.pause(0.05)
        if time.perf_counter() - begun > LONGEST:
            raise TimeoutError(text)


def _shown(app: Any) -> str:
    """Give the characters on the screen."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001  the only way to what is painted
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
