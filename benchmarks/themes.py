"""Themes: how long they take and whether the order of the answers matters."""

from collections.abc import Iterator

import polars as pl

from analysis.themes.themes import find_themes
from benchmarks.measures import Measure, seconds, timed


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give the time for themes chosen by stability, and check them against the same answers turned round."""
    taken, found = timed(lambda: find_themes(texts))
    again = find_themes(texts.reverse())
    same = again.themes == found.themes and again.assignments == found.assignments[::-1]
    yield Measure(
        f"{len(found.themes)} themes, the same in any order", f"{len(texts):,} comments", seconds(taken),
        promised="the same", kept=same,
    )  # fmt: skip
