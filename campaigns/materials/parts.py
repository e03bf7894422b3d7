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
    spoken = block_languages(blocks, languages)
    body = [
        (language, block) for language, block in zip(spoken, blocks, strict=True) if block.kind != "front"
    ]
    parts: list[TextPart] = []
    for language in languages or ("en",):
        parts += _uses(language, [block for one, block in body if one == language])
    return tuple(parts)


def block_languages(blocks: Sequence[TextBlock], languages: Sequence[Language]) -> tuple[Language, ...]:
    """Give the language of each block; what the front matter says is in the first."""
    spoken = tuple(languages) or ("en",)
    found: list[Language] = []
    titles = 0
    for block in blocks:
        titles += is_title(block)
        found.append(spoken[0] if block.kind == "front" else spoken[min(max(titles - 1, 0), len(spoken) - 1)])
    return tuple(found)


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
