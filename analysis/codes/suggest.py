"""Suggestions: codes ranked for each answer from those already coded, with the words that counted. It codes nothing.

A ridge regression of every code on the features of `analysis.codes.features`, solved in the space of the coded answers,
so that all codes are learned at once and each coded answer can be left out in turn without learning again. A code's
cut is the score that would have judged the left-out answers best, drawn towards the cut of all codes together
while it has few examples.
Sources: Hoerl and Kennard (1970), Ridge regression; leave-one-out residuals, Rifkin and Lippert (2007), Notes on
regularized least squares. Figures: `python -m benchmarks.suggest`.
"""

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
from msgspec import Struct

from analysis.codes.coded import CodedAnswers
from analysis.codes.coding import How
from analysis.codes.features import Features, learn_features, likeness, term_weights
from analysis.codes.judgements import Coder
from analysis.codes.meaning import sentence_vectors
from analysis.inputs.texts import folded
from analysis.themes.factors import one_thread
from analysis.words.words import opening_words, stop_words
from coprod.kernel.problem import RefusedError

PENALTY = 1.5
CUTS = np.arange(0.1, 0.625, 0.025)
FEWEST_FOR_A_CUT = 3
DRAWN_TOWARDS_ALL = 8
MOST_LEARNED_FROM = 4000
FEW_CODED = 100
SHOWN = 10
EXPLAINED = 3
REASONS = 3
SIMILAR = 5
DIVERSE_UNTIL = 200
NOWHERE = -1
HALF = 0.5

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Given = npt.NDArray[np.bool_]


class Suggestion(Struct, frozen=True):
    """A code for an answer. `score` is 0 to 1 and no probability; `chosen` means that it is over the code's cut.

    `because` holds the telling words of the answer that raised the score most, none where only small words did.
    """

    code: str
    score: float
    chosen: bool
    because: tuple[str, ...]

    def __repr__(self) -> str:
        """Leave the words out: a representation may land in a log."""
        return f"Suggestion({self.code!r}, {self.score})"


class Similar(Struct, frozen=True):
    """A coded answer that is like another: its row, how like (0 to 1), and its codes."""

    row: int
    likeness: float
    codes: tuple[str, ...]


class Prepared(Struct, frozen=True):
    """Answers made ready once, so that learning again takes no time: each different text once, in alphabetical order.

    `places` gives each row's text, or -1 where the row is blank. "Nothing" and its like stay in: to "what could be
    better?" they say a good deal.
    """

    texts: pl.Series
    places: Places
    features: Features

    def __repr__(self) -> str:
        """Give the size only."""
        return f"Prepared({len(self.texts)} texts)"


class Learned(Struct, frozen=True):
    """What the coded answers taught: the weight of each feature for each code, each code's mean share (`middle`) and cut.

    `left_out` are the scores of the learned texts, each worked out without it; `examples` counts each code's texts, and `blank` is the share of blank rows that has it.
    """

    codes: tuple[str, ...]
    rows: Places
    learned: Places
    given: Numbers
    weights: Numbers
    middle: Numbers
    cuts: Numbers
    left_out: Numbers
    examples: Places
    blank: Numbers


def prepare(texts: Sequence[str | None] | pl.Series, *, by_meaning: bool = False) -> Prepared:
    """Make answers ready, coded ones and others together; by meaning too, where that extra is installed.

    Raises RefusedError when all are blank, or when the extra is asked for and not there.
    """
    series = texts if isinstance(texts, pl.Series) else pl.Series(texts, dtype=pl.String)
    keys = folded(series)
    distinct = keys.filter(keys != "").unique().sort()
    if distinct.is_empty():
        raise RefusedError("all of the answers are blank")
    numbered = pl.DataFrame({"key": distinct}).with_row_index("place")
    rows = pl.DataFrame({"key": keys}).join(numbered, on="key", how="left", maintain_order="left")
    places = rows["place"].cast(pl.Int64).fill_null(NOWHERE).to_numpy()
    meanings = sentence_vectors(distinct.to_list()) if by_meaning else None
    return Prepared(distinct, places, learn_features(distinct, meanings))


