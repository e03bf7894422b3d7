"""A material while it is written: begun from a starter, checked as it stands on the screen, saved, seen as blocks."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.checking.check import CheckResult, check_material
from campaigns.materials.material import Material, load_material, parse_material
from campaigns.materials.material_document import material_document
from campaigns.panels.panelfile import PANEL_FILE, RESULT_FILE
from campaigns.releasing.binding import is_bound
from campaigns.releasing.signoff import SIGNOFF_FILE, load_signoff
from campaigns.render import MATERIAL_KINDS
from coprod.journeys.beginnings import starter_files
from coprod.journeys.checking.panels import MATERIAL_FILE, check_in, material_folder, registry_of
from coprod.kernel.contacts import AUDIENCES, shipped_contacts
from coprod.kernel.document import Block, ContactCard, Heading, Inline, ItemList, Paragraph, Quote, Table
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

LARGEST_MATERIAL = 2_000_000
BLANK = "blank"
Tone = Literal["title", "heading", "body", "quiet"]


class Starter(Struct, frozen=True):
    """A material to begin from: its name, and its first heading."""

    name: str
    title: str


class Written(Struct, frozen=True):
    """A text as it was checked; without a check where its front matter has mistakes, which are the problems then."""

    text: str
    check: CheckResult | None
    problems: tuple[Problem, ...] = ()


def starters(workspace: Workspace) -> tuple[Starter, ...]:
    """Give what a material can begin from."""
    files = starter_files(workspace.settings.nation)
    named = (Starter(one.name.removesuffix(".md"), _title(one.read_text("utf-8"))) for one in files)
    return (*named, Starter(BLANK, "An empty one, with the front matter to fill in"))


def begin_material(workspace: Workspace, starter: str, name: str, today: date) -> str:
    """Write `campaigns/NAME/material.md` from a starter and give its name. Raises BadInputError for a name that is taken."""
    plain = clean_line(name).lower().replace(" ", "-")
    if not plain.replace("-", "").isalnum() or not plain.isascii():
        mend = "write small letters, digits and hyphens, such as not-your-fault"
        raise BadInputError.of("name", f"`{name}` cannot be the name of a folder", mend)
    path = workspace.campaigns / plain / MATERIAL_FILE
    if path.parent.exists():
        raise BadInputError.of("name", f"there is a material `{plain}`", "give it another name")
    files = {one.name.removesuffix(".md"): one for one in starter_files(workspace.settings.nation)}
    text = files[starter].read_bytes() if starter in files else _blank(workspace, plain, today).encode()
    write_whole(path, text)
    return plain


def how_far(workspace: Workspace, name: str) -> str:
    """Give in a few words how far a material has come, from the files beside it."""
    folder = workspace.campaigns / name
    if changed := _changed_since_signed(folder):
        return changed
    steps = (
        ("drawn, in out/", workspace.out / name),
        ("signed off", folder / SIGNOFF_FILE),
        ("a panel has reviewed it", folder / RESULT_FILE),
        ("with its panel", folder / PANEL_FILE),
    )
    return next((words for words, path in steps if path.exists()), "no panel yet")


def _changed_since_signed(folder: Path) -> str:
    """Give in words where a sign-off says nothing any more, as far as the text alone shows it; empty otherwise."""
    try:
        signoff = load_signoff(folder / SIGNOFF_FILE)
        if signoff is None or is_bound(signoff.signed.parts, load_material(folder / MATERIAL_FILE)):
            return ""
    except BadInputError:
        return "its sign-off cannot be read"
    return "changed since it was signed off"


def source_of(workspace: Workspace, name: str) -> str:
    """Give the text of a material's file, its line ends newlines. Raises BadInputError when there is none."""
    text = read_text(material_folder(workspace, name) / MATERIAL_FILE, LARGEST_MATERIAL)
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def check_written(workspace: Workspace, text: str, today: date) -> Written:
    """Give the check of a text that stands on the screen and in no file yet. It never fails: mistakes are in it."""
    try:
        return Written(text, check_in(workspace, written_material(text), today))
    except BadInputError as error:
        return Written(text, None, error.problems)


