"""The box: sealed rows in one SQLite file, where neither place nor size tells who or how many."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection, Error

from msgspec import Struct

from coprod.kernel.problem import BadInputError
from surveys.boxes.boxfile import (
    SCHEMA,
    connected,
    flatten_times,
    flush_folder,
    in_plain_words,
    keep_private,
    mark_format,
    tidy,
    writing,
)

BLOCK = 64
ID_BYTES = 16
TAG_BYTES = 16
# Windows does not rename onto a file that is held, and letting go of it first could lose an answer.
RENAMES_OPEN_FILES = os.name != "nt"
_chance = secrets.SystemRandom()


class Row(Struct, frozen=True):
    """One sealed row: a random id, a withdrawal tag (random for a filler), and a slot."""

    id: bytes
    tag: bytes
    sealed: bytes


class _Change(Struct, frozen=True):
    """What one write did: ids of fillers that left, fillers that came, and whether any tag was found."""

    left: tuple[bytes, ...]
    came: tuple[Row, ...]
    found: bool = False


def new_row(sealed: bytes, tag: bytes | None = None) -> Row:
    """Give a row with a random id, and a random tag unless one is given."""
    return Row(secrets.token_bytes(ID_BYTES), tag or secrets.token_bytes(TAG_BYTES), sealed)


class Box:
    """A box on disk. It remembers, in memory only, which rows are fillers that this process put in.

    `filler` gives the sealed bytes of a new filler.
    """

    def __init__(self, path: Path, filler: Callable[[], bytes]) -> None:
        self.path = path
        self._filler = filler
        self._fillers: set[bytes] = set()

    def create(self) -> None:
        """Make the file with 64 fillers. Raises BadInputError when it exists or cannot be written."""
        if self.path.exists() and self.path.stat().st_size > 0:
            raise BadInputError.of(self.path, "this box exists", "choose another name for the session")
        fillers = self._new_fillers(BLOCK)
        with in_plain_words(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._make(fillers)
            except (Error, OSError):
                self.path.unlink(missing_ok=True)
                raise
        self._fillers |= {row.id for row in fillers}

    def save(self, rows: Sequence[Row], change: int) -> None:
        """Put rows in so that they outlast a power cut, all or none; returns only when they do.

        `change` is how many rows always come with a save: fresh fillers make up the number, and as
        many old fillers leave. Saving the same rows twice keeps them once. Raises BadInputError when
        they are not in the box: then nothing has changed.
        """
        with in_plain_words(self.path):
            try:
                self._write(lambda connection: self._put(connection, rows, change))
            except Error:
                if not self._holds(rows):
                    raise

    def withdraw(self, tags: Sequence[bytes], change: int) -> bool:
        """Delete the rows with these tags and tell whether there were any. Fillers take their place."""
        with in_plain_words(self.path):
            return self._write(lambda connection: self._take_out(connection, tags, change))

    def tidy(self) -> None:
        """Put the rows into the order of their ids, after a crash may have left them as they came."""
        with in_plain_words(self.path):
            self._write(_leave_alone)

    def close(self) -> None:
        """Write the box as a fresh file, filled up to whole blocks, without a trace of how it grew.

        On Windows the rows are put in order within the same file, whose header still counts its writes.
        """
        with in_plain_words(self.path):
            missing = -len(read_rows(self.path)) % BLOCK
            fillers = self._new_fillers(missing)
            self._write(lambda connection: self._put(connection, fillers, 0))
            if RENAMES_OPEN_FILES:
                draft = self.path.with_name(f".{self.path.name}.closing")
                try:
                    self._rewrite(draft)
                finally:
                    draft.unlink(missing_ok=True)

    def _make(self, fillers: Sequence[Row]) -> None:
        with connected(self.path, new=True) as connection:
            with writing(connection):
                connection.execute(SCHEMA)
                mark_format(connection)
                _insert(connection, fillers)
            tidy(connection)
        keep_private(self.path)
        flatten_times(self.path)

    def _write(self, work: Callable[[Connection], _Change]) -> bool:
        """Do one piece of work on the file that bears the name now, and tell whether it found a tag.

        Another process may put a fresh file in its place between opening and locking: then start again.
        """
        while True:
            held = self.path.stat()
            with connected(self.path) as connection:
                with writing(connection):
                    current = os.path.samestat(held, self.path.stat())
                    change = work(connection) if current else _Change((), ())
                if current:
                    self._fillers -= set(change.left)
                    self._fillers |= {row.id for row in change.came}
                    tidy(connection)
                    flatten_times(self.path)
                    return change.found

    def _put(self, connection: Connection, rows: Sequence[Row], change: int) -> _Change:
        """Exchange fillers for rows; where too few fillers are known, let the box grow by a whole block."""
        left = self._some_fillers(change)
        scarce = 0 < len(left) < change
        came = self._new_fillers(len(left) + BLOCK - len(rows) if scarce else max(0, change - len(rows)))
        _delete(connection, left)
        _insert(connection, _shuffled([*rows, *came]))
        return _Change(tuple(left), tuple(came))

    def _take_out(self, connection: Connection, tags: Sequence[bytes], change: int) -> _Change:
        gone = connection.executemany("DELETE FROM box WHERE tag = ?", [(tag,) for tag in tags]).rowcount
        left = self._some_fillers(max(0, change - gone))
        came = self._new_fillers(gone + len(left))
        _delete(connection, left)
        _insert(connection, came)
        return _Change(tuple(left), tuple(came), gone > 0)

    def _some_fillers(self, count: int) -> list[bytes]:
        known = sorted(self._fillers)
        return _chance.sample(known, min(count, len(known)))

    def _rewrite(self, draft: Path) -> None:
        """Hold the box for this process alone, copy it in the order of ids, put the copy in its place."""
        draft.unlink(missing_ok=True)
        with connected(self.path) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            with writing(connection, "EXCLUSIVE"):
                connection.execute("SELECT count(*) FROM box").fetchone()
            connection.execute("VACUUM INTO ?", (str(draft),))
            keep_private(draft)
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.replace(self.path)
        flush_folder(self.path.parent)
        flatten_times(self.path)

    def _holds(self, rows: Sequence[Row]) -> bool:
        """Tell whether rows are in the box after all: a disk may fail after it has kept them."""
        try:
            return {row.id for row in rows} <= {row.id for row in read_rows(self.path)}
        except BadInputError:
            return False

    def _new_fillers(self, count: int) -> list[Row]:
        return [new_row(self._filler()) for _ in range(count)]


def each_row(path: Path) -> Iterator[Row]:
    """Give the rows of a box in the order of their random ids, one at a time.

    Raises BadInputError when it is missing, damaged, of a newer format, or no box.
    """
    with in_plain_words(path), connected(path) as connection:
        for row in connection.execute("SELECT id, tag, sealed FROM box ORDER BY id"):
            yield Row(*row)


def read_rows(path: Path) -> tuple[Row, ...]:
    """Give the rows of a box as `each_row` does, all together."""
    return tuple(each_row(path))


def _leave_alone(_connection: Connection) -> _Change:
    return _Change((), ())


def _insert(connection: Connection, rows: Sequence[Row]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO box VALUES (?, ?, ?)", [(row.id, row.tag, row.sealed) for row in rows]
    )


def _delete(connection: Connection, ids: Sequence[bytes]) -> None:
    connection.executemany("DELETE FROM box WHERE id = ?", [(one,) for one in ids])


def _shuffled(rows: list[Row]) -> list[Row]:
    _chance.shuffle(rows)
    return rows
