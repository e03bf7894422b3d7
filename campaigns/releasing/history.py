"""The history of a workspace's materials: who did what on which day, one chain that shows when it was changed.

A chain alone shows a slip and not a forger, who can seal a file anew. So each sign-off holds the seal of the history
it was made after: whoever rewrites what came before a sign-off would have to forge that signature too.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from coprod.kernel.chain import START, Chain, add_lines, read_chain, seals_of, start_chain
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json

HISTORY_FILE = "history.jsonl"
What = Literal[
    "approver",
    "checked",
    "asked",
    "opened",
    "decided",
    "shown",
    "waived",
    "overrode",
    "signed",
    "released",
    "verified",
]


class Event(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that was done. `who` is the name that was typed, or empty; `says` is a sentence without anybody's words.

    `key` is a public key, of an approver who was added or who signed; `vouched_by` the key of the approver who
    let an approver in; `signature` is theirs, or that of a sign-off. `files` are drawn files with their SHA-256.
    """

    what: What
    on: date
    who: str = ""
    material: str = ""
    says: str = ""
    key: str = ""
    vouched_by: str = ""
    signature: str = ""
    code: str = ""
    files: dict[str, str] = {}


class History(Struct, frozen=True):
    """Every event, and the seal after each."""

    events: tuple[Event, ...] = ()
    seals: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """Give the last seal."""
        return self.seals[-1] if self.seals else START

    def of(self, material: str) -> tuple[Event, ...]:
        """Give the events of one material, in order."""
        return tuple(event for event in self.events if event.material == material)


def history_of(folder: Path) -> History:
    """Give the history in a workspace's campaigns folder; empty where nothing was done yet.

    Raises BadInputError at the first line that was changed, moved, added or taken out.
    """
    path = folder / HISTORY_FILE
    return _read(path, read_chain(path)) if path.exists() else History()


def note_events(folder: Path, events: Sequence[Event]) -> None:
    """Add events to a history; they are on the disk when this returns.

    Raises BadInputError, and adds nothing, when the history was changed by hand or cannot be written.
    """
    lines = [msgspec.json.encode(event) for event in events]
    path = folder / HISTORY_FILE
    if not lines:
        return
    if not path.exists():
        held, lines = start_chain(path, lines[0]), lines[1:]
    else:
        held = read_chain(path)
        _read(path, held)
    if lines:
        add_lines(path, held, lines)


def _read(path: Path, held: Chain) -> History:
    try:
        events = tuple(from_json(line, Event) for line in held.lines)
    except msgspec.DecodeError:
        mend = "put back a copy of it, or open it with the version of coprod that wrote it"
        raise BadInputError.of(path, "this is not a history coprod wrote", mend) from None
    return History(events, seals_of(held))
