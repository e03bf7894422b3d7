"""Fit the second reader's table: for each kind of line one weighted sum of words, their letters, meanings and pairs.

Multinomial logistic regression over four parts of a sentence, each divided by the root of its number of words and one:
stems by how rare they are, groups of two to five letters, distilled word vectors (common words count less: Arora and
others, 2017, "A simple but tough-to-beat baseline for sentence embeddings"), pairs of neighbours. All but the pairs
are sums over words, so one row a word is all that a reader needs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from campaigns.checking.secondreader import Limits, Weights, stem, words_of

GOOD = ""
STRENGTH = 5.0
RARE = 3e-3
LETTERS = (2, 5)
FEWEST = 2
LIMITS = Limits(
    lightest=-400,
    harmful_from=-235,
    for_a_warning=75,
    speaks_from=-200,
    speaks_alone_from=180,
    excuses_to=-100,
)  # set on passages that were not learnt from


class Part:
    """One kind of feature: what of a word or a pair it counts, each entry weighed by how rare it is in lines."""

    def __init__(self, lines: Sequence[list[Any]], entries_of: Callable[[Any], Sequence[str]]) -> None:
        self._entries_of = entries_of
        counted = Counter(entry for line in lines for entry in {e for one in line for e in entries_of(one)})
        kept = {entry: count for entry, count in counted.items() if count >= FEWEST}
        self.numbers = {entry: number for number, entry in enumerate(kept)}
        self._rarity = [log((len(lines) + 1) / (count + 1)) + 1 for count in kept.values()]
        squares = [sum(weight**2 for _, weight in self.row(one)) for line in lines for one in line]
        self._rarity = [one / sqrt(sum(squares) / len(squares)) for one in self._rarity]

    def row(self, one: Any) -> list[tuple[int, float]]:
        """Give the entries of a word or a pair with what each counts."""
        numbers = (self.numbers.get(entry) for entry in self._entries_of(one))
        return [(number, self._rarity[number]) for number in numbers if number is not None]


class Meaning:
    """The part that word vectors are: the rarer a word is in lines, the more it counts."""

    def __init__(self, lines: Sequence[list[str]], vectors: dict[str, Any]) -> None:
        self._vectors = vectors
        self._counts = Counter(word for line in lines for word in line)
        self._all = self._counts.total()
        self.numbers = range(len(next(iter(vectors.values()))))

    def row(self, word: str) -> list[tuple[int, float]]:
        """Give the numbers of a word."""
        vector = self._vectors.get(word)
        if vector is None:
            return []
        weight = RARE / (RARE + self._counts[word] / self._all)
        return [(number, weight * value) for number, value in enumerate(vector)]


def letters_of(word: str) -> list[str]:
    """Give the groups of letters of a word, a space before and behind it."""
    padded = f" {word} "
    return [
        padded[start : start + size]
        for size in range(LETTERS[0], LETTERS[1] + 1)
        for start in range(len(padded) - size + 1)
    ]


def pairs_of(words: list[str]) -> list[str]:
    """Give the pairs of neighbouring stems."""
    stems = ["^", *(stem(word) for word in words), "$"]
    return [f"{first} {second}" for first, second in pairwise(stems)]


def fit(
    texts: Sequence[str], kinds: Sequence[str], counts: Sequence[float], vectors: dict[str, Any], trained: str
) -> Weights:
    """Give the table learnt from folded texts, the kind marked in each ("" for none) and how much each counts."""
    lines = [words_of(text) for text in texts]
    paired = [pairs_of(line) for line in lines]
    of_words = (Part(lines, lambda word: [stem(word)]), Part(lines, letters_of), Meaning(lines, vectors))
    of_pairs = Part(paired, lambda pair: [pair])
    rows = _matrix(lines, of_words)
    with_pairs = sp.hstack([rows, _matrix(paired, (of_pairs,), [len(line) for line in lines])]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    model.fit(with_pairs, list(kinds), sample_weight=list(counts))
    listed = sorted({word for line in lines for word in line} | vectors.keys())
    return _table(model, rows.shape[1], listed, of_words, of_pairs, trained)


def _matrix(lines: Sequence[list[str]], parts: Iterable[Any], lengths: Sequence[int] | None = None) -> Any:
    blocks = []
    for part in parts:
        cells: tuple[list[int], list[int], list[float]] = ([], [], [])
        known: dict[str, list[tuple[int, float]]] = {}
        for place, line in enumerate(lines):
            share = 1 / sqrt((lengths[place] if lengths else len(line)) + 1)
            for one in line:
                if one not in known:
                    known[one] = part.row(one)
                for number, weight in known[one]:
                    cells[0].append(place)
                    cells[1].append(number)
                    cells[2].append(weight * share)
        blocks.append(sp.csr_matrix((cells[2], cells[:2]), shape=(len(lines), len(part.numbers))))
    return sp.hstack(blocks).tocsr()


def _table(
    model: Any, size: int, listed: list[str], of_words: Sequence[Any], of_pairs: Part, trained: str
) -> Weights:
    """Give for each kind how much more it weighs than a good line, in bytes."""
    good = list(model.classes_).index(GOOD)
    kinds = tuple(str(kind) for kind in model.classes_ if kind != GOOD)
    coefficients = np.delete(model.coef_ - model.coef_[good], good, axis=0)
    start = np.delete(model.intercept_ - model.intercept_[good], good)
    words = _alone(listed, of_words) @ coefficients[:, :size].T
    pairs = _alone(list(of_pairs.numbers), (of_pairs,)) @ coefficients[:, size:].T
    step = 100 * np.quantile(np.abs(words), 0.9999) / 127
    return Weights(
        1, trained, LIMITS, kinds, tuple(round(100 * one) for one in start), float(step),
        "\n".join(listed), _bytes(words, step), "\n".join(of_pairs.numbers), _bytes(pairs, step),
    )  # fmt: skip


def _alone(entries: list[str], parts: Sequence[Any]) -> Any:
    return _matrix([[entry] for entry in entries], parts, [0] * len(entries))


def _bytes(table: Any, step: float) -> bytes:
    return bytes((np.clip(np.rint(100 * table / step), -127, 127) + 128).astype(np.uint8).tobytes())
