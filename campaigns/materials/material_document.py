"""A material as a document of blocks, ready for any renderer."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from campaigns.materials.blocks import Style, TextBlock
from campaigns.materials.material import FrontMatter, Material
from campaigns.materials.parts import Use, is_title
from coprod.kernel.contacts import HelpContact, shipped_contacts
from coprod.kernel.document import (
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    Inline,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
    text_of,
)
from coprod.kernel.wording import Language

_SAFE_LINKS = ("https://", "http://", "tel:", "sms:", "mailto:")


def material_document(
    material: Material,
    contacts: Sequence[HelpContact] | None = None,
    mark: str = "",
    language: Language | None = None,
    use: Use | None = None,
) -> Document:
    """Give a material as a document: its one title, a content note, the body, then its help contacts.

    `language` is the material's first unless said; without `use` the easy read, if there is one, follows the
    main text. `contacts` are those the front matter may name; without them the shipped registry is used. A
    contact that is not known is left out here: the check reports it, and no release gets past the check.
    """
    spoken = language or material.language
    wanted = [part for part in material.parts if part.language == spoken and use in {None, part.use}]
    drawn = list(_drawn([block for part in wanted for block in part.blocks]))
    is_first = spoken == material.language
    title = _title(material, drawn, spoken) if use == "easy-read" or not is_first else ""
    title = title or (material.front.title if material.front else _first_heading(drawn) or "Untitled")
    note = material.front.content_note if material.front and is_first else ""
    blocks = [*_opening(drawn, title, note, material.front), *_cards(material, contacts, spoken)]
    more_at = material.front.more_at if material.front else ""
    return Document(title, spoken, tuple(blocks), mark=mark, more_at=more_at)


def has_easy_read(material: Material, language: Language) -> bool:
    """Tell whether a material holds an easy read in a language."""
    return any(part.language == language and part.use == "easy-read" for part in material.parts)


def _title(material: Material, drawn: Sequence[Block], language: Language) -> str:
    own = (part for part in material.parts if part.language == language and part.use == "main")
    titles = (block.text for part in own for block in part.blocks if is_title(block))
    return next(titles, "") or _first_heading(drawn)


def _first_heading(drawn: Sequence[Block]) -> str:
    return next((text_of(block.inline) for block in drawn if isinstance(block, Heading)), "")


def _opening(drawn: list[Block], title: str, note: str, front: FrontMatter | None) -> Iterator[Block]:
    """Give one heading of level 1 first, the content note under it, and every other heading below."""
    starts_with_title = bool(drawn) and isinstance(drawn[0], Heading) and drawn[0].level == 1
    if starts_with_title:
        yield drawn[0]
    elif front is not None:
        yield Heading(1, plain(title))
    if note:
        yield Paragraph(plain(note), role="caution")
    for block in drawn[starts_with_title:]:
        if isinstance(block, Heading) and block.level == 1:
            yield Heading(2, block.inline)
        else:
            yield block


def _drawn(body: Sequence[TextBlock]) -> Iterator[Block]:
    for (kind, group), run in groupby(body, key=_belongs_to):
        members = list(run)
        match kind:
            case "item":
                yield from _lists(members)
            case "cell":
                yield _table(members)
            case "quote":
                yield Quote(_joined(members))
            case _:
                yield from (_single(block) for block in members)
        del group


def _belongs_to(block: TextBlock) -> tuple[str, int]:
    return (block.kind, block.group if block.kind in {"cell", "quote"} else 0)


def _single(block: TextBlock) -> Block:
    match block.kind:
        case "heading":
            return Heading(block.level, _inline(block))
        case "code":
            return Code(block.text)
        case "alt":
            return Image(block.link, block.text)
        case _:
            return Paragraph(_inline(block))


def _lists(members: list[TextBlock]) -> Iterator[Block]:
    """Give lists; a list inside a list is drawn as entries of its own, in reading order."""
    for _, run in groupby(members, key=lambda block: block.group):
        blocks = list(run)
        items = [_joined(list(entry)) for _, entry in groupby(blocks, key=lambda block: block.entry)]
        if blocks[0].entry == 0:
            items = [_inline(block) for block in blocks]
        yield ItemList(tuple(items), ordered=blocks[0].is_ordered)


def _table(cells: list[TextBlock]) -> Table:
    width = max(cell.column for cell in cells)
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.entry, [""] * width)[cell.column - 1] = cell.text
    ordered = [tuple(rows[number]) for number in sorted(rows)]
    return Table("", ordered[0], tuple(ordered[1:]))


def _joined(blocks: list[TextBlock]) -> Inline:
    spans: list[Span] = []
    for number, block in enumerate(blocks):
        spans += ([Span("\n")] if number else []) + list(_inline(block))
    return tuple(spans)


def _inline(block: TextBlock) -> Inline:
    """Give a block's text as runs of one style each. Links that are not web, phone or mail are dropped."""
    spans: list[Span] = []
    at = 0
    for style in block.styles:
        if style.start > at:
            spans.append(Span(block.text[at : style.start]))
        spans.append(_styled(block, style))
        at = style.end
    if at < len(block.text):
        spans.append(Span(block.text[at:]))
    return tuple(spans)


def _styled(block: TextBlock, style: Style) -> Span:
    link = style.link if style.link.lower().startswith(_SAFE_LINKS) else ""
    return Span(block.text[style.start : style.end], style.strong, style.emphasis, link)


def _cards(material: Material, contacts: Sequence[HelpContact] | None, language: Language) -> Iterator[Block]:
    known = {contact.id: contact for contact in contacts or shipped_contacts().contacts}
    named = material.front.contacts if material.front else ()
    found = [known[name] for name in named if name in known]
    if found:
        yield Heading(2, plain({"en": "Help for you", "cy": "Help i ti"}[language]))
    for contact in found:
        yield contact_card(contact, language)


def contact_card(contact: HelpContact, language: Language) -> ContactCard:
    """Give one help contact as a card: what it offers, how to reach it, when and at what cost."""
    call = {"en": "Call", "cy": "Ffonio"}[language]
    text = {"en": "Text", "cy": "Tecstio"}[language]
    reach = [f"{call} {contact.call}"] if contact.call else []
    reach += [f"{text} {contact.text}"] if contact.text else []
    reach += [contact.web] if contact.web else []
    note = f"{contact.offers.into(language)}. {contact.hours.into(language).capitalize()}, {contact.cost.into(language)}."
    return ContactCard(contact.name, tuple(reach), note)
