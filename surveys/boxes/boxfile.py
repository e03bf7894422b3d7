"""How a box is opened, written and told about: every SQLite setting that keeps traces out."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

from coprod.kernel.problem import BadInputError

FORMAT = 1
APPLICATION = 0x636F7072
PATIENCE_SECONDS = 20
FIXED_TIME = 946_684_800
SCHEMA = "CREATE TABLE box(id BLOB PRIMARY KEY, tag BLOB, sealed BLOB) WITHOUT ROWID"
SETTINGS: tuple[tuple[str, str, int | str], ...] = (
    ("trusted_schema", "OFF", 0),
    ("journal_mode", "DELETE", "delete"),
    ("secure_delete", "ON", 1),
    ("synchronous", "EXTRA", 3),
    ("temp_store", "MEMORY", 2),
)
_TOLD = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room, then try again; nothing was changed"),
    sqlite3.SQLITE_READONLY: (
        "the box may not be written",
        "copy the workspace to a disk that takes files; nothing was changed",
    ),
    sqlite3.SQLITE_BUSY: ("another window is using this box", "close it, then try again"),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "use the bundle or copy made before"),
    sqlite3.SQLITE_NOTADB: ("this is not a box of coprod's", "look in the folder `boxes`"),
}
_OTHERWISE = (
    "the disk does not take the answer",
    "check the disk and that it is plugged in; nothing was changed",
)


@contextlib.contextmanager
def connected(path: Path, *, new: bool = False) -> Iterator[Connection]:
    """Give a connection to a box, with every setting seen to have taken, and close it at the end.

    Raises BadInputError when the file is missing, of a newer format, or no box.
    """
    if not new and not path.is_file():
        raise BadInputError.of(path, "there is no such box", "look in the folder `boxes`")
    mode = "rwc" if new else "rw" if os.access(path, os.W_OK) else "ro"
    address = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS)
    with contextlib.closing(connection):
        for name, value, told in SETTINGS:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != told:
                raise BadInputError.of(path, f"this computer's SQLite refuses {name}", "update Python")
        if not new:
            _check_shape(connection, path)
        yield connection


@contextlib.contextmanager
def writing(connection: Connection, lock: str = "IMMEDIATE") -> Iterator[None]:
    """Hold the box for writing, and keep all that is done or nothing."""
    connection.execute(f"BEGIN {lock}")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def mark_format(connection: Connection) -> None:
    """Mark the file as a box of this format."""
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute(f"PRAGMA application_id={APPLICATION}")


def tidy(connection: Connection) -> None:
    """Put rows into the order of their ids, so that no page shows the order in which they came.

    What was saved stays saved when there is no room or no quiet moment for this: the next write and
    the closing do it again.
    """
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")


def keep_private(path: Path) -> None:
    """Let only the owner read a file, where the disk knows owners (a USB stick often does not)."""
    with contextlib.suppress(OSError):
        path.chmod(0o600)


def flatten_times(path: Path) -> None:
    """Set the times of a box and its folder to one fixed day, where the system lets us."""
    for place in (path, path.parent):
        with contextlib.suppress(OSError):
            os.utime(place, (FIXED_TIME, FIXED_TIME))


def flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system offers it (Windows does not)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk complain about into one message a person can act on."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise BadInputError.of(path, *_TOLD.get(code, _OTHERWISE)) from None
    except FileNotFoundError:
        raise BadInputError.of(path, "there is no such box", "look in the folder `boxes`") from None
    except OSError as error:
        what = (error.strerror or "the disk refused").lower()
        raise BadInputError.of(path, f"could not be written: {what}", _OTHERWISE[1]) from None


def _check_shape(connection: Connection, path: Path) -> None:
    """Refuse a newer format, and anything that is not exactly one table of boxes."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION and version > FORMAT:
        raise BadInputError.of(path, f"this box has format {version}", "update coprod to read it")
    shape = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
    if application != APPLICATION or version != FORMAT or shape != [(SCHEMA,)]:
        raise BadInputError.of(path, "this is not a box of coprod's", "look in the folder `boxes`")
