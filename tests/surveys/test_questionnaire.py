"""To whoever writes a questionnaire: every mistake is told at its place, all in one run, with its mend."""

import re
from pathlib import Path
from typing import Any

import pytest

from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlnodes import Mapping, Node, Scalar, parse_yaml
from surveys.questionnaires.questionnaire import (
    LARGEST_RECORD,
    languages_offered,
    largest_main_record,
    load_questionnaire,
    parse_questionnaire,
    questionnaire_hash,
)
from surveys.questionnaires.schema import questionnaire_schema

LIBRARY = sorted((Path(__file__).parents[2] / "surveys" / "library").glob("*.yaml"))
TOP = """format: 1
survey: small
title: {en: Small, cy: Bach}
made_by: the tests
purpose: {en: To test, cy: I brofi}
minutes: 2
ages: [11-15]
pages:
"""
COLOUR = """- ask: {en: Which colour?, cy: Pa liw?}
  id: colour
  kind: choose-one
  choices:
  - {id: red, label: {en: Red, cy: Coch}}
  - {id: blue, label: {en: Blue, cy: Glas}}
"""

TEN_MISTAKES = """format: 1
survey: ten
title: Ten mistakes
made_by: the tests
purpose: To be wrong ten times
minutes: soon
ages: [15-11]
pages:
- ask: Which colour?
  id: colour
  kind: choose-one
  choices:
  - {id: red, label: Red}
  - {id: red, label: Blue}
- ask: How often?
  id: often
  kind: frequencies
- ask: Why red?
  id: why
  kind: text
  relevant: selected(${colours}, 'red')
- ask: What else?
  id: else
  kind: text
  relevant: selected(${colour}, 'green')
  link: true
- ask: And then?
  id: then
  kind: faces
  relevant: string-size(${colour}) > 2
  shufle: true
- ask: Pick one
  id: pick
  kind: ranking
  choices:
  - {id: only, label: The only one}
"""
TEN_PLACES = {
    (6, 10): "`soon` does not fit here; write a whole number in digits",
    (7, 8): "`15-11` is not an age band; write the youngest and the oldest age with a hyphen, such as 11-15",
    (14, 10): "the id `red` comes twice; line 13 has it already; give this choice its own",
    (17, 9): "`frequencies` is not a kind coprod knows; did you mean `frequency`?",
    (21, 22): "there is no question `colours`; did you mean `colour`?",
    (25, 33): "`green` is no choice of `colour`; known here: red",
    (26, 9): "`link` needs a `link_reason`; write one; linked words can show who somebody is",
    (30, 13): "the function `string-size` is not known; known here: ",
    (31, 3): "`shufle` is not known here; ",
    (36, 3): "there are 1 entries; write at least 2",
}


def problems_of(text: str) -> dict[tuple[int, int], str]:
    with pytest.raises(BadInputError) as caught:
        parse_questionnaire(text, "q.yaml")
    assert all(str(one).startswith(f"q.yaml:{one.line}:{one.column}: ") for one in caught.value.problems)
    return {(one.line, one.column): f"{one.what}; {one.mend}" for one in caught.value.problems}


def test_ten_mistakes_give_ten_located_messages_in_one_run():
    found = problems_of(TEN_MISTAKES)
    assert set(found) == set(TEN_PLACES)
    for place, said in TEN_PLACES.items():
        assert found[place].startswith(said), place


