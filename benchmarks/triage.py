"""How many made-up answers that tell of risk are brought forward for the safeguarding lead, how many others, and how fast.

No peer does this; in the order received, risk is found at chance. `python -m benchmarks triage` prints it; the answers are
in `tests/analysis/simulated_risk.py` and `simulated_risk_later.py`, the last of which nothing was changed for.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from analysis.triage.triage import FreeText, queue
from benchmarks.measures import Measure, seconds, timed
from tests.analysis.simulated_risk import (
    EARLY,
    FIRST,
    HARD,
    HARD_ORDINARY,
    HELD_OUT,
    HELD_OUT_ORDINARY,
    ORDINARY,
)
from tests.analysis.simulated_risk_later import (
    LAST,
    LAST_ORDINARY,
    SEEN,
    SEEN_ORDINARY,
    UNSEEN,
    UNSEEN_ORDINARY,
)

TEXTS = 100_000
TUNED, WRITTEN_FIRST, HARDER = "changed for", "written before", "written after, hard"


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give what is brought forward of each lot of made-up answers, and the time for 100,000 short texts."""
    for language in ("en", "cy"):
        tuned = [text for lot in (FIRST, EARLY, HARD, HELD_OUT, SEEN) for text in lot[language]]
        yield _brought_forward(f"risk brought forward, {TUNED} ({language})", tuned)
        yield _brought_forward(f"risk brought forward, {WRITTEN_FIRST} ({language})", UNSEEN[language])
        yield _brought_forward(f"risk brought forward, {HARDER} ({language})", LAST[language])
    ordinary = (*ORDINARY, *HARD_ORDINARY, *HELD_OUT_ORDINARY, *SEEN_ORDINARY)
    yield _brought_forward(f"ordinary ones brought forward, {TUNED}", ordinary)
    yield _brought_forward("ordinary ones brought forward, unseen", (*UNSEEN_ORDINARY, *LAST_ORDINARY))
    some = [FreeText("simulated", text) for text in texts.head(TEXTS)]
    yield Measure("order of reading", f"{len(some):,} texts", seconds(timed(lambda: queue(some))[0]))


def _brought_forward(name: str, texts: Sequence[str]) -> Measure:
    found = [queue([FreeText("simulated", text)])[0].order for text in texts]
    early = sum(order != "then" for order in found)
    return Measure(
        name, f"{len(texts)} answers", f"{early / len(texts):.0%}", f"{found.count('first')} of them first"
    )
