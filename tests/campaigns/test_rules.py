"""Every rule proves itself on its own examples; nobody's word is taken for a pattern."""

from datetime import date
from importlib import resources

import pytest

from campaigns.checking.check import check_material
from campaigns.checking.context import why_mentioned
from campaigns.checking.law import shipped_law
from campaigns.checking.matching import Matcher
from campaigns.checking.reading import Reading
from campaigns.checking.rules import RuleBook, RulePack, load_rules, shipped_rules
from campaigns.materials.material import parse_material
from coprod.kernel.contacts import Audience, Nation, shipped_contacts
from coprod.kernel.problem import BadInputError

TODAY = date(2026, 11, 22)
RULES = shipped_rules().rules
SOURCES = "format: 1\nsources:\n  judgement: {title: Ours}\n  nspcc: {title: NSPCC, year: 2024}\n"


def found_in(text: str, rule) -> set[str]:
    """Give the rules that find something; one that reads meaning or needs company is asked alone.

    Alone means without the second reader too, which may excuse a sentence in a text that reads well.
    """
    audience = None if rule.audience == "all" else rule.audience[0]
    if audience is None and rule.severity == "ask":
        audience = "young-people"
    nation = None if rule.nation == "all" else rule.nation[0]
    material = parse_material(text, "example", is_markdown=False)
    if rule.reads_meaning or rule.in_company:
        return found_alone(Reading(material), rule, audience, nation)
    result = check_material(material, shipped_contacts(), {}, TODAY, audience, nation)
    return {finding.rule for finding in result.findings}


def found_alone(reading: Reading, rule, audience: Audience | None, nation: Nation | None) -> set[str]:
    book = RuleBook((RulePack(1, "alone", "Alone", (rule,)),), shipped_rules().sources)
    return {
        match.rule.id
        for match in Matcher(book).matches(reading, audience, nation)
        if not why_mentioned(reading, match.block, match.start, match.end)
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_finds_what_it_must_and_nothing_it_must_not(rule):
    for example in rule.must_match:
        assert rule.id in found_in(example, rule), example
    for example in rule.must_not_match:
        assert rule.id not in found_in(example, rule), example


def test_the_shipped_book_meets_every_condition():
    folder = resources.files("campaigns")
    packs = {
        file.name: file.read_text("utf-8")
        for file in folder.joinpath("rules").iterdir()
        if file.name.endswith(".yaml")
    }
    sources = folder.joinpath("checking", "sources.yaml").read_text("utf-8")
    assert load_rules(packs, sources) == shipped_rules()


def test_no_rule_from_judgement_alone_can_block():
    assert not [rule.id for rule in RULES if set(rule.source) == {"judgement"} and rule.severity == "block"]


def test_contested_words_are_never_blocked():
    assert {rule.severity for rule in RULES if rule.confidence == "contested"} <= {"ask", "warn"}


def pack(**changes: str) -> str:
    fields = {
        "id": "a-rule",
        "avoid": "[some words]",
        "why": "Because.",
        "instead": "Other words.",
        "severity": "warn",
        "source": "[nspcc]",
        "confidence": "published",
        "read_on": "2026-11-22",
        "must_match": "[some words, some words here]",
        "must_not_match": "[no, nothing]",
    } | changes
    lines = "\n".join(f"  {name}: {value}" for name, value in fields.items())
    return "format: 1\npack: mine\ntitle: Mine\nrules:\n- " + lines.lstrip() + "\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"avoid": '["(a|"]'}, "character 4 of this pattern"),
        ({"avoid": '["one ... two ... three ... four"]'}, "would make the search slow"),
        ({"avoid": '["[any]"]'}, "match almost anything"),
        ({"avoid": '["some ^words"]'}, "`^` is not read in patterns"),
        ({"source": "[nspc]"}, "did you mean `nspcc`?"),
        ({"source": "[judgement]", "severity": "block"}, "judgement alone may not block"),
        ({"confidence": "contested"}, "says both sides"),
        ({"severity": "stop"}, "does not fit here"),
        ({"must_match": "[one]"}, "write at least 2"),
        ({"colour": "red"}, "`colour` is not known here"),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(changes, said):
    with pytest.raises(BadInputError) as caught:
        load_rules({"mine.yaml": pack(**changes)}, SOURCES)
    assert said in str(caught.value)
    assert str(caught.value).startswith("mine.yaml:")


def test_an_id_may_stand_in_one_pack_only():
    with pytest.raises(BadInputError, match="this id comes twice"):
        load_rules({"a.yaml": pack(), "b.yaml": pack()}, SOURCES)


def test_a_rule_about_the_law_says_the_fact_where_it_holds_and_that_no_lawyer_has_checked_it():
    rule = next(rule for rule in RULES if rule.id == "law-of-trust")
    said = shipped_rules().titles(rule)
    assert "may not have sex with a person of 16 or 17 in their care" in said
    assert "held for England, Wales, Scotland" in said
    assert "not yet checked by a lawyer or any other named person" in said


def test_every_fact_of_law_says_where_it_was_read_and_when():
    for fact in shipped_law().values():
        assert fact.source, fact.id
        assert fact.read_on <= TODAY, fact.id


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("Talk to us. It is legal to have sex at 15, and we are glad that you came to see us.", None),
        ("We are kind here. You can say yes from twelve if your parents are fine with it.", "scotland"),
    ],
)
def test_wrong_law_is_found_however_kindly_it_is_put(text, nation):
    material = parse_material(text, "kind.md")
    result = check_material(material, shipped_contacts(), {}, TODAY, "young-people", nation)
    assert {"law-allows", "law-child-consents", "law-closes-the-door"} & {one.rule for one in result.findings}


def test_a_question_for_one_nation_is_not_asked_where_the_nation_is_unknown():
    text = "The Crown Prosecution Service decides whether there is a trial."
    material = parse_material(text, "report.md")
    asked = {
        nation: {
            finding.rule
            for finding in check_material(
                material, shipped_contacts(), {}, TODAY, "professionals", nation
            ).findings
        }
        for nation in (None, "england", "scotland")
    }
    assert "law-of-another-nation" in asked["scotland"]
    assert "law-of-another-nation" not in asked["england"] | asked[None]
