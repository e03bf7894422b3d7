"""Web pages, Word files and subtitles are read as their readers see them, with places in the original."""

import zipfile
from pathlib import Path

import pytest

from campaigns.materials.material import load_material
from coprod.kernel.problem import BadInputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
PAGE = (
    "<!DOCTYPE html><title>Help</title><style>p{}</style><!-- promiscuous -->\n"
    "<h1>It&#39;s not your fault</h1>\n<p>She shows <b>risky</b>\n behaviour &amp; more.</p>\n"
    '<ul><li>streetwise</li></ul><img src="a.png" alt="A girl crying">'
)
SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\nShe was promiscuous\nand left.\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>Hello.</i>\n"


def word_file(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
    return path


def seen(path: Path) -> list[tuple[str, str, int, int]]:
    material = load_material(path)
    places = [material.place(material.seen.source_of(block.source_of(0))) for block in material.blocks]
    return [
        (block.kind, block.text, place.line, place.column)
        for block, place in zip(material.blocks, places, strict=True)
    ]


def test_a_web_page_is_read_without_comments_and_styles(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    assert seen(page) == [
        ("heading", "Help", 1, 23),
        ("heading", "It's not your fault", 2, 5),
        ("paragraph", "She shows risky behaviour & more.", 3, 4),
        ("item", "streetwise", 5, 9),
        ("alt", "A girl crying", 5, 29),
    ]


def test_subtitles_are_read_without_numbers_and_times(tmp_path: Path):
    file = tmp_path / "film.srt"
    file.write_text(SUBTITLES, "utf-8")
    assert seen(file) == [
        ("paragraph", "She was promiscuous and left.", 3, 1),
        ("paragraph", "Hello.", 8, 4),
    ]


def test_a_line_of_a_word_file_is_a_paragraph(tmp_path: Path):
    body = (
        f'<w:document {W} {WP}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Help</w:t></w:r></w:p>'
        "<w:p/><w:p><w:r><w:t>She is </w:t></w:r><w:r><w:t>streetwise.</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><wp:docPr descr="A boy"/></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    assert seen(word_file(tmp_path / "a.docx", body)) == [
        ("heading", "Help", 1, 1),
        ("paragraph", "She is streetwise.", 3, 1),
        ("item", "One", 4, 1),
        ("alt", "A boy", 5, 1),
        ("cell", "Cell", 6, 1),
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "declares entities"),
        ("<w:p", "not a Word file"),
        (f"<w:document {W}><w:body/></w:document>", "there is nothing in this file"),
    ],
)
def test_a_bad_word_file_gets_one_clear_message(tmp_path: Path, body: str, said: str):
    with pytest.raises(BadInputError, match=said):
        load_material(word_file(tmp_path / "a.docx", body))


def test_what_is_no_word_file_is_refused(tmp_path: Path):
    file = tmp_path / "a.docx"
    file.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(BadInputError, match="not a Word file"):
        load_material(file)
