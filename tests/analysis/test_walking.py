"""The audit's short cuts change no answer: what a walk or the quick solver shows is what whole numbers alone would say."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inputs.answers import answers_to
from analysis.inputs.responses import Responses
from analysis.publishing import linked
from analysis.publishing.audit import System
from analysis.publishing.disclosure import Policy
from analysis.publishing.ledger import Entry
from analysis.publishing.linked import Exposure, exposure
from analysis.publishing.tables import release_breakdown, release_of, release_table
from analysis.publishing.walking import People
from coprod.kernel.problem import RefusedError

Wanted = tuple[str, str, int]


@contextmanager
def slowly() -> Iterator[None]:
    """The audit with no walk, and with whole numbers asked for at once."""
    asked = System._asked

    def whole_at_once(self: System, *more: Any, whole: bool) -> tuple[int, Any]:
        assert whole in {False, True}
        return asked(self, *more, whole=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linked, "people_of", lambda *_: People())
        patch.setattr(System, "_asked", whole_at_once)
        yield


def made_up(people: int, seed: int, answers: int) -> Responses:
    dice = random.Random(seed)  # noqa: S311  made-up answers
    rows = [
        (dice.choice("xy"), dice.choices("abcd"[:answers], (8, 4, 2, 1)[:answers])[0]) for _ in range(people)
    ]
    return Responses("answers.csv", pl.DataFrame(rows, schema=["site", "said"], orient="row"))


def exposures(wanted: list[Wanted], seed: int, policy: Policy, answers: int = 3) -> list[Exposure | None]:
    """What each release would expose, those that expose nothing recorded before the next."""
    entries: tuple[Entry, ...] = ()
    found = []
    for question, by, people in wanted:
        responses = made_up(people, seed, answers)
        given_answers = answers_to(responses, question, "told")
        try:
            table = (
                release_breakdown(given_answers, answers_to(responses, by, "told"), policy)
                if by
                else release_table(given_answers, policy)
            )
            new = release_of(str(people), given_answers, table, policy, by)
            found.append(exposure(new, people, entries, 60))
        except RefusedError:
            continue
        if found[-1] is None:
            entries = (*entries, Entry(len(entries) + 1, new))
    return found


@settings(deadline=None, max_examples=3)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(30, 60), min_size=2, max_size=3, unique=True).map(sorted),
    st.sampled_from([Policy("rounded"), Policy("exact"), Policy("bands")]),
    st.integers(2, 4),
)
def test_releases_in_a_row_are_judged_alike_with_and_without_a_walk(
    seed: int, sizes: list[int], policy: Policy, answers: int
) -> None:
    wanted = [("said", "", people) for people in sizes]
    quick = exposures(wanted, seed, policy, answers)
    with slowly():
        assert exposures(wanted, seed, policy, answers) == quick


@pytest.mark.parametrize("policy", [Policy("rounded"), Policy("exact")], ids=["rounded", "exact"])
def test_breakdowns_are_judged_alike_with_and_without_a_walk(policy: Policy) -> None:
    wanted = [
        ("said", "", 60), ("said", "site", 60), ("site", "", 60), ("said", "site", 70),
    ]  # fmt: skip
    quick = exposures(wanted, 0, policy)
    with slowly():
        assert exposures(wanted, 0, policy) == quick
