"""The board tells a facilitator only whether five have finished."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from coprod.journeys.asking.visit import Receipt
from coprod.tui import handover
from coprod.tui.handover import Board


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
