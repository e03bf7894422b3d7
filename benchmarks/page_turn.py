"""How long a young person waits: first paint of the kiosk, a page turn, a choice, hiding; in a real terminal.

Run with `python benchmarks/page_turn.py [TURNS]`. Each figure is from writing the key to the last byte of the
painted screen that shows the new page. Targets: first paint 250 ms, page turn p90 50 ms, hide 100 ms.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.coprod.tui.terminal import Terminal  # noqa: E402  found only once the root is on the path

PROGRAM = str(ROOT / "tests" / "coprod" / "tui" / "kiosk_program.py")
F12 = "\x1b[24~"
START = ("Press Enter", "How to hide", "What this is", "Who will read it", "Hide it or stop it")


def quick_wait(terminal: Terminal, mark: bytes, begun: float) -> float:
    """Give milliseconds from `begun` until a mark has come in, read raw; the screen is drawn afterwards."""
    have = len(terminal.raw)
    while mark not in terminal.raw[have:]:
        if not terminal.read(2.0):
            raise SystemExit(f"{mark!r} never came")
    return (time.perf_counter() - begun) * 1000


def to_first_question(terminal: Terminal) -> None:
    for text in START:
        terminal.wait_for(text)
        terminal.send("\r")
    terminal.wait_for("How did the visit feel?")
    terminal.settle(0.1)


def timed(terminal: Terminal, key: str, mark: str) -> float:
    begun = time.perf_counter()
    terminal.send(key)
    took = quick_wait(terminal, mark.encode(), begun)
    terminal.settle(0.03)
    return took


def first_paint(kept: str) -> float:
    with Terminal(PROGRAM, kept) as terminal:
        return quick_wait(terminal, b"Press Enter", terminal.started)


def first_answer(kept: str) -> float:
    """Give milliseconds from starting to the page after the ready one, with Enter pressed as soon as that is seen."""
    with Terminal(PROGRAM, kept) as terminal:
        quick_wait(terminal, b"Press Enter", terminal.started)
        terminal.send("\r")
        return quick_wait(terminal, b"How to hide", terminal.started)


def memory_after(kept: str, interviews: int) -> list[float]:
    """Give the resident MB after each interview that was begun, gone through for ten pages and hidden."""
    held = []
    with Terminal(PROGRAM, kept) as terminal:
        for _ in range(interviews):
            to_first_question(terminal)
            for _page in range(2):
                timed(terminal, "s", "Who listened")
                timed(terminal, "b", "How did the")
            timed(terminal, F12, "Press Enter")
            time.sleep(0.85)
            held.append(resident(terminal.process.pid))
    return held


def resident(process: int) -> float:
    """Give a process's resident memory in MB, as Linux tells it."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def page_turns(kept: str, turns: int) -> tuple[list[float], list[float]]:
    """Give the milliseconds of page turns (on and back) and of choices."""
    pages, choices = [], []
    with Terminal(PROGRAM, kept) as terminal:
        to_first_question(terminal)
        for turn in range(turns):
            choices.append(timed(terminal, str(1 + turn % 5), "●"))
            pages.append(timed(terminal, "s", "Who listened"))
            pages.append(timed(terminal, "b", "How did the"))
    return pages, choices


def hides(kept: str, key: str, times: int) -> list[float]:
    found = []
    for _ in range(times):
        with Terminal(PROGRAM, kept) as terminal:
            to_first_question(terminal)
            found.append(timed(terminal, key, "Press Enter"))
    return found


def line(name: str, values: list[float], target: str) -> str:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{name:<28} {cuts[49]:>7.1f} {cuts[89]:>7.1f} {cuts[98]:>7.1f} {len(values):>5}   {target}"


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as folder:
        kept = str(Path(folder) / "kept")
        pages, choices = page_turns(kept, turns)
        measured: list[tuple[str, Callable[[], list[float]], str]] = [
            ("first paint of the kiosk", lambda: [first_paint(kept) for _ in range(7)], "250"),
            ("page turn", lambda: pages, "p90 50"),
            ("a choice", lambda: choices, ""),
            ("hide with F12", lambda: hides(kept, F12, 5), "100"),
            ("hide with Esc", lambda: hides(kept, "\x1b", 5), ""),
            ("hide by touch", lambda: hides(kept, "\x1b[<0;75;1M", 5), "100"),
        ]
        print(
            f"{'milliseconds':<28} {'p50':>7} {'p90':>7} {'p99':>7} {'n':>5}   target      load {os.getloadavg()[0]:.1f}"
        )
        for name, values, target in measured:
            print(line(name, values(), target), flush=True)


if __name__ == "__main__":
    main()
