"""Whoever pauses: only their own four words bring them back, only here, only once, only while the session runs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from surveys.boxes import withdrawal
from surveys.interviews.draft import paused, resumed
from surveys.interviews.draftfile import CONTENT, LENGTH, SLOT, SLOTS, DraftShelf, remove_drafts, typed_words
from surveys.interviews.events import CloseHelp, Continue, GoToEnd, Send, Stop
from surveys.interviews.interview import begin, page, records, step
from tests.surveys.random_questionnaires import EVENTS, questionnaires


@pytest.fixture
def shelf(tmp_path: Path) -> DraftShelf:
    return DraftShelf(tmp_path / "monday.drafts")


@given(questionnaires(), st.lists(EVENTS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_draft_brings_back_exactly_what_was_there(questionnaire, events):
    interview = begin(questionnaire, shuffled=lambda choices: choices[::-1], languages=("en", "cy"))
    for event in (*(Continue(),) * 4, *events, CloseHelp()):
        interview = step(interview, event)
    if interview.stage not in {"questions", "look-back"}:
        return
    fresh = begin(questionnaire, languages=("en", "cy"))
    back = resumed(paused(interview, "sha"), fresh, "sha")
    assert back is not None
    assert page(back).heading == page(interview).heading
    both = [records(step(step(one, GoToEnd()), Send()), "sha") for one in (interview, back)]
    assert both[0] == both[1]
    assert resumed(paused(interview, "other"), fresh, "sha") is None


def test_nothing_pauses_before_the_first_question_or_after_the_last_page():
    from tests.surveys.test_kinds import GOOD, asked

    fresh = begin(asked(GOOD))
    for one in (fresh, step(fresh, Stop())):
        with pytest.raises(ValueError, match="under way"):
            paused(one, "sha")


def test_only_the_right_words_open_it_and_only_once(shelf):
    words = shelf.keep(b"CANARY", "en")
    assert shelf.take(withdrawal.new_words("en")) is None
    assert shelf.take(words) == b"CANARY"
    assert shelf.take(words) is None, "one pause, one return"


def test_what_was_brought_back_is_not_left_on_the_disk_either(shelf):
    words, never_back = shelf.keep(b"CANARY", "en"), shelf.path.read_bytes()
    shelf.take(words)
    since = shelf.path.read_bytes()
    assert sum(one != other for one, other in zip(slots(since), slots(never_back), strict=True)) == 1


def test_several_people_may_pause_and_each_gets_their_own(shelf):
    kept = {shelf.keep(f"draft {number}".encode(), "cy"): number for number in range(SLOTS)}
    with pytest.raises(BadInputError, match="no room"):
        shelf.keep(b"one too many", "en")
    for words, number in reversed(kept.items()):
        assert shelf.take(words) == f"draft {number}".encode()


def test_the_file_tells_neither_how_many_paused_nor_how_much_they_said(shelf):
    sizes = [shelf.path.stat().st_size]
    for content in (b"", b"CANARY" * 100, b"x" * (CONTENT - LENGTH)):
        shelf.keep(content, "en")
        sizes.append(shelf.path.stat().st_size)
    assert set(sizes) == {SLOTS * SLOT}
    assert b"CANARY" not in shelf.path.read_bytes()
    with pytest.raises(BadInputError, match="no room"):
        shelf.keep(b"x" * CONTENT, "en")


def test_once_the_program_has_ended_the_words_open_nothing(shelf):
    words = shelf.keep(b"CANARY", "en")
    content = shelf.path.read_bytes()
    after = DraftShelf(shelf.path.with_name("restarted.drafts"))
    after._free = set()
    after.path.write_bytes(content)
    after._salt = shelf._salt
    assert after.take(words) is None, "the other half of the key was only in memory"
    assert DraftShelf(shelf.path).take(words) is None


def slots(content: bytes) -> list[bytes]:
    return [content[at : at + SLOT] for at in range(0, SLOTS * SLOT, SLOT)]


def test_closing_a_session_leaves_no_draft(shelf):
    shelf.keep(b"CANARY", "en")
    content, again = shelf.path.read_bytes(), shelf.path.with_name("same-file")
    again.hardlink_to(shelf.path)
    remove_drafts(shelf.path)
    assert not shelf.path.exists()
    assert len(again.read_bytes()) == len(content), "written over where it lay, not cut off"
    assert not any(one == other for one, other in zip(slots(again.read_bytes()), slots(content), strict=True))
    remove_drafts(shelf.path)


def test_words_are_read_as_people_type_them_and_nonsense_opens_nothing(shelf):
    words = shelf.keep(b"CANARY", "en")
    assert typed_words(f"  {words.spoken().upper()} ") == words
    assert typed_words("these are not listed") is None
    assert typed_words("one") is None
    assert "CANARY" not in repr(shelf)


def test_when_the_session_ends_its_drafts_are_gone(tmp_path, monkeypatch):
    from coprod.journeys.asking.drafts import with_pausing
    from coprod.journeys.asking.plans import session_plan
    from coprod.journeys.asking.sessions import drafts_file, end_session
    from tests.surveys.ready import make_identity, ready_workspace, started

    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    session = started(workspace)
    plan = with_pausing(session_plan(session, ()), session)
    shelf = drafts_file(workspace, "monday")
    assert plan.pausing is not None
    asking = begin(plan.questionnaire)
    for _ in range(3):
        asking = step(asking, Continue())
    words = plan.pausing.keep(asking)
    assert shelf.exists()
    back = plan.pausing.bring_back(" ".join(words))
    assert back is not None
    assert page(back).question == page(asking).question
    end_session(session)
    assert not shelf.exists()
