"""To young people: what people who work here, or sit beside you, can do with what they have."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.journeys.asking import sessions
from coprod.workspace import Workspace, load_workspace, save_settings
from surveys.boxes.keys import fingerprint
from surveys.boxes.sealing import WrongKeyError, unseal
from surveys.boxes.withdrawal import MEMORY_KIBIBYTES, PASSES, new_words, withdrawal_tags
from tests.surveys.ready import TODAY, a_plan, an_interview, make_identity, ready_workspace, started

HOLDERS = (make_identity(), make_identity())
STRANGER = make_identity()
MEMORY, TIMES = MEMORY_KIBIBYTES, PASSES


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


def swapped(workspace: Workspace) -> Workspace:
    """An administrator puts their own key in place of a holder's, by hand."""
    path = workspace.root / "coprod.toml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(f'public_key = "{HOLDERS[0].public_key}"', f'public_key = "{STRANGER.public_key}"')
    )
    return load_workspace(workspace.root)


def test_a_key_swapped_by_an_administrator_stops_the_session_until_it_is_rehearsed(
    workspace: Workspace,
) -> None:
    reasons = sessions.reasons_not_to_start(swapped(workspace), a_plan(), TODAY)
    assert "holder 0 has not shown on this device" in " ".join(reasons)


def test_even_where_the_rehearsal_is_forged_too_the_four_words_are_others(workspace: Workspace) -> None:
    changed = swapped(workspace)
    device = changed.settings.devices[0]
    forged = (*device.rehearsed_with, STRANGER.public_key)
    changed = save_settings(
        changed, replace(changed.settings, devices=(replace(device, rehearsed_with=forged),))
    )
    assert sessions.reasons_not_to_start(changed, a_plan(), TODAY) == ()
    shown = fingerprint(changed.settings.key_holders[0].public_key)
    assert shown != fingerprint(HOLDERS[0].public_key)


def test_the_facilitators_laptop_holds_nothing_that_opens_an_answer(workspace: Workspace) -> None:
    """Every file of the workspace and of the device, tried as a key; and the signing key is no key to answers."""
    session = started(workspace)
    sessions.save_interview(session, an_interview(session, "made-up words"))
    everything = [path for path in workspace.root.parent.rglob("*") if path.is_file()]
    assert len(everything) > 5
    assert [path.name for path in everything if b"AGE-SECRET-KEY" in path.read_bytes().upper()] == []
    from surveys.boxes.box import read_rows

    for row in read_rows(session.box.path):
        with pytest.raises(WrongKeyError):
            unseal(row.sealed, STRANGER)


def test_four_words_delete_and_give_back_nothing_but_whether_they_did(workspace: Workspace) -> None:
    session = started(workspace)
    words = sessions.save_interview(session, an_interview(session, "made-up words"))
    assert sessions.withdraw(workspace, words, TODAY) is True
    assert sessions.withdraw(workspace, words, TODAY) is False


def test_guessing_four_words_is_slow_and_each_service_has_its_own(workspace: Workspace) -> None:
    """64 MiB and 3 passes a guess: the second choice of RFC 9106. The salt keeps guesses from being shared."""
    assert (MEMORY, TIMES) == (64 * 1024, 3)
    words = new_words("en")
    salt = workspace.settings.withdrawal_salt
    assert not set(withdrawal_tags(words, salt)) & set(withdrawal_tags(words, "00" * 16))
