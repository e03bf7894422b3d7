"""What somebody who stands in front of a room is promised of slides: nothing lost, nothing cut, help last, sources at hand."""

import io
import itertools
import zipfile
from datetime import date

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from pptx.util import Pt

from campaigns.materials.material import Claim, parse_material
from campaigns.releasing.artist import Artist, sourced
from campaigns.releasing.gate import Case
from campaigns.render import Permit, draw
from campaigns.render.dealing import Piece, dealt, first_sentence
from campaigns.render.deck import BODY_HIGH, both, slides_of
from campaigns.render.theme import theme_names
from campaigns.render.widths import lines_of, width_of
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.document import (
    ContactCard,
    Document,
    Heading,
    Image,
    ItemList,
    Paragraph,
    Quote,
    Sourced,
    Span,
    Table,
    plain,
    text_of,
)
from coprod.kernel.problem import BadInputError
from tests.campaigns.sample_documents import CONTACTS, poster, report, with_picture
from tests.campaigns.test_drawing import png
from tests.campaigns.test_formats import ADDRESS, FULL, LONG_WORDS, MATERIAL

PERMIT = Permit("0" * 64)
HOSTILE = "</a:t><a:t>{{ 7*7 }} ]]> & <script> \u202egnol\u202c \x1b[2J {% raw %} =cmd|' /C calc'!A0"
LONG = Document(
    "A day of training",
    "en",
    (
        Heading(1, plain("A day of training")),
        Paragraph(plain("This talks about harm. You can stop at any time."), "caution"),
        Paragraph(plain("Welcome to this day. It is about listening to young people.")),
        Heading(2, plain("An empty part")),
        Heading(2, plain("What we agree on")),
        Paragraph(plain("Agree on this together:")),
        ItemList(
            tuple(plain(f"Rule {n} of many, said in enough words to need two lines of a slide, as rules do.") for n in range(1, 15)),
            ordered=True,
        ),
        Heading(2, plain("The day")),
        Table("", ("When", "What"), tuple((f"{n}", "Something that takes a while to say") for n in range(30))),
        Quote(plain("Somebody listened."), "simulated"),
        *CONTACTS,
    ),
    mark="draft",
    footer="Riverside · code ABCDE-FGHJK",
    more_at=ADDRESS,
)  # fmt: skip


def drawn(document, theme="harbour", folder=None, beside=None, kind="slides"):
    return draw(document, kind, folder, theme, PERMIT, beside)


def opened(content):
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def words_on(slide):
    shown = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            shown.append(shape.text_frame.text)
        if shape.has_table:
            shown += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(" ".join(shown).split())


@pytest.mark.parametrize("document", [FULL, LONG, LONG_WORDS, report(), Document("Hi", "en", ())])
def test_every_slide_has_a_title_of_its_own_where_programs_look_for_it(document):
    titles = [slide.shapes.title.text_frame.text for slide in opened(drawn(document))]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in opened(drawn(document)):
        assert next(iter(slide.shapes)).shape_id == slide.shapes.title.shape_id


def test_the_content_note_comes_first_and_help_last():
    first, *_, last = opened(drawn(LONG))
    assert "You can stop at any time." in words_on(first)
    for contact in CONTACTS:
        assert contact.name in words_on(last)
        assert contact.reach[0] in words_on(last)
    assert "riverside.example/not-your-fault" in words_on(last)


def test_a_content_note_too_long_for_the_first_slide_has_the_second_to_itself():
    long = Paragraph(plain("This talks about harm that was done to young people. " * 8), "caution")
    slides = slides_of(replace(LONG, blocks=(LONG.blocks[0], long, *LONG.blocks[2:])))
    assert [slide.title for slide in slides[:2]] == ["A day of training", "Before you read"]
    assert "harm" in text_of(slides[1].pieces[0].inline)


def test_no_word_is_lost_and_their_order_is_kept():
    shown = "".join(" ".join(map(words_on, opened(drawn(LONG)))).split())
    at = 0
    for number in range(1, 15):
        at = shown.index(f"Rule{number}ofmany", at)
    for words in (
        "Welcome to this day.",
        "It is about listening",
        "Agree on this together:",
        "Somebody listened.",
    ):
        assert "".join(words.split()) in shown


