"""Somebody who reads the README sees the app as it is."""

import html
import re
from hashlib import sha256
from pathlib import Path

import pytest

from docs.draw_pictures import PICTURES, SLIDES, formats, pictures, report, slides, web_pages, words_of_page

ROOT = Path(__file__).parents[2]


def words(drawn: str) -> str:
    return " ".join(html.unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))).split())


@pytest.fixture(scope="module")
def screens() -> dict[str, str]:
    return pictures()


@pytest.mark.filterwarnings("default")
def test_every_picture_in_the_docs_shows_todays_screens(screens):
    """Drawn by `make pictures`; only the words are compared, since looks are a matter for the eye."""
    for name, drawn in screens.items():
        assert words(drawn) == words((PICTURES / name).read_text("utf-8")), name


def test_every_picture_of_a_printed_page_is_what_is_drawn_today():
    for name, drawn in {**formats(), **report()}.items():
        assert drawn == (PICTURES / name).read_bytes(), name


def test_every_picture_of_a_web_page_was_taken_of_todays_words():
    """A photograph differs from browser to browser, so the words it was taken of are kept beside it."""
    for name, shown in web_pages().items():
        assert (PICTURES / f"{name}.png").is_file()
        assert words_of_page(shown.page) == (PICTURES / f"{name}.sha256").read_text("utf-8").strip(), name


def test_every_picture_of_slides_was_taken_of_todays_slides():
    assert sha256(slides()).hexdigest() == (PICTURES / "slides.sha256").read_text("utf-8").strip()


def test_every_picture_is_drawn_by_the_command_and_looked_at_somewhere(screens):
    drawn = {*screens, *formats(), *report(), *(f"{name}.png" for name in web_pages()), *SLIDES}
    kept = {path.name for path in PICTURES.iterdir() if path.suffix != ".sha256"}
    shown = {
        Path(name).name
        for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
        for name in re.findall(r"\]\(([^)]+/?pictures/[^)]+|pictures/[^)]+)\)", page.read_text("utf-8"))
    }
    assert kept == drawn
    assert kept - shown == set()


def test_pictures_are_small_enough_to_keep():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_700_000


def test_pictures_fetch_nothing():
    for path in PICTURES.glob("*.svg"):
        assert not re.search(r"url\(\s*[\"']?http|<image|<script|@import", path.read_text("utf-8")), path.name


def test_every_picture_the_readme_names_is_there():
    named = re.findall(r"\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
