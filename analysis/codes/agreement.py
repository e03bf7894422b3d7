"""Agreement: how far coders judge alike, code by code, with what other answers like these could give; and where to talk.

The unit is one answer and one code: was it given, to the answer or any part of it? A coder who has not judged an
answer is missing there, which is not the same as saying no. Figures come from `nltk.metrics.agreement`; the
intervals are percentiles over answers drawn again with replacement (bootstrap), worked out for all draws at once.
Agreement is a reason to talk, not a mark: reflexive analysis does without it (Braun and Clarke).
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from analysis.codes.judgements import Coder, Judgements
from coprod.kernel.problem import RefusedError

DRAWS = 1000
SEED = 1
FEWEST_ANSWERS = 10
LEAST_DEFINED = 0.9
INTERVAL = (2.5, 97.5)
MISSING = -1
TINY = 1e-12

Table = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.float64]


class Figure(Struct, frozen=True):
    """A coefficient and its 95 % interval, or None where the answers do not determine one."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def in_words(self) -> str:
        """Give it as it is printed."""
        if self.value is None:
            return "always the same"
        if self.low is None or self.high is None:
            return f"{self.value:.2f} (too few for an interval)"
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


class CodeAgreement(Struct, frozen=True):
    """How far coders agree on one code, over the answers that at least two of them judged.

    `kappa` is Cohen's, averaged over pairs of coders, each over what both judged; `alpha` is Krippendorff's, nominal.
    `alike` is the share of judging pairs that agree. Where everybody always said the same there is nothing to agree on,
    and both are None.
    """

    code: str
    answers: int
    alike: float
    kappa: Figure
    alpha: Figure


class Disagreement(Struct, frozen=True, order=True):
    """An answer that coders who judged it coded differently: who gave the code and who did not."""

    response: str
    code: str
    given_by: tuple[str, ...]
    not_by: tuple[str, ...]


def agreement(judgements: Judgements, codes: Sequence[str], draws: int = DRAWS) -> tuple[CodeAgreement, ...]:
    """Give the agreement on each code, the least agreed first, those without a figure last.

    Raises RefusedError with fewer than two coders, or fewer than 10 answers that two of them judged: talk instead.
    """
    answers = _shared(judgements.coders)
    if len(judgements.coders) < 2:
        raise RefusedError("agreement needs at least two coders")
    if len(answers) < FEWEST_ANSWERS:
        raise RefusedError(
            f"fewer than {FEWEST_ANSWERS} answers were judged by two coders: too few for a figure; talk about them"
        )
    weights = _draws(len(answers), draws)
    found = [
        _of_code(code, _table(judgements.coders, answers, code), judgements.coders, weights) for code in codes
    ]
    return tuple(sorted(found, key=lambda one: (one.alpha.value is None, one.alpha.value or 0.0, one.code)))


def disagreements(judgements: Judgements) -> tuple[Disagreement, ...]:
    """Give every answer and code that coders who judged the answer coded differently, the most disputed answers first."""
    found: dict[str, list[Disagreement]] = {}
    given = {coder.name: _by_response(coder) for coder in judgements.coders}
    for response in _shared(judgements.coders):
        readers = [coder.name for coder in judgements.coders if response in coder.judged]
        said = {name: given[name].get(response, frozenset()) for name in readers}
        for code in sorted(frozenset().union(*said.values())):
            yes = tuple(name for name in readers if code in said[name])
            no = tuple(name for name in readers if code not in said[name])
            if no:
                found.setdefault(response, []).append(Disagreement(response, code, yes, no))
    ordered = sorted(found.values(), key=lambda ones: (-len(ones), ones[0].response))
    return tuple(one for ones in ordered for one in ones)


def alphas(table: Table, weights: Numbers) -> Numbers:
    """Give Krippendorff's nominal alpha of a 0/1 table with -1 where missing, for each row of weights over its answers.

    `table` is coders × answers, `weights` draws × answers. NaN where everybody says the same.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section D.
    """
    ones = (table == 1).sum(axis=0).astype(float)
    noughts = (table == 0).sum(axis=0).astype(float)
    judged = ones + noughts
    paired = judged > 1
    ones, noughts = np.where(paired, ones, 0), np.where(paired, noughts, 0)
    apart = np.divide(2 * ones * noughts, judged - 1, out=np.zeros_like(judged), where=paired)
    all_ones, all_noughts = weights @ ones, weights @ noughts
    number = all_ones + all_noughts
    expected = 2 * all_ones * all_noughts
    return _share(expected - (number - 1) * (weights @ apart), expected)


