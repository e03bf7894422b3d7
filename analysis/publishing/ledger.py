"""The releases ledger: what was ever shown, in one append-only file whose lines are chained by hash.

`format: 1`: one JSON object a line. Each line holds the SHA-256 of the line before it, so that a changed,
moved or missing line is found (but not that the last lines were cut off). Rule R7 needs the true number of answers of earlier releases to know how many
people came or went; that number is not kept here, because a thief could read it. So a table already released
from one version of the data is refused from any other, unless two people sign that at least five people
were added or removed at once. That signature is recorded, not proven.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from coprod.kernel.files import LARGEST_TEXT, read_bytes, write_whole
from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.kernel.released import ReleasedTable

LEDGER_FILE = "releases.jsonl"
FIRST = "0" * 64
SIGNERS = 2
NO_REASON = ""


class Reissue(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a table may be shown again from other data, and the two people who say so."""

    reason: str
    signed_by: tuple[str, ...]


class Release(Struct, frozen=True, forbid_unknown_fields=True):
    """One table as it left. `data` is the SHA-256 of the FILE; `by` the question it was broken down by, or empty.

    `not_sensitive` is the reason somebody gave for a column of a file not being sensitive, or empty.
    """

    data: str
    table: ReleasedTable
    by: str = ""
    not_sensitive: str = NO_REASON
    reissue: Reissue | None = None


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in its place in the chain. `previous` is the SHA-256 of the line before."""

    number: int
    previous: str
    release: Release
    format: Literal[1] = 1

    @property
    def id(self) -> str:
        """Give what a claim cites: `release-12`."""
        return f"release-{self.number}"


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """Give all entries, oldest first; none where there is no ledger yet.

    Raises BadInputError at the first line that was changed, moved or taken out by hand.
    """
    if not path.exists():
        return ()
    entries: list[Entry] = []
    previous = FIRST
    for number, line in enumerate(read_bytes(path, LARGEST_TEXT).splitlines(), start=1):
        entries.append(_entry(line, number, previous, path))
        previous = hashlib.sha256(line).hexdigest()
    return tuple(entries)


def record(path: Path, release: Release) -> Entry:
    """Add a release to the ledger, or give the entry that already holds exactly this one (see `record_all`)."""
    return record_all(path, (release,))[0]


def record_all(path: Path, releases: Sequence[Release]) -> tuple[Entry, ...]:
    """Add releases to the ledger, all or none, and give their entries; one that is there already keeps its own.

    Raises RefusedError when one of the tables was released differently before (rule R7), and BadInputError
    when the ledger was edited or cannot be written; the ledger then stays as it was.
    """
    with _alone(path):
        entries = read_ledger(path)
        lines = read_bytes(path).splitlines() if entries else []
        held, found = len(lines), []
        for release in releases:
            same = next((entry for entry in entries if _is_same(entry.release, release)), None)
            if same is None:
                _refuse_difference(entries, release)
                previous = hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST
                same = Entry(len(entries) + 1, previous, release)
                entries = (*entries, same)
                lines.append(msgspec.json.encode(same))
            found.append(same)
        if len(lines) > held:
            write_whole(path, b"".join(line + b"\n" for line in lines))
        return tuple(found)


def check(path: Path, release: Release) -> None:
    """Raise what `record` would raise for a release, and record nothing."""
    entries = read_ledger(path)
    if not any(_is_same(entry.release, release) for entry in entries):
        _refuse_difference(entries, release)


def _entry(line: bytes, number: int, previous: str, path: Path) -> Entry:
    mend = "the ledger is never edited by hand: put back a copy of it"
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except msgspec.DecodeError:
        raise BadInputError(Problem(str(path), number, 1, "this line is not a release", mend)) from None
    if entry.number != number or entry.previous != previous:
        what = "a line before this one was changed, moved or taken out"
        raise BadInputError(Problem(str(path), number, 1, what, mend))
    return entry


def _is_same(old: Release, new: Release) -> bool:
    """Tell whether a release shows again exactly what was shown from the same data, whatever reasons are given."""
    return (old.data, *_subject(old), _numbers(old.table)) == (new.data, *_subject(new), _numbers(new.table))


def _numbers(table: ReleasedTable) -> tuple[object, ...]:
    cells = tuple((cell.value, cell.by, cell.shown, cell.percent) for cell in (*table.cells, *table.apart))
    return table.answered, table.average, cells


def _refuse_difference(entries: tuple[Entry, ...], release: Release) -> None:
    """Refuse a table that was shown before from other data, or in another way from the same data."""
    earlier = [entry for entry in entries if _subject(entry.release) == _subject(release)]
    differently = [entry for entry in earlier if entry.release.data == release.data]
    if differently:
        raise RefusedError(
            f"this table was released from this file as {differently[-1].id}, shown in another way; "
            "both together could give a count away, so keep to the first"
        )
    if earlier and (release.reissue is None or not _is_signed(release.reissue)):
        raise RefusedError(
            f"this table was released from other data as {earlier[-1].id}; if only a few people came or went, the "
            "difference would show what they answered; release it again only when at least 5 were added or removed "
            "at once, with --reissue REASON and two --signed NAME"
        )


def _subject(release: Release) -> tuple[str, str, str]:
    return release.table.question, release.table.wording, release.by


def _is_signed(reissue: Reissue) -> bool:
    names = {name.strip().casefold() for name in reissue.signed_by if name.strip()}
    return len(names) >= SIGNERS and bool(reissue.reason.strip())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the ledger so that two commands at once cannot both write after the same line."""
    lock = path.with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise BadInputError.of(
            lock, "another command is writing the ledger", "wait for it; if none is running, delete this file"
        ) from None
    except OSError as error:
        raise BadInputError.of(
            lock, f"could not be written: {(error.strerror or 'the disk refused').lower()}", "make room"
        ) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
