"""What tests of the app share: keys and taps meet a screen that stands still, whatever else the machine does."""

from collections.abc import Iterator
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual.pilot import Pilot

from tests.coprod.tui.stillness import wait_until_still


@pytest.fixture(autouse=True, scope="session")
def still_screens() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", wait_until_still)
        patch.setattr(textual.pilot, "wait_for_idle", wait_until_still)
        patch.setattr(Pilot, "click", _click_what_stands)
        yield


_click = Pilot.click


async def _click_what_stands(pilot: Pilot[Any], *where: Any, **how: Any) -> bool:
    """Click once the screen stands still: Textual looks where a widget is first, and waits after that."""
    await pilot.pause()
    return await _click(pilot, *where, **how)
