"""The history promises a team that nobody can change unseen who did what when, nor write themselves in as an approver."""

from datetime import date

import pytest

from campaigns.releasing.history import HISTORY_FILE, Event, history_of, note_events
from campaigns.releasing.signing import add_approver, load_approvers, strangers
from coprod.kernel.problem import BadInputError, RefusedError
from tests.campaigns.sample_cases import KEY, OTHER_KEY, TODAY

LATER = date(2027, 1, 5)


def test_what_was_done_is_read_back_in_order(tmp_path):
    assert history_of(tmp_path).events == ()
    done = (Event("checked", TODAY, material="a"), Event("asked", TODAY, "Kit Example", "a", "5 parts"))
    note_events(tmp_path, done[:1])
    note_events(tmp_path, done[1:])
    note_events(tmp_path, [Event("asked", LATER, material="b")])
    history = history_of(tmp_path)
    assert history.of("a") == done
    assert len(set(history.seals)) == 3


@pytest.mark.parametrize(
    ("old", "new"), [(b"Kit", b"Bob"), (b"2026-12-01", b"2026-11-01"), (b'"a"', b'"b"'), (b"\n", b"\n\n")]
)
def test_a_changed_line_is_found_and_nothing_is_added_after_it(tmp_path, old, new):
    note_events(tmp_path, [Event("asked", TODAY, "Kit Example", "a"), Event("opened", TODAY, material="a")])
    path = tmp_path / HISTORY_FILE
    changed = path.read_bytes().replace(old, new, 1)
    path.write_bytes(changed)
    for act in (lambda: history_of(tmp_path), lambda: note_events(tmp_path, [Event("checked", TODAY)])):
        with pytest.raises(BadInputError, match="changed, moved, added or taken out"):
            act()
    assert path.read_bytes() == changed


def test_a_chain_of_something_else_is_no_history(tmp_path):
    from coprod.kernel.chain import start_chain

    start_chain(tmp_path / HISTORY_FILE, b'{"coding":"x"}')
    with pytest.raises(BadInputError, match="not a history"):
        history_of(tmp_path)


def test_the_second_approver_is_let_in_by_the_first(tmp_path):
    add_approver(tmp_path, "Sam Example", KEY.public_key, TODAY)
    with pytest.raises(RefusedError, match="lets the next one in"):
        add_approver(tmp_path, "Kit Example", OTHER_KEY.public_key, TODAY)
    with pytest.raises(RefusedError, match="of nobody who may sign here"):
        add_approver(tmp_path, "Kit Example", OTHER_KEY.public_key, TODAY, OTHER_KEY)
    add_approver(tmp_path, "Kit Example", OTHER_KEY.public_key, LATER, KEY)
    assert [(one.name, one.since) for one in load_approvers(tmp_path)] == [
        ("Sam Example", TODAY),
        ("Kit Example", LATER),
    ]


def test_a_name_written_into_the_list_by_hand_counts_for_nothing(tmp_path):
    add_approver(tmp_path, "Sam Example", KEY.public_key, TODAY)
    path = tmp_path / "approvers.yaml"
    path.write_text(path.read_text() + f"- {{name: Mallory, public_key: {OTHER_KEY.public_key}}}\n")
    assert [one.name for one in load_approvers(tmp_path)] == ["Sam Example"]
    assert strangers(tmp_path) == ("Mallory",)


def test_a_name_written_into_the_list_cannot_change_whose_key_it_is(tmp_path):
    add_approver(tmp_path, "Sam Example", KEY.public_key, TODAY)
    path = tmp_path / "approvers.yaml"
    path.write_text(path.read_text().replace("Sam Example", "The Director"))
    assert [one.name for one in load_approvers(tmp_path)] == ["Sam Example"]


def test_an_addition_sealed_anew_without_an_approvers_signature_counts_for_nothing(tmp_path):
    """Anybody can work out a SHA-256, so a chain that fits is not enough."""
    add_approver(tmp_path, "Sam Example", KEY.public_key, TODAY)
    note_events(
        tmp_path,
        [
            Event("approver", TODAY, "Mallory", key=OTHER_KEY.public_key),
            Event(
                "approver",
                TODAY,
                "Mallory",
                key=OTHER_KEY.public_key,
                vouched_by=KEY.public_key,
                signature="0" * 128,
            ),
        ],
    )
    path = tmp_path / "approvers.yaml"
    path.write_text(path.read_text() + f"- {{name: Mallory, public_key: {OTHER_KEY.public_key}}}\n")
    assert [one.name for one in load_approvers(tmp_path)] == ["Sam Example"]


def test_who_is_taken_off_the_list_may_not_sign_any_more_and_the_history_still_knows_them(tmp_path):
    add_approver(tmp_path, "Sam Example", KEY.public_key, TODAY)
    add_approver(tmp_path, "Kit Example", OTHER_KEY.public_key, TODAY, KEY)
    path = tmp_path / "approvers.yaml"
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if "Sam" not in line))
    assert [one.name for one in load_approvers(tmp_path)] == ["Kit Example"]
    assert [event.who for event in history_of(tmp_path).events] == ["Sam Example", "Kit Example"]
    add_approver(tmp_path, "Sam Example", KEY.public_key, LATER, OTHER_KEY)
    assert len(load_approvers(tmp_path)) == 2
