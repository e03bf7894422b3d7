"""The sets that measure the check: true to their own texts, and no good text in any of them is blocked."""

import pytest

from benchmarks.found import PASSAGE_SETS, RUN_ONCE, Passage, measured, outcome, passages
from campaigns.checking.measured import shipped_measures

PASSAGES = [one for name in PASSAGE_SETS for one in passages(name)]
GOOD = [one for one in PASSAGES if not one.flags and not one.missing]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda one: f"{one.manner}: {one.name}")
def test_a_reviewer_marks_words_that_are_there(passage: Passage):
    assert all(flag.words in passage.text for flag in passage.flags)


TALKATIVE_AT_MOST = 0.02


@pytest.mark.parametrize("passage", GOOD, ids=lambda one: f"{one.manner}: {one.name}")
def test_no_good_text_is_blocked(passage: Passage):
    assert not [finding.rule for finding in outcome(passage).extra if finding.severity == "block"]


def test_hardly_any_good_text_gets_more_than_one_note():
    """The promise is one note at the most. It is kept but for a few texts that quote or reject harm at length."""
    noted = [passage.name for passage in GOOD if len(outcome(passage).extra) > 1]
    assert len(noted) <= TALKATIVE_AT_MOST * len(GOOD), noted


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


SEEN_AFTER_ONE_RUN = {
    "blind-b": 0.9,
    "blind-c": 0.8,
    "blind-d": 0.87,
    "blind-e": 0.92,
    "blind-f": 0.92,
    "blind-g": 0.92,
    "blind-h": 0.88,
    "blind-i": 0.93,
}


@pytest.mark.parametrize(("name", "least"), SEEN_AFTER_ONE_RUN.items())
def test_what_was_found_in_sets_that_were_run_once_before_they_were_read_stays_found(name: str, least: float):
    """Sets by authors who had not read the rules, each run once before anybody here had read it, then learnt from.

    On that run: B 108 of 140 (77 %), no good text of 32 blocked, 4 with more than one note. C 104 of 147 (71 %) and
    D 134 of 169 (79 %); of 24 good texts in each, 2 were blocked, and 4 and 7 had more than one note. E, after the
    check had learnt from A to D: 182 of 216 (84 %), 1 good text of 30 blocked, 3 with more than one note. F and G,
    after A to E: 112 of 150 (75 %) and 151 of 173 (87 %), of marked words alone 223 of 261 (85 %), of what was missing
    40 of 62; of 60 good texts 1 was blocked, 5 had more than one note, 43 had none. H and I, written to be hard and
    heavy in what is missing, after A to G: 152 of 238 (64 %) and 180 of 223 (81 %), of marked words alone 283 of 351
    (81 %), of what was missing 49 of 110; of 80 good texts 1 was blocked, 8 had more than one note, 58 had none.
    """
    outcomes = [outcome(passage) for passage in passages(name)]
    found = sum(len(one.found) for one in outcomes)
    assert found / (found + sum(len(one.missed) for one in outcomes)) >= least


def test_the_sets_kept_unseen_to_the_end_have_no_good_text_blocked():
    """Final sets P and Q, by two authors who had not read the rules, run once: nothing is learnt from them.

    On that run 330 of 357 (92 %): of the words that were marked 294 of 314, of what was missing 36 of 43. P 152 of
    164, Q 178 of 193. Of 60 good texts none was blocked, 2 had more than one note (one has nine), 51 had none. In the
    80 harmful ones 226 findings stand beside what was marked, 2.8 a text. A second reader of the sets, who had not
    read the rules either, would not have marked 1 of the 314 nor asked for 4 of the 43, and would have marked words
    in one good text.
    """
    texts = passages(RUN_ONCE)
    assert sum(bool(one.flags or one.missing) for one in texts) == 80
    for passage in texts:
        extra = () if passage.flags or passage.missing else outcome(passage).extra
        assert not [finding.rule for finding in extra if finding.severity == "block"], passage.name


def test_the_precision_shown_beside_each_rule_is_the_one_measured():
    counts = measured()
    assert set(shipped_measures()) == set(counts)
    for rule, shown in shipped_measures().items():
        assert (shown.right, shown.wrong) == (counts[rule]["right"], counts[rule]["wrong"]), rule
