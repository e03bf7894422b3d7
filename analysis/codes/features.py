"""Features: what a suggestion is learned from. Words, pairs of words and pieces of words, rare ones weighing more.

Pieces are 2 to 5 letters long and do not cross words, so they are cut once for each distinct word and then
counted by a product of sparse tables. That is what lets spelling as young people write it, such as "waitin" or
"drs", meet what it stands for.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from msgspec import Struct
from scipy.sparse import csr_matrix, diags, hstack

from analysis.words.words import split_words

LEAST_ANSWERS = 2
SHORTEST_PIECE = 2
LONGEST_PIECE = 5

Matrix = Any  # scipy ships no types
Numbers = npt.NDArray[Any]


class Block(Struct, frozen=True):
    """One kind of feature: weighted rows of length 1, the columns kept, their weights, and each row's length before."""

    matrix: Matrix
    kept: Numbers
    rarity: Numbers
    lengths: Numbers


class Features(Struct, frozen=True):
    """Answers as numbers. `terms` are words, then pairs of words, each a column of `held`.

    `pieces_of` has a row for each word and a column for each piece of a word.
    """

    terms: tuple[str, ...]
    held: Matrix
    pieces_of: Matrix
    spoken: Block
    spelled: Block
    matrix: Matrix
    blocks: int


def learn_features(texts: pl.Series, meanings: Numbers | None = None) -> Features:
    """Give the features of texts, those of at least 2 texts; the weight is 1 + ln times, times the term's rarity.

    `meanings` are rows of length 1 that stand beside them (see `analysis.codes.meaning`).
    """
    words = split_words(texts)
    vocabulary = words["word"].unique().sort()
    word_counts = _counts(words, vocabulary, len(texts))
    following = pl.col("word").shift(-1).over("answer")
    pairs = words.select("answer", word=pl.col("word") + " " + following).drop_nulls()
    known_pairs = pairs["word"].unique().sort()
    pieces_of = _pieces_of(vocabulary)
    held = hstack([word_counts, _counts(pairs, known_pairs, len(texts))]).tocsr()
    spoken, spelled = _block(held), _block((word_counts @ pieces_of).tocsr())
    terms = (*vocabulary, *known_pairs)
    beside = [] if meanings is None else [csr_matrix(meanings, dtype=float)]
    blocks = [spoken.matrix, spelled.matrix, *beside]
    return Features(terms, held, pieces_of, spoken, spelled, hstack(blocks).tocsr(), len(blocks))


def likeness(features: Features, rows: Sequence[int] | Numbers) -> Numbers:
    """Give how alike answers are to each other, a square table of 0 to the number of blocks."""
    chosen = features.matrix[rows]
    alike: Numbers = (chosen @ chosen.T).toarray()
    return alike


def term_weights(features: Features, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Give what each term adds to each code's score, by itself and by its pieces, for `weights` of features by code.

    Divide the first by an answer's `spoken.lengths` and the second by its `spelled.lengths`. Exact where a term
    stands once in an answer.
    """
    split = features.spoken.matrix.shape[1]
    spelled_by = weights[split : split + features.spelled.matrix.shape[1]]
    own = np.zeros((len(features.terms), weights.shape[1]))
    own[features.spoken.kept] = features.spoken.rarity[:, None] * weights[:split]
    pieces = features.pieces_of[:, features.spelled.kept]
    spelled = np.zeros_like(own)
    spelled[: pieces.shape[0]] = pieces @ (features.spelled.rarity[:, None] * spelled_by)
    return own, spelled


def _counts(found: pl.DataFrame, vocabulary: pl.Series, answers: int) -> Matrix:
    numbered = pl.DataFrame({"word": vocabulary}).with_row_index("column")
    placed = found.join(numbered, on="word", maintain_order="left")
    ones = np.ones(placed.height)
    places = (placed["answer"].to_numpy(), placed["column"].to_numpy())
    return csr_matrix((ones, places), shape=(answers, len(vocabulary)))


def _pieces_of(vocabulary: pl.Series) -> Matrix:
    columns: dict[str, int] = {}
    rows, places = [], []
    for row, word in enumerate(vocabulary):
        for piece in _pieces(word):
            rows.append(row)
            places.append(columns.setdefault(piece, len(columns)))
    return csr_matrix((np.ones(len(rows)), (rows, places)), shape=(len(vocabulary), len(columns)))


def _pieces(word: str) -> list[str]:
    edged = f" {word} "
    return [
        edged[start : start + length]
        for length in range(SHORTEST_PIECE, min(LONGEST_PIECE, len(edged)) + 1)
        for start in range(len(edged) - length + 1)
    ]


def _block(counts: Matrix) -> Block:
    answers = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(answers >= LEAST_ANSWERS)
    rarity = 1 + np.log((1 + counts.shape[0]) / (1 + answers[kept]))
    weighted = counts[:, kept].tocsr()
    weighted.data = 1 + np.log(weighted.data)
    weighted = weighted @ diags(rarity)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return Block((diags(1 / lengths) @ weighted).tocsr(), kept, rarity, lengths)
