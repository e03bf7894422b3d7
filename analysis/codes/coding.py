"""Coding: who gave which code to which answer, on which day and why, as events that are only ever added to.

Each coder has a file of their own, `format: 1`: a first line (`Header`), then one event a line (`Entry`), sealed
by SHA-256 in a chain (see `coprod.kernel.chain`). An event holds a response id and offsets in code points of the cleaned text,
end exclusive; never a word of an answer. Undo is an event too, and so is undoing an undo.
A machine has a file like any coder. It may suggest and pick what to read next; an event that codes is refused there.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from analysis.codes.codebook import Code, CodeId
from analysis.inputs.texts import folded
from coprod.kernel.chain import MEND, Chain, add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.shapes import from_json, from_plain
from coprod.kernel.text import clean_line

T = TypeVar("T")
MACHINE = "machine"
CODING_SUFFIX = ".coding"
REPEATED_WORDS = 5
LONGEST_REASON = 300
How = Literal["at-random", "diverse", "least-known"]
Response = Annotated[str, Meta(pattern="^[a-z0-9-]{1,64}$")]
Offset = Annotated[int, Meta(ge=0)]
Whole = Annotated[int, Meta(ge=1)]


class Span(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Part of an answer: code points from `start` to `end`, end exclusive."""

    start: Offset
    end: Whole


class Coded(Struct, frozen=True, forbid_unknown_fields=True, tag="coded", tag_field="event"):
    """A code given to an answer, or to a span of it. `suggested` says that the machine had ranked it for this answer."""

    response: Response
    code: CodeId
    span: Span | None = None
    suggested: bool = False


class Uncoded(Struct, frozen=True, forbid_unknown_fields=True, tag="uncoded", tag_field="event"):
    """A code taken from an answer or span, or a suggestion turned down."""

    response: Response
    code: CodeId
    span: Span | None = None
    suggested: bool = False


class ReadAnswer(Struct, frozen=True, forbid_unknown_fields=True, tag="read", tag_field="event"):
    """The coder read the answer to its end: codes not given are judged not to fit."""

    response: Response


class Added(Struct, frozen=True, forbid_unknown_fields=True, tag="added", tag_field="event"):
    """A new code."""

    code: Code


class Renamed(Struct, frozen=True, forbid_unknown_fields=True, tag="renamed", tag_field="event"):
    """A code's new name; its id stays."""

    code: CodeId
    name: Annotated[str, Meta(min_length=1, max_length=120)]


class Merged(Struct, frozen=True, forbid_unknown_fields=True, tag="merged", tag_field="event"):
    """A code whose answers, of every coder, belong to another from now on."""

    code: CodeId
    into: CodeId


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A code that takes over some answers of a code that was split."""

    code: CodeId
    responses: tuple[Response, ...]


class Split(Struct, frozen=True, forbid_unknown_fields=True, tag="split", tag_field="event"):
    """Some of this coder's answers of one code, given to others instead; the rest keep it."""

    code: CodeId
    parts: tuple[Part, ...]


class Undone(Struct, frozen=True, forbid_unknown_fields=True, tag="undone", tag_field="event"):
    """An earlier event of this coder, by its number, that no longer counts."""

    number: Whole


class Suggested(Struct, frozen=True, forbid_unknown_fields=True, tag="suggested", tag_field="event"):
    """The machine ranked a code for an answer. It codes nothing."""

    response: Response
    code: CodeId
    score: float


class Picked(Struct, frozen=True, forbid_unknown_fields=True, tag="picked", tag_field="event"):
    """Answers chosen to be read next, and how. Only those drawn at random stand for the others."""

    responses: tuple[Response, ...]
    how: How


Event = Coded | Uncoded | ReadAnswer | Added | Renamed | Merged | Split | Undone | Suggested | Picked
MACHINES_OWN = (Suggested, Picked, Undone)


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose events these are (initials, or `machine`), on which question of which data (SHA-256 of the file)."""

    coder: Annotated[str, Meta(pattern="^([A-ZŴŶÂÊÎÔÛÁÉ]{1,4}|machine)$")]
    data: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    question: str
    format: Literal[1] = 1


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """An event in its place: its number from 1, the day and the reason."""

    number: int
    on: date
    did: Event
    why: Annotated[str, Meta(max_length=LONGEST_REASON)] = ""


class Coding(Struct, frozen=True):
    """One coder's file as read."""

    path: Path
    header: Header
    entries: tuple[Entry, ...]
    held: Chain

    def __repr__(self) -> str:
        """Give the coder and the size only."""
        return f"Coding({self.header.coder}, {len(self.entries)} events)"


