"""Text from web pages, Word files and subtitles as blocks, each letter with its place in the original."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

from campaigns.materials.blocks import BlockKind, TextBlock
from campaigns.materials.material import LARGEST_PART
from campaigns.materials.plaintext import plain_blocks
from coprod.kernel.problem import BadInputError

_TIMES = re.compile(
    r"(?m)^(?:\ufeff?\d{1,6}[ \t]*\n)?\d{1,2}:\d\d:\d\d[,.]\d{1,3} --> .*$|</?[bciuv](?:[. ][^>\n]{0,80})?>|^WEBVTT.*$"
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_KINDS: dict[str, BlockKind] = {
    "li": "item",
    "blockquote": "quote",
    "td": "cell",
    "th": "cell",
    "pre": "code",
}
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset({"script", "style", "template", "noscript", "svg"})


def subtitle_blocks(text: str, start: int = 0) -> tuple[TextBlock, ...]:
    """Give what is said in subtitles (.srt, .vtt), without their numbers and times."""
    return plain_blocks(_TIMES.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text), start)


def html_blocks(text: str, start: int = 0) -> tuple[TextBlock, ...]:
    """Give what a web page says. Comments and scripts, which no reader sees, are left out."""
    reader = _PageReader(text[start:], start)
    reader.feed(text[start:])
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _PageReader(HTMLParser):
    """Walks a page and keeps where in the text it stands."""

    def __init__(self, text: str, start: int) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [start, *(start + match.end() for match in re.finditer("\n", text))]
        self.blocks: list[TextBlock] = []
        self.letters: list[str] = []
        self.places: list[int] = []
        self.open: list[str] = []
        self.unread = 0
        self.group = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD
        if tag in _BLOCK_TAGS:
            self.end_block()
            self.open.append(tag)
        self.group += tag in {"ul", "ol", "table", "blockquote"}
        if tag == "img":
            named = dict(attrs)
            link = named.get("src") or ""
            self.blocks.append(TextBlock("alt", named.get("alt") or "", (0,), (self._at(),), link=link))

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD and self.unread > 0
        if tag in _BLOCK_TAGS:
            self.end_block()
            if tag in self.open:
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.unread:
            at = self._at()
            for step, letter in enumerate(data):
                self._add(" " if letter.isspace() else letter, at + step)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        if not self.unread:
            for letter in unescape(written):
                self._add(" " if letter.isspace() else letter, self._at())

    def _add(self, letter: str, place: int) -> None:
        if letter == " " and (not self.letters or self.letters[-1] == " "):
            return
        self.letters.append(letter)
        self.places.append(place)

    def end_block(self) -> None:
        """Finish the block that is open, if it says anything."""
        text = "".join(self.letters).rstrip()
        places = tuple(self.places[: len(text)])
        self.letters, self.places = [], []
        if text:
            tag = next(
                (tag for tag in reversed(self.open) if tag in _KINDS or re.match("h[1-6]$|title", tag)), ""
            )
            level = 1 if tag == "title" else int(tag[1]) if re.match("h[1-6]$", tag) else 0
            kind = "heading" if level else _KINDS.get(tag, "paragraph")
            starts = tuple(range(len(text)))
            self.blocks.append(
                TextBlock(kind, text, starts, places, level=level, group=self.group, is_header=tag == "th")
            )


class Paragraph:
    """A paragraph of a Word file: its text, what it is, and the text alternatives of its pictures."""

    def __init__(self, element: ET.Element, *, in_table: bool) -> None:
        self.text = "".join(_letters(element)).strip()
        self.pictures = [one.get("descr", "") for one in element.iter(_PICTURE)]
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "").lower() if style is not None else ""
        heading = re.match(r"heading ?(\d)", name)
        self.level = int(heading.group(1)) if heading else int(name == "title")
        is_listed = element.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith("list")
        kind: BlockKind = "cell" if in_table else "item" if is_listed else "paragraph"
        self.kind: BlockKind = "heading" if self.level else "quote" if "quote" in name else kind


def _letters(element: ET.Element) -> Iterator[str]:
    for part in element.iter():
        if part.tag == f"{_W}t":
            yield (part.text or "").replace("\n", " ")
        elif part.tag in {f"{_W}tab", f"{_W}br"}:
            yield " "


def word_paragraphs(raw: bytes, path: str) -> list[Paragraph]:
    """Give the paragraphs of a .docx file in order.

    Raises BadInputError for what is no Word file, is too large when unpacked, or declares entities.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if archive.getinfo("word/document.xml").file_size > LARGEST_PART:
                raise BadInputError.of(path, "this file is too large when unpacked", "split it")
            content = archive.read("word/document.xml")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise BadInputError.of(path, "this Word file declares entities", "save it again in Word")
        root = ET.fromstring(content)  # noqa: S314  declarations are refused above
    except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError):
        raise BadInputError.of(
            path, "this is not a Word file that can be read", "save it again as .docx"
        ) from None
    in_tables = {id(one) for table in root.iter(f"{_W}tbl") for one in table.iter(f"{_W}p")}
    return [Paragraph(one, in_table=id(one) in in_tables) for one in root.iter(f"{_W}p")]


def word_blocks(paragraphs: list[Paragraph], text: str) -> tuple[TextBlock, ...]:
    """Give the blocks of paragraphs, each of which is one line of `text`."""
    blocks: list[TextBlock] = []
    at = 0
    for paragraph, line in zip(paragraphs, text.split("\n"), strict=True):
        if line.strip():
            blocks.append(TextBlock(paragraph.kind, line, (0,), (at,), level=paragraph.level))
        blocks.extend(TextBlock("alt", alt, (0,), (at,)) for alt in paragraph.pictures)
        at += len(line) + 1
    return tuple(blocks)
