"""What a team is promised of every format: nothing lost, nothing cut, nothing made up, and one clear message when it cannot be."""

import io
import itertools
import re
import subprocess

import docx
import pikepdf
import pytest
from msgspec.structs import replace

from campaigns.materials.material import parse_material
from campaigns.materials.material_document import material_document
from campaigns.releasing.artist import Artist
from campaigns.releasing.gate import Case
from campaigns.render import Permit, draw
from campaigns.render.camera_code import camera_code
from campaigns.render.easyread import SYMBOLS, easy_rows
from campaigns.render.glyphs import breakable
from campaigns.render.theme import theme_names
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.document import Document, Heading, ItemList, Paragraph, Table, plain
from coprod.kernel.problem import BadInputError
from tests.campaigns.sample_documents import CONTACTS, poster, welsh
from tests.campaigns.test_drawing import structure, word_boxes

PERMIT = Permit("0" * 64)
PDFS = {
    "poster-a4": [(595, 842)],
    "poster-a3": [(842, 1191)],
    "leaflet": [(842, 595)] * 2,
    "large-print": [(595, 842)],
    "easy-read": [(595, 842)],
    "bilingual": [(595, 842)],
}
PICTURES = {"card-square": (1080, 1080), "card-wide": (1200, 630)}
ADDRESS = "https://riverside.example/not-your-fault"
LONG_WORDS = Document(
    "Gwrthgyfansoddiadolrwydd",
    "cy",
    (
        Heading(1, plain("Gwrthgyfansoddiadolrwydd ym Mhenrhyndeudraeth")),
        Paragraph(plain("Tŷ a gŵyr.")),
        Heading(2, plain("Cyfrifiadureiddiedig a gwrthchwyldroadwyr")),
        ItemList((plain("Llanfairpwllgwyngyll a chyfrifoldebau."), plain("Anghyfansoddiadolrwydd."))),
        *CONTACTS,
    ),
    mark="draft",
    footer="Riverside · cod ABCDE-FGHJK",
)
SHORT = Document("Hi", "en", (Heading(1, plain("Hi")),))
FULL = poster(mark="simulated", more_at=ADDRESS, key_lines=("It is never your fault.", "Keep these numbers."))
SAMPLES = {
    "full": FULL,
    "long words": LONG_WORDS,
    "short": SHORT,
    "all marks": replace(
        LONG_WORDS,
        mark="override, simulated, draft",
        footer="Gwasanaeth Pobl Ifanc Glan yr Afon · adolygwyd y testun Saesneg gyda phobl ddychmygol · cod ABCDE-FGHJK",
    ),
    "no contacts": poster(blocks=poster().blocks[:4]),
}


def drawn(document, kind, theme="harbour", beside=None):
    return draw(document, kind, None, theme, PERMIT, beside)


def test_a_leaflet_with_nothing_inside_is_refused():
    with pytest.raises(BadInputError, match="too little text"):
        drawn(SHORT, "leaflet")


