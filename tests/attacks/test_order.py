"""Promise 1: neither the box, its raw pages, its journal nor its times tell in which order young people answered."""

import secrets
import shutil
import sqlite3
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from surveys.boxes.box import Box, Row, new_row, read_rows
from surveys.boxes.boxfile import FIXED_TIME

RECORDS = 40
BOXES = 5
# Of 40 in random order tau has a standard deviation of 0.11: the median of five is beyond this once in 30 million times.
NEAR_CHANCE = 0.35
SLOT = 5_120
PAGE = 4_096
# What most tools do: rows numbered as they come.
NUMBERED = "CREATE TABLE box(number INTEGER PRIMARY KEY, id BLOB, tag BLOB, sealed BLOB)"
# What looks safe in SELECT and is not: random keys, but pages as they were filled.
UNNUMBERED = "CREATE TABLE box(id BLOB PRIMARY KEY, tag BLOB, sealed BLOB) WITHOUT ROWID"


def tau(order: Sequence[int]) -> float:
    """Kendall's tau between the places in a list and its numbers: 1 is the true order, 0 is chance."""
    pairs = [(one, other) for place, other in enumerate(order) for one in order[:place]]
    return sum(1 if one < other else -1 for one, other in pairs) / len(pairs)


def answers() -> list[Row]:
    return [new_row(secrets.token_bytes(SLOT)) for _ in range(RECORDS)]


def save_as_coprod_does(path: Path) -> tuple[Path, list[Row]]:
    box = Box(path, lambda: secrets.token_bytes(SLOT))
    box.create()
    rows = answers()
    for row in rows:
        box.save([row], 16)
    return path, rows


def save_each_alone(path: Path) -> tuple[Path, list[Row]]:
    """One process for each young person: none knows the others' fillers, so every save makes the box longer."""
    Box(path, lambda: secrets.token_bytes(SLOT)).create()
    rows = answers()
    for row in rows:
        Box(path, lambda: secrets.token_bytes(SLOT)).save([row], 1)
    return path, rows


def save_plainly(path: Path, schema: str) -> tuple[Path, list[Row]]:
    rows = answers()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(schema)
    for row in rows:
        connection.execute("INSERT INTO box(id, tag, sealed) VALUES (?, ?, ?)", (row.id, row.tag, row.sealed))
    connection.close()
    return path, rows


def by_select(path: Path, rows: list[Row]) -> list[int]:
    connection = sqlite3.connect(path)
    found = [name for (name,) in connection.execute("SELECT id FROM box NOT INDEXED")]
    connection.close()
    number = {row.id: place for place, row in enumerate(rows)}
    return [number[name] for name in found if name in number]


def by_page(path: Path, rows: list[Row]) -> list[int]:
    """Where each row's id lies in the raw file: SQLite fills a page from its end."""
    raw = path.read_bytes()
    places = [raw.index(row.id) for row in rows]
    return sorted(range(len(rows)), key=lambda number: (places[number] // PAGE, -places[number]))


def by_overflow(path: Path, rows: list[Row]) -> list[int]:
    """Where the end of each sealed slot lies: it is on an overflow page of its own."""
    raw = path.read_bytes()
    return sorted(range(len(rows)), key=lambda number: raw.index(rows[number].sealed[-64:]))


Look = Callable[[Path, list[Row]], list[int]]
Built = list[tuple[Path, list[Row]]]


@pytest.fixture(scope="module")
def defended(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Five boxes as a thief finds them in the middle of a session."""
    return [save_as_coprod_does(tmp_path_factory.mktemp("box") / "monday.box") for _ in range(BOXES)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return [save_each_alone(tmp_path_factory.mktemp("alone") / "monday.box") for _ in range(BOXES)]


@pytest.fixture(scope="module")
def closed(defended: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same boxes after the session."""
    copies = []
    for path, rows in defended:
        copy = Path(shutil.copy(path, tmp_path_factory.mktemp("closed") / "monday.box"))
        Box(copy, lambda: secrets.token_bytes(SLOT)).close()
        copies.append((copy, rows))
    return copies


def median_tau(built: Built, look: Look) -> float:
    return statistics.median(abs(tau(look(path, rows))) for path, rows in built)


@pytest.mark.parametrize("look", [by_select, by_page, by_overflow])
@pytest.mark.parametrize("which", ["defended", "alone", "closed"])
def test_the_order_of_answers_is_near_chance(request: pytest.FixtureRequest, which: str, look: Look) -> None:
    assert median_tau(request.getfixturevalue(which), look) < NEAR_CHANCE


@pytest.mark.parametrize(
    ("schema", "look"),
    [(NUMBERED, by_select), (NUMBERED, by_page), (NUMBERED, by_overflow), (UNNUMBERED, by_overflow)],
    ids=["numbered-select", "numbered-page", "numbered-overflow", "random-key-overflow"],
)
def test_with_the_defence_taken_away_the_attack_finds_the_exact_order(
    tmp_path: Path, schema: str, look: Look
) -> None:
    built = [save_plainly(tmp_path / f"{number}.box", schema) for number in range(BOXES)]
    assert median_tau(built, look) == 1.0


def test_the_measure_itself() -> None:
    assert tau([0, 1, 2, 3]) == 1
    assert tau([3, 2, 1, 0]) == -1


def test_no_journal_is_left_and_no_time_says_when(tmp_path: Path) -> None:
    path = tmp_path / "boxes" / "monday.box"
    box = Box(path, lambda: secrets.token_bytes(SLOT))
    box.create()
    for row in answers()[:3]:
        box.save([row], 16)
        assert [one.name for one in path.parent.iterdir()] == ["monday.box"]
        assert path.stat().st_mtime == path.parent.stat().st_mtime == FIXED_TIME


def test_one_save_of_one_record_looks_like_one_save_of_six(tmp_path: Path) -> None:
    """Somebody who copies the box after every young person cannot tell who wrote much."""
    box = Box(tmp_path / "monday.box", lambda: secrets.token_bytes(SLOT))
    box.create()
    differences = []
    for count in (1, 6, 2):
        before = {row.id for row in read_rows(box.path)}
        box.save([new_row(secrets.token_bytes(SLOT)) for _ in range(count)], 16)
        after = {row.id for row in read_rows(box.path)}
        differences.append((len(after - before), len(before - after), box.path.stat().st_size))
    assert len(set(differences)) == 1
