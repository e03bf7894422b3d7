"""Pictures: read once, from the document's own folder, and only what they say they are."""

import re
from pathlib import Path

from msgspec import Struct

from coprod.kernel.document import Document, Image
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import BadInputError, Problem

LARGEST_PICTURE = 4_000_000
MOST_PIXELS = 40_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,80}(?:/[A-Za-z0-9_][A-Za-z0-9_. -]{0,80}){0,5}")


class Picture(Struct, frozen=True):
    """A picture's bytes and its form."""

    content: bytes
    form: str
    wide: int
    high: int


def pictures_of(document: Document, folder: Path | None) -> dict[str, Picture]:
    """Give each picture a document shows, by its source.

    Raises BadInputError for a picture outside the folder, of another kind, damaged or too large,
    and for one without words for people who do not see it.
    """
    pictures: dict[str, Picture] = {}
    problems: list[Problem] = []
    for block in document.blocks:
        if isinstance(block, Image):
            try:
                pictures[block.source] = _picture(block, folder)
            except BadInputError as error:
                problems += error.problems
    if problems:
        raise BadInputError(*problems)
    return pictures


def _picture(image: Image, folder: Path | None) -> Picture:
    if not image.alt.strip():
        raise BadInputError.of(
            image.source, "this picture has no text for people who do not see it", "say what it shows"
        )
    if folder is None:
        raise BadInputError.of(image.source, "this document has no folder for pictures", "remove the picture")
    return picture_from_bytes(read_bytes(inside(folder, image.source), LARGEST_PICTURE), image.source)


def inside(folder: Path, source: str) -> Path:
    """Give the path of a file in a folder. Raises BadInputError for anything that could lead out of it."""
    path = folder / source
    if not _PLAIN_PATH.fullmatch(source) or ".." in source.split("/") or _is_linked(folder, path):
        what = "only a picture in the material's own folder can be used"
        raise BadInputError.of(source, what, "copy it into `assets/` and name it so: assets/picture.png")
    return path


def _is_linked(folder: Path, path: Path) -> bool:
    return path.resolve() != folder.resolve() / path.relative_to(folder)


def picture_from_bytes(content: bytes, source: str) -> Picture:
    """Give a PNG or JPEG picture. Raises BadInputError when the bytes are neither, or too many dots."""
    form, wide, high = _size(content)
    if not form or wide < 1 or high < 1:
        raise BadInputError.of(
            source, "this is not a PNG or JPEG picture", "save it as one and name it again"
        )
    if wide * high > MOST_PIXELS:
        raise BadInputError.of(
            source, f"this picture has {wide} × {high} dots", f"make it smaller: at most {MOST_PIXELS:,} dots"
        )
    return Picture(content, form, wide, high)


def _size(content: bytes) -> tuple[str, int, int]:
    if content.startswith(_PNG) and content[12:16] == b"IHDR":
        return "png", int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content.startswith(_JPEG):
        return "jpg", *_jpeg_size(content)
    return "", 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Give width and height from a JPEG's frame header. Source: ITU-T T.81, annex B."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0, 0