@pytest.mark.parametrize(
    ("kind", "sample"), [pair for pair in itertools.product(PDFS, SAMPLES) if pair != ("leaflet", "short")]
)
def test_every_pdf_has_the_size_it_says_and_passes_the_machine_checks(kind, sample):
    """Machine checks of what PDF/UA-1 asks; they do not prove that a page reads well aloud."""
    document = SAMPLES[sample]
    with pikepdf.open(io.BytesIO(drawn(document, kind))) as pdf:
        sizes = [tuple(round(float(side)) for side in page.mediabox)[2:] for page in pdf.pages]
        assert sizes[: len(PDFS[kind])] == PDFS[kind]
        assert len(pdf.pages) == len(PDFS[kind]) or kind in {"large-print", "easy-read", "bilingual"}
        assert str(pdf.Root.Lang).split("-")[0] == document.language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as about:
            assert about["dc:title"] == document.title
            assert about["pdfuaid:part"] == "1"
        kinds = [str(node.S) for node in structure(pdf)]
        assert kinds.count("/H1") == 1
        levels = [int(name[2:]) for name in kinds if re.fullmatch(r"/H\d", name)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        figures = [node for node in structure(pdf) if str(node.S) == "/Figure"]
        assert all(str(figure.Alt).strip() for figure in figures)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("kind", PDFS)
@pytest.mark.parametrize("sample", ["full", "long words", "all marks"])
def test_every_word_stands_whole_inside_the_page(kind, theme, sample):
    boxes = word_boxes(drawn(SAMPLES[sample], kind, theme))
    wide, high = PDFS[kind][0]
    shown = re.sub(r"[\s\u00ad-]", "", "".join(word for word, *_ in boxes))
    for block in SAMPLES[sample].blocks:
        inlines = block.items if isinstance(block, ItemList) else (getattr(block, "inline", ()),)
        for text in ("".join(span.text for span in inline) for inline in inlines):
            assert re.sub(r"[\s\u00ad-]", "", text) in shown, text
    for way in ("08001111", "85258"):
        assert way in shown
    for word, left, top, right, bottom in boxes:
        assert left >= 14, word
        assert right <= wide - 14, word
        assert top >= 0, word
        assert bottom <= high, word


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("theme", theme_names())
def test_a_card_has_exactly_its_dots(kind, sample, theme):
    card = drawn(SAMPLES[sample], kind, theme)
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == PICTURES[kind]


@pytest.mark.parametrize("kind", [*PDFS, *PICTURES, "lesson-pack", "text", "page"])
def test_the_same_text_gives_the_same_bytes_in_every_format(kind):
    assert drawn(FULL, kind) == drawn(FULL, kind)


@pytest.mark.parametrize("kind", ["poster-a4", "poster-a3", "leaflet", *PICTURES])
def test_too_much_text_is_refused_and_the_message_says_what_to_shorten(kind):
    words = plain("This part says far too much. " * 120)
    too_long = poster(blocks=(Heading(1, plain("Hi")), *(Paragraph(words) for _ in range(5))))
    with pytest.raises(BadInputError, match=r"does not fit.*begins “This part says far too much\.”"):
        drawn(too_long, kind)


@pytest.mark.parametrize("kind", [*PDFS, *PICTURES])
def test_a_flood_of_text_is_refused_before_it_is_measured(kind):
    flood = poster(blocks=(Heading(1, plain("Hi")), Paragraph(plain("word " * 2_000_000))))
    with pytest.raises(BadInputError, match="does not fit"):
        drawn(flood, kind)


@pytest.mark.needs("pdftotext")
def test_large_print_has_no_type_under_eighteen_points():
    with_words = drawn(FULL, "large-print")
    listed = subprocess.run(
        ["pdftotext", "-bbox-layout", "-", "-"], input=with_words, capture_output=True, check=True
    ).stdout.decode()
    heights = [
        float(bottom) - float(top)
        for top, bottom in re.findall(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)"', listed)
    ]
    assert heights
    assert min(heights) >= 18


def test_a_code_for_a_camera_holds_the_address_and_nothing_else():
    svg = camera_code(ADDRESS)
    assert "href" not in svg
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "path"}
    assert camera_code(ADDRESS) == svg != camera_code(ADDRESS + "/x")


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("kind", ["poster-a4", "leaflet", "large-print", "easy-read", "bilingual"])
def test_a_code_for_a_camera_has_its_address_in_words_beside_it_and_an_alternative(kind):
    content = drawn(FULL, kind)
    shown = "".join(word for word, *_ in word_boxes(content))
    assert "riverside.example/not-your-fault" in shown.replace("\u00ad", "")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        alternatives = [str(node.Alt) for node in structure(pdf) if str(node.S) == "/Figure"]
    assert f"A code for a phone's camera. It opens {ADDRESS}." in alternatives


def test_page_and_text_give_the_address_as_a_link_and_in_words():
    assert f'href="{ADDRESS}"' in drawn(FULL, "page").decode()
    assert ADDRESS in drawn(FULL, "text").decode()
    assert ADDRESS in drawn(replace(FULL, blocks=FULL.blocks[:1]), "sms").decode()
    paragraphs = docx.Document(io.BytesIO(drawn(FULL, "lesson-pack"))).element.xpath("string()")
    assert "riverside.example/not-your-fault" in paragraphs


