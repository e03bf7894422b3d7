"""Terms: what answers are compared by. Words by stem, related words as one idea, rare ones weighing more."""

import functools
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
from msgspec import Struct
from scipy.sparse import csr_matrix

from analysis.words.words import split_words, stems_of, stop_words
from coprod.kernel.yamlfile import load_yaml

MOST_SHARE = 0.8
Matrix = Any  # scipy ships no types


class RelatedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Ideas with the words that mean them, and words no theme is built on."""

    format: Literal[1]
    ideas: dict[str, tuple[str, ...]]
    not_a_theme: tuple[str, ...]


class Terms(Struct, frozen=True):
    """The terms learned from some answers: `columns` gives a word's column, `weights` a column's rarity."""

    columns: pl.DataFrame
    names: tuple[str, ...]
    weights: np.ndarray

    def __len__(self) -> int:
        """Give the number of terms."""
        return len(self.names)


def learn_terms(texts: pl.Series, least: int) -> Terms:
    """Give the terms that stand in at least `least` of `texts` and in no more than four fifths of them.

    A term's weight is its inverse document frequency, smoothed: 1 + ln((1 + n) / (1 + answers)).
    """
    words = split_words(texts)
    named = _terms_of(words["word"].unique())
    held = words.join(named, on="word").select("answer", "term").unique().group_by("term").len("answers")
    most = max(least, int(MOST_SHARE * len(texts)))
    kept = held.filter(pl.col("answers").is_between(least, most)).sort("term").with_row_index("column")
    weights = 1.0 + np.log((1 + len(texts)) / (1 + kept["answers"].to_numpy()))
    columns = named.join(kept, on="term").select("word", "column")
    return Terms(columns, tuple(kept["term"]), weights)


def term_matrix(texts: pl.Series, terms: Terms) -> Matrix:
    """Give one row a text: (1 + ln times) × rarity for each term in it, scaled to length 1; empty where none is."""
    counted = (
        split_words(texts)
        .join(terms.columns, on="word")
        .group_by("answer", "column")
        .len()
        .sort("answer", "column")
    )
    rows, columns = counted["answer"].to_numpy(), counted["column"].to_numpy()
    values = (1.0 + np.log(counted["len"].to_numpy())) * terms.weights[columns]
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=len(texts)))
    return csr_matrix((values / lengths[rows], (rows, columns)), shape=(len(texts), len(terms)))


def ideas() -> dict[str, str]:
    """Give the idea of each word that has one, by the word."""
    return {word: idea for idea, words in related_words().ideas.items() for word in words}


@functools.cache
def related_words() -> RelatedWords:
    """Give `related_words.yaml`."""
    return load_yaml(Path(__file__).with_name("related_words.yaml"), RelatedWords).value


def _terms_of(words: pl.Series) -> pl.DataFrame:
    """Give the term of each word that may carry a theme: its idea, or else its stem."""
    left_out = stop_words() | set(related_words().not_a_theme)
    kept = [word for word in words if word not in left_out and len(word) > 1 and not word.isdigit()]
    stems, idea = stems_of(kept), _ideas_by_stem()
    named = [idea.get(word) or idea.get(stems[word]) or stems[word] for word in kept]
    return pl.DataFrame({"word": kept, "term": named}, schema={"word": pl.String, "term": pl.String})


@functools.cache
def _ideas_by_stem() -> dict[str, str]:
    """Give the idea of each listed word and of its stem, set apart from stems by a mark no word has."""
    by_word = {word: f"#{idea}" for word, idea in ideas().items()}
    stems = stems_of(by_word)
    return {stems[word]: idea for word, idea in by_word.items()} | by_word
