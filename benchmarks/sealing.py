"""How quickly answers are sealed, saved and opened, and how much memory opening takes.

`python -m benchmarks.sealing` prints these alone; `--records 100000` is how many are opened.
"""

import argparse
import importlib.util
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyrage

from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo, batch_to_parquet
from benchmarks.measures import Measure, print_table
from coprod.kernel.record import Chosen, Filler, MainRecord, TextRecord, Wrote
from surveys.boxes.box import Box, Row, each_row, new_row
from surveys.boxes.boxfile import SCHEMA, mark_format
from surveys.boxes.bundle import bundle_bytes, read_bundle
from surveys.boxes.device import device_key
from surveys.boxes.keys import Identity
from surveys.boxes.opening import Source, open_sources
from surveys.boxes.sealing import seal, unseal
from surveys.boxes.session import SessionPlan

RECORDS = 100_000
DIFFERENT = 1_000
SAVES = 100
SHA = "a" * 64
SECRET = str(pyrage.x25519.Identity.generate())
HOLDERS = (
    Identity(pyrage.x25519.Identity.from_str(SECRET)),
    Identity(pyrage.x25519.Identity.generate()),
)
QUESTIONS = tuple(f"question-{one}" for one in range(10))
KEYS = [holder.public_key for holder in HOLDERS]


def measures(records: int = RECORDS) -> Iterator[Measure]:
    """Give seals, opens, saves beside the disk's own flushes, and a large opening."""
    slots = [seal(_record(number), KEYS) for number in range(DIFFERENT)]
    yield Measure("seal a record for 2 key holders", "5,120 bytes", _rate(lambda n: seal(_record(n), KEYS)))
    yield Measure("open a sealed record", "5,120 bytes", _rate(lambda n: unseal(slots[n], HOLDERS[0])))
    with tempfile.TemporaryDirectory(prefix="coprod-benchmark-", dir=Path.cwd()) as folder:
        yield from _saving(Path(folder))
        for ending, make in ((".box", _large_box), (".bundle", _large_bundle)):
            path = Path(folder) / f"large{ending}"
            _in_a_process(make, path, slots, records)
            yield _opening(path, records)
            path.unlink()


def _rate(work: Callable[[int], object]) -> str:
    start = time.perf_counter()
    for number in range(DIFFERENT):
        work(number)
    return _a_second(DIFFERENT, time.perf_counter() - start)


def _a_second(count: int, taken: float) -> str:
    return f"{count / taken:,.0f}/s"


def _saving(folder: Path) -> Iterator[Measure]:
    """Save interviews of two records as a session does, and flush a file of the same size as often."""
    box = Box(folder / "monday.box", lambda: seal(Filler(), KEYS))
    box.create()
    start = time.perf_counter()
    for number in range(SAVES):
        box.save([new_row(seal(_record(number), KEYS)), new_row(seal(_text(number), KEYS))], 16)
    ours = time.perf_counter() - start
    flushes = _flushes(folder / "flushed", box.path.stat().st_size)
    yield Measure(
        "interviews sealed and saved (2 records, 14 fillers)", f"{SAVES} one by one", _a_second(SAVES, ours),
        f"fsync {_a_second(SAVES, flushes)}", f"{flushes / ours:.2f}",
    )  # fmt: skip


def _flushes(path: Path, size: int) -> float:
    """Give the seconds that the disk takes to write and flush one slot as often as there were saves."""
    path.write_bytes(bytes(size))
    start = time.perf_counter()
    with path.open("rb+") as file:
        for number in range(SAVES):
            file.seek(number * 5_120 % size)
            file.write(os.urandom(5_120))
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - start


def _large_box(path: Path, slots: list[bytes], records: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(SCHEMA)
    mark_format(connection)
    connection.execute("BEGIN")
    rows = ((row.id, row.tag, row.sealed) for row in _rows(slots, records))
    connection.executemany("INSERT INTO box VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def _large_bundle(path: Path, slots: list[bytes], records: int) -> None:
    plan = SessionPlan(
        name="large",
        label="a measure",
        opener="nobody",
        open_by=date(2026, 11, 25),
        withdraw_by=date(2026, 11, 24),
    )
    key = device_key(path.parent)
    path.write_bytes(bundle_bytes(plan, {}, list(_rows(slots, records)), (), key))


def _rows(slots: list[bytes], records: int) -> Iterator[Row]:
    return (new_row(slots[number % len(slots)]) for number in range(records))


def _in_a_process(work: Callable[..., Any], *arguments: object) -> Any:
    """Do work in a process of its own, so that nobody's memory counts as another's."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def _opening(path: Path, records: int) -> Measure:
    taken, megabytes, opened = _in_a_process(_opened, path, SECRET)
    return Measure(
        f"open a {path.suffix[1:]}", f"{records:,} records", f"{taken:.0f} s", f"{megabytes} MB at most",
        _a_second(records, taken), "all of them", opened == records,
    )  # fmt: skip


def _opened(path: Path, secret: str) -> tuple[float, int, int]:
    """Open a source into Parquet, and give seconds, megabytes at most, and how many records were in it."""
    identity = Identity(pyrage.x25519.Identity.from_str(secret))
    start = time.perf_counter()
    device = device_key(path.parent).public_key
    rows = each_row(path) if path.suffix == ".box" else read_bundle(path, [device]).each_row()
    opened = open_sources([Source(path.name, rows)], frozenset(), identity, lambda _: True)
    batch_to_parquet(opened.mains, opened.texts, (_survey(),), simulated=True)
    taken = time.perf_counter() - start
    return (
        taken,
        _most_memory(),
        len(opened.mains) + len(opened.texts),
    )


def _most_memory() -> int:
    """Give the megabytes this process has used at most; 0 where the system does not tell (Windows)."""
    if importlib.util.find_spec("resource") is None:
        return 0
    import resource

    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes // (1_024 * 1_024 if sys.platform == "darwin" else 1_024)


def _record(number: int) -> MainRecord | TextRecord:
    """Give a main record, or every third time a text."""
    replies = {question: Chosen(("sometimes",)) for question in QUESTIONS}
    return _text(number) if number % 3 == 2 else MainRecord(SHA, {**replies, "change": Wrote()})


def _text(number: int) -> TextRecord:
    return TextRecord(SHA, "change", f"made-up words number {number} " * 5, may_quote=False)


def _survey() -> SurveyInfo:
    choices = (ChoiceInfo("sometimes", "Sometimes"), ChoiceInfo("never", "Never"))
    asked = (QuestionInfo(question, question, "choose-one", choices) for question in QUESTIONS)
    return SurveyInfo(SHA, "A measure", (*asked, QuestionInfo("change", "What would you change?", "text")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sealing", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS, metavar="N")
    sys.exit(0 if print_table(measures(parser.parse_args().records)) else 1)
