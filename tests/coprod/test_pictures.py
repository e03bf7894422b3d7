"""Somebody who reads the README sees the app as it is."""

import html
import re
from pathlib import Path

import pytest

from docs.draw_pictures import PICTURES, formats, pictures, web_page, words_of_page

ROOT = Path(__file__).parents[2]


def words(drawn: str) -> str:
    return " ".join(html.unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))).split())


@pytest.mark.filterwarnings("default")
def test_every_picture_in_the_docs_shows_todays_screens():
    """Drawn by `make pictures`; only the words are compared, since looks are a matter for the eye."""
    for name, drawn in pictures().items():
        assert words(drawn) == words((PICTURES / name).read_text("utf-8")), name


def test_every_picture_of_a_format_is_what_is_drawn_today():
    """Drawn by `make pictures`. Of the page only the words are compared, since looks are a matter for the eye."""
    for name, drawn in formats().items():
        assert drawn == (PICTURES / name).read_bytes(), name
    assert words_of_page(web_page()) == (PICTURES / "page.sha256").read_text("utf-8").strip()


def test_pictures_are_small_enough_to_keep():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_500_000


def test_pictures_fetch_nothing():
    for path in PICTURES.glob("*.svg"):
        assert not re.search(r"url\(\s*[\"']?http|<image|<script|@import", path.read_text("utf-8")), path.name


def test_every_picture_the_readme_names_is_there():
    named = re.findall(r"\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
