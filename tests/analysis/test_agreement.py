"""Agreement figures are those of the literature, right where judgements are missing, and say when they cannot be told."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from analysis.codes.agreement import MISSING, agreement, alphas, disagreements, kappas
from analysis.codes.judgements import Coder, Judgements, Mark
from coprod.kernel.problem import RefusedError

tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([0, 1, MISSING]), min_size=coders, max_size=coders), min_size=3, max_size=25
    )
)


def judgements(**said: str) -> Judgements:
    """Give judgements from strings of 1, 0 and . (missing), one a coder, about one code."""
    coders = tuple(
        Coder(
            name,
            frozenset(Mark(f"r{place:03}", "waits") for place, sign in enumerate(signs) if sign == "1"),
            frozenset(f"r{place:03}" for place, sign in enumerate(signs) if sign != "."),
        )
        for name, signs in said.items()
    )
    return Judgements(coders, {}, frozenset())


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    """Krippendorff (2011), section A: two observers, ten units, binary, no missing data: 0.095."""
    found = agreement(judgements(JO="0100000010", HA="1110010000"), ["waits"])[0]
    assert found.alpha.value == pytest.approx(0.095, abs=0.0005)
    assert found.answers == 10


def test_kappa_is_that_of_cohens_formula() -> None:
    """Twenty yes alike, fifteen no alike, five and ten apart: observed 0.70, by chance 0.50, kappa 0.40."""
    first, second = "1" * 25 + "0" * 25, "1" * 20 + "0" * 5 + "1" * 10 + "0" * 15
    found = agreement(judgements(A=first, B=second), ["waits"])[0]
    assert found.alike == pytest.approx(0.70)
    assert found.kappa.value == pytest.approx(0.40)
    assert found.kappa.low is not None
    assert found.kappa.high is not None
    assert found.kappa.low < 0.40 < found.kappa.high


def test_a_missing_judgement_is_not_a_no() -> None:
    full = agreement(judgements(A="1100110011" * 2, B="1100110011" * 2), ["waits"])[0]
    holes = agreement(judgements(A="1100110011" * 2 + "1111", B="1100110011" * 2 + "...."), ["waits"])[0]
    assert full == holes
    assert full.alpha.value == full.kappa.value == 1


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_quick_figures_of_the_bootstrap_are_nltks(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=np.int8).T
    once = np.ones((1, table.shape[1]))
    triples = [(str(coder), int(item), int(table[coder, item])) for coder, item in np.argwhere(table != MISSING)]  # fmt: skip
    paired = table[:, (table != MISSING).sum(axis=0) > 1]
    mine = alphas(table, once)[0]
    if len(np.unique(paired[paired != MISSING])) == 2:
        assert mine == pytest.approx(AnnotationTask(triples).alpha())
    else:
        assert np.isnan(mine)
    both = table[:2][:, (table[:2] != MISSING).all(axis=0)]
    quick = kappas(table[:2], once)[0]
    if both.size and len(np.unique(both)) == 2:
        task = AnnotationTask([(str(coder), item, int(both[coder, item])) for coder, item in np.ndindex(both.shape)])  # fmt: skip
        assert quick == pytest.approx(task.kappa())
    else:
        assert np.isnan(quick)


def test_with_holes_everywhere_every_pair_counts_over_what_both_judged() -> None:
    """NLTK's kappa alone stops at a missing judgement."""
    found = agreement(
        judgements(A="1101.01100110101", B="1.010110011.0101", C="110101.00110010."), ["waits"]
    )[0]
    assert found.kappa.value is not None
    assert found.alpha.value is not None
    assert -1 <= found.kappa.value <= 1


def test_a_code_that_nobody_or_everybody_gave_has_no_figure() -> None:
    """NLTK calls that perfect agreement; nobody had anything to agree on."""
    for signs in ("0" * 12, "1" * 12):
        found = agreement(judgements(A=signs, B=signs), ["waits"])[0]
        assert found.alpha.value is None
        assert found.kappa.value is None
        assert found.alike == 1


def test_a_rare_code_has_no_interval_that_would_pretend() -> None:
    found = agreement(judgements(A="1" + "0" * 29, B="1" + "0" * 29), ["waits"])[0]
    assert found.alpha.value == 1
    assert found.alpha.low is None


def test_intervals_are_the_same_every_time_and_narrow_with_more_answers() -> None:
    chance = random.Random(4)  # noqa: S311  made-up judgements need no secrecy
    first = "".join(chance.choice("01") for _ in range(400))
    second = "".join(sign if chance.random() < 0.8 else "10"[int(sign)] for sign in first)
    few, many = (
        agreement(judgements(A=first[:size], B=second[:size]), ["waits"])[0].alpha for size in (40, 400)
    )
    assert agreement(judgements(A=first[:40], B=second[:40]), ["waits"])[0].alpha == few
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


def test_too_little_to_measure_is_refused_with_what_to_do() -> None:
    with pytest.raises(RefusedError, match="at least two coders"):
        agreement(judgements(A="1" * 20), ["waits"])
    with pytest.raises(RefusedError, match="talk about them"):
        agreement(judgements(A="1" * 9 + "1" * 20, B="0" * 9 + "." * 20), ["waits"])


def test_people_see_where_they_disagree_and_who_said_what() -> None:
    found = disagreements(judgements(A="110.", B="100.", C=".1.1"))
    assert [(one.response, one.given_by, one.not_by) for one in found] == [("r001", ("A", "C"), ("B",))]


def test_the_least_agreed_code_comes_first() -> None:
    coders = tuple(
        Coder(
            name,
            frozenset(
                [Mark(f"r{place}", "gp") for place in range(8)]
                + [Mark(f"r{place}", "waits") for place in range(start, start + 8)]
            ),
            frozenset(f"r{place}" for place in range(20)),
        )
        for name, start in (("A", 0), ("B", 6))
    )
    assert [
        one.code for one in agreement(Judgements(coders, {}, frozenset()), ["gp", "waits", "unused"])
    ] == ["waits", "gp", "unused"]
