"""Every place a check reports must be where the author wrote it, whatever the text is made of."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.materials.material import load_material, parse_material
from campaigns.materials.material_document import material_document
from coprod.kernel.document import Heading, Image, ItemList, Table
from coprod.kernel.problem import BadInputError

FRONT = """---
format: 1
title: "Not your fault"
audience: young-people
nation: england
message: It is never your fault.
---
"""
BODY = """# It's *never* your fault

Some **bold** text & [a **link**](https://x.y/z "t]") and `code`
wrapped.

> quoted words

- one
- two

| say | not |
|-----|-----|
| this | **that** |
"""


def source_under(material, block):
    return "".join(
        material.source[material.seen.source_of(block.source_of(position))]
        for position in range(len(block.text))
    )


def test_each_shown_character_points_to_where_it_was_written():
    material = parse_material(FRONT + BODY, "m.md")
    for block in material.blocks:
        assert source_under(material, block).replace("\n", " ") == block.text


@given(
    st.lists(
        st.sampled_from(
            [
                "**a b**",
                "*c*",
                "d",
                "`e f`",
                "[g](https://h.i)",
                "\n",
                " ",
                "## j",
                "> k",
                "- l",
                "1. m",
                "\t",
                "é",
                "\\*",
                "n\u200bo",
                "|",
                "&amp;",
                "\n\n",
            ]
        ),
        max_size=25,
    )
)
def test_positions_hold_for_any_mix_of_markup(parts):
    """A finding in any Markdown points at characters that a person wrote, in reading order."""
    text = "start\n\n" + "".join(parts)
    material = parse_material(text, "m.md")
    for block in material.blocks:
        if block.kind == "alt":
            continue
        places = [block.source_of(position) for position in range(len(block.text))]
        assert places == sorted(places)
        shown = source_under(material, block)
        same = sum(a == b or (a in "\n\\&" and b in " *&") for a, b in zip(shown, block.text, strict=True))
        assert same == len(block.text)


def test_a_byte_order_mark_and_windows_line_ends_do_not_move_places(tmp_path: Path):
    file = tmp_path / "m.md"
    file.write_bytes("\ufeffone\r\n\r\ntwo three\r\n".encode())
    material = load_material(file)
    place = material.place(material.seen.source_of(material.blocks[1].source_of(4)))
    assert (place.line, place.column) == (3, 5)


def test_characters_nobody_sees_are_taken_out_and_told():
    material = parse_material("ri\u200bsky beh\u00adaviour \u202eflip\u202c", "m.md")
    assert material.blocks[0].text == "risky behaviour flip"
    assert [found.turns_direction for found in material.seen.hidden] == [False, False, True, True]


def test_markdown_without_front_matter_is_plain_text():
    assert parse_material("---\n\nHello\n", "m.md").front is None
    assert parse_material("Hello: you\n", "m.md").front is None


def test_a_text_file_keeps_its_markup_as_text():
    material = parse_material("A *star*\n\n- one\n- two\n", "m.txt", is_markdown=False)
    assert [(block.kind, block.text) for block in material.blocks] == [
        ("heading", "A *star*"),
        ("item", "one"),
        ("item", "two"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in this file"),
        (b"\xff\xfe\x00", "not a text file"),
        ("Caf\u00e9".encode("latin-1"), "not in UTF-8"),
        (b"---\nformat: 1\ntitle: x\n", "never ends"),
        (b"---\nformat: 1\ntitle: x\naudience: young-people\nnation: england\n---\n", "no text below"),
        (b"---\nformat: 1\ntitle: x\naudience: kids\nnation: england\n---\nHi\n", "m.md:4:11: `kids`"),
        (FRONT.replace("message", "mesage").encode() + b"Hi", "did you mean `message`?"),
        (FRONT.replace("title", "tit\u200ble").encode() + b"Hi", "cannot be seen"),
        (FRONT.encode() + b"![boy](http://x.y/z.png)", "outside the material's folder"),
        (FRONT.encode() + b"![boy](../z.png)", "outside the material's folder"),
        (FRONT.encode() + b"![boy](z.png)", "m.md:8:3: there is no picture"),
        (b"a" * 300_000, "300,000 characters"),
    ],
)
def test_bad_input_is_named_with_its_place(tmp_path: Path, content: bytes, said: str):
    file = tmp_path / "m.md"
    file.write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        load_material(file)
    assert said in str(caught.value)


def test_a_picture_that_is_none_is_refused(tmp_path: Path):
    (tmp_path / "z.png").write_text("hello")
    (tmp_path / "m.md").write_text(FRONT + "![boy](z.png)")
    with pytest.raises(BadInputError, match="is not a picture"):
        load_material(tmp_path / "m.md")


def test_a_file_of_another_kind_is_refused(tmp_path: Path):
    (tmp_path / "m.odt").write_text("x")
    with pytest.raises(BadInputError, match="cannot read"):
        load_material(tmp_path / "m.odt")


def test_a_material_becomes_a_document_with_one_title_and_its_contacts():
    text = FRONT.replace(
        "nation: england", "nation: england\ncontacts: [childline]\ncontent_note: About abuse."
    )
    document = material_document(parse_material(text + BODY + "\n# Again\n\n![a lamp](lamp.png)\n", "m.md"))
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [1, 2, 2]
    assert [type(block) for block in document.blocks if isinstance(block, ItemList | Table | Image)] == [
        ItemList,
        Table,
        Image,
    ]
    assert document.blocks[1].role == "caution"
    assert document.blocks[-1].reach == ("Call 0800 1111",)


def test_a_link_that_could_run_something_is_drawn_as_text():
    document = material_document(parse_material("[a](file:///etc/passwd) [b](javascript:x)", "m.md"))
    assert all(not span.link for block in document.blocks for span in block.inline)
