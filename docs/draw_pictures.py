"""Draw the pictures in docs/pictures from the app itself: `make pictures`."""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

from textual.app import App

from coprod.journeys.asking.plans import preview_plan
from coprod.journeys.asking.visit import Asking
from coprod.tui.kiosk import Kiosk
from surveys.interviews.events import Choose, Continue
from surveys.interviews.interview import begin, page, step
from surveys.questionnaires.library import find_questionnaire
from surveys.questionnaires.questionnaire import load_questionnaire

PICTURES = Path(__file__).parent / "pictures"
SIZE = (80, 24)


def as_picture(app: App[Any], title: str) -> str:
    """Give the screen as SVG that fetches nothing: the reader's own monospaced font draws it."""
    drawn = app.export_screenshot(title=title)
    alone = re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL).replace("Fira Code", "ui-monospace")
    return re.sub(r"terminal-\d+", "terminal", alone)


async def kiosk() -> str:
    """Give the page on which a young person says whether staff listened."""
    questionnaire = load_questionnaire(find_questionnaire("experience-of-health-services", None))
    plan = preview_plan(questionnaire, None)
    interview = begin(questionnaire, "en", languages=("en",), contacts=plan.contacts)
    while page(interview).kind != "frequency":
        interview = step(interview, Continue())
        interview = step(interview, Continue()) if page(interview).kind == "note" else interview
    interview = step(interview, Choose(page(interview).choices[3].id))
    app = Kiosk(plan)
    async with app.run_test(size=SIZE) as pilot:
        await app.go_to(Asking(interview, "star"))
        await pilot.pause()
        return as_picture(app, "coprod")


def pictures() -> dict[str, str]:
    """Give every picture by its file's name."""
    return {"kiosk.svg": asyncio.run(kiosk())}


def main() -> int:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    for name, drawn in pictures().items():
        (PICTURES / name).write_text(drawn, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