def kappas(table: Table, weights: Numbers) -> Numbers:
    """Give Cohen's kappa, averaged over the pairs of coders, for each row of weights; shapes as for `alphas`.

    A pair counts over the answers both judged. NaN where a pair always said the same one thing.
    """
    pairs = combinations(range(len(table)), 2)
    found = [
        _pair_kappa(table[first], table[second], weights)
        for first, second in pairs
        if ((table[first] != MISSING) & (table[second] != MISSING)).any()
    ]
    averaged: Numbers = np.mean(found, axis=0) if found else np.full(len(weights), np.nan)
    return averaged


def _pair_kappa(first: Table, second: Table, weights: Numbers) -> Numbers:
    both = (first != MISSING) & (second != MISSING)
    number = weights @ both.astype(float)
    same = _share(weights @ ((first == second) & both).astype(float), number)
    yes = _share(weights @ ((first == 1) & both), number), _share(weights @ ((second == 1) & both), number)
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return _share(same - chance, 1 - chance)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """Divide, giving NaN by nothing."""
    shares: Numbers = np.full(np.shape(part), np.nan)
    np.divide(part, whole, out=shares, where=np.abs(whole) > TINY)
    return shares


def _of_code(code: str, table: Table, coders: Sequence[Coder], weights: Numbers) -> CodeAgreement:
    alpha, kappa = _with_nltk(table, coders)
    return CodeAgreement(
        code,
        table.shape[1],
        _alike(table),
        _figure(kappa, kappas(table, weights)),
        _figure(alpha, alphas(table, weights)),
    )


def _with_nltk(table: Table, coders: Sequence[Coder]) -> tuple[float | None, float | None]:
    """Give NLTK's alpha and mean pairwise kappa; None where there is only one kind of judgement.

    NLTK's kappa needs every coder on every answer, so each pair gets a task of its own with what both judged.
    """
    if len(np.unique(table[table != MISSING])) < 2:
        return None, None
    alpha = float(_task(table, coders).alpha())
    found = []
    for pair in combinations(range(len(coders)), 2):
        both = table[list(pair)][:, (table[list(pair)] != MISSING).all(axis=0)]
        if len(np.unique(both)) > 1:
            found.append(_task(both, [coders[place] for place in pair]).kappa())
    return alpha, float(np.mean(found)) if found else None


def _task(table: Table, coders: Sequence[Coder]) -> Any:
    from nltk.metrics.agreement import AnnotationTask

    return AnnotationTask(
        [
            (coders[coder].name, int(answer), int(table[coder, answer]))
            for coder, answer in np.argwhere(table != MISSING)
        ]
    )


def _figure(value: float | None, drawn: Numbers) -> Figure:
    """Put an interval round a figure unless too many draws leave it undetermined."""
    known = drawn[~np.isnan(drawn)]
    if value is None or len(known) < LEAST_DEFINED * len(drawn):
        return Figure(value, None, None)
    low, high = np.percentile(known, INTERVAL)
    return Figure(value, float(low), float(high))


def _draws(answers: int, draws: int) -> Numbers:
    """Give how often each answer is drawn, one row a draw; the same every time."""
    chances = np.full(answers, 1 / answers)
    return np.random.default_rng(SEED).multinomial(answers, chances, size=draws).astype(float)


def _shared(coders: Sequence[Coder]) -> tuple[str, ...]:
    """Give the answers that at least two coders judged, in the order of their ids."""
    times: dict[str, int] = {}
    for coder in coders:
        for response in coder.judged:
            times[response] = times.get(response, 0) + 1
    return tuple(sorted(response for response, judged in times.items() if judged > 1))


def _table(coders: Sequence[Coder], answers: Sequence[str], code: str) -> Table:
    table = np.full((len(coders), len(answers)), MISSING, dtype=np.int8)
    for row, coder in enumerate(coders):
        given = {mark.response for mark in coder.marks if mark.code == code}
        for place, response in enumerate(answers):
            if response in coder.judged:
                table[row, place] = response in given
    return table


def _alike(table: Table) -> float:
    """Give the share of judging pairs that say the same."""
    ones, noughts = (table == 1).sum(axis=0), (table == 0).sum(axis=0)
    judged = ones + noughts
    same = ones * (ones - 1) + noughts * (noughts - 1)
    return float(same.sum() / (judged * (judged - 1)).sum())


def _by_response(coder: Coder) -> dict[str, frozenset[str]]:
    given: dict[str, set[str]] = {}
    for mark in coder.marks:
        given.setdefault(mark.response, set()).add(mark.code)
    return {response: frozenset(codes) for response, codes in given.items()}
