"""Concordance: how long a search takes over 100,000 answers that were read once."""

from collections.abc import Iterator
from statistics import median

import polars as pl

from analysis.words.concordance import index_of, search
from benchmarks.measures import Measure, seconds, timed

ANSWERS = 100_000
PROMISED = 0.05
PATTERNS = ("waiting", "w", "the staff", "my worker", "never rang me back", "zebra")
ROUNDS = 5


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give the time to read the answers once, and that of the slowest kind of search, each kind tried five times."""
    some = texts.head(ANSWERS)
    taken, index = timed(lambda: index_of(some))
    size = f"{len(some):,} answers"
    yield Measure("concordance: read once", size, seconds(taken))
    search(index, PATTERNS[0])
    slowest = max(
        median(timed(lambda one=one: search(index, one))[0] for _ in range(ROUNDS)) for one in PATTERNS
    )
    yield Measure("concordance: slowest search, first page", size, seconds(slowest),
                  promised=f"< {seconds(PROMISED)}", kept=slowest < PROMISED)  # fmt: skip
