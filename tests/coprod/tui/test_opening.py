"""What is painted before the app has loaded is, character for character, what the app then draws."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from coprod.journeys.asking.visit import KioskPlan, PauseWords
from coprod.tui.kiosk import Kiosk
from coprod.tui.opening import ready_screen
from tests.coprod.tui.pictures import screen_text

SIZES = ((80, 24), (40, 24), (120, 36), (60, 18))


def _plans(plan: KioskPlan) -> dict[str, KioskPlan]:
    nothing = PauseWords(keep=lambda _: (), bring_back=lambda _: None)
    return {
        "two languages": plan,
        "one language": replace(plan, languages=("en",)),
        "preview": replace(plan, label="preview"),
        "pause words": replace(plan, pausing=nothing),
        "key cards": replace(
            plan, sealed_to=(("Ann", "maple lantern river"), ("Bo", "button teapot puffin"))
        ),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_paint_is_the_ready_page(plan: KioskPlan, size: tuple[int, int]) -> None:
    for name, one in _plans(plan).items():
        first = "\n".join(f"  {text}".rstrip() for _, text in ready_screen(one, *size)).rstrip()
        app = Kiosk(one)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert first == screen_text(app).rstrip(), name


def test_painting_first_needs_nothing_that_takes_long_to_load() -> None:
    program = "import sys, coprod.tui.opening; sys.exit('textual' in sys.modules or 'asyncio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
