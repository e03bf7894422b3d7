"""The kiosk's page turns, first paint and hiding, as lines of the table; the measuring is in page_turn."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Measure

TURNS = 20


def measures() -> Iterator[Measure]:
    """Give p90 of page turns, and medians of first paint and of hiding with F12, in a real terminal."""
    from benchmarks.page_turn import F12, first_paint, hides, page_turns

    with tempfile.TemporaryDirectory() as folder:
        kept = str(Path(folder) / "kept")
        pages, _ = page_turns(kept, TURNS)
        turn = statistics.quantiles(pages, n=10, method="inclusive")[8]
        yield _measure("a page turn, from key to painted screen", f"p90 of {len(pages)}", turn, 50)
        painted = statistics.median(first_paint(kept) for _ in range(5))
        yield _measure("first paint of the kiosk", "median of 5", painted, 250)
        yield _measure(
            "hiding the screen with F12", "median of 5", statistics.median(hides(kept, F12, 5)), 100
        )


def _measure(what: str, size: str, taken: float, most: float) -> Measure:
    return Measure(what, size, f"{taken:.0f} ms", promised=f"under {most:.0f} ms", kept=taken < most)
