"""Themes: how long they take, whether the order of the answers matters, and how they stand beside NMF and LDA.

Beside the peers: agreement with codes people gave (adjusted mutual information, over answers with one code),
stability over seeds and over the order of the answers (adjusted Rand index), and seconds.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

from analysis.codes.coded import CodedAnswers
from analysis.themes.themes import find_themes
from benchmarks.measures import Measure, seconds, timed

NUMBER = 20
SEEDS = (0, 1, 2)
LDA_ROUNDS = 15

Labels = Any  # an array of the theme of each answer


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give the time for themes chosen by stability, and check them against the same answers turned round."""
    taken, found = timed(lambda: find_themes(texts))
    again = find_themes(texts.reverse())
    same = again.themes == found.themes and again.assignments == found.assignments[::-1]
    yield Measure(
        f"{len(found.themes)} themes, the same in any order", f"{len(texts):,} comments", seconds(taken),
        promised="the same", kept=same,
    )  # fmt: skip


def beside_peers(coded: CodedAnswers) -> Iterator[Measure]:
    """Give 20 themes of coded answers beside 20 of NMF and of LDA from scikit-learn, each started from three seeds."""
    one_code = coded.given.sum(axis=1) == 1
    truth = coded.given.argmax(axis=1)[one_code]
    ours = _figures(lambda texts, _: _coprod(texts), coded.texts, one_code, truth)
    peers = {name: _figures(work, coded.texts, one_code, truth) for name, work in PEERS.items()}
    size = f"{len(coded.texts):,} comments"
    names = (
        "agreement with human codes (AMI)",
        "stability over seeds (ARI)",
        "stability over order (ARI)",
        "time",
    )
    for place, name in enumerate(names):
        show = seconds if name == "time" else "{:.3f}".format
        theirs = ", ".join(f"{peer} {show(found[place])}" for peer, found in peers.items())
        yield Measure(f"{NUMBER} themes: {name}", size, show(ours[place]), theirs)


def _figures(
    work: Callable[[list[str], int], Labels], texts: pl.Series, one_code: Any, truth: Any
) -> tuple[float, float, float, float]:
    """Give AMI with the human codes, ARI over seeds, ARI over order, and seconds."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    listed = texts.to_list()
    taken, first = timed(lambda: work(listed, SEEDS[0]))
    runs = [first, *(work(listed, seed) for seed in SEEDS[1:])]
    turned = work(listed[::-1], SEEDS[0])[::-1]
    agreement = float(np.mean([adjusted_mutual_info_score(truth, one[one_code]) for one in runs]))
    seeds = float(np.mean([adjusted_rand_score(one, other) for one, other in combinations(runs, 2)]))
    return agreement, seeds, float(adjusted_rand_score(first, turned)), taken


def _coprod(texts: list[str]) -> Labels:
    found = find_themes(texts, NUMBER)
    return np.array([-1 if one is None else one for one in found.assignments])


def _nmf(texts: list[str], seed: int) -> Labels:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(stop_words="english", min_df=2, sublinear_tf=True).fit_transform(texts)
    return (
        NMF(NUMBER, init="nndsvdar", random_state=seed, max_iter=400, tol=1e-3)
        .fit_transform(matrix)
        .argmax(axis=1)
    )


def _lda(texts: list[str], seed: int) -> Labels:
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    lda = LatentDirichletAllocation(NUMBER, random_state=seed, max_iter=LDA_ROUNDS)
    return lda.fit_transform(matrix).argmax(axis=1)


PEERS: dict[str, Callable[[list[str], int], Labels]] = {"NMF": _nmf, "LDA": _lda}