def check_pasted(text: str, today: date) -> Written:
    """Give the check of words from anywhere, as plain text; without a check while there are none."""
    try:
        material = parse_material(text, "pasted", is_markdown=False)
    except BadInputError as error:
        return Written(text, None, error.problems)
    return Written(text, check_material(material, shipped_contacts(), {}, today))


def written_material(text: str) -> Material:
    """Give the material in a text that somebody writes.

    Raises BadInputError for mistakes in its front matter, and where it has lost it: as plain text it would pass
    rules that are about what a material says of itself.
    """
    material = parse_material(text, MATERIAL_FILE)
    if material.front is None:
        what = "the lines between `---` and `---` at the top are not there any more"
        raise BadInputError.of(MATERIAL_FILE, what, "undo what changed them, or write them again")
    return material


def body_line(text: str) -> int:
    """Give the line, from 0, on which the text below the front matter begins."""
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    after = ends[1] + 1 if len(ends) > 1 and ends[0] == 0 else 0
    return next((number for number in range(after, len(lines)) if lines[number].strip()), after)


def save_written(workspace: Workspace, name: str, text: str, before: str) -> None:
    """Write a material's text. `before` is what its file held when the writing began.

    Raises BadInputError for a text with mistakes in its front matter, and where somebody else has changed the file.
    """
    written_material(text)
    if source_of(workspace, name) != before:
        what = "somebody has changed the file since it was opened here"
        raise BadInputError.of(MATERIAL_FILE, what, "copy what you wrote, go back, and open it again")
    write_whole(material_folder(workspace, name) / MATERIAL_FILE, text.encode())


def preview_of(workspace: Workspace, material: Material) -> tuple[tuple[Tone, str], ...]:
    """Give a material as its reader meets it, block after block, with the help contacts it names."""
    registry = registry_of(workspace)
    blocks = material_document(material, registry.contacts).blocks
    return tuple(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[tuple[Tone, str]]:
    match block:
        case Heading(level=level):
            yield ("title" if level == 1 else "heading", _plain(block.inline))
        case Paragraph(role="small") | Paragraph(role="caution"):
            yield ("quiet", _plain(block.inline))
        case Paragraph():
            yield ("body", _plain(block.inline))
        case ItemList():
            yield from (("body", f"• {_plain(item)}") for item in block.items)
        case Quote():
            yield ("body", f"“{_plain(block.inline)}”")
        case Table():
            yield from (("body", "   ".join(row)) for row in (block.header, *block.rows))
        case ContactCard():
            yield ("heading", block.name)
            yield ("body", "   ".join(block.reach))
            yield ("quiet", block.note)
        case _:
            yield ("quiet", f"[{type(block).__name__.lower()}: drawn on the page]")
    yield ("body", "")


def _plain(inline: Inline) -> str:
    return "".join(span.text for span in inline)


def _title(text: str) -> str:
    return next((line[2:].strip() for line in text.split("\n") if line.startswith("# ")), "")


def _blank(workspace: Workspace, name: str, today: date) -> str:
    title = name.replace("-", " ").capitalize()
    return f"""\
---
format: 1
title: {title}
# who reads it: {", ".join(AUDIENCES)}
audience: young-people
nation: {workspace.settings.nation}
languages: [en]
# what it is drawn as: {", ".join(MATERIAL_KINDS)}
formats: [page, poster-a4, text]
message: Write the one thing that a reader should take away.
action: Write what a reader can do now.
contacts: [childline, shout, emergency]
content_note: This talks about young people being exploited. You can stop at any time.
made_by: {json.dumps(workspace.settings.name, ensure_ascii=False)}
review_by: {today.replace(year=today.year + 1, day=min(today.day, 28))}
---

# {title}

Write here, in short sentences.
"""
