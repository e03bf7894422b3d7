"""Tables: ten million responses to twenty questions, from a file on disk to cells that may be published; beside ACRO.

Each of ours runs in a process of its own, which tells its time, its processor seconds and its peak memory. The peer
starts from a data frame that is in memory already, since pandas reads no Parquet without a further library.
"""

import contextlib
import io
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from analysis.inputs.answers import answers_to, counts_of
from analysis.inputs.responses import counted_ahead, read_responses
from analysis.publishing.disclosure import Policy
from analysis.publishing.tables import release_table
from benchmarks.measures import Measure, seconds

RESPONSES = 10_000_000
BESIDE = 1_000_000
QUESTIONS = 20
PLACES = 5
ROUNDS = 3
PROMISED = 3.0
LEAST_RATIO = 20
SEED = 20261122
SCALE = ("Never", "Not often", "Sometimes", "Often", "Always")
SIZES = (5, 5, 7, 10, 5, 11, 3, 8, 12, 5)
UNANSWERED = 0.05
MISSING = "nan"  # as pandas names who did not answer


def measures(responses: int = RESPONSES, beside: int = BESIDE) -> Iterator[Measure]:
    """Give the times of one-way tables, of several answers a question, and the comparison with ACRO."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, what in (("words", "dictionary-encoded strings"), ("categories", "categories")):
            write_answers(folder / f"{name}.parquet", responses, categories=name == "categories")
            yield _ours(folder / f"{name}.parquet", f"all one-way tables with rules, {what}", responses)
            (folder / f"{name}.parquet").unlink()
        write_places(folder / "places.parquet", responses)
        yield _ours(folder / "places.parquet", "several answers a question, 5 columns of 0/1", responses, 1)
        if find_spec("acro"):
            yield _beside_acro(folder, beside)


def write_answers(path: Path, responses: int, *, categories: bool) -> None:
    """Write made-up answers as Parquet, 5 in 100 of them missing."""
    dice = np.random.default_rng(SEED)
    columns = []
    for question in range(QUESTIONS):
        choices = choices_of(question)
        codes = dice.integers(0, len(choices), responses, dtype=np.uint8)
        given = pl.Series(f"q{question}", codes).set(pl.Series(dice.random(responses) < UNANSWERED), None)
        named = given.cat.to(pl.Enum(choices))
        columns.append(named if categories else named.cast(pl.String))
    pl.DataFrame(columns).write_parquet(path)


def write_places(path: Path, responses: int) -> None:
    """Write made-up answers to a question with a 0/1 column for each of five choices, as Kobo exports them."""
    dice = np.random.default_rng(SEED)
    names = [f"places/place {number}" for number in range(PLACES)]
    pl.DataFrame({name: dice.integers(0, 2, responses, dtype=np.uint8) for name in names}).write_parquet(path)


def choices_of(question: int) -> list[str]:
    """Give the choices of a question, three to twelve, of words as long as real ones."""
    size = SIZES[question % len(SIZES)]
    if size == len(SCALE):
        return list(SCALE)
    return [f"Choice {number} of question {question}, in a few words" for number in range(size)]


def tables_of(path: Path) -> dict[str, Any]:
    """Give every question's cells as shown, and what it took: seconds, processor seconds, megabytes at the peak."""
    started, processor = time.perf_counter(), time.process_time()
    responses = read_responses(path)
    responses = counted_ahead(responses, responses.closed_columns)
    answers = [answers_to(responses, name) for name in responses.closed_columns]
    tables = [release_table(one, Policy("rounded")) for one in answers]
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - processor,
        "megabytes": _peak(),
        "cells": sum(len(table.cells) for table in tables),
        "counts": {one.question: {count.value: count.number for count in counts_of(one)} for one in answers},
    }


def _peak() -> int:
    """Give the most megabytes this process held; Linux counts a parent's into `ru_maxrss`, so its own file is read."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _best(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.tables", str(path)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(ROUNDS)
    ]
    return min(runs, key=lambda run: float(run["seconds"]))


def _ours(path: Path, what: str, responses: int, questions: int = QUESTIONS) -> Measure:
    best = _best(path)
    size = f"{responses:,} x {questions}"
    used = f"{best['processor']:.1f} s processor, {best['megabytes']} MB"
    kept = best["seconds"] < PROMISED
    return Measure(what, size, seconds(best["seconds"]), used, promised=f"under {PROMISED:g} s", kept=kept)


def _beside_acro(folder: Path, responses: int) -> Measure:
    """Give our time from disk beside ACRO's from memory, and whether the counts are the same."""
    path = folder / "beside.parquet"
    write_answers(path, responses, categories=False)
    ours = _best(path)
    theirs, counts = acro_tables(path, folder)
    same = counts == ours["counts"]
    ratio = theirs / ours["seconds"]
    return Measure(
        f"the same beside pandas + ACRO ({'same counts' if same else 'OTHER COUNTS'})",
        f"{responses:,} x {QUESTIONS}",
        seconds(ours["seconds"]),
        f"ACRO {seconds(theirs)}",
        f"{ratio:.0f}x",
        f"at least {LEAST_RATIO}x",
        same and ratio >= LEAST_RATIO,
    )


def acro_tables(path: Path, folder: Path) -> tuple[float, dict[str, dict[str, int]]]:
    """Give ACRO's seconds for a one-way table of each question, suppression on, and its counts."""
    os.environ["MPLCONFIGDIR"] = str(folder)
    warnings.simplefilter("ignore")
    import pandas as pd
    from acro import ACRO

    frame = pl.read_parquet(path)
    answers = pd.DataFrame({name: pd.Categorical(frame[name].to_list()) for name in frame.columns})
    everybody = pd.Series(np.zeros(len(answers), dtype=np.int8), name="everybody")
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        session = ACRO(suppress=True)
        start = time.perf_counter()
        made = {name: session.crosstab(answers[name], everybody) for name in answers.columns}
        taken = time.perf_counter() - start
    logging.disable(logging.NOTSET)
    return taken, {
        str(name): {
            str(value): int(number) for value, number in table.iloc[:, 0].items() if str(value) != MISSING
        }
        for name, table in made.items()
    }


if __name__ == "__main__":
    print(json.dumps(tables_of(Path(sys.argv[1]))))
