"""A drawn file as a few coloured dots, for a screen that has only characters: what its page looks like, not what it says.

The page is drawn small by Typst from the file's own bytes, so that what is shown is what was released.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from coprod.kernel.problem import BadInputError

PICTURED = frozenset({".pdf", ".png"})
MOST_DOTS_WIDE = 200
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
Dot = tuple[int, int, int]


class Thumbnail(Struct, frozen=True):
    """One page as rows of dots from the top left, each red, green and blue from 0 to 255; `pages` is how many there are."""

    rows: tuple[tuple[Dot, ...], ...]
    page: int
    pages: int


def thumbnail(path: Path, page: int, wide: int) -> Thumbnail:
    """Give a page (from 1) of a PDF or PNG that is `wide` dots wide, at most 200, with its height in proportion.

    Raises BadInputError for a file that is neither, is damaged, or has no such page.
    """
    import typst

    pages = _pages_of(path)
    dots = max(1, min(wide, MOST_DOTS_WIDE))
    which = ", page: int(sys.inputs.page)" if path.suffix.lower() == ".pdf" else ""
    source = (
        f"#set page(width: {dots}pt, height: auto, margin: 0pt)\n"
        f"#image(sys.inputs.file, width: 100%, format: sys.inputs.form{which})"
    )
    compiled: Any = typst.compile
    inputs = {"file": path.name, "page": str(page), "form": path.suffix.lower().removeprefix(".")}
    try:
        drawn = compiled(
            source.encode(),
            root=str(path.parent),
            ignore_system_fonts=True,
            format="png",
            ppi=72.0,
            sys_inputs=inputs,
        )
    except typst.TypstError:
        raise BadInputError.of(path, "this file cannot be shown", "draw it again") from None
    return Thumbnail(tuple(_rows(drawn if isinstance(drawn, bytes) else drawn[0])), page, pages)


def _pages_of(path: Path) -> int:
    if path.suffix.lower() != ".pdf":
        return 1
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(path).pages)
    except (PyPdfError, OSError):
        raise BadInputError.of(path, "this PDF cannot be read", "draw it again") from None


def _rows(png: bytes) -> Iterator[tuple[Dot, ...]]:
    """Give the dots of a PNG as Typst writes them: eight bits for each of red, green, blue and how solid it is."""
    wide, high = struct.unpack(">II", png[16:24])
    content = zlib.decompress(b"".join(_parts(png)))
    before = bytes(4 * wide)
    for row in range(high):
        start = row * (4 * wide + 1)
        before = _unfiltered(content[start], content[start + 1 : start + 1 + 4 * wide], before)
        yield tuple(_on_paper(before[at : at + 4]) for at in range(0, 4 * wide, 4))


def _parts(png: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """Give a line of a PNG as it was before its filter (PNG specification, section 9)."""
    done = bytearray(line)
    for at in range(len(done)):
        left = done[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        done[at] = (done[at] + _expected(kind, left, above[at], corner)) & 0xFF
    return bytes(done)


def _expected(kind: int, left: int, above: int, corner: int) -> int:
    match kind:
        case 0:
            return 0
        case 1:
            return left
        case 2:
            return above
        case 3:
            return (left + above) // 2
        case _:
            guess = left + above - corner
            return min((left, above, corner), key=lambda one: abs(guess - one))


def _on_paper(dot: bytes) -> Dot:
    red, green, blue, solid = dot
    shown = (round((colour * solid + 255 * (255 - solid)) / 255) for colour in (red, green, blue))
    return (next(shown), next(shown), next(shown))
