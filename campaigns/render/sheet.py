"""A document put in order for drawing: one title, no jumped heading levels, links that cannot do harm."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from coprod.kernel.document import Block, ContactCard, Document, Heading, Inline, Paragraph, plain
from coprod.kernel.text import clean
from coprod.kernel.wording import Language

T = TypeVar("T")

_NOT_PRINTED = frozenset({"link", "source", "language", "role", "tone", "more_at"})
_SAFE_LINK = re.compile(
    r"https://[^\s\"'<>\\]{1,2000}|(?:tel|sms):\+?[\d -]{3,25}|mailto:[\w.+-]{1,64}@[\w.-]{3,255}"
)


class Sheet(Struct, frozen=True):
    """The parts a layout places.

    `note` is the content note: a caution that stands first. `lead` is empty where no paragraph opens the text.
    `help_title` is the document's own heading over its contacts, if it has one.
    """

    language: Language
    title: Inline
    note: Inline
    lead: Inline
    body: tuple[Block, ...]
    contacts: tuple[ContactCard, ...]
    mark: str
    footer: str
    help_title: str = ""


def sheet(document: Document) -> Sheet:
    """Give a document's parts, its contacts apart, every text cleaned."""
    ordered = in_order(document)
    title, *rest = ordered.blocks
    note, rest = _opening(rest, frozenset({"caution"}))
    lead, body = _opening(rest, frozenset({"lead", "body"}))
    return Sheet(
        ordered.language,
        title.inline if isinstance(title, Heading) else plain(ordered.title),
        note,
        lead,
        tuple(block for block in _without_contact_headings(body) if not isinstance(block, ContactCard)),
        tuple(block for block in body if isinstance(block, ContactCard)),
        ordered.mark,
        ordered.footer,
        _contact_heading(body),
    )


def _opening(blocks: list[Block], roles: frozenset[str]) -> tuple[Inline, list[Block]]:
    """Give the first paragraph if it has one of the roles, and what is left."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and first.role in roles:
        return first.inline, blocks[1:]
    return (), blocks


def _without_contact_headings(blocks: list[Block]) -> list[Block]:
    """Drop a heading under which only contacts stood, now that they are placed elsewhere."""
    dropped = _contact_headings(blocks)
    return [block for at, block in enumerate(blocks) if at not in dropped]


def _contact_heading(blocks: list[Block]) -> str:
    """Give the words of the one heading over contacts; nothing where there is none, or several."""
    found = list(_contact_headings(blocks).values())
    return "".join(part.text for part in found[0].inline) if len(found) == 1 else ""


def _contact_headings(blocks: list[Block]) -> dict[int, Heading]:
    return {
        at: block
        for at, block in enumerate(blocks[:-1])
        if isinstance(block, Heading) and isinstance(blocks[at + 1], ContactCard)
    }


def in_order(document: Document) -> Document:
    """Give a cleaned document whose first block is its only level-1 heading and whose levels never jump."""
    cleaned = with_safe_links(with_texts(document, clean))
    blocks = list(cleaned.blocks)
    at = next((i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1), None)
    ordered: list[Block] = [Heading(1, plain(cleaned.title)) if at is None else blocks.pop(at)]
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            level = min(max(block.level, 2), level + 1, 6)
            ordered.append(replace(block, level=level))
        else:
            ordered.append(block)
    return replace(cleaned, blocks=tuple(ordered))


def with_texts(value: T, change: Callable[[str], str]) -> T:
    """Give a document, or any part of one, with every printed text changed."""
    changed: T = _walked(value, lambda name, text: text if name in _NOT_PRINTED else change(text), "")
    return changed


def with_safe_links(value: T) -> T:
    """Give a document without links that do more than open a secure page, a call, a message or a letter."""
    changed: T = _walked(value, lambda name, text: safe_link(text) if name == "link" else text, "")
    return changed


def safe_link(link: str) -> str:
    """Give a link that is safe to print, or nothing."""
    return link if _SAFE_LINK.fullmatch(link) else ""


def printed_texts(document: Document) -> tuple[str, ...]:
    """Give every text that will be printed from a document, in reading order."""
    texts: list[str] = []

    def collect(text: str) -> str:
        texts.append(text)
        return text

    with_texts(document, collect)
    return tuple(texts)


def _walked(value: Any, change: Callable[[str, str], str], name: str) -> Any:
    if isinstance(value, str):
        return change(name, value)
    if isinstance(value, tuple):
        return tuple(_walked(item, change, name) for item in value)
    if isinstance(value, Struct):
        parts = {part: _walked(getattr(value, part), change, part) for part in value.__struct_fields__}
        return replace(value, **parts)
    return value
