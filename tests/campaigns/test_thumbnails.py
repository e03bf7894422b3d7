"""What a drawn page looks like can be told in a terminal, and a file that is none says so."""

import struct
import zlib
from pathlib import Path

import pytest

from campaigns.render import draw
from campaigns.render.thumbnails import MOST_DOTS_WIDE, thumbnail
from coprod.kernel.document import Block, Document, Heading, Paragraph, plain
from coprod.kernel.problem import BadInputError

RED, BLUE = (200, 30, 30), (20, 40, 180)


def png_of(rows: list[list[tuple[int, int, int]]]) -> bytes:
    """Give a PNG of plain red, green and blue dots."""
    raw = b"".join(b"\x00" + bytes(value for dot in row for value in dot) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def test_a_picture_keeps_its_colours_and_its_shape(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(png_of([[RED] * 40] * 40 + [[BLUE] * 40] * 40))
    shown = thumbnail(path, 1, 20)
    assert (len(shown.rows[0]), len(shown.rows), shown.pages) == (20, 40, 1)
    for row, colour in ((2, RED), (37, BLUE)):
        assert all(abs(one - other) <= 2 for one, other in zip(shown.rows[row][10], colour, strict=True))


def test_every_page_of_a_pdf_can_be_shown_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    blocks: tuple[Block, ...] = (
        Heading(1, plain("A title")),
        *(Paragraph(plain("Words of it. " * 60)) for _ in range(12)),
    )
    path.write_bytes(draw(Document("A title", "en", blocks), "report-pdf"))
    shown = thumbnail(path, 1, 60)
    assert shown.pages >= 2
    assert thumbnail(path, shown.pages, 60).rows != shown.rows
    assert len({dot for row in shown.rows for dot in row}) > 10
    with pytest.raises(BadInputError, match="cannot be shown"):
        thumbnail(path, shown.pages + 1, 60)


def test_however_wide_it_is_asked_for_it_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(png_of([[RED] * 8] * 8))
    assert len(thumbnail(path, 1, 100_000).rows[0]) == MOST_DOTS_WIDE


@pytest.mark.parametrize("name", ["broken.pdf", "broken.png", "text.png"])
def test_a_file_that_is_no_picture_is_one_clear_message(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        b"%PDF-1.7 broken" if name.endswith("pdf") else b"\x89PNG\r\n\x1a\n" * name.startswith("b")
    )
    with pytest.raises(BadInputError, match="cannot be"):
        thumbnail(path, 1, 40)
