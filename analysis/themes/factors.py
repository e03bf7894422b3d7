"""Factors: themes as directions in the space of terms, found by NMF, and how well they hold."""

import functools
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Matrix = Any  # scipy ships no types
Numbers = npt.NDArray[Any]

RERUNS = 10
SHARE = 0.8
SAME_THEME = 0.5
NO_THEME = -1


class Holding(Struct, frozen=True):
    """How well themes hold when a fifth of the answers is left out, ten times over.

    `agreement` is the mean adjusted Rand index between a re-run and the whole; `together` says for
    each theme in how many re-runs its answers stayed together (Jaccard index of at least one half
    with one theme of the re-run; Hennig 2007, Cluster-wise assessment of cluster stability).
    """

    agreement: float
    together: tuple[int, ...]


def learn_factors(matrix: Matrix, count: int) -> Numbers:
    """Give `count` directions of length 1, by non-negative factorisation from a start without chance (NNDSVDa)."""
    found = _factorised(matrix, n_components=count, init="nndsvda", max_iter=400)[1]
    lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    scaled: Numbers = found / lengths
    return scaled


def nearest_factor(matrix: Matrix, factors: Numbers) -> Numbers:
    """Give each row's strongest factor, or -1 where none carries it."""
    weights = _factorised(
        matrix, H=factors, n_components=len(factors), init="custom", update_H=False, max_iter=200
    )[0]
    return np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), NO_THEME)


def _factorised(matrix: Matrix, **options: Any) -> tuple[Numbers, Numbers, int]:
    from sklearn.decomposition import non_negative_factorization
    from sklearn.exceptions import ConvergenceWarning

    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # to stop at the bound is meant
        found: tuple[Numbers, Numbers, int] = non_negative_factorization(
            matrix, tol=1e-3, random_state=0, **options
        )
    return found


def holding(matrix: Matrix, nearest: Numbers, count: int) -> Holding:
    """Re-run the finding of `count` themes on ten samples of four fifths, and compare with `nearest`."""
    from sklearn.metrics import adjusted_rand_score

    agreements, together = [], np.zeros(count, dtype=int)
    for rerun in range(RERUNS):
        rows = _sample(matrix.shape[0], rerun)
        again = nearest_factor(matrix[rows], learn_factors(matrix[rows], count))
        agreements.append(adjusted_rand_score(nearest[rows], again))
        together += _overlap(nearest[rows], again, count) >= SAME_THEME
    return Holding(float(np.mean(agreements)), tuple(int(times) for times in together))


def _sample(rows: int, rerun: int) -> Numbers:
    chosen = np.random.default_rng(rerun).permutation(rows)[: max(1, round(rows * SHARE))]
    return np.sort(chosen)


def _overlap(first: Numbers, second: Numbers, count: int) -> Numbers:
    """Give for each theme of `first` its largest Jaccard index with a theme of `second`."""
    table = np.zeros((count + 1, count + 1))
    np.add.at(table, (first, second), 1)
    both = table[:count, :count]
    either = table[:count].sum(axis=1)[:, None] + table[:, :count].sum(axis=0)[None, :] - both
    largest: Numbers = (both / np.maximum(either, 1)).max(axis=1)
    return largest


def one_thread() -> Any:
    """Hold linear algebra to one thread: sums in one order, so the same result on every machine with any load."""
    return _threads().limit(limits=1)


@functools.cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # ships no types

    return ThreadpoolController()
