"""Plain text and text messages: a document without any look."""

import textwrap

from msgspec import Struct

from campaigns.render.phrases import phrases
from campaigns.render.sheet import in_order, sheet
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    Inline,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Table,
    text_of,
)
from coprod.kernel.problem import BadInputError

WIDTH = 76
MOST_MESSAGE_PARTS = 3
# Source: 3GPP TS 23.038, the default alphabet and its extension table.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€")
_PLAINER = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "·": "-"}
)


def drawn_text(document: Document) -> bytes:
    """Give a document as plain UTF-8 text, 76 characters wide, headings underlined."""
    ordered = in_order(document)
    mark = phrases().mark(ordered.mark, ordered.language)
    parts = [mark.upper()] if mark else []
    parts += [_block(block) for block in ordered.blocks]
    parts += [
        f"{phrases().more_title.into(ordered.language)}: {ordered.more_at}" if ordered.more_at else "",
        "-" * WIDTH + "\n" + _wrapped(ordered.footer) if ordered.footer else "",
    ]
    parts += [mark] if mark else []
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _wrapped(_linked(block.inline))
        case ItemList():
            return _items(block)
        case Quote():
            return _quote(block)
        case Table() | BarChart() | Network() | PathwayMap() | Image():
            return _figure(block)
        case ContactCard():
            return "\n".join([block.name, *(f"  {way}" for way in block.reach), *_indented(block.note)])
        case Code():
            return textwrap.indent(block.text, "    ")


def _figure(block: Table | BarChart | Network | PathwayMap | Image) -> str:
    if isinstance(block, Image):
        return _wrapped(f"[{block.alt}]")
    if isinstance(block, PathwayMap):
        return _map(block)
    if isinstance(block, Network):
        return "\n".join([_wrapped(block.caption), _wrapped(block.alt), *_ties(block)]).strip("\n")
    return _table(block) if isinstance(block, Table) else _bars(block)


def _heading(block: Heading) -> str:
    words = _wrapped(text_of(block.inline))
    longest = max(len(line) for line in words.split("\n"))
    return f"{words}\n{('=' if block.level == 1 else '-') * longest}"


def _linked(inline: Inline) -> str:
    return "".join(
        f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text for span in inline
    )


def _items(block: ItemList) -> str:
    marks = (f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1))
    return "\n".join(
        textwrap.fill(_linked(item), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
        for mark, item in zip(marks, block.items, strict=True)
    )


def _quote(block: Quote) -> str:
    words = textwrap.indent(_wrapped(_linked(block.inline), WIDTH - 2), "> ")
    return f"{words}\n  — {block.attribution}" if block.attribution else words


def _table(block: Table) -> str:
    """Give each row as its name and then one line a cell, which reads well at any width and aloud."""
    heads = block.header[1:]
    rows = [
        "\n".join([row[0], *(f"  {head}: {cell}" for head, cell in zip(heads, row[1:], strict=False))])
        for row in block.rows
    ]
    return "\n".join([_wrapped(block.caption), *rows]).strip("\n")


def _bars(block: BarChart) -> str:
    lines = [f"  {bar.label}: {bar.shown}" for bar in block.bars]
    return "\n".join([_wrapped(block.caption), _wrapped(block.alt), *lines]).strip("\n")


def _map(block: PathwayMap) -> str:
    header = ("", *block.steps)
    rows = tuple((row.label, *(cell.words for cell in row.cells)) for row in block.rows)
    return "\n".join([_wrapped(block.alt), _table(Table(block.caption, header, rows))])


def _ties(block: Network) -> list[str]:
    ranked = sorted(block.ties, key=lambda tie: -tie.strength)
    return [f"  {block.nodes[tie.first].label} – {block.nodes[tie.second].label}" for tie in ranked]


def _indented(text: str) -> list[str]:
    return [textwrap.indent(_wrapped(text, WIDTH - 2), "  ")] if text else []


def _wrapped(text: str, width: int = WIDTH) -> str:
    return "\n".join(textwrap.fill(line, width, break_long_words=False) for line in text.split("\n"))


class MessageSize(Struct, frozen=True):
    """How a text message travels. `alphabet` is GSM-7 or, when a letter needs it, the dearer UCS-2."""

    alphabet: str
    units: int
    parts: int


def message_size(text: str) -> MessageSize:
    """Give the parts a text message is sent in. Source: 3GPP TS 23.038 and 23.040."""
    if all(character in _GSM or character in _GSM_DOUBLE for character in text):
        units = len(text) + sum(character in _GSM_DOUBLE for character in text)
        return MessageSize("GSM-7", units, 1 if units <= 160 else -(-units // 153))
    units = len(text.encode("utf-16-le")) // 2
    return MessageSize("UCS-2", units, 1 if units <= 70 else -(-units // 67))


def drawn_sms(document: Document) -> bytes:
    """Give a document's title, lead and contacts as one text message.

    Raises BadInputError when it would need more than three parts.
    """
    parts = sheet(document)
    ways = [f"{contact.name}: {', '.join(contact.reach)}" for contact in parts.contacts]
    mark = phrases().mark(parts.mark, parts.language)
    lines = [mark, text_of(parts.title), text_of(parts.lead), *ways, document.more_at, parts.footer]
    text = "\n".join(line for line in lines if line).translate(_PLAINER)
    size = message_size(text)
    if size.parts > MOST_MESSAGE_PARTS:
        what = (
            f"the text message has {size.units} characters in {size.alphabet}, sent as {size.parts} messages"
        )
        dear = sorted({letter for letter in text if letter not in _GSM and letter not in _GSM_DOUBLE})
        if dear:
            what += f", because {', '.join(dear)} would not fit into the short alphabet"
        raise BadInputError.of(
            document.title, what, "shorten the title or the first paragraph, or leave sms out"
        )
    return text.encode() + b"\n"
