"""Drawing promises teams the same file every time, and young people a page that opens for everyone."""

import base64
import hashlib
import html
import io
import itertools
import re
import subprocess
import sys
import zlib

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.render import MATERIAL_KINDS, Permit, draw
from campaigns.render.pictures import picture_from_bytes
from campaigns.render.text import message_size
from campaigns.render.theme import (
    PAIRINGS,
    contrast,
    shipped_theme,
    theme_from_text,
    theme_names,
    theme_source,
)
from coprod.kernel.document import Code, ContactCard, Document, Heading, ItemList, Paragraph, Span, plain
from coprod.kernel.problem import BadInputError, RefusedError
from tests.campaigns.sample_documents import poster, report, welsh, with_picture

PERMIT = Permit("0" * 64)
KINDS = {
    "page": poster,
    "poster-a4": poster,
    "card-square": poster,
    "text": poster,
    "sms": poster,
    "report-page": report,
    "report-pdf": report,
    "report-text": report,
}


def drawn(document, kind, folder=None, theme="harbour"):
    return draw(document, kind, folder, theme, PERMIT)


def png(wide=4, high=4):
    def chunk(name, content):
        body = name + content
        return len(content).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    rows = b"".join(b"\0" + b"\x40\x80\x80" * wide for _ in range(high))
    header = wide.to_bytes(4) + high.to_bytes(4) + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_document_gives_the_same_bytes(kind):
    assert drawn(KINDS[kind](), kind) == drawn(KINDS[kind](), kind)


def test_another_process_gives_the_same_bytes():
    """So a sign-off made on one machine can be checked on another with the same version."""
    code = (
        "import hashlib; from campaigns.render import draw, Permit; from tests.campaigns.sample_documents import *;"
        "p = Permit('0' * 64);"
        "print([hashlib.sha256(draw(d, k, None, 'harbour', p)).hexdigest() for d, k in"
        " ((poster(), 'poster-a4'), (poster(), 'card-square'), (poster(), 'page'), (report(), 'report-pdf'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    kinds = ("poster-a4", "card-square", "page", "report-pdf")
    assert done.stdout.strip() == str(
        [hashlib.sha256(drawn(KINDS[kind](), kind)).hexdigest() for kind in kinds]
    )


@pytest.mark.parametrize("kind", MATERIAL_KINDS)
def test_a_material_is_not_drawn_without_a_permit(kind):
    with pytest.raises(RefusedError, match="only by its release"):
        draw(poster(), kind)


@pytest.mark.parametrize("kind", ["report-page", "report-pdf", "report-text"])
def test_a_report_is_drawn_for_anyone(kind):
    assert draw(report(), kind)


def structure(pdf):
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for item in node:
                walk(item)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root.StructTreeRoot)
    return found


@pytest.mark.parametrize(
    ("kind", "document", "language"),
    [
        ("poster-a4", poster(), "en"),
        ("poster-a4", welsh(), "cy"),
        ("report-pdf", report(), "en"),
    ],
)
def test_a_pdf_says_its_language_and_title_and_tags_its_parts(kind, document, language):
    """Machine checks of what PDF/UA-1 asks; they do not prove that a page reads well aloud."""
    with pikepdf.open(io.BytesIO(drawn(document, kind))) as pdf:
        assert str(pdf.Root.Lang).split("-")[0] == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as about:
            assert about["dc:title"] == document.title
            assert about["pdfuaid:part"] == "1"
        kinds = [str(node.S) for node in structure(pdf)]
        assert kinds.count("/H1") == 1
        levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_pictures_and_charts_carry_their_words_into_the_pdf(tmp_path):
    (tmp_path / "friends.png").write_bytes(png())
    with pikepdf.open(io.BytesIO(drawn(with_picture("friends.png"), "poster-a4", tmp_path))) as pdf:
        figures = [node for node in structure(pdf) if str(node.S) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Two friends talking on a bench"]
    with pikepdf.open(io.BytesIO(drawn(report(), "report-pdf"))) as pdf:
        assert "Most said always." in [str(node.get("/Alt", "")) for node in structure(pdf)]
        assert {"/Table", "/TH", "/TD"} <= {str(node.S) for node in structure(pdf)}


def test_a_long_table_goes_on_over_pages_with_its_head():
    with pikepdf.open(io.BytesIO(drawn(report(rows=120), "report-pdf"))) as pdf:
        assert len(pdf.pages) > 2


@pytest.mark.parametrize("kind", ["poster-a4", "card-square"])
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Heading(1, plain("A")),),
        (Heading(1, plain("A")), Paragraph(plain("Only a lead."))),
        (Heading(1, plain("A")), ItemList(())),
        (ContactCard("Childline", ()),),
        (
            Heading(1, plain("Words " * 12)),
            ContactCard("C", ("Call 0800 1111",)),
            ContactCard("D", ("Call 999",)),
        ),
    ],
)
def test_empty_parts_leave_no_failure(kind, theme, blocks):
    assert drawn(Document("Title", "en", blocks), kind, theme=theme)


