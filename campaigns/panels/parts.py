"""A material cut into the parts that a panel looks at, and how each part can be marked.

Words are marked one by one while they fit into one sealed record; the other parts are picked line by line. A text of
many parts is not asked about part by part, which would take longer than a few minutes: some parts at a time are.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from campaigns.materials.material import Material
from campaigns.materials.material_document import material_document
from campaigns.panels.panelwords import panel_words
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Heading,
    Image,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Table,
    text_of,
)
from coprod.kernel.text import clean

LONGEST_PART = 600
LONGEST_LINE = 120
MOST_VIEWS = 8
MOST_MARKED = 60  # as many words as a highlighter takes
# In all, so that even where every word is marked a sealed record is as long as any other.
MOST_HIGHLIGHTED = 150
Marks = Literal["words", "lines", "together"]


class Part(Struct, frozen=True):
    """What one screen shows of a material.

    It can be marked by `words`, by `lines`, or only named `together` with the parts around it.
    """

    words: str
    marks: Marks


class Reach(Struct, frozen=True):
    """How closely a panel can mark a material: how many parts by word, by line, and only as a whole part; its words."""

    words: int
    by_words: int
    by_lines: int
    together: int

    @property
    def parts(self) -> int:
        """Give how many parts there are."""
        return self.by_words + self.by_lines + self.together


def parts_of(material: Material, contacts: Sequence[HelpContact] | None) -> tuple[Part, ...]:
    """Give the parts of a material in order; from the first on, each that still fits is marked by words."""
    shown = tuple(_shown(material, contacts))
    if len(shown) > MOST_VIEWS:
        return tuple(Part(words, "together") for words in shown)
    parts: list[Part] = []
    room = MOST_HIGHLIGHTED
    for words in shown:
        count = len(words.split())
        fits = count <= room
        parts.append(Part(words, "words" if fits else "lines"))
        room -= count if fits else 0
    return tuple(parts)


def reach_of(parts: Sequence[Part]) -> Reach:
    """Give how closely a panel can mark these parts."""
    counted = [sum(part.marks == marks for part in parts) for marks in ("words", "lines", "together")]
    return Reach(sum(len(part.words.split()) for part in parts), *counted)


def _shown(material: Material, contacts: Sequence[HelpContact] | None) -> Iterator[str]:
    """Give the words of a material in pieces that fit a screen, a new one at each heading."""
    piece: list[str] = []
    for block in material_document(material, contacts).blocks:
        if isinstance(block, Paragraph) and block.role == "caution":
            continue
        words = clean(block_words(block, material)).strip()
        too_long = sum(map(len, piece)) + len(words) > LONGEST_PART
        if piece and (isinstance(block, Heading) or too_long):
            yield "\n\n".join(piece)
            piece = []
        piece += [words] if words else []
    if piece:
        yield "\n\n".join(piece)


def block_words(block: Block, material: Material) -> str:
    """Give the words of a block as a screen of text shows them."""
    match block:
        case Heading() | Paragraph() | Quote():
            return text_of(block.inline)
        case ItemList():
            marks = (f"{n}. " if block.ordered else "- " for n in range(1, len(block.items) + 1))
            return "\n".join(mark + text_of(item) for mark, item in zip(marks, block.items, strict=True))
        case Table() | BarChart() | Network() | PathwayMap():
            return _figure_words(block)
        case Image():
            return panel_words().picture.into(material.language).replace("{alt}", block.alt)
        case ContactCard():
            return "\n".join([block.name, *block.reach, block.note])
        case Code():
            return block.text


def _figure_words(block: Table | BarChart | Network | PathwayMap) -> str:
    if isinstance(block, Network | PathwayMap):
        return f"{block.caption}\n{block.alt}"
    if isinstance(block, BarChart):
        return "\n".join([block.caption, *(f"{bar.label}: {bar.shown}" for bar in block.bars)])
    return "\n".join([block.caption, *("; ".join(row) for row in (block.header, *block.rows))])


def lines_in(part: str) -> tuple[str, ...]:
    """Give the lines of a part, a long one sentence by sentence; each once."""
    lines = (line.strip() for line in part.split("\n"))
    pieces = (
        piece
        for line in lines
        for piece in (re.split(r"(?<=[.!?])\s+", line) if len(line) > LONGEST_LINE else [line])
    )
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def passages_in(part: str) -> Iterator[str]:
    """Give the words of a part in passages that a highlighter takes, whole blocks where they fit."""
    piece: list[str] = []
    for line in part.split("\n"):
        words = line.split()
        if piece and len(piece) + len(words) > MOST_MARKED:
            yield " ".join(piece)
            piece = []
        while len(words) > MOST_MARKED:
            yield " ".join(words[:MOST_MARKED])
            words = words[MOST_MARKED:]
        piece += words
    if piece:
        yield " ".join(piece)


def start_of(part: str) -> str:
    """Give the first words of a part, by which a reader knows it again."""
    words = part.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")
