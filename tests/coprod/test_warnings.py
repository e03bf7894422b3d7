"""To facilitators: before a session, what is closed, late or in the wrong place is said; nothing is stopped by it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.doctor import examine
from coprod.journeys.asking import batches, disposal, retention, sessions
from coprod.journeys.asking.warnings import session_warnings
from coprod.kernel.contacts import HelpContact, shipped_contacts, wrong_number
from coprod.kernel.wording import Wording
from coprod.workspace import Workspace, save_settings
from surveys.boxes.device import device_folder, remember_key_made
from tests.surveys.ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    a_plan,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

HOLDERS = (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


def local(call: str, hours: str = "Monday to Friday, 9am to 5pm", digits: int = 0) -> HelpContact:
    return HelpContact(
        id="local",
        name="Riverside duty worker",
        offers=Wording("Somebody you know"),
        audiences=("young-people",),
        nations=("wales",),
        hours=Wording(hours),
        cost=Wording("free"),
        source="the service itself",
        read_on=date(2026, 11, 1),
        call=call,
        digits=digits,
    )


def with_contact(workspace: Workspace, contact: HelpContact) -> Workspace:
    return save_settings(workspace, replace(workspace.settings, local_contacts=(contact,)))


def test_help_that_closes_before_everybody_has_left_is_named(workspace: Workspace) -> None:
    workspace = with_contact(workspace, local("01632 960001"))
    assert session_warnings(workspace, datetime(2026, 11, 23, 14, 0), 10) == ()  # noqa: DTZ001  a wall clock
    (late,) = session_warnings(workspace, datetime(2026, 11, 23, 16, 25), 10)  # noqa: DTZ001
    assert late.startswith("Riverside duty worker is open Monday to Friday, 9am to 5pm: not for all")


def test_hours_that_no_program_can_read_are_left_to_a_person(workspace: Workspace) -> None:
    workspace = with_contact(workspace, local("01632 960001", hours="when the moon is full"))
    (unread,) = session_warnings(workspace, datetime(2026, 11, 23, 14, 0), 10)  # noqa: DTZ001
    assert "look yourself" in unread


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        (datetime(2026, 11, 27, 15, 30), "late on a Friday"),  # noqa: DTZ001
        (datetime(2026, 11, 28, 11, 0), "the weekend"),  # noqa: DTZ001
    ],
)
def test_a_bad_time_of_the_week_is_said(workspace: Workspace, moment: datetime, word: str) -> None:
    assert word in " ".join(session_warnings(workspace, moment, 10))
    assert session_warnings(workspace, datetime(2026, 11, 27, 15, 29), 1) == ()  # noqa: DTZ001


@pytest.mark.parametrize(
    "call", ["020 7946 000", "0800 111", "07700 90000", "07700 9000012", "+44 1632 9600", "12", "5551234"]
)
def test_a_number_with_a_digit_too_few_or_too_many_stops_a_real_session(
    workspace: Workspace, call: str
) -> None:
    confirmed = dict.fromkeys(("emergency", "childline", "local"), TODAY)
    settings = replace(workspace.settings, simulated=False, confirmed=confirmed)
    real = save_settings(workspace, replace(settings, local_contacts=(local(call),)))
    (reason,) = sessions.reasons_not_to_start(real, a_plan(), TODAY)
    assert reason.startswith("Riverside duty worker: ")
    mended = save_settings(workspace, replace(settings, local_contacts=(local("01632 960001"),)))
    assert sessions.reasons_not_to_start(mended, a_plan(), TODAY) == ()


def test_every_number_that_coprod_ships_is_whole() -> None:
    assert [one.id for one in shipped_contacts().contacts if wrong_number(one)] == []
    assert wrong_number(local("0800 111", digits=8))
    for whole in ("0800 1111 222", "+44 1632 960001", "116 000", "101", "020 7946 0000"):
        assert wrong_number(local(whole)) == "", whole


def test_what_is_due_is_listed_and_what_is_late_is_said(workspace: Workspace) -> None:
    session = started(workspace)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "made-up words"))
    (waiting,) = retention.due(workspace)
    assert (waiting.task, waiting.name, waiting.by, waiting.who) == ("open", "monday", OPENING_DAY, "Sam")
    assert retention.overdue_words(workspace, OPENING_DAY) == ()
    assert "was to be opened by 2026-11-25" in retention.overdue_words(workspace, date(2026, 11, 26))[0]
    batches.open_boxes(
        workspace,
        batches.session_sources(workspace),
        HOLDERS[0],
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )
    (kept,) = retention.due(workspace)
    assert (kept.task, kept.name, kept.by) == ("destroy", "first", KEEP_UNTIL)
    after = date(2027, 11, 26)
    assert "coprod surveys dispose first" in retention.overdue_words(workspace, after)[0]
    assert "was to be destroyed" in " ".join(session_warnings(workspace, datetime(2027, 11, 26, 10), 10))  # noqa: DTZ001
    disposal.dispose(workspace, "first", "Sam", after)
    assert retention.due(workspace) == ()


def states(workspace: Workspace) -> dict[str, str]:
    names = ("keys elsewhere", "no key among the answers", "boxes are private")
    return {check.name: check.state for check in examine({}, workspace) if check.name in names}


def test_doctor_looks_for_keys_where_they_must_not_be(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace)
    assert set(states(workspace).values()) == {"ok"}
    key = tmp_path / "sam.key"
    key.touch()
    remember_key_made(device_folder(), HOLDERS[0].public_key, key)
    assert states(workspace)["keys elsewhere"] == "look"
    real = Workspace(workspace.root, replace(workspace.settings, simulated=False))
    assert states(real)["keys elsewhere"] == "missing"
    (workspace.surveys / "notes.txt").write_text("AGE-SECRET-KEY-1QQQ")
    assert states(workspace)["no key among the answers"] == "missing"


def test_a_box_that_other_accounts_may_read_is_named(workspace: Workspace) -> None:
    started(workspace).box.path.chmod(0o644)
    assert states(workspace)["boxes are private"] == "look"
