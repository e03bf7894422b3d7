"""What home says is next, and what was worked on last."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.reports.yousaid import YOU_SAID_FILE, Answered, YouSaid, you_said_text
from coprod.journeys.asking.visit_words import written_date
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.overview import overview_of, recent_work
from coprod.workspace import Workspace
from tests.surveys.ready import TODAY, make_identity, ready_workspace, started


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))


def said_next(workspace: Workspace, today: date = TODAY) -> list[str]:
    return [one.words for one in overview_of(workspace, today).next]


def test_a_session_that_runs_is_gone_on_with_and_opened_by_its_day(workspace: Workspace) -> None:
    started(workspace)
    assert "Go on with the session monday, or end it" in said_next(workspace)
    assert (
        "the answers of monday can be opened after 24 November 2026, by 25 November 2026 (Sam)"
        in said_next(workspace)
    )
    late = said_next(workspace, date(2026, 11, 27))
    assert "Open the answers of monday: 2 days late (Sam)" in late


def test_a_promise_to_young_people_that_is_late_or_unanswered_is_said(workspace: Workspace) -> None:
    late = Answered(
        "waiting", "Waits are long", "doing", "We ask for more staff", "It is our job to ask", "Sam", TODAY
    )
    path = workspace.analysis / YOU_SAID_FILE
    path.write_text(you_said_text(YouSaid(themes=(late, Answered("privacy")))), "utf-8")
    day_after = TODAY + timedelta(days=1)
    assert f"you said, we did: “waiting” was promised by {written_date(TODAY, 'en')} (Sam)" in said_next(
        workspace, day_after
    )
    assert "you said, we did: a theme waits for an answer" in said_next(workspace)


def test_what_was_worked_on_last_is_named_newest_first_without_a_time(workspace: Workspace) -> None:
    older, newer = workspace.surveys / "after-a-visit.yaml", workspace.out / "report.html"
    newer.write_text("x", "utf-8")
    os.utime(older, (1, 1))
    assert recent_work(workspace) == ("out/report.html", "surveys/after-a-visit.yaml")


def test_sealed_answers_are_never_named_as_recent_work(workspace: Workspace) -> None:
    started(workspace)
    assert not any("monday" in name for name in recent_work(workspace))


def test_nobody_has_worked_on_what_came_with_a_new_workspace(tmp_path: Path) -> None:
    assert recent_work(begin_workspace(tmp_path / "new", "Quay", "england")) == ()
