"""Easy read: one idea a row, with its picture or symbol. The words are the author's; nothing here simplifies any."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from coprod.kernel.document import Block, Heading, Image, Inline, ItemList, Paragraph, Span, text_of
from coprod.kernel.problem import BadInputError

# Source: Department of Health, Making written information easier to understand (2010): sentences of 10 to 15 words.
MOST_WORDS = 15
SYMBOLS = {
    "📞": "phone", "☎": "phone", "📱": "phone", "💬": "talk", "🗣": "talk", "❤": "heart", "💛": "heart",
    "✋": "stop", "🛑": "stop", "🙂": "person", "👤": "person", "👥": "people", "✅": "yes", "✔": "yes",
    "❌": "no", "🔒": "private", "🏠": "home", "❓": "question", "⭐": "strong", "💪": "strong",
}  # fmt: skip
_TAIL = re.compile("^[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u200d\\s]+")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


class Row(Struct, frozen=True):
    """One row: a heading, a picture with words, or words with a symbol's name."""

    kind: str
    lines: tuple[Inline, ...] = ()
    symbol: str = ""
    source: str = ""
    alt: str = ""
    level: int = 0
    inline: Inline = ()


def easy_rows(blocks: Sequence[Block], name: str) -> tuple[Row, ...]:
    """Give the rows of an easy read. A picture goes with what follows it; a sign that begins a line with its words.

    Raises BadInputError for a sentence that is too long and for what easy read cannot hold.
    """
    rows = tuple(_rows(blocks, name))
    long = [sentence for row in rows for line in row.lines for sentence in _long_sentences(text_of(line))]
    if long:
        shown = long[0] if len(long[0]) < 90 else f"{long[0][:88]}…"
        what = f"this easy-read sentence has {len(long[0].split())} words: “{shown}”"
        raise BadInputError.of(name, what, f"write it in sentences of at most {MOST_WORDS} words")
    return rows


def _rows(blocks: Sequence[Block], name: str) -> Iterator[Row]:
    picture: Image | None = None
    for block in blocks:
        match block:
            case Image():
                if picture is not None:
                    yield Row("picture", source=picture.source, alt=picture.alt)
                picture = block
            case Heading():
                yield Row("heading", level=block.level, inline=block.inline)
            case Paragraph() | ItemList():
                for inline in (block.inline,) if isinstance(block, Paragraph) else block.items:
                    yield _row(inline, picture)
                    picture = None
            case _:
                mend = "use only headings, paragraphs, lists and pictures in it"
                raise BadInputError.of(name, "the easy read holds a table, a quotation or a code", mend)
    if picture is not None:
        yield Row("picture", source=picture.source, alt=picture.alt)


def _row(inline: Inline, picture: Image | None) -> Row:
    symbol, words = _with_symbol(inline)
    if picture is not None:
        return Row("picture", (words,), source=picture.source, alt=picture.alt)
    return Row("words", (words,), symbol)


def _with_symbol(inline: Inline) -> tuple[str, Inline]:
    """Give the symbol a line asks for by the sign that begins it, and its words without the sign."""
    if not inline or inline[0].text[:1] not in SYMBOLS:
        return "", inline
    first = inline[0]
    rest = _TAIL.sub("", first.text[1:])
    return SYMBOLS[first.text[0]], (Span(rest, first.strong, first.emphasis, first.link), *inline[1:])


def _long_sentences(text: str) -> list[str]:
    found = (sentence.strip() for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in found if len(sentence.split()) > MOST_WORDS]
