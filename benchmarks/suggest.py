"""Suggestions against the recipe of the published classifier: accuracy, learning curve, time to learn.

`python -m benchmarks.suggest FILE --text COLUMN --codes LINE` on a table of coded answers. The split is grouped:
no text is in both parts. The recipe is TF-IDF with an SVC for each code (C = 15, balanced, probability from .3);
codes with fewer than 5 examples it cannot learn are left to it as never given.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from analysis.codes.coded import CodedAnswers, code_names, read_coded
from analysis.codes.suggest import Learned, Prepared, learn, prepare, read_next, scores_of
from analysis.inputs.responses import read_responses
from analysis.inputs.texts import folded
from benchmarks.measures import Measure, print_table, seconds, side_by_side, timed

CURVE = (25, 50, 100, 200, 500)
RUNS = 5
TESTED = 0.2
SEED = 42
FASTER = 20
REFIT = 0.1
LEAST_FOR_SVC = 5
CUT = 0.3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a CSV with a column of text and 1 in each code's column"
    )
    parser.add_argument("--text", required=True, metavar="COLUMN")
    parser.add_argument(
        "--codes",
        default="",
        metavar="LINE",
        help="one CSV line; left out, every column of only 1 and blanks",
    )
    parser.add_argument("--no-peer", action="store_true", help="leave the slow SVC out")
    asked = parser.parse_args()
    return 0 if print_table(measures(coded_comments(asked.file, asked.text, asked.codes), peer=not asked.no_peer)) else 1  # fmt: skip


def measures(coded: CodedAnswers, *, peer: bool = True) -> Iterator[Measure]:
    """Give the figures, the answers that are not blank."""
    train, test = _split(coded.texts)
    size = f"{len(train):,} + {len(test):,}"
    taken, prepared = timed(lambda: prepare(coded.texts))
    yield Measure("answers made ready, once", f"{len(coded.texts):,} answers", seconds(taken))
    learned = learn(prepared, train, coded.given[train], coded.codes)
    ours = figures(coded.given[test], *_judged(prepared, learned, test))
    if peer:
        yield from _beside_svc(coded, prepared, train, test)
    else:
        yield Measure(
            "suggestions: micro, macro, in first three", size, " ".join(f"{one:.3f}" for one in ours)
        )
    yield from _curve(coded, prepared, train, test)


def _beside_svc(coded: CodedAnswers, prepared: Prepared, train: Any, test: Any) -> Iterator[Measure]:
    texts = coded.texts.to_numpy()
    taken, svc, (words, models) = side_by_side(
        lambda: learn(prepared, train, coded.given[train], coded.codes),
        lambda: _learn_svc(texts[train], coded.given[train]),
        1,
    )
    learned = learn(prepared, train, coded.given[train], coded.codes)
    ours = figures(coded.given[test], *_judged(prepared, learned, test))
    tested = words.transform(texts[test])
    scores = np.column_stack(
        [one.predict_proba(tested)[:, 1] if one else np.zeros(len(test)) for one in models]
    )
    theirs = figures(coded.given[test], scores, scores >= CUT)
    names = ("micro F1", "macro F1", "codes in the first three")
    for name, mine, other in zip(names, ours, theirs, strict=True):
        promised = name.endswith("F1")
        yield Measure(f"suggestions: {name}", f"{len(train):,} + {len(test):,}", f"{mine:.3f}", f"{other:.3f} SVC",
                      promised="at least" if promised else "", kept=mine >= other if promised else None)  # fmt: skip
    yield Measure("suggestions: learn all codes", f"{len(train):,} answers", seconds(taken), f"{seconds(svc)} SVC",
                  f"{svc / taken:.0f}x", f">= {FASTER}x", svc / taken >= FASTER)  # fmt: skip


def figures(given: Any, scores: Any, chosen: Any) -> tuple[float, float, float]:
    """Give micro F1, macro F1 over the codes that the tested answers have, and the share of codes in the first three."""
    both, either = (given & chosen).sum(axis=0), given.sum(axis=0) + chosen.sum(axis=0)
    there = given.any(axis=0)
    first = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    hits = np.take_along_axis(given, first, axis=1).sum()
    macro = (2 * both[there] / either[there]).mean()
    return float(2 * both.sum() / either.sum()), float(macro), float(hits / given.sum())


def coded_comments(file: Path, text: str, codes: str = "") -> CodedAnswers:
    """Give the answers of a table that say something, with the codes any of them has; left out, `codes` are all columns of 1 and blanks."""
    responses = read_responses(file)
    names = code_names(codes) if codes else _code_columns(responses.frame, text)
    coded = read_coded(responses, text, names)
    said = (folded(coded.texts) != "").to_numpy()
    used = coded.given[said].any(axis=0)
    codes = tuple(name for name, is_used in zip(names, used, strict=True) if is_used)
    return CodedAnswers(codes, coded.texts.filter(said), coded.given[said][:, used])


def _code_columns(frame: pl.DataFrame, text: str) -> tuple[str, ...]:
    return tuple(name for name in frame.columns if name != text and set(frame[name].unique()) == {None, "1"})


def _split(texts: pl.Series) -> tuple[Any, Any]:
    """Part the rows so that each different text is on one side."""
    keys = folded(texts)
    distinct = keys.unique().sort()
    drawn = np.random.default_rng(SEED).permutation(len(distinct))[: round(TESTED * len(distinct))]
    tested = keys.is_in(distinct.gather(drawn).to_list()).to_numpy()
    return np.flatnonzero(~tested), np.flatnonzero(tested)


def _judged(prepared: Prepared, learned: Learned, rows: Any) -> tuple[Any, Any]:
    scores = scores_of(prepared, learned, prepared.places[rows])
    return scores, (scores >= learned.cuts) & (learned.examples > 0)


def _learn_svc(texts: Any, given: Any) -> tuple[Any, list[Any]]:
    """Learn the recipe: give its words and, for each code, its SVC or None."""
    import warnings

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import SVC

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    features = words.fit_transform(texts)
    models: list[Any] = []
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", FutureWarning
        )  # the recipe asks for probability=True, which is on its way out
        for code in given.T:
            svc = SVC(C=15, class_weight="balanced", probability=True, random_state=SEED, cache_size=500)
            models.append(svc.fit(features, code) if code.sum() >= LEAST_FOR_SVC else None)
    return words, models


def _curve(coded: CodedAnswers, prepared: Prepared, train: Any, test: Any) -> Iterator[Measure]:
    """Give the learning curve, averaged over five draws, and beside it that of the answers coprod picks."""
    for number in CURVE:
        if number > len(train):
            return
        drawn = [np.random.default_rng(run).permutation(train)[:number] for run in range(RUNS)]
        runs = [_measured(coded, prepared, rows, test) for rows in drawn]
        picked = _measured(coded, prepared, _picked(coded, prepared, train, number), test)
        mean = np.mean([run[1] for run in runs], axis=0)
        taken = min(run[0] for run in runs)
        what = f"{number} coded: micro, macro, in first three"
        shown = " ".join(f"{one:.3f}" for one in mean)
        yield Measure(
            what, f"mean of {RUNS} draws", shown, " ".join(f"{one:.3f}" for one in picked[1]) + " picked"
        )
        yield Measure(f"{number} coded: learn again", f"{len(coded.texts):,} answers", seconds(taken),
                      promised=f"< {seconds(REFIT)}", kept=taken < REFIT)  # fmt: skip


def _measured(
    coded: CodedAnswers, prepared: Prepared, rows: Any, test: Any
) -> tuple[float, tuple[float, float, float]]:
    def again() -> Learned:
        return learn(prepared, rows, coded.given[rows], coded.codes)

    taken, learned = min((timed(again) for _ in range(5)), key=lambda one: one[0])
    return taken, figures(coded.given[test], *_judged(prepared, learned, test))


def _picked(coded: CodedAnswers, prepared: Prepared, train: Any, number: int) -> Any:
    """Code as coprod proposes: a dozen at a time, from 25 drawn at random, only from the answers that may be learned from."""
    mine = Prepared(prepared.texts, np.where(np.isin(np.arange(len(prepared.places)), train), prepared.places, -1), prepared.features)  # fmt: skip
    rows = [int(row) for row in np.random.default_rng(0).permutation(train)[: min(number, CURVE[0])]]
    while len(rows) < number:
        learned = learn(prepared, rows, coded.given[rows], coded.codes)
        rows.extend(read_next(mine, learned, rows, min(25, number - len(rows)))[0])
    return np.array(rows)


if __name__ == "__main__":
    sys.exit(main())