def test_a_poster_is_one_a4_page_and_a_card_1080_dots():
    with pikepdf.open(io.BytesIO(drawn(poster(), "poster-a4"))) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 595, 842]
    card = drawn(poster(), "card-square")
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (1080, 1080)


@pytest.mark.parametrize("kind", ["poster-a4", "card-square"])
def test_text_that_cannot_fit_is_refused_and_never_cut(kind):
    """A poster with half a sentence on it could say the opposite of what was signed."""
    words = plain("This is far too much for a page. " * 300)
    too_long = poster(blocks=(Heading(1, plain("Too long")), Paragraph(words), Paragraph(words)))
    with pytest.raises(BadInputError, match="does not fit"):
        drawn(too_long, kind)


@pytest.mark.parametrize("kind", ["poster-a4", "card-square", "report-pdf"])
def test_a_flood_of_text_is_refused_before_it_is_measured(kind):
    with pytest.raises(BadInputError, match="does not fit"):
        drawn(poster(blocks=(Heading(1, plain("Hi")), Paragraph(plain("word " * 400_000)))), kind)


def test_a_jpeg_is_read_by_its_frame_and_a_broken_one_is_refused():
    head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + (30).to_bytes(2) + (40).to_bytes(2) + bytes(8)
    picture = picture_from_bytes(head, "x.jpg")
    assert (picture.form, picture.wide, picture.high) == ("jpg", 40, 30)
    for content in (b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00" * 9, head[:12]):
        with pytest.raises(BadInputError, match="not a PNG or JPEG"):
            picture_from_bytes(content, "x.jpg")


@pytest.mark.parametrize("kind", ["poster-a4", "card-square"])
def test_a_title_word_wider_than_the_page_is_refused(kind):
    word = "Ŵ" * 90
    with pytest.raises(BadInputError, match="does not fit"):
        drawn(poster(blocks=(Heading(1, plain(word)),)), kind)


WORD_BOX = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>'
)


def word_boxes(content):
    """Give each word a PDF shows with its box: left, top, right, bottom, in points."""
    command = ["pdftotext", "-bbox", "-", "-"]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    found = WORD_BOX.findall(done.stdout.decode())
    return [(html.unescape(word), *(float(side) for side in box)) for *box, word in found]


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("repeat", [0, 1, 3, 6, 9])
def test_no_word_of_a_poster_is_lost_cut_or_printed_over_another(theme, repeat):
    """However much there is to say, every word stands on the page, inside its edges, on a line of its own."""
    filler = tuple(
        Paragraph(plain(f"Paragraph {number} says a little more about what people can do next."))
        for number in range(repeat)
    )
    document = poster(blocks=(*poster().blocks, *filler), mark="simulated")
    boxes = word_boxes(drawn(document, "poster-a4", theme=theme))
    shown = " ".join(word for word, *_ in boxes)
    for words in (
        "It is never your fault",
        "0800 1111",
        "85258",
        "ABCD-EFGH",
        "Simulated",
        "Ask what will happen first.",
    ):
        assert words in shown
    assert shown.count("says a little more") == repeat
    for _, left, top, right, bottom in boxes:
        assert left >= 40
        assert right <= 556
        assert top >= 0
        assert bottom <= 842
    for one, other in itertools.combinations(boxes, 2):
        wide = min(one[3], other[3]) - max(one[1], other[1])
        high = min(one[4], other[4]) - max(one[2], other[2])
        assert wide <= 1 or high <= 0.35 * min(one[4] - one[2], other[4] - other[2]), (one, other)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(st.sampled_from("abcdefghij ŵŷ'-"), min_size=1, max_size=70), min_size=1, max_size=8))