def learn(prepared: Prepared, rows: Sequence[int], given: Given, codes: Sequence[str]) -> Learned:
    """Learn from the coded `rows` of the prepared answers; `given` says for each row and code whether it was given.

    Rows with the same text teach as one, with the share of them that has the code, and weigh as many. Above 4,000
    texts, 4,000 spread over them are learned from. Raises RefusedError when no answer has a code.
    """
    if not given.any():
        raise RefusedError("no answer has one of these codes yet: code a dozen first")
    places = prepared.places[np.array(rows, dtype=np.int64)]
    blank = places == NOWHERE
    learned, shares, times = _pooled(places[~blank], given[~blank])
    weights, left_out, middle = _ridge(prepared.features, learned, shares, times)
    return Learned(
        tuple(codes),
        np.array(rows, dtype=np.int64),
        learned,
        shares,
        weights,
        middle,
        _cuts(left_out, shares >= HALF),
        left_out,
        (shares >= HALF).sum(axis=0),
        given[blank].mean(axis=0) if blank.any() else np.zeros(len(codes)),
    )


def learn_from_table(
    coded: CodedAnswers, texts: pl.Series, *, by_meaning: bool = False
) -> tuple[Prepared, Learned, range]:
    """Give a table of coded answers and other texts made ready together, what the table taught, and the others' rows."""
    together = pl.concat([coded.texts.alias("text"), texts.alias("text")])
    prepared = prepare(together, by_meaning=by_meaning)
    learned = learn(prepared, range(len(coded.texts)), coded.given, coded.codes)
    return prepared, learned, range(len(coded.texts), len(coded.texts) + len(texts))


def learn_from_coder(prepared: Prepared, coder: Coder, responses: Sequence[str]) -> Learned | None:
    """Learn from what a coder judged, `responses` being the ids of the prepared rows; None while they gave no code."""
    row_of = {response: row for row, response in enumerate(responses)}
    rows = sorted(row_of[response] for response in coder.judged if response in row_of)
    marks = [mark for mark in coder.marks if mark.response in row_of]
    codes = sorted({mark.code for mark in marks})
    if not codes:
        return None
    given = np.zeros((len(responses), len(codes)), dtype=bool)
    for mark in marks:
        given[row_of[mark.response], codes.index(mark.code)] = True
    return learn(prepared, rows, given[rows], codes)


def _pooled(places: Places, given: Given) -> tuple[Places, Numbers, Numbers]:
    """Give the different texts, the share of each one's rows that has each code, and how many rows each has."""
    distinct, where, times = np.unique(places, return_inverse=True, return_counts=True)
    shares = np.zeros((len(distinct), given.shape[1]))
    np.add.at(shares, where, given.astype(float))
    kept = np.sort(np.random.default_rng(0).permutation(len(distinct))[:MOST_LEARNED_FROM])
    return distinct[kept], shares[kept] / times[kept, None], times[kept].astype(float)


def scores_of(prepared: Prepared, learned: Learned, places: Sequence[int] | Places) -> Numbers:
    """Give the score of each code for different texts, by their place among the prepared ones; no probabilities."""
    scores: Numbers = prepared.features.matrix[places] @ learned.weights + learned.middle
    return scores


def suggest(prepared: Prepared, learned: Learned, rows: Sequence[int]) -> tuple[tuple[Suggestion, ...], ...]:
    """Give for each row its codes, the likeliest first: ten of them, and every one over its cut.

    A blank row gets what blank coded rows have, mostly nothing.
    """
    weights = term_weights(prepared.features, learned.weights)
    places = np.array(sorted({int(prepared.places[row]) for row in rows} - {NOWHERE}), dtype=np.int64)
    done = {NOWHERE: _for_blank(learned)}
    for place, scores in zip(places.tolist(), scores_of(prepared, learned, places), strict=True):
        done[place] = _ranked(prepared.features, learned, place, scores, weights)
    return tuple(done[int(prepared.places[row])] for row in rows)


