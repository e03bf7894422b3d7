"""Web pages, Word files and subtitles are read as their readers see them, with places in the original."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from campaigns.checking.check import check_material
from campaigns.materials.material import load_material
from coprod.kernel.contacts import shipped_contacts
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


def pdf(path: Path, *pages: str, password: str = "") -> Path:
    """Write a PDF with a line of text on each page."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(400, 400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 300 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = content
    if password:
        writer.encrypt(password)
    writer.write(path)
    return path


def test_a_pdf_is_read_page_by_page(tmp_path: Path):
    material = load_material(pdf(tmp_path / "a.pdf", "A good page.", "She made poor choices."))
    (finding,) = check_material(
        material, shipped_contacts(), {}, date(2026, 11, 22), "professionals"
    ).findings
    assert (finding.rule, finding.page, finding.line, finding.text) == ("risky-choices", 2, 2, "poor choices")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: pdf(path, "", ""), "holds no text"),
        (lambda path: pdf(path, "Hello.", password="secret"), "locked with a password"),
        (lambda path: pdf(path, *["Hello."] * 201), "has 201 pages"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nnothing") and path, "not a PDF that can be read"),
    ],
)
def test_a_pdf_that_cannot_be_read_gets_one_clear_message(tmp_path: Path, make, said):
    with pytest.raises(BadInputError) as caught:
        load_material(make(tmp_path / "a.pdf"))
    assert len(caught.value.problems) == 1
    assert said in str(caught.value)


def test_a_pdf_that_unpacks_to_far_more_than_it_is_is_refused(tmp_path: Path):
    path = pdf(tmp_path / "a.pdf", "Hello.")
    writer = PdfWriter(clone_from=path)
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf (" + b"a" * 1_500_000 + b") Tj ET")
    writer.pages[0][NameObject("/Contents")] = stream.flate_encode()
    writer.write(path)
    assert path.stat().st_size < 20_000
    with pytest.raises(BadInputError, match=r"too large when unpacked|holds no text"):
        load_material(path)