def test_whatever_fits_stays_on_one_page(texts):
    document = poster(blocks=(Heading(1, plain("Title")), *(Paragraph(plain(text)) for text in texts)))
    with pikepdf.open(io.BytesIO(drawn(document, "poster-a4"))) as pdf:
        assert len(pdf.pages) == 1


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "{{ cycler.__init__.__globals__ }}",
    "{% for x in y %}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "$ x^2 $ *bold* _it_ `raw` @ref <label>",
    "\\u{41} // comment /* c */",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_printed_as_words(words):
    page = drawn(
        poster(blocks=(Heading(1, plain(words)), Paragraph(plain(words)), Code(words))), "page"
    ).decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script>") == 1
    text = drawn(poster(title=words, blocks=(Paragraph(plain(words)),)), "text").decode()
    assert words in text
    assert drawn(poster(title=words, blocks=(Heading(1, plain("Hi")), Paragraph(plain(words)))), "poster-a4")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://plain.example",
        "vbscript:x",
        'https://a.example/"onclick=x',
        "JAVASCRIPT:alert(1)",
        " https://a.example",
        "//a.example",
        "https://a.example\n",
    ],
)
def test_a_link_that_could_do_harm_is_dropped_and_its_words_stay(link):
    page = drawn(
        poster(blocks=(Heading(1, plain("Hi")), Paragraph((Span("press", link=link),)))), "page"
    ).decode()
    assert "press" in page
    assert re.findall(r'href="([^"]*)"', page) == ["#text", "https://www.bbc.co.uk/weather"]


def test_a_web_page_asks_nothing_of_the_network_and_can_be_left():
    page = html.unescape(drawn(poster(), "page").decode())
    assert "default-src 'none'" in page
    assert not re.search(r"<link|@import|url\(|src=\"(?!data:)|<iframe|<form", page)
    for wanted in (
        '<html lang="en" class="leaves">',
        "<title>It is never your fault</title>",
        'class="skip"',
        "<main",
        "<header",
        "<nav",
        "<footer",
        'id="leave"',
    ):
        assert wanted in page
    assert page.count("<h1") == 1
    assert "young people being sexually exploited" in page


def test_a_page_in_welsh_is_in_welsh_and_says_that_it_is_a_draft():
    page = drawn(welsh(), "page").decode()
    assert '<html lang="cy"' in page
    assert "Gadael y dudalen hon" in page
    assert "Drafft" in page


def test_the_mark_stands_on_every_page_of_a_report():
    content = drawn(report(rows=120), "report-pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    assert pages > 2
    assert "Simulated: made-up people" in drawn(report(), "report-page").decode()
    assert "SIMULATED" in drawn(report(), "report-text").decode()


@pytest.mark.parametrize(
    "source",
    [
        "../secret.png",
        "/etc/passwd",
        "https://a.example/x.png",
        "a/../../secret.png",
        "file:///etc/passwd",
        "..\\secret.png",
        "data:image/png;base64,AAAA",
        "linked.png",
        "",
        "a//b.png",
        ".hidden.png",
    ],
)
def test_a_picture_outside_the_folder_is_refused(tmp_path, source):
    (tmp_path / "secret.png").write_bytes(png())
    inside = tmp_path / "material"
    inside.mkdir()
    (inside / "linked.png").symlink_to(tmp_path / "secret.png")
    for kind in ("page", "poster-a4"):
        with pytest.raises(BadInputError, match="own folder"):
            drawn(with_picture(source), kind, inside)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>", "not a PNG or JPEG"),
        (b"", "not a PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\nxxxx", "not a PNG or JPEG"),
        (png(1, 1)[:30], "damaged"),
        (
            b"\x89PNG\r\n\x1a\n"
            + (13).to_bytes(4)
            + b"IHDR"
            + (90_000).to_bytes(4)
            + (90_000).to_bytes(4)
            + bytes(9),
            "dots",
        ),
    ],
)
def test_a_file_that_is_no_picture_is_refused(tmp_path, content, why):
    (tmp_path / "picture.png").write_bytes(content)
    with pytest.raises(BadInputError, match=why):
        drawn(with_picture("picture.png"), "poster-a4", tmp_path)