PAGE_MISTAKES = {
    "used before it is asked": ("relevant: ${later} = 'good'", "`later` is asked only after this"),
    "itself": ("relevant: ${here} = 'a'", "`here` is this very question"),
    "a note": ("relevant: ${told} = 'a'", "`told` is a note and has no answer"),
    "unlinked words": ("relevant: ${words} != ''", "skipping by what was written in `words`"),
    "a dot in relevant": ("relevant: selected(., 'a')", "`.` is the answer to this very question"),
    "an open bracket": ("relevant: selected(${colour}, 'red'", "a bracket opened here is not closed"),
    "an open quote": ("relevant: ${colour} = 'red", "this quote mark has no partner"),
    "a bare name": ("relevant: colour = 'red'", "`colour` stands alone here"),
    "too few values": ("relevant: selected(${colour})", "`selected` has 1 values in its brackets"),
    "a constraint on something else": (
        "constraint: ${colour} = 'red'\n  constraint_help: Say red",
        "this constraint says nothing about the answer",
    ),
    "a constraint without words": ("constraint: . = 'a'", "`constraint` needs a `constraint_help`"),
    "words without a constraint": (
        "constraint_help: Pick two",
        "`constraint_help` stands here without `constraint`",
    ),
    "a choice the question lacks": (
        "constraint: selected(., 'c')\n  constraint_help: C",
        "`c` is no choice of `here`",
    ),
    "because without sensitive": (
        "sensitive_because: It tells",
        "`sensitive_because` stands here without `sensitive`",
    ),
    "an unknown sensitivity": ("sensitive: secret", "`secret` does not fit here"),
    "blank help": ("help: ''", "`help` has no words"),
    "repeating nobody's answer": ("help: You said ${colours}", "there is no question `colours`"),
    "repeating free text": ("help: You said ${words}", "nobody's own words are repeated"),
    "repeating a note": ("help: You said ${told}", "`told` is a note and has no answer"),
    "repeating a later answer": ("help: You said ${later}", "`later` is not answered before this page"),
    "repeating this answer": ("help: You said ${here}", "`here` is not answered before this page"),
    "an unfinished repetition": ("help: You said ${colour", "a question's name is not finished here"),
    "repeating in what must be satisfied": (
        "constraint: . != ''\n  constraint_help: Not ${colour}",
        "answers are repeated only in `ask` and",
    ),
    "an age band nobody asked for": ("by_age: [{ages: 16-25, ask: X}]", "the questionnaire has no age band"),
    "an age band that is everybody": ("by_age: [{ages: 11-15, ask: X}]", "everybody is in this one age band"),
    "a slow pattern": (
        "constraint: regex(., '(a+)+')\n  constraint_help: A",
        "this pattern cannot be used",
    ),
}


@pytest.mark.parametrize("name", PAGE_MISTAKES)
def test_a_mistake_of_meaning_is_one_message_on_its_own_line(name):
    line, said = PAGE_MISTAKES[name]
    page = f"""{COLOUR}- {{ask: Told, id: told, kind: note}}
- {{ask: Words, id: words, kind: text}}
- ask: Here?
  id: here
  kind: choose-many
  choices:
  - {{id: a, label: A}}
  - {{id: b, label: B}}
  {line}
- {{ask: Later?, id: later, kind: faces}}
"""
    found = problems_of(TOP + page)
    assert len(found) == 1
    ((row, _), message) = next(iter(found.items()))
    assert message.startswith(said)
    assert row in {17, 23, 24}, "at the line itself, or at the page for what is missing"


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("${nobody} = 'red'", 13),
        ("\"${nobody} = 'red'\"", 14),
        ("'''red'' = ${nobody}'", 24),
    ],
)
def test_the_column_is_right_however_the_expression_is_quoted(written, column):
    found = problems_of(f"{TOP}{COLOUR}- ask: X\n  id: x\n  kind: faces\n  relevant: {written}\n")
    assert [place for place, said in found.items() if "nobody" in said] == [(18, column)]


def test_two_questions_may_not_share_an_id_and_two_choices_not_their_words():
    found = problems_of(TOP + COLOUR + COLOUR.replace("Blue", " red").replace("Glas", "Glas 2"))
    assert found[16, 7].startswith("the id `colour` comes twice; line 10 has it already")
    assert any(said.startswith("two choices read the same") for said in found.values())
    assert len(found) == 2


def test_a_note_can_pass_over_only_questions_that_come_after_it():
    note = "- ask: Careful\n  id: careful\n  kind: note\n  covers: [colour, color, after]\n"
    after = "- {ask: After?, id: after, kind: faces}\n"
    found = problems_of(TOP + COLOUR + note + after)
    assert found[18, 12].startswith("`colour` comes before this note")
    assert found[18, 20].startswith("there is no question `color`")
    assert len(found) == 2


def test_only_notes_is_no_questionnaire():
    assert "only notes" in str(problems_of(TOP + "- {ask: Hello, id: hello, kind: note}\n"))


def test_welsh_is_offered_only_when_complete_and_read_by_somebody_named():
    unread = parse_questionnaire(TOP + COLOUR, "q.yaml")
    assert languages_offered(unread) == ("en",)
    assert languages_offered(unread, unread=True) == ("en", "cy")
    read = parse_questionnaire(TOP.replace("minutes", "read_by: A Reader\nminutes") + COLOUR, "q.yaml")
    assert languages_offered(read) == ("en", "cy")
    half = parse_questionnaire(TOP + COLOUR.replace(", cy: Coch", ""), "q.yaml")
    assert languages_offered(half, unread=True) == ("en",)


def test_saying_that_welsh_was_read_points_at_each_wording_without_it():
    text = TOP.replace("minutes", "read_by: A Reader\nminutes") + COLOUR.replace(", cy: Coch", "")
    found = problems_of(text)
    assert list(found) == [(14, 22)]
    assert found[14, 22].startswith("`label` has no Welsh")


