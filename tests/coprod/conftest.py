"""What tests of the app share: keys are pressed on a screen that stands still, whatever else the machine does."""

from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot

from tests.coprod.tui.stillness import wait_until_still


@pytest.fixture(autouse=True, scope="session")
def still_screens() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", wait_until_still)
        patch.setattr(textual.pilot, "wait_for_idle", wait_until_still)
        yield