@pytest.mark.parametrize(
    "address",
    ["http://riverside.example", "javascript:alert(1)", "https://a.example/'x", "file:///etc/passwd"],
)
def test_an_address_that_is_not_a_safe_one_is_refused_where_it_is_written(address):
    with pytest.raises(BadInputError, match="begins with https://"):
        parse_material(MATERIAL.replace("review_by", f'more_at: "{address}"\nreview_by'), "m.md")


MATERIAL = """---
format: 1
title: It is never your fault
audience: young-people
nation: wales
languages: [en, cy]
contacts: [childline, meic]
content_note: This talks about harm.
review_by: 2028-03-31
---
# It is never your fault

You are strong.

## What you can do

- Keep these numbers.

## Easy read

❤️ It is never your fault.

### What you can do

- 📞 You can call. It is free.

# Nid dy fai di yw hyn byth

Rwyt ti'n gryf.

## Beth galli di ei wneud

- Cadwa'r rhifau hyn.
"""


def artist(text=MATERIAL, **front):
    material = parse_material(text, "m.md")
    case = Case(material, None, shipped_contacts(), {}, None, service="Riverside")
    return Artist(case, replace(material.front, **front), PERMIT, "ABCDE-FGHJK")


@pytest.mark.needs("pdftotext")
def test_both_languages_stand_on_one_sheet_and_only_the_welsh_is_a_draft_until_somebody_has_read_it():
    for read_by, is_draft in (("", True), ("A. Reader", False)):
        content = artist(read_by=read_by).bilingual()
        shown = " ".join(word for word, *_ in word_boxes(content))
        for words in ("never your", "Nid dy fai", "Call 0800 1111", "Ffonio 0800 1111", "ABCDE-FGHJK"):
            assert words in shown
        assert ("Drafft" in shown) == is_draft
        assert "Draft" not in shown
        with pikepdf.open(io.BytesIO(content)) as pdf:
            spoken = {str(node.Lang).split("-")[0] for node in structure(pdf) if "/Lang" in node}
            assert "cy" in spoken
            assert len(pdf.pages) == 1


@pytest.mark.needs("pdftotext")
def test_languages_with_other_sections_come_in_turn():
    longer = MATERIAL + "\n## Mwy\n\nRhagor o eiriau.\n"
    with pikepdf.open(io.BytesIO(artist(longer).bilingual())) as pdf:
        assert len(pdf.pages) == 2


def test_a_bilingual_sheet_of_one_language_is_refused():
    english = MATERIAL.split("# Nid", maxsplit=1)[0].replace("[en, cy]", "[en]")
    with pytest.raises(BadInputError, match="needs two languages"):
        artist(english).bilingual()


def test_a_material_that_names_a_language_it_lacks_is_refused_with_its_place():
    with pytest.raises(BadInputError, match="`languages` names 2") as refused:
        parse_material(MATERIAL.split("# Nid", maxsplit=1)[0], "m.md")
    assert refused.value.problems[0].line == 6


def test_nobody_s_words_are_made_simpler_by_a_machine():
    without = MATERIAL.replace("## Easy read", "## More")
    with pytest.raises(BadInputError, match="does not simplify anybody's words"):
        artist(without).drawn("easy-read", "en")
    with pytest.raises(BadInputError, match="no easy read"):
        artist().drawn("easy-read", "cy")
    assert artist().drawn("easy-read", "en")


def test_the_easy_read_stands_in_no_other_format():
    text = artist().drawn("text", "en").decode()
    assert "You can call. It is free." not in text
    assert "You are strong." in text


def test_an_easy_read_sentence_of_more_than_fifteen_words_is_refused_and_shown():
    long = Paragraph(plain("This sentence goes on and on and on and on and on and on and on and on."))
    with pytest.raises(BadInputError, match="has 18 words: “This sentence"):
        easy_rows((long,), "m.md")
    with pytest.raises(BadInputError, match="a table"):
        easy_rows((Table("", ("a",), ()),), "m.md")


