"""Changing a workspace's codebook without touching YAML: every change is a new whole codebook, with who and why in its history."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from analysis.codes.codebook import (
    NO_CODE,
    Change,
    Code,
    Codebook,
    codebook_text,
    load_codebook,
    parse_codebook,
    shipped_codebook,
    sound,
)
from analysis.codes.coding import (
    CODING_SUFFIX,
    MACHINE,
    Coded,
    Coding,
    Event,
    Merged,
    Suggested,
    Uncoded,
    add_events,
    begin_coding,
    read_coding,
)
from coprod.journeys.understanding.codings import CODEBOOK_FILE
from coprod.journeys.understanding.themework import code_id_for
from coprod.kernel.files import named_like, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace


class Changed(Struct, frozen=True):
    """Who changes a codebook (initials), on which day and why."""

    who: str
    on: date
    why: str = ""


def codebook_of(workspace: Workspace) -> Codebook:
    """Give the workspace's own codebook, or the one that comes with coprod."""
    path = codebook_path(workspace)
    return load_codebook(path) if path.exists() else shipped_codebook()


def codebook_path(workspace: Workspace) -> Path:
    """Give where the workspace's own codebook is, or will be."""
    return workspace.analysis / CODEBOOK_FILE


def save_codebook(workspace: Workspace, book: Codebook, what: str, by: Changed) -> Codebook:
    """Write a codebook with a line of history, and give it. Raises BadInputError for codes that do not fit together."""
    who = clean_line(by.who)
    if not who:
        raise BadInputError.of("initials", "nobody is named", "write the initials of who changes it")
    why = f": {clean_line(by.why)}" if clean_line(by.why) else ""
    held = structs.replace(book, history=(*book.history, Change(by.on, who, f"{what}{why}")))
    text = codebook_text(sound(held, CODEBOOK_FILE))
    parsed = parse_codebook(text, CODEBOOK_FILE)
    write_whole(codebook_path(workspace), text.encode())
    return parsed


def added(book: Codebook, name: str, definition: str, under: str = NO_CODE) -> Codebook:
    """Give a codebook with one code more, last of those under the same. Raises BadInputError for a name that is there."""
    words, means = clean_line(name), clean_line(definition)
    if not words or not means:
        raise BadInputError.of("code", "a code needs a name and what it means", "type both")
    code = Code(_new_id(book, words), words, means, under=under)
    return sound(structs.replace(book, codes=(*book.codes, code)), CODEBOOK_FILE)


def renamed(book: Codebook, code: str, name: str) -> Codebook:
    """Give a codebook in which a code has another name; its id stays, so what was coded stays coded."""
    if not clean_line(name):
        raise BadInputError.of("name", "a code needs a name", "type one")
    return _with(book, code, lambda one: structs.replace(one, name=clean_line(name)))


def defined(book: Codebook, code: str, definition: str, include: str, exclude: str) -> Codebook:
    """Give a codebook in which a code means something else. `include` and `exclude` are parted by semicolons."""
    if not clean_line(definition):
        raise BadInputError.of("definition", "a code needs to mean something", "type what it means")

    def changed(one: Code) -> Code:
        return structs.replace(
            one, definition=clean_line(definition), include=_lines(include), exclude=_lines(exclude)
        )

    return _with(book, code, changed)


def moved_under(book: Codebook, code: str, under: str) -> Codebook:
    """Give a codebook in which a code stands under another, or under none. Raises BadInputError for a circle."""
    return sound(_with(book, code, lambda one: structs.replace(one, under=under)), CODEBOOK_FILE)


def shifted(book: Codebook, code: str, by: int) -> Codebook:
    """Give a codebook in which a code has changed places with its neighbour under the same code, if there is one."""
    mine = next(one for one in book.codes if one.id == code)
    beside = [one.id for one in book.codes if one.under == mine.under]
    place = beside.index(code) + by
    if not 0 <= place < len(beside):
        return book
    codes = list(book.codes)
    here, there = (
        next(at for at, one in enumerate(codes) if one.id == name) for name in (code, beside[place])
    )
    codes[here], codes[there] = codes[there], codes[here]
    return structs.replace(book, codes=tuple(codes))


def merge_codes(workspace: Workspace, code: str, into: str, by: Changed) -> Codebook:
    """Put a code into another: in every coding that uses it, as an event of `by.who`, and then in the codebook.

    Nobody's coding is lost. Raises BadInputError for odd initials, a group, or a code merged into itself.
    """
    book = codebook_of(workspace)
    gone, kept = book.code(code), book.code(into)
    if gone.id == kept.id or "group" in {gone.kind, kept.kind}:
        raise BadInputError.of("merge", "these two cannot be merged", "pick two different codes, not groups")
    for used in _questions_with(workspace, gone.id):
        add_events(_file_of(used, by.who), [Merged(gone.id, kept.id)], by.on, by.why)
    codes = tuple(
        structs.replace(one, under=kept.id if one.under == gone.id else one.under)
        for one in book.codes
        if one.id != gone.id
    )
    merged = structs.replace(book, codes=codes)
    return save_codebook(workspace, merged, f"merged {gone.id} into {kept.id}", by)


def _with(book: Codebook, code: str, change: Callable[[Code], Code]) -> Codebook:
    book.code(code)
    codes = tuple(change(one) if one.id == code else one for one in book.codes)
    return sound(structs.replace(book, codes=codes), CODEBOOK_FILE)


def _lines(said: str) -> tuple[str, ...]:
    return tuple(line for part in said.split(";") if (line := clean_line(part)))


def _new_id(book: Codebook, name: str) -> str:
    wanted, known = code_id_for(name), {one.id for one in book.codes}
    if wanted not in known:
        return wanted
    return next(
        f"{wanted}-{number}" for number in range(2, len(known) + 3) if f"{wanted}-{number}" not in known
    )


def _questions_with(workspace: Workspace, code: str) -> tuple[Coding, ...]:
    """Give one coding file of each question in which anybody, or the machine, used a code."""
    found: dict[str, Coding] = {}
    for path in named_like(workspace.analysis, f"*{CODING_SUFFIX}"):
        coding = read_coding(path)
        if any(_uses(entry.did, code) for entry in coding.entries):
            found.setdefault(_stem(path, coding), coding)
    return tuple(found.values())


def _uses(event: Event, code: str) -> bool:
    return isinstance(event, Coded | Uncoded | Suggested) and event.code == code


def _file_of(coding: Coding, coder: str) -> Coding:
    """Give the file of a coder beside another's, begun if there is none yet."""
    if coder == MACHINE:
        raise BadInputError.of("initials", "a machine merges nothing", "write your own initials")
    path = coding.path.with_name(f"{_stem(coding.path, coding)}.{coder}{CODING_SUFFIX}")
    if path.exists():
        return read_coding(path)
    return begin_coding(path, coder, coding.header.data, coding.header.question)


def _stem(path: Path, coding: Coding) -> str:
    return path.name.removesuffix(f".{coding.header.coder}{CODING_SUFFIX}")
