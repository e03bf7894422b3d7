"""The audit: all tables of a usual survey, let out three times as more young people answer, held against all before."""

import csv
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import structs

from analysis.inputs.responses import read_responses
from analysis.publishing.ledger import Reissue
from benchmarks.measures import Measure, seconds
from coprod.journeys.understanding.tables import Asked, show_table
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import SmallCounts
from coprod.workspace import Workspace, new_workspace, save_settings

SIZES = (60, 90, 120)
QUESTIONS = 20
BREAKDOWNS = 5
GROUPS = ("North", "South", "Online")
SCALE = ("Never", "Not often", "Sometimes", "Often", "Always")
CHOICES = (5, 3, 4, 5, 2, 7, 5, 4, 3, 6)
PROMISED = 5.0
SEED = 20261122
SIGNED = Reissue("a whole new group answered", ("Made Up", "Also Made-Up"))


def measures(sizes: Sequence[int] = SIZES) -> Iterator[Measure]:
    """Give how long each release of all tables takes, rounded and exact, with the audit and the ledger."""
    schemes: tuple[SmallCounts, ...] = ("rounded", "exact", "bands")
    for small_counts in schemes:
        with tempfile.TemporaryDirectory() as scratch:
            workspace = _workspace(Path(scratch), small_counts)
            rows = rows_of(max(sizes))
            for number, people in enumerate(sizes, start=1):
                file = workspace.root / f"answers-{people}.csv"
                write_rows(file, rows[:people])
                taken, shown = release_all(file, workspace)
                yield Measure(
                    f"release {number} of {QUESTIONS} tables and {BREAKDOWNS} breakdowns, {small_counts}",
                    f"{people} responses",
                    seconds(taken),
                    f"{shown} let out",
                    promised=f"< {PROMISED:g} s",
                    kept=taken < PROMISED,
                )


def _workspace(scratch: Path, small_counts: SmallCounts) -> Workspace:
    workspace = new_workspace(scratch / "made-up", "Made up", "england", simulated=True)
    return save_settings(workspace, structs.replace(workspace.settings, small_counts=small_counts))


def rows_of(people: int) -> list[list[str]]:
    """Give made-up answers, the first column a group; the same whoever asks."""
    dice = random.Random(SEED)
    weights = [[dice.random() + 0.2 for _ in choices_of(question)] for question in range(QUESTIONS)]
    return [
        [
            dice.choices(GROUPS, (4, 3, 3))[0],
            *(dice.choices(choices_of(question), weights[question])[0] for question in range(QUESTIONS)),
        ]
        for _ in range(people)
    ]


def choices_of(question: int) -> tuple[str, ...]:
    """Give the choices of a question, two to seven."""
    size = CHOICES[question % len(CHOICES)]
    return SCALE if size == len(SCALE) else tuple(f"choice {number}" for number in range(size))


def write_rows(file: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write answers as CSV."""
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["group", *(f"q{question}" for question in range(QUESTIONS))])
        writer.writerows(rows)


def release_all(file: Path, workspace: Workspace) -> tuple[float, int]:
    """Give the seconds that all tables take, and how many of them may leave."""
    responses, shown = read_responses(file), 0
    started = time.perf_counter()
    wanted = [("group", "")]
    wanted += [(f"q{question}", "") for question in range(QUESTIONS - 1)]
    wanted += [(f"q{question}", "group") for question in range(BREAKDOWNS)]
    for question, by in wanted:
        try:
            show_table(responses, file, Asked(question, by, "made up", SIGNED), workspace)
        except RefusedError:
            continue
        shown += 1
    return time.perf_counter() - started, shown
