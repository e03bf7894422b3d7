"""Anything can be found by name on the desk, in the words of the command line; the kiosk has nothing like it."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from coprod.cli.main import _parser
from coprod.journeys.asking.visit import KioskPlan
from coprod.journeys.beginnings import begin_workspace
from coprod.tui.desk import Desk
from coprod.tui.kiosk import Kiosk
from coprod.tui.palette import OF_A_MATERIAL, PLACES, Entry, Palette, Place, matching, places
from coprod.workspace import Workspace
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import settled

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return begin_workspace(tmp_path / "riverside", "Riverside", "england")


@pytest.mark.parametrize(
    "place", [one for one in (*PLACES, *OF_A_MATERIAL) if one.command], ids=lambda one: one.words
)
def test_every_place_names_a_command_that_there_is(place: Place) -> None:
    words = place.command.split()
    with pytest.raises(SystemExit) as ended:
        _parser(words).parse_args([*words, "--help"], argparse.Namespace())
    assert ended.value.code == 0


def test_every_place_opens_its_screen(workspace: Workspace) -> None:
    for entry in places(workspace):
        assert entry.opens is not None
        assert entry.opens() is not None, entry.words


@pytest.mark.parametrize("place", [one for one in PLACES if one.action], ids=lambda one: one.words)
async def test_every_act_of_a_place_begins_at_once(workspace: Workspace, place: Place) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        app.screen.query_one(Input).value = place.words
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert type(app.screen_stack[1]).__name__ == place.screen
        assert len(app.screen_stack) == 3, "what it asks stands over its screen"


def test_words_are_found_in_any_order_and_the_command_counts_too() -> None:
    entries = (Entry("Ledger: every number released", "coprod analysis ledger"), Entry("Release a material"))
    assert matching(entries, "number LEDGER") == entries[:1]
    assert matching(entries, "analysis") == entries[:1]
    assert matching(entries, "rel") == (entries[1], entries[0])
    assert matching(entries, "nowhere") == ()


async def test_typing_a_word_opens_a_place_and_esc_changes_nothing(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", "escape")
        assert app.screen is app.home
        await pilot.press("ctrl+p", *"ledger")
        await pilot.pause()
        assert "Ledger" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert type(app.screen).__name__ == "LedgerScreen"
        await pilot.press("ctrl+p", *"home", "enter")
        await pilot.pause()
        assert app.screen is app.home


async def test_the_keys_of_the_screen_are_there_and_a_tap_does_them(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"contrast")
        await pilot.pause()
        await pilot.click("#found", offset=(4, 0))
        await pilot.pause()
        assert app.theme == "coprod-contrast"
        await pilot.press("ctrl+p", *"colours")
        await pilot.pause()
        assert isinstance(app.screen, Palette)
        assert "T" in {one.beside for one in app.screen.found}


async def test_what_is_typed_in_it_is_only_text(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07"
        await pilot.pause()
        assert "Nothing here is called that" in screen_text(app)
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_it_looks_like_its_picture(workspace: Workspace, size: str) -> None:
    app = Desk(workspace)
    async with app.run_test(size=SIZES[size]) as pilot:
        await app.push_screen(Palette((Entry("Find", "/"), *places(workspace))))
        await pilot.pause()
        check_snapshot(f"desk-{size}-palette", screen_text(app))


async def test_the_kiosk_has_none(plan: KioskPlan) -> None:
    app = Kiosk(plan)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("ctrl+p", "ctrl+backslash", "colon", "slash"):
            await pilot.press(key)
            assert len(app.screen_stack) == 2
            assert app.screen is app.sheet
    assert not Kiosk.ENABLE_COMMAND_PALETTE
    assert not hasattr(app, "entries")


def test_the_kiosk_does_not_even_load_it() -> None:
    program = "import sys, coprod.tui.kiosk; sys.exit('coprod.tui.palette' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