def similar(prepared: Prepared, learned: Learned, rows: Sequence[int]) -> tuple[tuple[Similar, ...], ...]:
    """Give for each row the five most similar coded answers with another text, most similar first."""
    matrix = prepared.features.matrix
    first_row = {int(place): int(row) for row, place in sorted(zip(learned.rows, prepared.places[learned.rows], strict=True), reverse=True)}  # fmt: skip
    coded = matrix[learned.learned]
    done: dict[int, tuple[Similar, ...]] = {NOWHERE: ()}
    for place in {int(prepared.places[row]) for row in rows} - {NOWHERE}:
        alike = (coded @ matrix[place].T).toarray().ravel() / prepared.features.blocks
        alike[learned.learned == place] = 0
        best = np.argsort(-alike, kind="stable")[:SIMILAR]
        done[place] = tuple(
            Similar(
                first_row[int(learned.learned[one])], round(float(alike[one]), 3), _codes_at(learned, one)
            )
            for one in best
            if alike[one] > 0
        )
    return tuple(done[int(prepared.places[row])] for row in rows)


def read_next(
    prepared: Prepared, learned: Learned | None, coded: Sequence[int], count: int, how: How | None = None, seed: int = 0
) -> tuple[tuple[int, ...], How]:  # fmt: skip
    """Give which rows to read next, and how they were picked, which must be written down beside them.

    Left to coprod it is "diverse" (one from each part of what is least known) until 200 answers are coded and
    "least-known" (those whose best score is lowest) after. "at-random" draws from all rows, coded ones too,
    because only then do they stand for all.
    """
    if how == "at-random":
        says = np.flatnonzero(prepared.places != NOWHERE)
        drawn = np.random.default_rng(seed).permutation(says)[:count]
        return tuple(sorted(int(row) for row in drawn)), how
    way: How = how or ("diverse" if len(coded) < DIVERSE_UNTIL else "least-known")
    first_row: dict[int, int] = {}
    for row, place in enumerate(prepared.places):
        first_row.setdefault(int(place), row)
    seen = {int(prepared.places[row]) for row in coded} | {NOWHERE}
    left = np.array(sorted(set(first_row) - seen), dtype=np.int64)
    known = np.zeros(len(left)) if learned is None else scores_of(prepared, learned, left).max(axis=1)
    least = left[np.argsort(known, kind="stable")]
    chosen = least[:count] if way == "least-known" else _diverse(prepared, least, count)
    return tuple(first_row[int(place)] for place in chosen), way


def held_up(learned: Learned) -> tuple[float, float]:
    """Give how suggestions did on the coded answers, each left out in turn: F1 over all codes, and the share of codes
    that were among the first three.
    """
    given = learned.given >= HALF
    chosen = learned.left_out >= learned.cuts
    both = int((chosen & given).sum())
    first = np.argsort(-learned.left_out, axis=1, kind="stable")[:, :3]
    hit = int(np.take_along_axis(given, first, axis=1).sum())
    return 2 * both / max(1, int(chosen.sum() + given.sum())), hit / max(1, int(given.sum()))


