"""Waiting for what a screen shows when slow work is done."""

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.coprod.tui.pictures import screen_text


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
