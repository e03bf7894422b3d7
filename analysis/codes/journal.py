"""The reflexive journal: what an analyst noticed about themselves and their reading, dated, on their initials, never edited.

`format: 1` in every line, chained like codings (see `coprod.kernel.chain`). Reporting checklists are filled in from it and
from what was done: see `checklists.yaml`.
"""

import functools
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from coprod.kernel.chain import append_line, lines_as
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean
from coprod.kernel.yamlfile import load_yaml

JOURNAL_FILE = "journal.jsonl"
LONGEST_ENTRY = 4000
Initials = Annotated[str, Meta(pattern="^[A-ZŴŶÂÊÎÔÛÁÉ]{1,4}$")]
Kind = Literal["note", "assumption", "decision", "changed-by-young-people"]


class JournalEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. `about` is a code, a theme or anything else it is about, or empty."""

    on: date
    by: Initials
    kind: Kind
    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_ENTRY)]
    about: Annotated[str, Meta(max_length=120)] = ""
    format: Literal[1] = 1


class ChecklistItem(Struct, frozen=True, forbid_unknown_fields=True, rename={"fact": "from"}):
    """One item: its number, what it asks, and the fact that answers it, or empty."""

    item: str
    asks: str
    fact: str = ""


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """A published checklist with its source."""

    name: str
    source: str
    items: tuple[ChecklistItem, ...]


class Checklists(Struct, frozen=True, forbid_unknown_fields=True):
    """`checklists.yaml`."""

    format: Literal[1]
    checklists: tuple[Checklist, ...]


def add_to_journal(path: Path, entry: JournalEntry) -> None:
    """Write an entry after those there are; it is saved when this returns.

    Raises BadInputError for odd initials, an empty or too long entry, or a journal that was edited.
    """
    whole = msgspec.structs.replace(entry, text=clean(entry.text).strip(), about=clean(entry.about).strip())
    line = msgspec.json.encode(whole)
    try:
        from_json(line, JournalEntry)
    except msgspec.ValidationError:
        what = f"an entry needs one to four capital letters as initials, and 1 to {LONGEST_ENTRY} characters"
        raise BadInputError.of("journal", what, "write it again") from None
    read_journal(path)
    append_line(path, line)


def read_journal(path: Path) -> tuple[JournalEntry, ...]:
    """Give all entries, oldest first; none where there is no journal. Raises BadInputError for one edited by hand."""
    return lines_as(path, JournalEntry, "this line is no journal entry")


@functools.cache
def checklists() -> tuple[Checklist, ...]:
    """Give the checklists that come with coprod."""
    return load_yaml(Path(__file__).with_name("checklists.yaml"), Checklists).value.checklists
