"""Exemplars: of the answers of a pile, those that share most words with the others."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from analysis.words.words import split_words, stop_words

SHORT_ANSWERS = 4  # added to an answer's length, so that a single common word does not make it typical


def most_typical(texts: Sequence[str], count: int) -> tuple[int, ...]:
    """Give the places of the `count` texts that share most words with the others, small words aside; ties in order."""
    words: list[set[str]] = [set() for _ in texts]
    said = split_words(pl.Series(texts, dtype=pl.String))
    for row, word in said.filter(~pl.col("word").is_in(list(stop_words()))).iter_rows():
        words[row].add(word)
    held = Counter(word for one in words for word in one)

    def likeness(place: int) -> float:
        shared = sum(held[word] - 1 for word in words[place])
        return shared / (SHORT_ANSWERS + len(words[place]))

    return tuple(sorted(range(len(texts)), key=lambda place: (-likeness(place), place))[:count])
