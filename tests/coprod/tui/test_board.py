"""The board tells a facilitator only whether five have finished, and ends the session."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coprod.journeys.asking.visit import Receipt
from coprod.tui import desk, handover, home
from coprod.tui.handover import Board
from surveys.boxes.session import Attendance, LeftOut, load_plan
from tests.coprod.tui.pictures import screen_text
from tests.surveys.ready import TODAY, make_identity, ready_workspace, started


def test_the_board_tells_only_whether_five_have_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "saved", lambda session, records, words_in: Receipt((), date(2026, 12, 4)))  # noqa: ARG005  the shape of `saved`
    session: Any = SimpleNamespace()
    board = Board(session)
    told = []
    for _ in range(6):
        board.save((), "en")
        told.append(board.has_enough)
    assert told == [False, False, False, False, True, True]
    assert [name for name in dir(board) if not name.startswith("_")] == ["has_enough", "save", "session"]


async def test_ending_a_session_asks_who_was_missing_and_says_what_to_do_with_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    for module in (home, desk):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    app = desk.Desk(workspace, Board(started(workspace)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "9", "enter", "8", "enter", *"1: ill", "enter")
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        assert "The session is closed" in shown
        assert "copy them to a stick" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert "READY for the next person" not in screen_text(app)
    plan = load_plan(workspace.boxes / "monday.session")
    assert plan.attendance == Attendance(9, 8, (LeftOut(1, "ill"),))
    assert (workspace.boxes / "monday.bundle").exists()
