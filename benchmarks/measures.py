"""A measure, and the table they are printed in."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct


class Measure(Struct, frozen=True):
    """One line of the table: what was done, on how much, ours, the peer's, and what was promised."""

    what: str
    size: str
    ours: str
    peer: str = ""
    ratio: str = ""
    promised: str = ""
    kept: bool | None = None


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Give the shortest of `times` runs in seconds and the last result."""
    shortest, result = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, result


def seconds(number: float) -> str:
    """Give a time as printed."""
    return f"{number * 1000:.0f} ms" if number < 1 else f"{number:.1f} s"


def print_table(measures: Iterable[Measure]) -> bool:
    """Print each measure as it comes; tell whether every promise was kept."""
    line = "{:<44} {:<20} {:>9} {:>26} {:>8}  {:<14} {}"
    print(line.format("what", "size", "coprod", "peer", "ratio", "promised", "kept"))
    all_kept = True
    for one in measures:
        kept = {True: "yes", False: "NO", None: ""}[one.kept]
        print(line.format(one.what, one.size, one.ours, one.peer, one.ratio, one.promised, kept), flush=True)
        all_kept &= one.kept is not False
    return all_kept
