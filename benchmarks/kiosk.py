"""The kiosk's page turns, first paint and hiding, as lines of the table; the measuring is in page_turn."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Measure

TURNS = 20
INTERVIEWS = 60


def measures() -> Iterator[Measure]:
    """Give p90 of page turns and choices, medians of first paint and of hiding, and memory, in a real terminal."""
    from benchmarks.page_turn import F12, first_answer, first_paint, hides, memory_after, page_turns

    with tempfile.TemporaryDirectory() as folder:
        kept = str(Path(folder) / "kept")
        pages, choices = page_turns(kept, TURNS)
        turn = statistics.quantiles(pages, n=10, method="inclusive")[8]
        yield _measure("a page turn, from key to painted screen", f"p90 of {len(pages)}", turn, 50)
        choice = statistics.quantiles(choices, n=10, method="inclusive")[8]
        yield _measure("a choice, from key to painted screen", f"p90 of {len(choices)}", choice, 16)
        painted = [first_paint(kept) for _ in range(7)]
        yield _measure(
            "first paint of the kiosk",
            f"median of 7, least {min(painted):.0f}",
            statistics.median(painted),
            250,
        )
        ready = [first_answer(kept) for _ in range(5)]
        yield Measure(
            "start to the second page, Enter pressed at once", f"median of 5, least {min(ready):.0f}",
            f"{statistics.median(ready):.0f} ms", promised="none made",
        )  # fmt: skip
        held = memory_after(kept, INTERVIEWS)
        yield Measure(
            "memory of the kiosk", f"resident, {INTERVIEWS} interviews begun", f"{held[-1]:.0f} MB",
            promised="under 60 MB", kept=held[-1] < 60,
        )  # fmt: skip
        late = held[-1] - held[len(held) // 2]
        yield Measure(
            "what the second half of those adds", f"{INTERVIEWS * 10} pages", f"{late:.1f} MB",
            promised="under 2 MB", kept=late < 2,
        )  # fmt: skip
        yield _measure(
            "hiding the screen with F12", "median of 5", statistics.median(hides(kept, F12, 5)), 100
        )


def _measure(what: str, size: str, taken: float, most: float) -> Measure:
    return Measure(what, size, f"{taken:.0f} ms", promised=f"under {most:.0f} ms", kept=taken < most)