def test_a_sign_that_begins_a_line_becomes_a_symbol_and_leaves_the_words():
    rows = easy_rows((Paragraph(plain("❤️ It is never your fault.")), Paragraph(plain("No sign."))), "m.md")
    assert [(row.symbol, row.lines[0][0].text) for row in rows] == [
        ("heart", "It is never your fault."),
        ("", "No sign."),
    ]
    signs = "\n\n".join(f"{sign} Words for {name}." for sign, name in SYMBOLS.items())
    material = parse_material(MATERIAL.replace("❤️ It is never your fault.", signs), "m.md")
    assert drawn(material_document(material, use="easy-read"), "easy-read")


def test_a_welsh_title_is_the_title_of_the_welsh_files():
    with pikepdf.open(io.BytesIO(artist().drawn("poster-a4", "cy"))) as pdf, pdf.open_metadata() as about:
        assert about["dc:title"] == "Nid dy fai di yw hyn byth"


@pytest.mark.parametrize("kind", ["page", "text", "large-print", "poster-a4", "leaflet"])
def test_the_code_to_check_by_stands_in_every_file_of_words(kind):
    content = artist().drawn(kind, "en")
    if content.startswith(b"%PDF"):
        content = subprocess.run(
            ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
        ).stdout
    assert b"ABCDE-FGHJK" in content


def test_a_long_word_breaks_within_itself_and_never_before_its_comma():
    assert breakable("gwrthgyfansoddiadolrwydd, rhan") == "gwrthgyfansoddiadolrwydd, rhan"
    long = breakable("(llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch.)")
    assert long.endswith("ch.)")
    assert "\u200b" not in long
    assert long.count("\u00ad") == 4
    assert all(len(part) <= 24 for part in breakable("." * 200).split("\u200b"))
    assert breakable("https://a-b.example/c?d=e&f=some-more-words.").count("\u200b") > 5


@pytest.mark.needs("pdftotext")
def test_help_is_not_torn_apart_in_large_print():
    """Nobody should have to turn the page for the last number, and no page holds the service's name alone."""
    lines = ItemList(tuple(plain(f"Line {number} of what you can do.") for number in range(24)))
    content = drawn(poster(blocks=(*poster().blocks[:3], lines, *CONTACTS)), "large-print")
    told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
    pages = told.decode().split("\f")
    with_help = [page for page in pages if "0800 1111" in page]
    assert len(with_help) == 1
    assert "85258" in with_help[0]
    assert "code ABCD-EFGH" in with_help[0]


def test_a_text_message_says_the_message_who_to_call_and_whose_it_is_in_both_languages():
    for language, code in (("en", "code ABCDE-FGHJK"), ("cy", "cod ABCDE-FGHJK")):
        said = artist(message="You are strong.").drawn("sms", language).decode()
        assert "0800 1111" in said
        assert said.rstrip().endswith(f"Riverside - {code}")
    assert "You are strong." in artist(message="You are strong.").drawn("sms", "en").decode()


def test_a_text_message_that_costs_too_much_names_the_letters_that_make_it_dear():
    with pytest.raises(BadInputError, match="because ŵ, ŷ would not fit into the short alphabet"):
        drawn(poster(blocks=(Heading(1, plain("ŵŷ " * 90)),)), "sms")


def test_welsh_letters_are_all_there():
    assert drawn(welsh(), "card-wide")


@pytest.mark.needs("pdftotext")
def test_a_long_address_is_printed_whole_or_refused():
    long = "https://" + "a" * 60 + ".example/one-two/three"
    shown = "".join(word for word, *_ in word_boxes(drawn(replace(FULL, more_at=long), "poster-a4")))
    assert long.removeprefix("https://") in shown
    with pytest.raises(BadInputError, match="does not fit"):
        drawn(replace(FULL, more_at="https://" + "m" * 80 + "/x"), "leaflet")
