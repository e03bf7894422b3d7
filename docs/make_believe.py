"""A make-believe service on a fixed day, the same on every machine, for the pictures in the docs. Nobody said any of it."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import polars as pl
from msgspec.structs import replace

from analysis.inputs.responses import Responses, read_responses
from coprod import clock
from coprod.journeys.asking.sessions import Session, plan_session, start_session
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.checking.editing import begin_material, source_of
from coprod.journeys.demo.respondents import simulated_stock
from coprod.journeys.understanding import reading
from coprod.journeys.understanding.at_the_desk import Desk
from coprod.journeys.understanding.reports import ReportRequest, compose_report
from coprod.kernel.document import Document
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.released import ReleasedCell, ReleasedTable
from coprod.tui.analyst.sources import Answers
from coprod.workspace import Device, KeyHolder, Workspace, save_settings
from surveys.boxes.device import device_folder, device_key

DAY = date(2027, 3, 2)  # a Tuesday
AFTERNOON = datetime(2027, 3, 2, 14, 0)  # noqa: DTZ001  a wall clock
LAST_YEAR = 1_767_225_600  # seconds since 1970
SURVEY = "experience-of-health-services"
MATERIAL = "our-bus"
LISTENED, WROTE = "How often did staff listen to you?", "What one thing would you change?"
ASKED = reading.Question(WROTE, WROTE, "either")
# Public halves only: nobody holds the others.
HOLDERS = (
    KeyHolder("Ana", "age15zrk8getaskrwt2e5yttvtl0cnr7jqyu7sjydwp6wta08flesvxqm7rtrn"),
    KeyHolder("Sal", "age1c72jvmg36z64ffedwht5xgyq6j0uv7jwzp3rhg82dce3pzz749ls99amcu"),
)
SUBJECTS = {"waits": 22, "same-worker": 14, "times": 8}
LEAFLET = "\nShe put herself at risk. If you show risky behaviour, tell someone.\n"


class InThisProcess:
    """Stands for the process that holds answers or a sitting: asks in this one."""

    def __init__(self, held: object) -> None:
        self.held = held

    def ask(self, function: Callable[..., Any], *arguments: object) -> Any:
        """Give what a function makes of what is held."""
        return function(self.held, *arguments)

    def close(self) -> None:
        """Let go of nothing."""


class _Day(date):
    @classmethod
    def today(cls) -> Any:
        return DAY


class _Afternoon(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> Any:  # noqa: ARG003  the shape of `now`
        return AFTERNOON


@contextmanager
def make_believe() -> Iterator[Workspace]:
    """Give a workspace with two key holders who have rehearsed, in a folder and on a day of its own."""
    with (
        TemporaryDirectory() as scratch,
        patch.dict(os.environ, {"COPROD_HOME": f"{scratch}/home", "HOME": scratch, "XDG_DATA_HOME": scratch}),
        patch.multiple(clock, date=_Day, datetime=_Afternoon),
    ):
        yield _ready(Path(scratch) / "riverside")


def _ready(root: Path) -> Workspace:
    workspace = begin_workspace(root, "Riverside (make-believe)", "england", simulated=True)
    keys = tuple(one.public_key for one in HOLDERS)
    device = Device("blue laptop", device_key(device_folder()).public_key, keys)
    settings = replace(
        workspace.settings,
        small_counts="rounded",
        opener="Ana Lee",
        safeguarding_lead="Sal Okoro, room 2",
        key_holders=HOLDERS,
        devices=(device,),
        confirmed=dict.fromkeys(("emergency", "childline", "shout"), DAY),
    )
    for place, path in enumerate(sorted(root.rglob("*"))):  # "worked on last" goes by these, not by this disk
        os.utime(path, (LAST_YEAR + place, LAST_YEAR + place))
    return save_settings(workspace, settings)


def session_of(workspace: Workspace) -> Session:
    """Begin a session."""
    path = workspace.surveys / f"{SURVEY}.yaml"
    return start_session(workspace, path, plan_session(workspace, "tuesday", "spring 2027", DAY), DAY)


def answers_of(workspace: Workspace) -> tuple[Answers, Responses]:
    """Give 44 made-up answers, as an analyst has them open."""
    chance = random.Random(2017)  # noqa: S311  the same made-up answers each time
    said = [
        chance.choice(simulated_stock().subjects[one])
        for one, times in SUBJECTS.items()
        for _ in range(times)
    ]
    chance.shuffle(said)
    listened = ["Always"] * 9 + ["Often"] * 14 + ["Sometimes"] * 13 + ["Not often"] * 8
    path = workspace.root.parent / "autumn-answers.csv"
    pl.DataFrame({LISTENED: listened, WROTE: said}).write_csv(path)
    responses = read_responses(path)
    held: Any = InThisProcess(responses)
    answers = Answers(held, reading.about(responses), path)
    answers.coder = "AL"
    return answers, responses


def desk_of(workspace: Workspace, answers: Answers, responses: Responses) -> Desk:
    """Give the answers to the written question as work at the desk takes them."""
    return Desk(reading.packed(responses), answers.source, WROTE, workspace)


def report_of(workspace: Workspace) -> Document:
    """Give the report on the made-up answers, as it would leave."""
    answers, responses = answers_of(workspace)
    request = ReportRequest("autumn", "What young people told us", questions=(LISTENED,), texts=(WROTE,))
    return compose_report(workspace, answers.source, responses, request, rehearsed=True).report


def blaming(workspace: Workspace) -> str:
    """Give the source of a material that blames, for its findings."""
    begin_material(workspace, "blank", MATERIAL, DAY)
    return source_of(workspace, MATERIAL) + LEAFLET


def panel_result() -> PanelResult:
    """Give what a simulated panel said."""
    cells = (("Yes", "most or all"), ("In part", "few or none"), ("No", "few or none"))
    clear = tuple(ReleasedCell(choice, shown, "banded", "") for choice, shown in cells)
    return PanelResult(
        material="0" * 64,
        questionnaire="0" * 64,
        enough=True,
        reviewers="between 5 and 9",
        harm_raised=False,
        tables=(ReleasedTable("clear", "Is it clear what it wants to tell you?", "5 to 9", clear),),
        comments=(
            PanelComment("What would you change?", "Put the numbers first, they are the point."),
            PanelComment("What would you change?", "Say that boys can call as well."),
        ),
        simulated=True,
    )
