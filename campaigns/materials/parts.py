"""The parts of one material: its text in each of its languages, and in each the part in easy read."""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from campaigns.materials.blocks import TextBlock
from coprod.kernel.wording import Language

Use = Literal["main", "easy-read"]
_EASY_READ_TITLES = frozenset({"easy read", "hawdd ei ddeall", "hawdd ei ddarllen"})


class TextPart(Struct, frozen=True):
    """One language's main text or its easy read, in reading order."""

    language: Language
    use: Use
    blocks: tuple[TextBlock, ...]


def text_parts(blocks: Sequence[TextBlock], languages: Sequence[Language]) -> tuple[TextPart, ...]:
    """Give the parts of a material's body, in its order.

    The first title (a heading of level 1) begins the first language, the next the second. A heading of level
    2 that says "Easy read" begins that language's easy read, up to the next title.
    """
    body = [block for block in blocks if block.kind != "front"]
    spoken = list(languages or ("en",))
    starts = [at for at, block in enumerate(body) if is_title(block)][1 : len(spoken)]
    edges = [0, *starts, len(body)]
    parts: list[TextPart] = []
    for language, start, end in zip(spoken, edges, edges[1:], strict=False):
        parts += _uses(language, body[start:end])
    return tuple(parts)


def is_title(block: TextBlock) -> bool:
    """Tell whether a block is a heading of level 1."""
    return block.kind == "heading" and block.level == 1


def _uses(language: Language, blocks: Sequence[TextBlock]) -> Iterator[TextPart]:
    at = next((number for number, block in enumerate(blocks) if _begins_easy_read(block)), None)
    yield TextPart(language, "main", tuple(blocks[:at]))
    if at is not None:
        yield TextPart(language, "easy-read", tuple(blocks[at + 1 :]))


def _begins_easy_read(block: TextBlock) -> bool:
    is_section = block.kind == "heading" and block.level == 2
    return is_section and block.text.strip().casefold().replace("-", " ") in _EASY_READ_TITLES
