"""The releases ledger: what was ever shown, in one append-only file whose lines are chained by hash.

`format: 1`: one JSON object a line, in a chain (see `coprod.kernel.chain`), so that a changed, moved or missing line is
found. Rule R7 would need the true number of answers of earlier releases to know how many people came or went; that number
is not kept here, because a thief could read it. So a table already released from one version of the data is refused
from any other, unless what is printed proves that at least five people came or went, or two people sign that they did.
That signature is recorded, not proven. Either way the releases are audited together (see `analysis.publishing.linked`).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from coprod.kernel.chain import MEND, Chain, add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.kernel.released import ReleasedTable, SmallCounts
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean_line

LEDGER_FILE = "releases.jsonl"
HEADER = b'{"format":1,"holds":"releases"}'
SIGNERS = 2
NO_REASON = ""


class Reissue(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a table may be shown again from other data, and the two people who say so.

    With `other_people` they say that nobody answered in both: then nothing follows from one for the other.
    """

    reason: str
    signed_by: tuple[str, ...]
    other_people: bool = False


class Override(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a table leaves although a rule holds it back, the two people who say so, and what was held against it (R10)."""

    reason: str
    signed_by: tuple[str, ...]
    against: tuple[str, ...] = ()


class Release(Struct, frozen=True, forbid_unknown_fields=True):
    """One table as it left. `data` is the SHA-256 of the FILE; `by` the question it was broken down by, or empty.

    `not_sensitive` is the reason somebody gave for a column of a file not being sensitive, or empty. `small_counts` is
    how the survey's counts are shown; `exclusive` whether each person gave one of the values.
    """

    data: str
    table: ReleasedTable
    by: str = ""
    not_sensitive: str = NO_REASON
    reissue: Reissue | None = None
    override: Override | None = None
    small_counts: SmallCounts = "rounded"
    exclusive: bool = True
    sensitive: bool = True

    @property
    def subject(self) -> tuple[str, str, str]:
        """Give what makes two releases tables of one thing: question, wording, and what it was broken down by."""
        return self.table.question, self.table.wording, self.by


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in its place in the chain."""

    number: int
    release: Release

    @property
    def id(self) -> str:
        """Give what a claim cites: `release-12`."""
        return f"release-{self.number}"


Audit = Callable[[Sequence[Entry], Release], Sequence[str]]


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """Give all entries, oldest first; none where there is no ledger yet.

    Raises BadInputError at the first line that was changed, moved or taken out by hand.
    """
    return _read(path)[1]


def record_all(path: Path, releases: Sequence[Release], audit: Audit) -> tuple[Entry, ...]:
    """Add releases to the ledger, all or none, and give their entries; one that is there already keeps its own.

    `audit` gives what speaks against a release beside all before it. Raises RefusedError for that, unless two people
    override it, and for numbers shown in two ways (whoever signs); BadInputError when the ledger was edited, written by
    another command meanwhile or cannot be written. The ledger then stays as it was.
    """
    chain, entries = _read(path)
    held, found = len(entries), []
    for release in releases:
        same = next((entry for entry in entries if is_same(entry.release, release)), None)
        if same is None:
            same = Entry(len(entries) + 1, _allowed(entries, release, audit))
            entries = (*entries, same)
        found.append(same)
    new = [msgspec.json.encode(entry) for entry in entries[held:]]
    if new:
        add_lines(path, chain or start_chain(path, HEADER), new)
    return tuple(found)


def check(path: Path, release: Release, audit: Audit) -> None:
    """Raise what `record_all` would raise for a release, and record nothing."""
    entries = read_ledger(path)
    if not any(is_same(entry.release, release) for entry in entries):
        _allowed(entries, release, audit)


def is_same(old: Release, new: Release) -> bool:
    """Tell whether a release shows again exactly what was shown from the same data, whatever reasons are given."""
    return (old.data, *old.subject, _numbers(old.table)) == (new.data, *new.subject, _numbers(new.table))


def is_signed(signed: Reissue | Override | None) -> bool:
    """Tell whether two different people gave their names and a reason."""
    if signed is None:
        return False
    names = {clean_line(name).casefold() for name in signed.signed_by} - {""}
    return len(names) >= SIGNERS and bool(signed.reason.strip())


def _read(path: Path) -> tuple[Chain | None, tuple[Entry, ...]]:
    if not path.exists():
        return None, ()
    chain = read_chain(path)
    if not chain.lines or chain.lines[0] != HEADER:
        raise BadInputError(Problem(str(path), 1, 1, "this is no ledger of releases", MEND))
    lines = enumerate(chain.lines[1:], start=1)
    return chain, tuple(_entry(line, number, path) for number, line in lines)


def _entry(line: bytes, number: int, path: Path) -> Entry:
    try:
        entry = from_json(line, Entry)
    except msgspec.DecodeError:
        raise BadInputError(Problem(str(path), number + 1, 1, "this line is not a release", MEND)) from None
    if entry.number != number:
        what = "a line before this one was moved or taken out"
        raise BadInputError(Problem(str(path), number + 1, 1, what, MEND))
    return entry


def _numbers(table: ReleasedTable) -> tuple[object, ...]:
    cells = tuple((cell.value, cell.by, cell.shown, cell.percent) for cell in (*table.cells, *table.apart))
    return table.answered, table.average, table.median, cells


def _allowed(entries: Sequence[Entry], release: Release, audit: Audit) -> Release:
    """Give the release as it is recorded. Raises RefusedError with all that speaks against it."""
    _refuse_two_ways(entries, release)
    against = tuple(audit(entries, release))
    if not against:
        return structs.replace(release, override=None)
    if release.override is None or not is_signed(release.override):
        raise RefusedError(*against)
    return structs.replace(release, override=structs.replace(release.override, against=against))


def _refuse_two_ways(entries: Sequence[Entry], release: Release) -> None:
    """Refuse one table of one file shown differently, and one survey's counts shown in two ways."""
    for entry in entries:
        old = entry.release
        one_thing = old.subject == release.subject
        if one_thing and old.data == release.data:
            raise RefusedError(
                f"this table was released from this file as {entry.id}, shown in another way; "
                "both together could give a count away, so keep to the first"
            )
        if old.small_counts != release.small_counts and (one_thing or old.data == release.data):
            raise RefusedError(
                f"counts of this survey were released as “{old.small_counts}” ({entry.id}), so they are never shown as "
                f"“{release.small_counts}”; put small_counts back in coprod.toml"
            )
