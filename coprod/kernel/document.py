"""The document of blocks: a material, a report, a guide and a paper form are all one of these."""

from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Language


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """A run of text in one style. `link` is an https, tel, sms or mailto address, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Inline = tuple[Span, ...]


class Heading(Struct, frozen=True, forbid_unknown_fields=True, tag="heading", tag_field="block"):
    """A heading; level 1 is the title on the page and comes once."""

    level: int
    inline: Inline


class Paragraph(Struct, frozen=True, forbid_unknown_fields=True, tag="paragraph", tag_field="block"):
    """Running text. `role` lets a theme set a caution, a caption or a lead apart.

    `answers` are lines to tick or write on, kept on one page with room for a pen; a `card` is cut out and handed round.
    """

    inline: Inline
    role: Literal["body", "lead", "caution", "small", "answers", "card"] = "body"


class ItemList(Struct, frozen=True, forbid_unknown_fields=True, tag="list", tag_field="block"):
    """A bulleted or numbered list."""

    items: tuple[Inline, ...]
    ordered: bool = False


class Quote(Struct, frozen=True, forbid_unknown_fields=True, tag="quote", tag_field="block"):
    """Somebody's words, and who may be named for them, or empty."""

    inline: Inline
    attribution: str = ""


class Table(Struct, frozen=True, forbid_unknown_fields=True, tag="table", tag_field="block"):
    """A table with a caption and one header row; the first column heads its row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """One bar: `share` from 0 to 1 of the longest possible bar; `shown` is what is printed beside it."""

    label: str
    share: float
    shown: str


class BarChart(Struct, frozen=True, forbid_unknown_fields=True, tag="bars", tag_field="block"):
    """A bar chart drawn from released numbers only, with its text alternative."""

    caption: str
    bars: tuple[Bar, ...]
    alt: str


class Node(Struct, frozen=True, forbid_unknown_fields=True):
    """One point of a network. `across` and `down` are its place and `size` its size, each from 0 to 1.

    Nodes of one `group` are drawn in one tone, which the text alternative must also tell.
    """

    label: str
    across: float
    down: float
    size: float = 0.5
    group: int = 0


class Tie(Struct, frozen=True, forbid_unknown_fields=True):
    """A line between two nodes, by their places in the list from 0; `strength` is from 0 to 1."""

    first: int
    second: int
    strength: float = 0.5


class Network(Struct, frozen=True, forbid_unknown_fields=True, tag="network", tag_field="block"):
    """Points and the lines between them, drawn from what may leave and nothing else, with its text alternative."""

    caption: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    alt: str


class MapCell(Struct, frozen=True, forbid_unknown_fields=True):
    """What one place is like at one step, in words; `tone` only colours what the words say."""

    words: str
    tone: Literal["open", "mixed", "hard", "shut", "unknown"]


class MapRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One place, and what it is like at each step."""

    label: str
    cells: tuple[MapCell, ...]


class PathwayMap(Struct, frozen=True, forbid_unknown_fields=True, tag="map", tag_field="block"):
    """Places by steps, drawn as a map, with its text alternative. One cell a step in every row."""

    caption: str
    steps: tuple[str, ...]
    rows: tuple[MapRow, ...]
    alt: str


class Image(Struct, frozen=True, forbid_unknown_fields=True, tag="image", tag_field="block"):
    """A picture in the document's own folder; `alt` is required and may not be empty."""

    source: str
    alt: str


class ContactCard(Struct, frozen=True, forbid_unknown_fields=True, tag="contact", tag_field="block"):
    """How to reach one help service."""

    name: str
    reach: tuple[str, ...]
    note: str = ""


class Code(Struct, frozen=True, forbid_unknown_fields=True, tag="code", tag_field="block"):
    """Text kept exactly as written: a command, a fingerprint, four words."""

    text: str


Block = (
    Heading
    | Paragraph
    | ItemList
    | Quote
    | Table
    | BarChart
    | Network
    | PathwayMap
    | Image
    | ContactCard
    | Code
)


class Sourced(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is said to be so, and what it rests on, as a sentence."""

    text: str
    rests_on: str


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """Blocks with a title and a language. `mark` is printed on every page: "simulated", "draft".

    `more_at` is an https address, printed as words and, on paper, as a code for a camera. `key_lines` are
    what readers should take away, for a layout with room to say it large. `sources` are for whoever presents it.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...]
    mark: str = ""
    footer: str = ""
    more_at: str = ""
    key_lines: tuple[str, ...] = ()
    sources: tuple[Sourced, ...] = ()


def plain(text: str) -> Inline:
    """Give text as one plain run."""
    return (Span(text),)


def text_of(inline: Inline) -> str:
    """Give the characters of an inline run without style."""
    return "".join(span.text for span in inline)
