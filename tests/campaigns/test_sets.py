"""The sets that measure the check: true to their own texts, and no good text in any of them is blocked."""

import pytest

from benchmarks.found import PASSAGE_SETS, Passage, measured, outcome, passages
from campaigns.checking.measured import shipped_measures

PASSAGES = [one for name in PASSAGE_SETS for one in passages(name)]
GOOD = [one for one in PASSAGES if not one.flags and not one.missing]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda one: f"{one.manner}: {one.name}")
def test_a_reviewer_marks_words_that_are_there(passage: Passage):
    assert all(flag.words in passage.text for flag in passage.flags)


@pytest.mark.parametrize("passage", GOOD, ids=lambda one: f"{one.manner}: {one.name}")
def test_no_good_text_is_blocked_or_gets_more_than_one_note(passage: Passage):
    extra = outcome(passage).extra
    assert not [finding.rule for finding in extra if finding.severity == "block"]
    assert len(extra) <= 1


def test_what_was_once_found_in_the_unseen_set_stays_found():
    """The first run found 61 of 146; the rules were then widened, by an author who had written the set."""
    outcomes = [outcome(passage) for passage in passages("unseen")]
    found = sum(len(one.found) for one in outcomes)
    assert found / (found + sum(len(one.missed) for one in outcomes)) >= 0.9


def test_what_was_found_in_the_set_of_another_author_stays_found():
    """Set A, by an author who had not read the rules. Rules of words found 34 of 143 on first run (24 %, one good
    text of 32 blocked), rules of meanings, written before anyone here had read it, 58 (41 %). Then two thirds of it
    were read and the rules widened. What is found in the third that stayed unread is the honest figure: 24 of 43 (56 %).
    """
    outcomes = [outcome(passage) for passage in passages("blind-a")]
    found = sum(len(one.found) for one in outcomes)
    assert found / (found + sum(len(one.missed) for one in outcomes)) >= 0.78


def test_what_was_found_in_the_set_that_was_run_once_stays_found():
    """Half B by the same author, kept from everybody until the rules were done: 108 of 140 (77 %) on its only run, no
    good text of 32 blocked, 4 with more than one note. Nothing was changed after it: this is how the check does.
    """
    outcomes = [outcome(passage) for passage in passages("last")]
    found = sum(len(one.found) for one in outcomes)
    assert found / (found + sum(len(one.missed) for one in outcomes)) >= 0.75
    good = [one for one, passage in zip(outcomes, passages("last"), strict=True) if not passage.flags]
    assert not [finding for one in good for finding in one.extra if finding.severity == "block"]


def test_the_precision_shown_beside_each_rule_is_the_one_measured():
    counts = measured()
    assert set(shipped_measures()) == set(counts)
    for rule, shown in shipped_measures().items():
        assert (shown.right, shown.wrong) == (counts[rule]["right"], counts[rule]["wrong"]), rule
