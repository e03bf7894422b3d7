"""A youth worker who edits a content file is told every mistake, where it is, and what to do."""

from contextlib import suppress
from datetime import date
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml, load_yaml_text


class Text(Struct, frozen=True, forbid_unknown_fields=True, tag="text", tag_field="kind"):
    ask: Wording
    lines: Annotated[int, Meta(ge=1, le=9)] = 3


class ChooseOne(Struct, frozen=True, forbid_unknown_fields=True, tag="choose-one", tag_field="kind"):
    ask: Wording
    choices: Annotated[tuple[Wording, ...], Meta(min_length=2)]


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    pages: tuple[Text | ChooseOne, ...]
    on: date | None = None
    open: bool = False


def problems(text: str) -> list[str]:
    with pytest.raises(BadInputError) as caught:
        load_yaml_text(text, "form.yaml", Form)
    return [str(problem) for problem in caught.value.problems]


def test_what_is_written_is_what_is_read():
    text = "format: 1\non: 2027-01-02\nopen: yes\npages:\n- {kind: choose-one, ask: Yes, choices: [no, {en: 08, cy: 12:30}]}\n"
    form = load_yaml_text(text, "form.yaml", Form).value
    assert form.pages == (ChooseOne(Wording("Yes"), (Wording("no"), Wording("08", "12:30"))),)
    assert form.on == date(2027, 1, 2)
    assert form.open


def test_every_mistake_comes_at_once_each_with_its_place_and_its_mend():
    text = "format: 2\non: soon\nopne: yes\npages:\n- {kind: txt}\n- {kind: text, lines: 12}\n- {kind: choose-one, ask: x, choices: [a]}\n"
    assert problems(text) == [
        "form.yaml:1:9: `2` does not fit here; known here: 1",
        "form.yaml:2:5: `soon` does not fit here; write a date as year-month-day, such as 2027-03-31",
        "form.yaml:3:1: `opne` is not known here; did you mean `open`?",
        "form.yaml:5:10: `txt` is not a kind coprod knows; did you mean `text`?",
        "form.yaml:6:3: `ask` is missing; add a line `ask: …`",
        "form.yaml:6:23: `12` does not fit here; write 9 or less",
        "form.yaml:7:39: there are 1 entries; write at least 2",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "there is nothing here"),
        ("# only a remark\n", "there is nothing here"),
        ("a: &x 1\nb: *x", "anchors, aliases and tags are not used here"),
        ("a: !!python/name:os.system x", "anchors, aliases and tags are not used here"),
        ("a: [1", "this is not YAML"),
        ("a:\n- b: 1\n\tc: 2", "3:1: this is not YAML: a tab stands before the words; put spaces there"),
        (
            "a: What now: really?",
            "1:12: this is not YAML: a colon stands where none can; put a text that holds",
        ),
        ("é: What is your #1 wish?", "1:17: from `#` on this is a remark, and not part of the text"),
        ("a: #1f5f8b", "1:4: from `#` on this is a remark, and not part of the text"),
        ("a: 1\na: 2", "`a` comes twice"),
        ("a: 1\n---\nb: 2", "a second document starts here"),
        ("[" * 60 + "]" * 60, "this nests too deeply"),
        ("a: right\u202eleft", "this line holds characters that cannot be seen"),
        ("? [a, b]\n: 1", "a name is expected here"),
    ],
)
def test_tricks_and_slips_get_one_clear_message(text, what):
    assert what in problems(text)[0]


@pytest.mark.parametrize(
    "text", ["name: x # a remark", "name: x ## a remark", 'name: "your #1 wish"', "name: a#1"]
)
def test_a_remark_and_a_quoted_sign_are_no_slip(text):
    assert not any("remark" in problem for problem in problems(text))


@given(st.text(max_size=200))
def test_no_text_at_all_brings_it_down(text):
    with suppress(BadInputError):
        load_yaml_text(text, "form.yaml", Form)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: \x00", b"format: 1\nname: caf\xe9\n"])
def test_a_file_in_the_wrong_encoding_is_named_with_what_to_do(tmp_path, content):
    path = tmp_path / "form.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match="UTF-8"):
        load_yaml(path, Form)


def test_a_byte_order_mark_moves_no_column(tmp_path):
    path = tmp_path / "form.yaml"
    path.write_bytes(b"\xef\xbb\xbfformt: 1\n")
    with pytest.raises(BadInputError, match=r"form\.yaml:1:1: `form"):
        load_yaml(path, Form)
