"""What an analyst's desk holds in tests: the day, and sittings in this process instead of one of their own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from analysis.codes.coding import Coded
from coprod.journeys.understanding.coding_room import open_room, sheet_of
from coprod.tui.analyst.coding import CodingScreen
from coprod.tui.analyst.sources import Answers
from coprod.workspace import Workspace
from tests.coprod.tui.opened_answers import SAID, desk_of

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
