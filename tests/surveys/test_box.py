"""To young people and facilitators: a saved row stays, a withdrawn one goes, and the box tells neither who nor how many."""

import secrets
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from coprod.kernel.problem import BadInputError
from surveys.boxes import box as box_module
from surveys.boxes.box import BLOCK, Box, Row, new_row, read_rows
from surveys.boxes.boxfile import FIXED_TIME, SCHEMA, connected

SLOT = 5_120


def filler() -> bytes:
    return b"F" * SLOT


@pytest.fixture
def box(tmp_path: Path) -> Box:
    made = Box(tmp_path / "boxes" / "monday.box", filler)
    made.create()
    return made


def answers(count: int = 1) -> list[Row]:
    return [new_row(b"A" * SLOT) for _ in range(count)]


def ids(box: Box) -> set[bytes]:
    return {row.id for row in read_rows(box.path)}


def test_a_box_is_exactly_one_table_without_a_clock_or_a_count(box: Box) -> None:
    with sqlite3.connect(box.path) as connection:
        shape = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    connection.close()
    assert shape == [("table", "box", SCHEMA)]
    assert "WITHOUT ROWID" in SCHEMA


def test_every_connection_has_the_settings_that_keep_traces_out(box: Box) -> None:
    with connected(box.path) as connection:
        told = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "secure_delete", "synchronous", "temp_store", "trusted_schema")
        }
    assert told == {
        "journal_mode": "delete",
        "secure_delete": 1,
        "synchronous": 3,
        "temp_store": 2,
        "trusted_schema": 0,
    }


def test_a_new_box_holds_sixty_four_fillers(box: Box) -> None:
    assert len(ids(box)) == BLOCK


def test_what_was_saved_is_there_and_its_number_does_not_show(box: Box) -> None:
    saved: set[bytes] = set()
    for number in range(12):
        before, size = ids(box), box.path.stat().st_size
        rows = answers(1 + number % 4)
        box.save(rows, 16)
        saved |= {row.id for row in rows}
        after = ids(box)
        assert len(after - before) == len(before - after) == 16
        assert box.path.stat().st_size == size
    assert saved <= ids(box)


def test_when_fillers_run_short_the_box_grows_by_a_whole_block(box: Box) -> None:
    saved: set[bytes] = set()
    sizes = set()
    for _ in range(30):
        rows = answers(5)
        box.save(rows, 16)
        saved |= {row.id for row in rows}
        sizes.add(len(ids(box)))
    assert saved <= ids(box)
    assert sizes == {BLOCK, 2 * BLOCK, 3 * BLOCK}


def test_saving_the_same_rows_again_keeps_them_once(box: Box) -> None:
    rows = answers(3)
    box.save(rows, 16)
    box.save(rows, 16)
    assert sum(row in rows for row in read_rows(box.path)) == 3


def test_withdrawing_deletes_and_nothing_else_changes_size(box: Box) -> None:
    rows = [new_row(b"A" * SLOT, tag=bytes([number] * 16)) for number in range(3)]
    others = answers(2)
    box.save([*rows, *others], 16)
    size = len(ids(box))
    assert box.withdraw([row.tag for row in rows], 16)
    assert not ids(box) & {row.id for row in rows}
    assert {row.id for row in others} <= ids(box)
    assert len(ids(box)) == size
    assert not box.withdraw([row.tag for row in rows], 16)


def test_no_trace_of_a_withdrawn_row_is_left_in_the_file(box: Box) -> None:
    row = new_row(b"A" * (SLOT - 20) + b"very-own-bytes-here!", tag=b"t" * 16)
    box.save([row], 16)
    assert row.sealed[-20:] in box.path.read_bytes()
    box.withdraw([row.tag], 16)
    raw = box.path.read_bytes()
    assert row.sealed[-20:] not in raw
    assert row.id not in raw


