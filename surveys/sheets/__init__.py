"""Sheets: what is printed around a survey, as data with blanks that a workspace fills in."""

import string
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import (
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Table,
    plain,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text

SHEETS = ("young-people", "carers", "dpia", "before-a-session", "key-card", "slip")
TICK_BOX = "☐"
BLANK = "________________"


class SheetTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table: caption, header and rows of wordings."""

    caption: Wording
    header: tuple[Wording, ...]
    rows: tuple[tuple[Wording, ...], ...]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a sheet, of which one field is set. `heading` is of level 2; the title is the sheet's own.

    `contacts` draws a card for each help contact; `code` is kept exactly, such as a public key.
    """

    heading: Wording | None = None
    lead: Wording | None = None
    say: Wording | None = None
    caution: Wording | None = None
    points: tuple[Wording, ...] = ()
    steps: tuple[Wording, ...] = ()
    table: SheetTable | None = None
    code: str = ""
    contacts: bool = False


class Sheet(Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet. `audience` is whom it is for; `read_by` names who has read the Welsh, or is empty."""

    format: Literal[1]
    sheet: str
    audience: Literal["young-people", "families", "professionals"]
    title: Wording
    parts: tuple[Part, ...]
    footer: Wording | None = None
    read_by: str = ""

    def wordings(self) -> tuple[Wording, ...]:
        """Give every wording of the sheet, in order."""
        found = [self.title]
        for part in self.parts:
            lines = (part.heading, part.lead, part.say, part.caution, *part.points, *part.steps)
            found += [line for line in lines if line is not None]
            if part.table is not None:
                found += [
                    part.table.caption,
                    *part.table.header,
                    *(cell for row in part.table.rows for cell in row),
                ]
        return (*found, *([self.footer] if self.footer else []))


@cache
def load_sheet(name: str) -> Sheet:
    """Give a sheet that comes with coprod. Raises BadInputError when there is none of this name."""
    if name not in SHEETS:
        raise BadInputError.of(name, "there is no such sheet", f"choose from {', '.join(SHEETS)}")
    text = resources.files("surveys.sheets").joinpath(f"{name}.yaml").read_text("utf-8")
    return load_yaml_text(text, f"{name}.yaml", Sheet).value


def blanks_of(sheet: Sheet) -> frozenset[str]:
    """Give the names in braces that a sheet wants filled in."""
    texts = [text for wording in sheet.wordings() for _, text in wording.written()]
    texts += [part.code for part in sheet.parts]
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)


def sheet_document(
    sheet: Sheet,
    language: Language,
    filled: dict[str, str],
    contacts: tuple[HelpContact, ...] = (),
    mark: str = "",
) -> Document:
    """Give a sheet as a document, its blanks filled in; what nobody has filled in is a line to write on.

    Raises KeyError for a blank that `filled` does not know.
    """
    values = {name: filled[name] or BLANK for name in blanks_of(sheet)}

    def said(wording: Wording) -> str:
        return wording.into(language).format_map(values)

    blocks: list[Block] = [Heading(1, plain(said(sheet.title)))]
    for part in sheet.parts:
        blocks += _blocks(part, language, values, contacts)
    unread = ["draft"] if language == "cy" and not sheet.read_by else []
    footer = said(sheet.footer) if sheet.footer else ""
    return Document(
        said(sheet.title), language, tuple(blocks), ", ".join([*unread, *([mark] if mark else [])]), footer
    )


def _blocks(
    part: Part, language: Language, values: dict[str, str], contacts: tuple[HelpContact, ...]
) -> list[Block]:
    def said(wording: Wording) -> str:
        return wording.into(language).format_map(values)

    blocks = _text_blocks(part, said)
    if part.table:
        rows = tuple(tuple(said(cell) for cell in row) for row in part.table.rows)
        header = tuple(said(cell) for cell in part.table.header)
        blocks.append(Table(said(part.table.caption), header, rows))
    if part.code:
        blocks.append(Code(part.code.format_map(values)))
    if part.contacts:
        blocks += [_card(contact, language) for contact in contacts]
    return blocks


def _text_blocks(part: Part, said: Callable[[Wording], str]) -> list[Block]:
    blocks: list[Block] = []
    if part.heading:
        blocks.append(Heading(2, plain(said(part.heading))))
    if part.lead:
        blocks.append(Paragraph(plain(said(part.lead)), "lead"))
    if part.say:
        blocks.append(Paragraph(plain(said(part.say))))
    if part.caution:
        blocks.append(Paragraph(plain(said(part.caution)), "caution"))
    for items, ordered in ((part.points, False), (part.steps, True)):
        if items and all(said(item).startswith(TICK_BOX) for item in items):
            # A line to tick has its box; a bullet before it would be a second mark.
            blocks += [Paragraph(plain(said(item))) for item in items]
        elif items:
            blocks.append(ItemList(tuple(plain(said(item)) for item in items), ordered))
    return blocks


def _card(contact: HelpContact, language: Language) -> ContactCard:
    reach = (contact.call, f"text {contact.text}" if contact.text else "", contact.web)
    note = f"{contact.hours.into(language)}; {contact.cost.into(language)}"
    return ContactCard(contact.name, tuple(way for way in reach if way), note)
