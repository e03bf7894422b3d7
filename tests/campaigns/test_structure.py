"""What a material must have, and that plain text is only ever told one thing it lacks."""

from datetime import date

import pytest
from msgspec.structs import replace

from campaigns.checking.check import check_material, check_text
from campaigns.checking.evidence import compare_definition, shipped_evidence
from campaigns.checking.reading import fold
from campaigns.materials.material import parse_material
from coprod.kernel.contacts import shipped_contacts

TODAY = date(2026, 11, 22)
GOOD = """---
format: 1
title: It is never your fault
audience: young-people
nation: england
message: It is never your fault.
action: Talk to someone you choose.
contacts: [childline, shout]
content_note: This is about being exploited.
claims:
- text: Boys and young men are exploited too.
  source: briefing-2017/all-backgrounds
review_by: 2028-03-31
---
# It is never your fault

Boys and young men are exploited too. It is not your fault. You deserve to be safe, and things can get better.

Talk to someone you choose, such as a nurse or a youth worker.
"""


def rules_of(text: str, **confirmed: date) -> dict[str, str]:
    result = check_material(parse_material(text, "m.md"), shipped_contacts(), confirmed, TODAY)
    return {finding.rule: finding.severity for finding in result.findings}


def test_a_good_material_gets_nothing():
    assert rules_of(GOOD) == {}


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("message: It is never your fault.\n", "", "has-main-message", "warn"),
        (
            "message: It is never your fault.",
            "message: Clinics are open every Monday evening.",
            "message-first",
            "warn",
        ),
        ("contacts: [childline, shout]", "contacts: []", "help-contact", "block"),
        ("[childline, shout]", "[childlin]", "contact-unknown", "block"),
        ("[childline, shout]", "[childline, meic]", "contact-unsuitable", "block"),
        ("content_note: This is about being exploited.\n", "", "content-note", "ask"),
        ("review_by: 2028-03-31\n", "", "review-by", "warn"),
        ("2028-03-31", "2026-11-21", "review-by", "warn"),
        ("It is not your fault. ", "", "not-your-fault", "warn"),
        ("You deserve to be safe, and things can get better.", "", "has-strengths", "ask"),
        ("all-backgrounds", "all-background", "claim-source-unknown", "block"),
        ("briefing-2017/all-backgrounds", "Somebody we met", "claim-undated", "warn"),
        (
            "Boys and young men are exploited too.\n  source",
            "90 in 100 boys are exploited.\n  source",
            "claim-differs",
            "block",
        ),
        (
            "text: Boys and young men are exploited too.\n  source: briefing-2017/all-backgrounds",
            "text: Services save £12 for every £1.\n  source: briefing-2017/financial-benefit",
            "claim-caveat",
            "ask",
        ),
        ("# It is never", "![](x.png)\n\n# It is never", "image-alt", "block"),
        (
            "Talk to someone you choose, such",
            "Call Childline on 0800 1112, or talk to someone, such",
            "contact-number",
            "block",
        ),
        (
            "Talk to someone you choose, such",
            "9 in 10 boys never tell. Talk to someone you choose, such",
            "claim-unsourced",
            "warn",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(old, new, rule, severity):
    text = (
        GOOD.replace(old, new)
        if rule != "not-your-fault"
        else GOOD.replace(old, new).replace("It is never your fault", "You matter")
    )
    assert text != GOOD
    assert rules_of(text).get(rule) == severity


def test_a_contact_confirmed_too_long_ago_is_told():
    assert rules_of(GOOD, childline=date(2026, 1, 1)) == {"contact-stale": "warn"}
    assert rules_of(GOOD, childline=date(2026, 11, 1)) == {}


def test_a_wrong_number_is_named_with_the_right_one():
    result = check_text("Call Childline on 0800 1112.", shipped_contacts(), TODAY, "professionals")
    assert "0800 1111" in result.findings[0].instead


def test_plain_text_is_told_at_most_one_thing_it_lacks():
    text = "Somebody may be pressing you to do things that you do not want to do. " * 6
    found = check_text(text, shipped_contacts(), TODAY, "young-people").findings
    assert [finding.rule for finding in found] == ["help-contact"]
    assert (found[0].line, found[0].column, found[0].end_column, found[0].text) == (1, 1, 1, "")


def test_a_dated_claim_with_place_and_limits_lifts_a_block_on_ethnicity():
    said = "Asian men were over-represented in three forces."
    claim = f"- text: {said}\n  source: National audit, 2025\n  place: three forces\n  limits: not recorded for two thirds\n"
    text = GOOD.replace("review_by", f"{claim}review_by").replace(
        "Talk to someone you choose, such", f"{said} Talk to someone, such"
    )
    assert "ethnic-gang" not in rules_of(text)
    assert rules_of(text.replace("  limits: not recorded for two thirds\n", ""))["ethnic-gang"] == "block"


DEFINITION = shipped_evidence().definition("england")


def test_the_statutory_definition_is_accepted_word_for_word_only():
    exact = compare_definition(DEFINITION, fold(f"It says: ‘{DEFINITION.text}’ (2017)"))
    assert exact is not None
    assert exact.changes == ()
    near = compare_definition(DEFINITION, fold(DEFINITION.text.replace("18", "16")))
    assert near is not None
    assert near.changes == ("16 stands for: 18",)
    assert compare_definition(DEFINITION, fold("Exploitation is abuse of power by somebody else.")) is None


def test_englands_definition_is_not_taken_for_another_nations():
    material = parse_material(DEFINITION.text, "m.md")
    result = check_material(material, shipped_contacts(), {}, TODAY, "professionals", "wales")
    assert [finding.rule for finding in result.findings] == ["definition-of-another-nation"]


def test_every_statement_has_an_id_of_its_own():
    ids = [statement.id for statement in shipped_evidence().statements]
    assert len(ids) == len(set(ids))


def test_the_audience_asked_for_wins_over_the_one_declared():
    material = parse_material(GOOD, "m.md")
    assert check_material(material, shipped_contacts(), {}, TODAY, "press").audience == "press"
    assert replace(material, front=None).language == "en"


@pytest.mark.parametrize("age", [18, 16])
def test_the_definition_as_the_guide_prints_it_in_two_sentences_is_no_misquotation(age):
    """The briefing joins the first two sentences of the guide; a campaign may quote either, and not change the age."""
    text = (
        "Child sexual exploitation is a form of child sexual abuse. It occurs where an individual or group takes "
        "advantage of an imbalance of power to coerce, manipulate or deceive a child or young person under the age of "
        f"{age} into sexual activity (a) in exchange for something the victim needs or wants, and/or (b) for the "
        "financial advantage or increased status of the perpetrator or facilitator."
    )
    found = check_text(text, shipped_contacts(), TODAY, "professionals", "england").findings
    said = [one.message for one in found if one.rule == "definition-misquoted"]
    assert [one.endswith(": 16 stands for: 18.") for one in said] == [True] * (age != 18)
