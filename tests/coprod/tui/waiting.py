"""Waiting for what a screen shows when slow work is done."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from coprod.tui.dialogs import Filling
from tests.coprod.tui.pictures import screen_text

ROUNDS = 2  # of nothing to do, one after another: a message may be on its way from one queue to the next


async def until(pilot: Pilot[Any], text: str) -> str:
    """Wait for a text on the screen, however it is broken into lines, and give the screen."""
    for _ in range(400):
        await pilot.pause(0.02)
        shown = screen_text(pilot.app)
        if text in " ".join(shown.split()):
            return shown
    pytest.fail(f"{text!r} never came; the screen is:\n{screen_text(pilot.app)}")


async def settled(pilot: Pilot[Any]) -> str:
    """Wait until nothing works beside the screen, and give the screen."""
    await pilot.pause()
    for _ in range(400):
        if not any(worker.is_running for worker in pilot.app.workers):
            break
        await pilot.pause(0.02)
    await pilot.pause()
    return screen_text(pilot.app)


async def keyed(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys; what begins with `=` is put at once into the field that has the focus, as if it were typed."""
    for key in keys:
        if not key.startswith("="):
            await pilot.press(key)
            continue
        for _ in range(100):
            if isinstance(pilot.app.screen.focused, Input):
                break
            await pilot.pause(0.02)
        field = pilot.app.screen.focused
        assert isinstance(field, Input), screen_text(pilot.app)
        field.value = key[1:]


async def at_rest(app: App[Any]) -> None:
    """Wait until the app, its screens and what stands on them have no message left, and no form is at its work."""
    pilot, quiet = Pilot(app), 0
    while quiet < ROUNDS and not app._exit:
        pumps = [app, *(one for screen in app.screen_stack for one in screen.walk_children(with_self=True))]
        is_quiet = all(pump._message_queue.empty() for pump in pumps)
        if not await pilot._wait_for_screen():
            return
        is_busy = isinstance(app.screen, Filling) and app.screen.is_busy
        quiet = quiet + 1 if is_quiet and not is_busy else 0
        await asyncio.sleep(0.01 if is_busy else 0)
    for _ in range(400):
        if not app._exit or app._closed:
            break
        await asyncio.sleep(0.01)


def keys_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `pilot.press` go on as soon as a key was dealt with: Textual's own waits 60 ms for the machine to be idle."""
    slowly = App._press_keys

    async def no_wait(*_: float) -> None:
        """Leave the waiting to `at_rest`."""

    async def press(self: App[Any], keys: Iterable[str]) -> None:
        for key in keys:
            await slowly(self, [key])
            await at_rest(self)

    monkeypatch.setattr("textual.app.wait_for_idle", no_wait)
    monkeypatch.setattr(App, "_press_keys", press)