def test_a_picture_without_words_is_refused(tmp_path):
    (tmp_path / "picture.png").write_bytes(png())
    with pytest.raises(BadInputError, match="do not see it"):
        drawn(with_picture("picture.png", alt=" "), "page", tmp_path)


def test_an_emoji_is_named_and_a_letter_no_font_has_is_refused():
    """An empty box on a poster could stand where the number was."""
    if content := drawn(
        poster(blocks=(Heading(1, plain("Hi")), Paragraph(plain("Well done 👍🏽 ❤️")))), "poster-a4"
    ):
        assert content
    with pytest.raises(BadInputError, match="arabic letter ain"):
        drawn(poster(title="ع", blocks=(Heading(1, plain("ع")),)), "poster-a4")


@pytest.mark.parametrize("theme", theme_names())
def test_every_pair_of_colours_in_a_theme_is_readable(theme):
    colours = msgspec.to_builtins(shipped_theme(theme).colours)
    for pairing in PAIRINGS:
        assert contrast(colours[pairing.front], colours[pairing.back]) >= pairing.least, pairing


@pytest.mark.parametrize("theme", theme_names())
def test_words_over_a_motif_stay_readable(theme):
    """The faint shapes behind the title are blended with the field as the layouts blend them."""
    colours = msgspec.to_builtins(shipped_theme(theme).colours)

    def over(front, back, share):
        pair = zip(
            *((int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (front, back)), strict=True
        )
        return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pair)

    blends = {
        "circles": [("third", 0.16), ("third", 0.20)],
        "hills": [("second", 0.24), ("second", 0.32)],
        "rays": [("third", 0.12), ("accent", 0.12), ("third", 0.12)],
    }[shipped_theme(theme).motif]
    field = colours["hero"]
    for name, share in blends:
        field = over(colours[name], field, share)
        assert contrast(colours["on_hero"], field) >= 4.5


def test_black_on_white_is_the_most_contrast_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_theme_that_is_hard_to_read_is_refused_with_every_pair_named():
    text = theme_source("harbour").replace('ink: "#16282c"', 'ink: "#cccccc"')
    with pytest.raises(BadInputError) as refused:
        theme_from_text(text, "mine.yaml")
    assert len(refused.value.problems) == 2
    with pytest.raises(BadInputError, match="not a colour"):
        theme_from_text(theme_source("harbour").replace("#16282c", "#zzzzzz"), "mine.yaml")


@pytest.mark.parametrize(
    ("text", "alphabet", "parts"),
    [
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("ŵ" * 70, "UCS-2", 1),
        ("ŵ" * 71, "UCS-2", 2),
        ("a" * 307, "GSM-7", 3),
    ],
)
def test_a_text_message_is_counted_as_networks_count(text, alphabet, parts):
    size = message_size(text)
    assert (size.alphabet, size.parts) == (alphabet, parts)


def test_a_text_message_that_is_too_long_is_refused():
    with pytest.raises(BadInputError, match="messages"):
        drawn(poster(blocks=(Heading(1, plain("Hi")), Paragraph(plain("word " * 120)))), "sms")


def test_the_policy_of_a_page_lets_in_exactly_its_own_style_and_script():
    page = html.unescape(drawn(poster(), "page").decode())
    for name in ("style", "script"):
        (content,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in page
    assert "<script" not in drawn(report(), "report-page").decode()


def test_the_warning_comes_before_the_words_it_warns_of():
    """A young person who does not want to read on has read nothing but the title."""
    lead = "The first words of the text."
    blocks = (Heading(1, plain("Hello")), Paragraph(plain(lead), role="lead"), Paragraph(plain("More.")))
    page = drawn(poster(blocks=blocks), "page").decode()
    body = page[page.index("<body") :]
    assert body.count(lead) == 1
    assert body.index('class="note"') < body.index(lead)