def test_even_before_the_file_is_put_in_order_a_withdrawn_row_is_overwritten(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk with no room to write the file anew, or when the power goes at that moment."""
    monkeypatch.setattr(box_module, "tidy", lambda _: None)
    row = new_row(b"A" * (SLOT - 20) + b"very-own-bytes-here!", tag=b"t" * 16)
    box.save([row], 16)
    box.withdraw([row.tag], 0)
    assert row.sealed[-20:] not in box.path.read_bytes()


def test_even_before_the_file_is_put_in_order_nobodys_row_is_told_from_the_fillers_that_came_with_it(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A box that knows none of its fillers grows with each save: written first each time, a row could be picked out."""
    monkeypatch.setattr(box_module, "tidy", lambda _: None)
    places = set()
    for _ in range(12):
        before, row = ids(box), new_row(secrets.token_bytes(SLOT))
        Box(box.path, lambda: secrets.token_bytes(SLOT)).save([row], 16)
        raw = box.path.read_bytes()
        came = [one for one in read_rows(box.path) if one.id not in before]
        came.sort(key=lambda one: raw.index(one.sealed[-64:]))
        places.add([one.id for one in came].index(row.id))
    assert len(places) > 2  # by chance twelve of sixteen places are so few once in 10^8


def test_a_row_goes_into_the_fresh_file_when_the_box_is_closed_at_that_moment(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the file and holding it, another process puts a fresh one in its place."""
    real, closed = box_module.writing, []

    def too_late(connection: sqlite3.Connection) -> AbstractContextManager[None]:
        if not closed:
            closed.append(box.path)
            fresh = Path(shutil.copy(box.path, box.path.with_name("fresh")))
            fresh.replace(box.path)
        return real(connection)

    monkeypatch.setattr(box_module, "writing", too_late)
    rows = answers(2)
    box.save(rows, 16)
    assert closed
    assert {row.id for row in rows} <= ids(box)


def test_a_box_opened_again_never_loses_a_row_it_does_not_know(box: Box) -> None:
    rows = answers(4)
    box.save(rows, 16)
    again = Box(box.path, filler)
    more = answers(4)
    again.save(more, 16)
    again.close()
    assert {row.id for row in [*rows, *more]} <= ids(box)
    assert len(ids(box)) % BLOCK == 0


def test_closing_leaves_one_fresh_file_and_forgets_how_often_it_was_written(box: Box) -> None:
    for _ in range(5):
        box.save(answers(), 16)
    kept = ids(box)
    box.close()
    assert ids(box) >= kept
    assert int.from_bytes(box.path.read_bytes()[24:28], "big") <= 2  # SQLite's own count of changes
    assert [path.name for path in box.path.parent.iterdir()] == ["monday.box"]
    assert box.path.stat().st_mtime == FIXED_TIME
    assert box.path.stat().st_mode & 0o077 == 0


def test_where_a_held_file_cannot_be_renamed_closing_keeps_every_row(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box_module, "RENAMES_OPEN_FILES", False)
    again = Box(box.path, filler)
    rows = answers(3)
    again.save(rows, 16)
    again.close()
    assert {row.id for row in rows} <= ids(box)
    assert len(ids(box)) % BLOCK == 0


def test_a_box_is_never_made_over_another(box: Box) -> None:
    with pytest.raises(BadInputError, match="this box exists"):
        Box(box.path, filler).create()


def test_starting_that_was_cut_off_can_be_done_again(tmp_path: Path) -> None:
    path = tmp_path / "monday.box"
    path.touch()
    box = Box(path, filler)
    box.create()
    assert len(ids(box)) == BLOCK


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=2")
    connection.close()


def another_table(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE times(id, at)")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (newer, "this box has format 2; update coprod"),
        (another_table, "not a box of coprod's"),
        (lambda path: path.write_bytes(b"not SQLite at all" * 100), "not a box of coprod's"),
        (lambda path: path.write_bytes(b""), "not a box of coprod's"),
        (lambda path: path.write_bytes(path.read_bytes()[:9_000]), "damaged"),
        (lambda path: path.unlink(), "there is no such box"),
    ],
)
def test_a_file_that_is_no_box_gives_one_clear_message(
    box: Box, harm: Callable[[Path], object], message: str
) -> None:
    harm(box.path)
    with pytest.raises(BadInputError, match=message):
        read_rows(box.path)
    with pytest.raises(BadInputError, match=message):
        box.save(answers(), 16)


def test_a_row_that_the_disk_kept_after_all_is_not_called_lost(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blind "please answer again" would make a second record."""
    kept = box_module.tidy

    def fails_late(connection: sqlite3.Connection) -> None:
        kept(connection)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(box_module, "tidy", fails_late)
    rows = answers(2)
    box.save(rows, 16)
    assert {row.id for row in rows} <= ids(box)
