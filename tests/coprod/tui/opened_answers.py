"""Simulated answers, opened: what the analyst's screens are tried on. Nobody said any of this."""

import time
from pathlib import Path
from typing import Any

import polars as pl

from analysis.inputs.responses import Responses, read_responses
from coprod.journeys.understanding import reading
from coprod.journeys.understanding.at_the_desk import Desk
from coprod.tui.analyst.sources import Answers
from coprod.workspace import Workspace

HOSTILE = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07 \u202egnp"
PILES = (
    "simulated: the waiting list was long and I waited months",
    "simulated: my worker listened to me and asked first",
    "simulated: the clinic opens only on mornings, please open later",
    "simulated: they told my school and I did not trust them",
)
ENDS = (
    "every time",
    "again and again",
    "last year",
    "this spring",
    "twice",
    "at first",
    "in the end",
    "for a while",
)
SAID = reading.Question("Said", "Said", "either")


class Held:
    """Stands for the process that holds answers: asks in this one."""

    def __init__(self, responses: Responses) -> None:
        self.responses = responses

    def ask(self, function: Any, *arguments: Any) -> Any:
        return function(self.responses, *arguments)

    def close(self) -> None:
        pass


def answers_file(folder: Path, *, most: int = 64) -> Path:
    """Write simulated answers as a table: what they chose, a group, and what they wrote."""
    path = folder / "answers.csv"
    said = [f"{PILES[row % 4]} {ENDS[(row // 4) % 8]}" for row in range(most - 1)] + [HOSTILE]
    listened = ["Always"] * (most - 13) + ["Often"] * 11 + ["Never"] * 2
    group = ["North" if row % 4 < 2 else "South" for row in range(most)]
    pl.DataFrame({"Listened": listened, "Area": group, "Said": said}).write_csv(path)
    return path


def held(path: Path) -> Answers:
    """Give answers as the desk holds them, without a process of their own."""
    responses = read_responses(path)
    stand_in: Any = Held(responses)
    answers = Answers(stand_in, reading.about(responses), path)
    answers.coder = "AB"
    return answers


def desk_of(workspace: Workspace, answers: Answers, question: str = "Said") -> Desk:
    """Give the answers to one question as a job of their own takes them."""
    return Desk(answers.held.ask(reading.packed), answers.source, question, workspace)


def slowly(desk: Desk, seconds: int) -> str:
    """Take a while, as a job on the answers does; called in a process of its own."""
    time.sleep(seconds)
    return desk.source.name
