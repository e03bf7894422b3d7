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


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give how long one run takes, in seconds, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def side_by_side(ours: Callable[[], Any], peer: Callable[[], Any], rounds: int) -> tuple[float, float, Any]:
    """Give our seconds, the peer's, and the peer's result, from rounds in which ours runs before and after the peer.

    A machine that is busy for a while is then busy for both. The round with the middle ratio counts.
    """
    taken = []
    result = None
    for _ in range(rounds):
        before, _ignored = timed(ours)
        theirs, result = timed(peer)
        after, _ignored = timed(ours)
        taken.append(((before + after) / 2, theirs))
    mine, theirs = sorted(taken, key=lambda pair: pair[1] / pair[0])[rounds // 2]
    return mine, theirs, result


def seconds(number: float) -> str:
    """Give a time as printed."""
    return f"{number * 1000:.0f} ms" if number < 1 else f"{number:.1f} s"


LINE = "{:<58} {:<20} {:>9} {:>26} {:>8}  {:<14} {}"


def print_section(name: str, about: str, why_not: str = "") -> None:
    """Print a section's name and what its columns hold, or why it is left out."""
    print(f"\n{name}: {about}")
    if why_not:
        print(f"  left out; it needs {why_not}")
        return
    print(LINE.format("what", "size", "coprod", "peer", "ratio", "promised", "kept"))


def print_table(measures: Iterable[Measure]) -> bool:
    """Print each measure as it comes; tell whether every promise was kept."""
    all_kept = True
    for one in measures:
        kept = {True: "yes", False: "NO", None: ""}[one.kept]
        print(LINE.format(one.what, one.size, one.ours, one.peer, one.ratio, one.promised, kept), flush=True)
        all_kept &= one.kept is not False
    return all_kept
