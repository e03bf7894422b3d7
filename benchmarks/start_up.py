"""How quickly the command line starts, and what it leaves out."""

import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.measures import Measure, seconds

HEAVY = ("polars", "nltk", "textual", "sklearn", "scipy", "numpy", "typst", "pyrage", "jinja2")
RUNS = 7


def measures() -> Iterator[Measure]:
    """Give the time of `coprod --help` in a fresh interpreter (median of seven), and the heavy modules it brings."""
    bare = _median([sys.executable, "-c", "pass"])
    helped = _median([sys.executable, "-m", "coprod", "--help"])
    yield Measure(
        "coprod --help", "fresh interpreter", seconds(helped), f"python alone {seconds(bare)}",
        promised="under 150 ms", kept=helped < 0.15,
    )  # fmt: skip
    brought = _heavy_modules_of("coprod.cli.main")
    yield Measure(
        "heavy modules coprod.cli.main imports", "fresh interpreter", brought or "none",
        promised="none", kept=not brought,
    )  # fmt: skip


def _median(command: list[str]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[RUNS // 2]


def _heavy_modules_of(module: str) -> str:
    program = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.strip()
