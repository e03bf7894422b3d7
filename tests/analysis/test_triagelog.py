"""The action log says what was done and never what was written. All texts are simulated."""

from datetime import date
from pathlib import Path

import pytest

from analysis.triage.triagelog import Action, add_action, new_action, read_actions
from coprod.kernel.problem import BadInputError, RefusedError

TEXT = "He said he would post my pictures if I told anybody"
DID = "Told the local authority about the place; extra session on Thursday."


def action(did: str = DID, by: str = "Sam Rees") -> Action:
    return Action(date(2027, 3, 1), by, "autumn.batch", did, ongoing="yes")


def test_entries_are_kept_in_order_with_a_day_and_no_time(tmp_path: Path) -> None:
    log = tmp_path / "triage-log.jsonl"
    for did in ("one", "two", "three"):
        add_action(log, new_action(action(did), [TEXT]))
    assert [one.did for one in read_actions(log)] == ["one", "two", "three"]
    assert b'"on":"2027-03-01"' in log.read_bytes()
    assert b"T0" not in log.read_bytes()


@pytest.mark.parametrize(
    "did", [TEXT, "wrote down: he said HE would post, then rang", "someone will post my pictures if I told"]
)
def test_words_of_an_answer_are_not_kept(did: str) -> None:
    with pytest.raises(RefusedError, match="own words"):
        new_action(action(did), ["nice staff", TEXT])


@pytest.mark.parametrize(("did", "by"), [("", "Sam"), ("rang", " "), ("\n", "Sam")])
def test_an_entry_needs_a_name_and_what_was_done(did: str, by: str) -> None:
    with pytest.raises(BadInputError):
        new_action(action(did, by), [])


def test_a_log_edited_by_hand_is_found_and_not_added_to(tmp_path: Path) -> None:
    log = tmp_path / "triage-log.jsonl"
    add_action(log, action("one"))
    add_action(log, action("two"))
    log.write_bytes(log.read_bytes().replace(b"one", b"six"))
    with pytest.raises(BadInputError):
        read_actions(log)
    with pytest.raises(BadInputError):
        add_action(log, action("three"))


def test_where_nothing_is_written_down_the_log_is_empty(tmp_path: Path) -> None:
    assert read_actions(tmp_path / "none.jsonl") == ()