def begin_coding(path: Path, coder: str, data: str, question: str) -> Coding:
    """Give a new coder's empty file, written. Raises BadInputError when there is one, or for odd initials."""
    try:
        header = from_plain({"coder": coder, "data": data, "question": question, "format": 1}, Header)
    except msgspec.ValidationError:
        raise BadInputError.of(
            path, "these are no initials", "write one to four capital letters, such as AB"
        ) from None
    return Coding(path, header, (), start_chain(path, msgspec.json.encode(header)))


def read_coding(path: Path) -> Coding:
    """Give a coder's file. Raises BadInputError at the first line that was changed, moved, added or taken out by hand."""
    held = read_chain(path)
    if not held.lines:
        raise BadInputError.of(path, "this is not a coding file: it is empty", "put back a copy of it")
    header: Header = _decoded(held.lines[0], Header, path, 1)
    entries: list[Entry] = []
    for number, line in enumerate(held.lines[1:], start=1):
        entry: Entry = _decoded(line, Entry, path, number + 1)
        _check(entry, number, header, path)
        entries.append(entry)
    return Coding(path, header, tuple(entries), held)


def add_events(coding: Coding, events: Sequence[Event], on: date, why: str = "") -> Coding:
    """Write events after those that are there, all or none, and give the file with them; they are saved then.

    Raises BadInputError for an event that cannot be: a span without a character, an undo of what is not there,
    a machine that codes; a reason of over 300 characters; and when somebody else wrote to the file meanwhile.
    """
    if len(clean_line(why)) > LONGEST_REASON:
        raise BadInputError.of(coding.path, f"this reason has over {LONGEST_REASON} characters", "shorten it")
    first = len(coding.entries) + 1
    entries = [Entry(number, on, event, clean_line(why)) for number, event in enumerate(events, start=first)]
    lines = [msgspec.json.encode(entry) for entry in entries]
    for entry, line in zip(entries, lines, strict=True):
        _check(_decoded(line, Entry, coding.path, entry.number + 1), entry.number, coding.header, coding.path)
    held = add_lines(coding.path, coding.held, lines)
    return Coding(coding.path, coding.header, (*coding.entries, *entries), held)


def standing(coding: Coding) -> tuple[Entry, ...]:
    """Give the events that count: those not undone, without the undoing itself."""
    undone: set[int] = set()
    kept: list[Entry] = []
    for entry in reversed(coding.entries):
        if entry.number in undone:
            continue
        if isinstance(entry.did, Undone):
            undone.add(entry.did.number)
        else:
            kept.append(entry)
    return tuple(reversed(kept))


def repeats_answer(why: str, *answers: str) -> bool:
    """Tell whether a reason repeats five words in a row of one of these answers, which no coding may hold."""
    import polars as pl

    words: list[str] = folded(pl.Series([why])).item().split()
    runs = [
        f" {' '.join(words[place : place + REPEATED_WORDS])} "
        for place in range(len(words) - REPEATED_WORDS + 1)
    ]
    written = folded(pl.Series(answers, dtype=pl.String)).to_list() if runs else []
    return any(run in f" {text} " for text in written for run in runs)


def _decoded(line: bytes, kind: type[T], path: Path, number: int) -> T:
    try:
        return from_json(line, kind)
    except msgspec.DecodeError:
        what = "this line is no event of a coding file" if number > 1 else "this is not a coding file"
        raise BadInputError(Problem(str(path), number, 1, what, MEND)) from None


def _check(entry: Entry, number: int, header: Header, path: Path) -> None:
    """Refuse what fits the form and still cannot be."""
    event, what = entry.did, ""
    if entry.number != number:
        what = f"this is not event {number}"
    elif header.coder == MACHINE and not isinstance(event, MACHINES_OWN):
        what = "a machine never codes"
    elif header.coder != MACHINE and isinstance(event, Suggested):
        what = "only the machine suggests"
    elif isinstance(event, Coded | Uncoded) and event.span and event.span.end <= event.span.start:
        what = "this span holds no character"
    elif isinstance(event, Undone) and event.number >= number:
        what = f"there is no event {event.number} before this one to undo"
    elif isinstance(event, Merged) and event.code == event.into:
        what = "a code cannot be merged into itself"
    if what:
        raise BadInputError(Problem(str(path), number + 1, 1, what, "leave this event out"))
