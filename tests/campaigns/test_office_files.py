"""A Word file is one that a screen reader can walk through, and a workbook runs nothing. All content is simulated."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from campaigns.render import Kind, draw
from campaigns.render.figures import drawn_figure, figures_of
from campaigns.render.theme import shipped_theme
from campaigns.render.typesetting import drawn_svg
from coprod.kernel.document import (
    Bar,
    BarChart,
    Code,
    ContactCard,
    Document,
    Heading,
    ItemList,
    MapCell,
    MapRow,
    Paragraph,
    PathwayMap,
    Quote,
    Span,
    Table,
    plain,
)

CHART = BarChart(
    "How long", (Bar("A <long> label that has to be broken", 0.5, "about 5"),), "Bar chart. A: about 5."
)
MAP = PathwayMap(
    "The map",
    ("In", "On"),
    (MapRow("GP", (MapCell("Hard & slow", "hard"), MapCell("Open", "open"))),),
    "Map. GP: hard.",
)
DOCUMENT = Document(
    "A report",
    "en",
    (
        Heading(1, plain("A report")),
        Paragraph(plain("Careful with this."), "caution"),
        Heading(2, plain("Part")),
        ItemList((plain("one"), plain("two")), ordered=True),
        ItemList((plain("again"),), ordered=True),
        ItemList((plain("loose"),)),
        Table("What they said", ("Answer", "How many"), (("=HYPERLINK(1)", "about 5"), ("@sum", "-1"))),
        CHART,
        MAP,
        Quote(plain("They rang me"), "in other words"),
        ContactCard("Childline", ("0800 1111",), "free"),
        Paragraph((Span("see "), Span("this", link="https://example.org"))),
        Code("coprod demo"),
    ),
    "simulated",
    "Rounded.",
)  # fmt: skip


def word(document: Document = DOCUMENT) -> Any:
    return docx.Document(io.BytesIO(draw(document, "report-word")))


def workbook(document: Document = DOCUMENT) -> Any:
    return openpyxl.load_workbook(io.BytesIO(draw(document, "report-workbook")))


@pytest.mark.parametrize("kind", ["report-word", "report-workbook"])
def test_the_same_document_is_the_same_bytes_on_any_day(kind: Kind) -> None:
    first = draw(DOCUMENT, kind)
    assert first == draw(DOCUMENT, kind)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"202" not in parts.read("docProps/core.xml").replace(b"/2000/", b"")


def test_headings_lists_and_quotes_are_what_they_are() -> None:
    styles = [(one.style.name, one.text) for one in word().paragraphs]
    assert ("Heading 1", "A report") in styles
    assert ("Heading 2", "Part") in styles
    assert ("List Bullet", "loose") in styles
    assert ("Quote", "They rang me") in styles


def test_each_numbered_list_begins_at_one() -> None:
    numbered = [one for one in word().paragraphs if one.style.name == "List Number"]
    ids = [one._p.pPr.numPr.numId.val for one in numbered]
    assert ids[0] == ids[1] != ids[2]


def test_a_table_has_a_header_row_that_repeats_and_words_for_who_does_not_see_it() -> None:
    table = word().tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What they said"


def test_every_picture_has_its_alternative_text_and_the_file_its_language_and_title() -> None:
    file = word()
    alts = [one.get("descr") for one in file.element.iter(qn("wp:docPr"))]
    assert alts == [CHART.alt, MAP.alt]
    assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert file.core_properties.title == "A report"


def test_a_welsh_document_is_read_aloud_as_welsh() -> None:
    welsh = Document("Adroddiad", "cy", (Heading(1, plain("Adroddiad")), Paragraph(plain("Helo"))))
    assert {one.get(qn("w:val")) for one in word(welsh).styles.element.iter(qn("w:lang"))} == {"cy-GB"}


def test_a_mark_stands_at_the_top_and_on_every_page() -> None:
    file = word()
    assert file.paragraphs[0].text.startswith("Simulated")
    assert "Simulated" in file.sections[0].footer.paragraphs[0].text


def test_nothing_in_a_workbook_is_a_formula() -> None:
    book = workbook()
    assert book.sheetnames[0] == "About"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == ["=HYPERLINK(1)", "@sum", "-1"]


def test_a_workbook_has_a_sheet_for_each_table_and_figure_under_its_name() -> None:
    assert workbook().sheetnames == ["About", "What they said", "How long", "The map"]
    same = Document("T", "en", (Table("A: [b]/c?", ("x",), (("1",),)), Table("A: [b]/c?", ("x",), (("2",),))))
    names = workbook(same).sheetnames
    assert len(set(names)) == 3
    assert not set("[]:*?/\\") & set("".join(names))


def test_a_figure_stands_alone_with_its_words_and_nothing_from_elsewhere() -> None:
    for figure in figures_of(DOCUMENT):
        svg = drawn_figure(figure, shipped_theme("harbour"))
        assert 'role="img"' in svg
        assert "<title>" in svg
        assert "<desc>" in svg
        assert "<long>" not in svg
        assert "href" not in svg
        assert "style=" not in svg


def test_every_label_of_a_figure_is_drawn_and_not_only_its_boxes() -> None:
    """A family's name that the typesetter cannot read would leave every letter out without a word."""
    theme = shipped_theme("harbour")
    named = BarChart("How long", (Bar("An hour", 0.5, "about 5"),), "Bar chart.")
    nameless = replace(named, bars=(Bar("", 0.5, ""),))
    assert len(drawn_svg(drawn_figure(named, theme))) > len(drawn_svg(drawn_figure(nameless, theme))) + 1_000


def test_an_office_file_has_the_same_bytes_whatever_presses_archives_on_a_machine() -> None:
    for kind in ("report-word", "report-workbook"):
        with zipfile.ZipFile(io.BytesIO(draw(DOCUMENT, kind))) as parts:
            assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_STORED}


def test_a_word_file_carries_nothing_of_another_document_and_stays_small() -> None:
    content = draw(DOCUMENT, "report-word")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "Effects" in name]
    assert len(content) < 250_000


@pytest.mark.parametrize("kind", ["report-page", "report-pdf", "report-text"])
def test_a_map_is_drawn_in_every_other_format_too(kind: Kind) -> None:
    drawn = draw(DOCUMENT, kind)
    assert drawn == draw(DOCUMENT, kind)
    if kind != "report-pdf":
        assert b"Hard &amp; slow" in drawn or b"Hard & slow" in drawn