def test_a_questionnaire_too_large_to_seal_is_refused_before_anybody_answers():
    choices = "".join(f"  - {{id: c{'x' * 34}{n:03}, label: C{n}}}\n" for n in range(40))
    pages = "".join(f"- ask: Q{n}\n  id: q{n}\n  kind: choose-many\n  choices:\n{choices}" for n in range(10))
    assert "fit in a sealed record" in str(problems_of(TOP + pages))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "there is nothing here"),
        (b"\x00\x01", "this is not a text file"),
        (b"format: 1\ntitle: \xff", "line 2 is not in UTF-8"),
        (b"- a\n- b\n", "a group of names is expected here"),
        (b"pages: [a: b: c", "this is not YAML"),
        (b"x" * 600_000, "the file has 600,000 bytes"),
        (TOP.replace("format: 1", "format: 2").encode() + COLOUR.encode(), "`2` does not fit here"),
    ],
)
def test_a_file_that_cannot_be_used_gives_one_clear_message(tmp_path, raw, said):
    path = tmp_path / "bad.yaml"
    path.write_bytes(raw)
    with pytest.raises(BadInputError, match=re.escape(said)):
        load_questionnaire(path)


def test_the_hash_is_of_the_exact_text():
    assert questionnaire_hash(TOP) != questionnaire_hash(TOP + " ")
    assert re.fullmatch("[0-9a-f]{64}", questionnaire_hash(TOP))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_library_questionnaire_loads_and_fits_the_published_schema(path):
    questionnaire = load_questionnaire(path)
    assert questionnaire.survey == path.stem
    assert largest_main_record(questionnaire) <= LARGEST_RECORD
    assert faults(builtins_of(parse_yaml(path.read_text("utf-8"), str(path)))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: choose-one", "kind: chose-one"),
        ("minutes: 2", "minutes: 0"),
        ("minutes: 2", "minutes: two"),
        ("id: colour", "id: Colour"),
        ("  kind: choose-one\n", "  kind: choose-one\n  shufle: true\n"),
        ("  kind: choose-one\n", "  kind: choose-one\n  shuffle: maybe\n"),
        ("ages: [11-15]", "ages: [teens]"),
        ("ages: [11-15]", "ages: []"),
        ("purpose: {en: To test, cy: I brofi}\n", ""),
        ("- {id: blue, label: {en: Blue, cy: Glas}}\n", "\n"),
        ("{en: Red, cy: Coch}", "{cy: Coch}"),
        ("format: 1", "format: one"),
    ],
)
def test_the_schema_and_the_loader_refuse_the_same_shapes(old, new):
    text = TOP + COLOUR
    assert faults(builtins_of(parse_yaml(text, "q"))) == []
    wrong = text.replace(old, new)
    assert wrong != text
    assert problems_of(wrong)
    assert faults(builtins_of(parse_yaml(wrong, "q")))


def builtins_of(node: Node) -> Any:
    """Give a tree as an editor's YAML reader would: numbers and truths by how they look."""
    if isinstance(node, Mapping):
        return {key.text: builtins_of(value) for key, value in node.entries}
    if not isinstance(node, Scalar):
        return [builtins_of(item) for item in node.items]
    if node.text in {"true", "false"}:
        return node.text == "true"
    return int(node.text) if re.fullmatch("-?[0-9]+", node.text) else node.text


def faults(value: Any) -> list[str]:
    schema = questionnaire_schema()
    return list(_faults(value, schema, schema["$defs"], "$"))


TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
    "null": type(None),
}


def _faults(value: Any, schema: dict[str, Any], shapes: dict[str, Any], at: str):
    """Check a value against the part of JSON Schema that coprod publishes."""
    if "$ref" in schema:
        yield from _faults(value, shapes[schema["$ref"].rsplit("/", 1)[1]], shapes, at)
    if "anyOf" in schema and all(list(_faults(value, one, shapes, at)) for one in schema["anyOf"]):
        yield f"{at}: fits none"
    if not _scalar_fits(value, schema):
        yield f"{at}: does not fit"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: too few"
        for index, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), shapes, f"{at}[{index}]")
    if isinstance(value, dict) and "properties" in schema:
        yield from (f"{at}: no {name}" for name in schema["required"] if name not in value)
        yield from (f"{at}: unknown {name}" for name in value if name not in schema["properties"])
        for name, item in value.items():
            yield from _faults(item, schema["properties"].get(name, {}), shapes, f"{at}.{name}")


def _scalar_fits(value: Any, schema: dict[str, Any]) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema and not _is_of(value, schema["type"]):
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, int):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _is_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(name in TYPES and isinstance(value, TYPES[name]) for name in names)
