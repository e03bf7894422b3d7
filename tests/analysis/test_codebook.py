"""A codebook says what every code means, and one that does not hold together is told where and why."""

from pathlib import Path

import pytest

from analysis.codes.codebook import (
    codebook_text,
    in_tree_order,
    load_codebook,
    parse_codebook,
    shipped_codebook,
)
from coprod.kernel.problem import BadInputError

BRIEFING = [
    "access-points", "waits", "criteria-and-resources", "confidentiality-and-trust", "being-listened-to",
    "whole-person", "relationship-and-continuity", "outreach", "feeling-safe", "information", "transitions",
    "camhs", "sexual-health", "a-and-e", "gp", "drug-and-alcohol", "self-harm", "justice-process", "what-helped",
]  # fmt: skip


def book(*codes: str) -> str:
    return "format: 1\ncodebook: b\nsource: s\ncodes:\n" + "".join(f"- {{{code}}}\n" for code in codes)


@pytest.mark.parametrize("code", BRIEFING)
def test_the_shipped_codebook_has_each_code_of_the_briefing_in_full(code: str) -> None:
    found = shipped_codebook().code(code)
    assert found.definition
    assert found.include
    assert found.exclude
    assert len(found.simulated_examples) >= 2
    assert found.kind == "code"


def test_every_shipped_code_has_a_colour_of_its_own_and_stands_under_a_group() -> None:
    codes = shipped_codebook().codes
    assert len({code.colour for code in codes}) == len(codes)
    groups = {code.id for code in codes if code.kind == "group"}
    assert all(code.under in groups for code in codes if code.kind == "code")


def test_a_codebook_written_out_reads_back_the_same() -> None:
    shipped = shipped_codebook()
    assert parse_codebook(codebook_text(shipped)) == shipped


def test_codes_are_told_by_id_or_name_and_a_slip_gets_the_likeliest() -> None:
    shipped = shipped_codebook()
    assert shipped.code("waits") == shipped.code(" WAITS ")
    assert shipped.code("a&e").id == "a-and-e"
    with pytest.raises(BadInputError, match="did you mean `waits`"):
        shipped.code("wait")


def test_the_tree_puts_each_code_after_the_one_it_is_under() -> None:
    tree = in_tree_order(parse_codebook(book("id: a, name: A, definition: d, under: b", "id: b, name: B, definition: d")).codes)  # fmt: skip
    assert [(depth, code.id) for depth, code in tree] == [(0, "b"), (1, "a")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (book("id: a, name: Wait, definition: d", "id: b, name: ' wait', definition: d"), "two codes have the name `wait`"),
        (book("id: a, name: A, definition: d", "id: a, name: B, definition: d"), "b:6:8: two codes have the id"),
        (book("id: a, name: A, definition: d, under: c"), "`c` is no code here"),
        (book("id: a, name: A, definition: d, under: a"), "in a circle: a, a"),
        (book("id: a, name: A, definition: d, under: b", "id: b, name: B, definition: d, under: c", "id: c, name: C, definition: d, under: a"), "b:5:42: these codes are under each other in a circle: a, b, c, a"),
        (book("id: A B, name: A, definition: d"), "small letters"),
        (book("id: a, name: A, definition: d, colour: red"), "#3366aa"),
        (book("id: a, name: A"), "`definition` is missing"),
        ("format: 1\ncodebook: b\nsource: s\ncodes: []\n", "write at least 1"),
    ],
)  # fmt: skip
def test_a_codebook_that_does_not_hold_together_is_refused_at_its_place(text: str, told: str) -> None:
    with pytest.raises(BadInputError) as error:
        parse_codebook(text, "b")
    assert told in str(error.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(book("id: a, name: A, definition: d, under: x", "id: a, name: A, definition: d"), "utf-8")
    with pytest.raises(BadInputError) as error:
        load_codebook(path)
    assert len(error.value.problems) == 3


def test_an_unknown_shipped_codebook_names_those_there_are() -> None:
    with pytest.raises(BadInputError, match="health-care"):
        shipped_codebook("health")
