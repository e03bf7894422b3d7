"""What an analyst's desk holds in tests: the day, and sittings in this process instead of one of their own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from textual.screen import Screen

from analysis.codes.coding import Coded
from coprod.journeys.understanding.coding_room import open_room, sheet_of
from coprod.tui.analyst.coding import CodingScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk import Desk
from coprod.tui.desk_screen import MOST_KEYS, DeskScreen
from coprod.tui.widgets.actionbar import ActionBar
from coprod.workspace import Workspace
from tests.coprod.tui.opened_answers import SAID, desk_of
from tests.coprod.tui.pictures import check_snapshot, screen_text

DAY = date(2026, 11, 22)
SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}


class Room:
    """Stands for a process that holds something: asks in this one."""

    def __init__(self, room: Any) -> None:
        self.room = room

    def ask(self, function: Any, *arguments: Any) -> Any:
        return function(self.room, *arguments)

    def close(self) -> None:
        pass


def coding_screen(workspace: Workspace, answers: Answers) -> CodingScreen:
    """Give the coding screen of AB, its sitting held in this process."""
    room = open_room(desk_of(workspace, answers), "AB")
    stand_in: Any = Room(room)
    return CodingScreen(workspace, answers, SAID, stand_in, sheet_of(room))


def code_all(workspace: Workspace, answers: Answers, coder: str, codes: Mapping[str, str]) -> None:
    """Let somebody give a code to each of these answers."""
    room = open_room(desk_of(workspace, answers), coder)
    room.write([Coded(response, code) for response, code in codes.items()], DAY)


async def looks_as_it_was_looked_at(workspace: Workspace, screen: Screen[Any], named: str) -> None:
    """Compare a screen with its pictures in three sizes; what it can do fits the bar and is told by each key."""
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        for size, (width, height) in SIZES.items():
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.05)
            shown = screen_text(app)
            check_snapshot(f"desk-{size}-analyst-{named}", shown)
            assert not set(shown) & set("\x1b\x07\u202e")
        assert isinstance(screen, DeskScreen)
        assert len(screen.query_one(ActionBar).chips) <= MOST_KEYS
        assert all(binding.description for binding in screen._own_bindings())
