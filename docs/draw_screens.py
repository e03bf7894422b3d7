"""The desk's screens as pictures: SVG that fetches nothing, its words the same on every machine."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from analysis.inputs.responses import Responses
from coprod.journeys.understanding import reading, themes_desk
from coprod.journeys.understanding.coding_room import Decision, decide, open_room, sheet_of
from coprod.tui.analyst.coding import CodingScreen
from coprod.tui.analyst.ledger import LedgerScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.analyst.themes import ThemesScreen
from coprod.tui.analyst.whatif import WhatIfScreen
from coprod.tui.campaign.editor import EditorScreen
from coprod.tui.campaign.panel_said import PanelSaidScreen
from coprod.tui.desk import Desk
from coprod.tui.facilitator.board import BoardScreen
from coprod.tui.facilitator.preparing import PreparingScreen
from coprod.tui.handover import Board
from coprod.workspace import Workspace
from docs.make_believe import (
    ASKED,
    DAY,
    LISTENED,
    MATERIAL,
    SURVEY,
    InThisProcess,
    answers_of,
    blaming,
    desk_of,
    make_believe,
    panel_result,
    session_of,
)

SIZE = (80, 24)
CODER = "AL"
Made = tuple[Screen[None], tuple[str, ...]]


def as_picture(app: App[Any], title: str) -> str:
    """Give the screen as SVG that fetches nothing: the reader's own monospaced font draws it."""
    drawn = app.export_screenshot(title=title)
    alone = re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL).replace("Fira Code", "ui-monospace")
    return re.sub(r"terminal-\d+", "terminal", alone)


async def desk_pictures() -> dict[str, str]:
    """Give a picture of each role's screens by its file's name; home comes last, when there is work in it."""
    with make_believe() as workspace:
        drawn: dict[str, str] = {}
        async with Desk(workspace).run_test(size=SIZE) as pilot:
            for name, make in screens(workspace):
                drawn[f"desk-{name}.svg"] = await _drawn(pilot, *make())
        async with Desk(workspace).run_test(size=SIZE) as pilot:
            await _settled(pilot)
            drawn["desk-home.svg"] = as_picture(pilot.app, "coprod")
        return drawn


async def _drawn(pilot: Pilot[Any], screen: Screen[None], keys: tuple[str, ...]) -> str:
    await pilot.app.push_screen(screen)
    await _settled(pilot)
    for key in keys:
        await pilot.press(key)
        await _settled(pilot)
    picture = as_picture(pilot.app, "coprod")
    pilot.app.pop_screen()
    return picture


async def _settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screens(workspace: Workspace) -> Iterator[tuple[str, Callable[[], Made]]]:
    """Give each screen by its name, with the keys that are pressed on it."""
    answers, responses = answers_of(workspace)
    yield "checklist", lambda: (_checklist(workspace), ("1", "2", "3"))
    yield "board", lambda: (BoardScreen(Board(session_of(workspace))), ())
    yield "coding", lambda: (_coding(workspace, answers, responses), ("down", "down", "down", "down"))
    yield "themes", lambda: (_themes(workspace, answers, responses), ())
    yield "what-if", lambda: (WhatIfScreen(workspace, answers, LISTENED), ("enter",))
    yield "ledger", lambda: (_ledger(workspace, answers), ())
    yield "editor", lambda: (EditorScreen(workspace, MATERIAL, blaming(workspace)), ("f2", "f2"))
    yield "panel", lambda: (PanelSaidScreen("not-your-fault", panel_result(), workspace), ())


def _checklist(workspace: Workspace) -> PreparingScreen:
    return PreparingScreen(workspace, workspace.surveys / f"{SURVEY}.yaml", SURVEY)


def _coding(workspace: Workspace, answers: Answers, responses: Responses) -> CodingScreen:
    room = open_room(desk_of(workspace, answers, responses), CODER)
    for response in list(room.work.texts)[:4]:
        decide(room, Decision("give", response, "waits"), DAY)
    held: Any = InThisProcess(room)
    return CodingScreen(workspace, answers, ASKED, held, sheet_of(room))


def _themes(workspace: Workspace, answers: Answers, responses: Responses) -> ThemesScreen:
    board = themes_desk.keep_and_show(desk_of(workspace, answers, responses), CODER, DAY)
    return ThemesScreen(workspace, answers, ASKED, board)


def _ledger(workspace: Workspace, answers: Answers) -> LedgerScreen:
    answers.held.ask(reading.publish_table, workspace, answers.source, reading.TableAsked(LISTENED))
    return LedgerScreen(workspace)
