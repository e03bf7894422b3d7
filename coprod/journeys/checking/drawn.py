"""A drawn file as a screen of characters can show it: its words, and for a page or a picture what it looks like."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from campaigns.materials.blocks import TextBlock
from campaigns.materials.material import load_material
from campaigns.render.thumbnails import PICTURED, Thumbnail, thumbnail
from coprod.journeys.checking.editing import Tone
from coprod.kernel.files import read_text

LARGEST_TEXT = 2_000_000


class Shown(Struct, frozen=True):
    """What can be shown of a file: the words in it, and one of its pages where it has any."""

    words: tuple[tuple[Tone, str], ...]
    picture: Thumbnail | None


def shown_file(path: Path, page: int, wide: int) -> Shown:
    """Give the words of a drawn file, and its page (from 1) so many dots wide.

    Raises BadInputError for a file that is damaged or of another kind.
    """
    picture = thumbnail(path, page, wide) if path.suffix.lower() in PICTURED else None
    return Shown(tuple(_words(path)), picture)


def _words(path: Path) -> Iterator[tuple[Tone, str]]:
    if path.suffix.lower() == ".png":
        return
    if path.suffix.lower() == ".txt":
        yield from (("body", line) for line in read_text(path, LARGEST_TEXT).split("\n"))
        return
    for block in load_material(path).blocks:
        yield from _lines(block)


def _lines(block: TextBlock) -> Iterator[tuple[Tone, str]]:
    if block.kind == "heading":
        yield ("body", "")
        yield ("heading", block.text)
    elif block.kind == "item":
        yield ("body", f"• {block.text}")
    else:
        yield ("body", block.text)