def test_a_list_that_goes_on_counts_on_and_its_first_line_stays_with_it():
    slides = [slide for slide in slides_of(LONG) if slide.title.startswith("What we agree on")]
    numbers = [[piece.number for piece in slide.pieces if piece.kind == "number"] for slide in slides]
    assert list(itertools.chain(*numbers)) == list(range(1, 15))
    assert len(slides) > 1
    for slide in slides:
        assert not text_of(slide.pieces[-1].inline).endswith(":")
    assert b'startAt="' in zipfile.ZipFile(io.BytesIO(drawn(LONG))).read("ppt/slides/slide5.xml")


def test_the_opening_sentence_is_the_message_of_its_slide():
    assert [slide.title for slide in slides_of(LONG)][:1] == ["A day of training"]
    wordy = replace(LONG, blocks=(LONG.blocks[0], Paragraph(plain("One thing. " + "And so on. " * 40))))
    assert slides_of(wordy)[1].title == "One thing."
    strong = (Span("One thing. ", strong=True), Span("Two."))
    assert first_sentence(strong, 90) == ("", strong)


@given(
    st.lists(
        st.tuples(st.sampled_from(["paragraph", "item", "number", "quote", "small", "code"]), st.text("aW .:\n", max_size=900)),
        max_size=6,
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_dealing_out_loses_nothing_and_fills_no_slide_beyond_its_edge(told):
    pieces = [
        Piece((Span(text[: len(text) // 2]), Span(text[len(text) // 2 :], strong=True)), kind)
        for kind, text in told
    ]
    slides = dealt(pieces, BODY_HIGH)
    shown = "".join(text_of(piece.inline) for slide in slides for piece in slide)
    assert shown == "".join(text for _, text in told)
    for slide in slides:
        assert sum(piece.high for piece in slide) <= BODY_HIGH + 0.01


@pytest.mark.parametrize(
    "document", [FULL, LONG, LONG_WORDS, report(), poster(mark="override, simulated, draft")]
)
@pytest.mark.parametrize("theme", theme_names())
def test_nothing_leaves_the_slide_or_lies_on_something_else(document, theme):
    for slide in opened(drawn(document, theme)):
        boxes = []
        for shape in slide.shapes:
            left, top, right, bottom = (
                shape.left,
                shape.top,
                shape.left + shape.width,
                shape.top + shape.height,
            )
            assert left >= 0
            assert top >= 0
            assert right <= Pt(960)
            assert bottom <= Pt(540)
            if shape.name != "Edge":
                boxes.append((shape.name, left, top, right, bottom))
        for one, other in itertools.combinations(boxes, 2):
            apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
            assert apart, (one[0], other[0])


def test_long_welsh_words_are_never_cut_in_a_title():
    for slide in opened(drawn(LONG_WORDS)):
        run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        room = 650 if slide.slide_layout.name == "Opening" else 780
        assert all(width_of(word, run.font.size.pt, strong=True) <= room for word in run.text.split())
    never = "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
    with pytest.raises(BadInputError, match="too long for a slide"):
        drawn(poster(blocks=(Heading(1, plain(never)),)))


def test_every_word_says_its_language_and_both_languages_come_in_turn():
    welsh = replace(LONG_WORDS, blocks=(*LONG_WORDS.blocks[:2], *LONG_WORDS.blocks[4:]))
    english = poster(blocks=(Heading(1, plain("Hi")), Paragraph(plain("A lead.")), *CONTACTS))
    content = drawn(english, beside=welsh, kind="slides-bilingual")
    languages = []
    for slide in opened(content):
        found = {run.get("lang") for run in slide.element.iter("{*}rPr")}
        assert len(found) == 1
        languages += found
    assert languages == ["en-GB", "cy-GB", "en-GB", "cy-GB"]


def test_languages_with_other_parts_come_one_after_the_other():
    first, second = slides_of(LONG), slides_of(LONG_WORDS)
    assert both(first, second) == (*first, *second)


def test_a_picture_has_its_words_and_what_only_decorates_says_so(tmp_path):
    (tmp_path / "friends.png").write_bytes(png())
    content = drawn(with_picture("friends.png"), folder=tmp_path)
    described = [
        shape.element.xpath(".//p:cNvPr/@descr")
        for slide in opened(content)
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert described == [["Two friends talking on a bench"]]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"adec:decorative" in parts.read("ppt/slideLayouts/slideLayout1.xml")


def test_a_table_has_a_head_on_every_slide_it_goes_on_over():
    tables = [shape.table for slide in opened(drawn(LONG)) for shape in slide.shapes if shape.has_table]
    assert len(tables) > 1
    for table in tables:
        assert table.first_row
        assert [cell.text for cell in table.rows[0].cells] == ["When", "What"]
    assert [row.cells[0].text for table in tables for row in list(table.rows)[1:]] == [
        str(n) for n in range(30)
    ]


def test_each_claim_stands_in_the_notes_of_the_slide_that_makes_it():
    told = (
        Sourced("Rule 2 of many, said in enough words", "A study, 2019."),
        Sourced("Something nobody wrote", "Another, 2020."),
    )
    slides = opened(drawn(replace(LONG, sources=told)))
    noted = {
        slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text
        for slide in slides
        if slide.has_notes_slide
    }
    assert set(noted) == {"What we agree on", "People you can talk to"}
    assert "A study, 2019." in noted["What we agree on"]
    assert "Another, 2020." in noted["People you can talk to"]


def test_a_claim_s_source_is_said_in_words():
    briefing = sourced(Claim("Boys too.", "briefing-2017/all-backgrounds"))
    assert "2017" in briefing.rests_on
    assert "briefing-2017" not in briefing.rests_on
    assert "this service released" in sourced(Claim("Half.", "ledger/release-1")).rests_on
    assert sourced(Claim("So.", "A study, 2019", place="Leeds")).rests_on == "A study, 2019 Leeds"


def test_hostile_words_stay_words():
    document = replace(
        LONG,
        title=HOSTILE,
        footer=HOSTILE,
        blocks=(Heading(1, plain("T")), Paragraph(plain(HOSTILE)), ItemList((plain(HOSTILE),)), Table(HOSTILE, (HOSTILE,), ((HOSTILE,),)), ContactCard(HOSTILE, (HOSTILE,), HOSTILE)),
        sources=(Sourced(HOSTILE, HOSTILE),),
    )  # fmt: skip
    content = drawn(document)
    shown = " ".join(map(words_on, opened(content)))
    assert "{{ 7*7 }} ]]> & <script> gnol" in shown
    assert "49" not in shown
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                assert b"\x1b" not in parts.read(name)
                etree.fromstring(parts.read(name))


def test_a_deck_reaches_nothing_outside_but_links_that_open_a_secure_page_a_call_or_a_letter():
    links = tuple(Span(f"x{n}", link=link) for n, link in enumerate(["file:///etc/passwd", "javascript:x", "https://a.example/", "tel:116123"]))  # fmt: skip
    content = drawn(poster(blocks=(Heading(1, plain("T")), Heading(2, plain("P")), Paragraph(links))))
    outside = set()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                outside |= {
                    one.get("Target")
                    for one in etree.fromstring(parts.read(name))
                    if one.get("TargetMode") == "External"
                }
    assert outside == {"https://a.example/", "tel:116123"}


def test_more_slides_than_a_room_can_sit_through_are_refused():
    endless = tuple(Heading(2, plain(f"Part {n}")) for n in range(80))
    with pytest.raises(BadInputError, match=r"makes 81 slides.*leave slides out"):
        drawn(Document("Endless", "en", (Heading(1, plain("Endless")), *endless)))
    wide = Table("", ("a", "b"), (("x", "word " * 900),))
    with pytest.raises(BadInputError, match="does not fit on a slide"):
        drawn(poster(blocks=(Heading(1, plain("T")), wide)))
    with pytest.raises(BadInputError, match="no folder for pictures"):
        drawn(poster(blocks=(Heading(1, plain("T")), Image("x.png", "A picture"))))


def test_the_same_material_gives_the_same_bytes_and_says_no_day():
    assert drawn(LONG) == drawn(LONG)
    with zipfile.ZipFile(io.BytesIO(drawn(LONG))) as parts:
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_STORED}
        assert str(date(2000, 1, 1)) in parts.read("docProps/core.xml").decode()


def test_a_release_draws_slides_in_both_languages_and_marks_what_nobody_read():
    material = parse_material(MATERIAL, "m.md")
    case = Case(material, None, shipped_contacts(), {}, None, service="Riverside")
    artist = Artist(case, material.front, PERMIT, "ABCDE-FGHJK")
    for slide in opened(artist.bilingual("slides-bilingual")):
        is_welsh = "cod ABCDE-FGHJK" in words_on(slide)
        assert is_welsh or "code ABCDE-FGHJK" in words_on(slide)
        assert ("Drafft" in words_on(slide)) == is_welsh
    assert len(opened(artist.drawn("slides", "cy"))) == 3


def test_lines_are_counted_as_a_slide_program_breaks_them():
    assert lines_of("", 24, 100) == 1
    assert lines_of("one\ntwo", 24, 864) == 2
    assert lines_of("W" * 100, 24, 864) == 3
    assert width_of("ŵ", 24) == width_of("w", 24)
