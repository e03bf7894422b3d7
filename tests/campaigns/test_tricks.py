"""A reviewer and the check read the same words, whatever was done to hide some of them; bad files get one clear message."""

import time
from datetime import date
from pathlib import Path

import pytest

from campaigns.checking.check import check_material
from campaigns.checking.patterns import PatternError, compile_pattern
from campaigns.checking.stored import depends_on
from campaigns.materials.material import load_material, parse_material
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.problem import BadInputError

TODAY = date(2026, 11, 22)


def rules_in(text: str) -> set[str]:
    material = parse_material(text, "trick.md")
    return {one.rule for one in check_material(material, shipped_contacts(), {}, TODAY, "press").findings}


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("She is pro\u200bmiscuous.", "hidden-characters"),
        ("She is pro\u00admiscuous.", "hidden-characters"),
        ("She is pro\u2060miscuous.", "hidden-characters"),
        ("She is pr\u043emiscuous.", "lookalike-letters"),
        ("She is \uff50romiscuous.", ""),
        ("She is **pro**miscuous.", ""),
        ("She is &#112;romiscuous.", ""),
        ("She is promi\ufb01scuous.", "-"),
        ("<!-- She is promiscuous. -->", ""),
        ("She is PROMISCUOUS.", ""),
    ],
)
def test_a_phrase_cannot_be_hidden(text: str, also: str):
    found = rules_in(text)
    assert ("promiscuous" in found) == (also != "-")
    assert also in {"", "-"} or also in found


def test_text_that_turns_direction_is_blocked():
    assert "hidden-direction" in rules_in("It is \u202enever your fault\u202c.")


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(tmp_path: Path):
    file = tmp_path / "large.md"
    with file.open("wb") as handle:
        handle.truncate(100_000_000)
    with pytest.raises(BadInputError, match="100,000,000 bytes"):
        load_material(file)


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"\xff\xfe\xfa", b"", b"   \n"])
def test_what_is_no_text_gets_one_message(tmp_path: Path, raw: bytes):
    file = tmp_path / "odd.md"
    file.write_bytes(raw)
    with pytest.raises(BadInputError) as caught:
        load_material(file)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "pattern",
    ["(a|b) ... (c|d) ... (e|f) ... g", "(aa|(bb|(cc|(dd|ee))))", "[one] [two]", "x" * 501, "(open", "a+b"],
)
def test_a_slow_or_broken_pattern_is_refused_with_its_place(pattern: str):
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert 0 <= caught.value.position <= len(pattern)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 100_000,
        "[" * 50_000,
        "(" * 150_000,
        ">" * 5_000 + " x",
        "`" * 50_001 + " x",
        "'a " * 60_000,
        "“she " * 40_000,
        "not a " * 30_000 + "risky behaviour",
        "one in two, " * 15_000,
        "0800 1111 " * 15_000,
        "a@b." * 40_000,
        "girl " * 30_000,
    ],
    ids=lambda text: text[:12],
)
def test_text_made_to_hang_a_check_is_read_in_bounded_time(text: str):
    """Markup that never closes, quotations that never end and words that every rule begins with, on one long line."""
    begun = time.process_time()
    rules_in(text)
    assert time.process_time() - begun < 10


def test_a_line_of_ten_million_characters_is_refused_with_its_length():
    with pytest.raises(BadInputError, match="this line has 10,000,000 characters") as caught:
        parse_material("a " * 5_000_000, "line.md")
    assert len(caught.value.problems) == 1


def test_a_remembered_check_is_forgotten_when_any_rule_or_concept_changes():
    names = {file.name for file in depends_on()}
    assert {
        "check.py",
        "material.py",
        "blame.yaml",
        "harm.yaml",
        "people.yaml",
        "evidence.yaml",
        "context.yaml",
    } <= names
