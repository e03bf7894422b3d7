"""Whose words may be printed: phrases many share, quotes only from people who agreed (rule R9)."""

from collections.abc import Iterable, Sequence

import polars as pl

from analysis.texts import folded

LEAST_QUOTED = 10
LEAST_SHARED = 5
LONGEST_QUOTE = 300


def shared_phrases(texts: Sequence[str | None], phrases: Iterable[str]) -> frozenset[str]:
    """Give the phrases all of whose words stand in at least 5 of the texts, in any order and with any ending.

    A phrase of fewer people is their own words, which nobody may print without asking them.
    """
    series = folded(pl.Series(texts, dtype=pl.String))
    return frozenset(phrase for phrase in phrases if _texts_with(series, phrase) >= LEAST_SHARED)


def _texts_with(texts: pl.Series, phrase: str) -> int:
    """Count the texts that hold every word of a phrase, each at the beginning of a word."""
    found = pl.Series([True]).new_from_index(0, texts.len())
    for word in folded(pl.Series([phrase])).item().split():
        found = found & texts.str.contains(rf"(?:^|\W){word}")
    return int(found.sum())