def _ridge(
    features: Features, rows: Places, shares: Numbers, times: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Give the weight of each feature for each code, the scores of the rows with each left out, and the codes' means."""
    if not len(rows):
        nothing = np.zeros((features.matrix.shape[1], shares.shape[1]))
        return nothing, shares, np.zeros(shares.shape[1])
    alike = likeness(features, rows)
    alike[np.diag_indices_from(alike)] += PENALTY / times
    middle = np.average(shares, axis=0, weights=times)
    with one_thread():
        inverse = _inverse(alike)
    dual = inverse @ (shares - middle)
    left_out: Numbers = shares - dual / np.diag(inverse)[:, None]
    return np.asarray(features.matrix[rows].T @ dual), left_out, middle


def _inverse(alike: Numbers) -> Numbers:
    """Give the inverse of a symmetric, positive table, by Cholesky's factors."""
    from scipy.linalg.lapack import dpotrf, dpotri

    factor, _ = dpotrf(alike, lower=True, overwrite_a=True, clean=False)
    lower = np.tril(dpotri(factor, lower=True, overwrite_c=True)[0])
    inverse: Numbers = lower + np.tril(lower, -1).T
    return inverse


def _cuts(scores: Numbers, given: Given) -> Numbers:
    """Give each code's cut: the best F1 on left-out scores, drawn towards the best for all codes while examples are few."""
    examples = given.sum(axis=0)
    both = np.array([((scores >= cut) & given).sum(axis=0) for cut in CUTS])
    chosen = np.array([(scores >= cut).sum(axis=0) for cut in CUTS])
    common = CUTS[np.argmax(both.sum(axis=1) / np.maximum(1, chosen.sum(axis=1) + examples.sum()))]
    own = CUTS[np.argmax(both / np.maximum(1, chosen + examples), axis=0)]
    drawn = (examples * own + DRAWN_TOWARDS_ALL * common) / (examples + DRAWN_TOWARDS_ALL)
    cuts: Numbers = np.where(examples >= FEWEST_FOR_A_CUT, drawn, common)
    return cuts


def _ranked(
    features: Features, learned: Learned, place: int, raw: Numbers, weights: tuple[Numbers, Numbers]
) -> tuple[Suggestion, ...]:
    scores = np.where(learned.examples > 0, raw, 0.0)
    order = np.argsort(-scores, kind="stable")
    chosen = (scores >= learned.cuts) & (learned.examples > 0)
    kept = [code for rank, code in enumerate(order) if rank < SHOWN or chosen[code]]
    explained = {code for rank, code in enumerate(kept) if rank < EXPLAINED or chosen[code]}
    return tuple(
        Suggestion(
            learned.codes[code],
            round(float(np.clip(scores[code], 0, 1)), 4),
            bool(chosen[code]),
            _because(features, place, weights[0][:, code], weights[1][:, code]) if code in explained else (),
        )
        for code in kept
    )


def _because(features: Features, place: int, own: Numbers, spelled: Numbers) -> tuple[str, ...]:
    """Give the terms of a text that raised a score most, none holding a word of another.

    Small words such as "the" and "not" raise scores too while little is coded, and are no reason to give anybody.
    """
    held = features.held
    terms = held.indices[held.indptr[place] : held.indptr[place + 1]]
    raised = own[terms] / features.spoken.lengths[place] + spelled[terms] / features.spelled.lengths[place]
    order = np.lexsort((terms, -raised))
    best = [features.terms[terms[one]] for one in order if raised[one] > 0]
    kept: list[str] = []
    for term in filter(_is_telling, best):
        if len(kept) < REASONS and not set(term.split()) & {word for one in kept for word in one.split()}:
            kept.append(term)
    return tuple(kept)


def _is_telling(term: str) -> bool:
    """Tell whether a word or pair could stand alone: it ends in no small word, and starts with none but "not" and its like."""
    first, _, last = term.rpartition(" ")
    small, never_first = _small_words()
    return last not in small and first not in never_first


@functools.cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words no term may end in, and those it may not start with."""
    return stop_words(), stop_words() - opening_words()


def _for_blank(learned: Learned) -> tuple[Suggestion, ...]:
    """Give the codes of blank rows, such as "no answer", where a codebook has one."""
    shares = sorted(
        zip(learned.blank.tolist(), learned.codes, strict=True), key=lambda one: (-one[0], one[1])
    )
    return tuple(Suggestion(code, round(share, 4), share >= HALF, ()) for share, code in shares if share > 0)


def _codes_at(learned: Learned, one: int) -> tuple[str, ...]:
    return tuple(code for code, share in zip(learned.codes, learned.given[one], strict=True) if share >= HALF)


def _diverse(prepared: Prepared, least: Places, count: int) -> Places:
    """Give the text nearest the middle of each of `count` groups in the less known half."""
    from sklearn.cluster import KMeans

    half = np.sort(least[: max(count, len(least) // 2)])
    if len(half) <= count:
        return half
    matrix = prepared.features.matrix[half]
    distances = KMeans(count, n_init=1, random_state=0).fit_transform(matrix)
    nearest: list[int] = []
    for group in range(count):
        order = np.argsort(distances[:, group], kind="stable")
        nearest.append(next(int(one) for one in order if int(one) not in nearest))
    found: Places = half[np.array(nearest)]
    return found
