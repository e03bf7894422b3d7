"""What no phrase list finds: one-sided pictures of harm, pictures that stigmatise, half-quoted definitions."""

from datetime import date

import pytest

from campaigns.checking.check import check_material
from campaigns.checking.law import NOT_CHECKED, shipped_law
from campaigns.checking.rules import shipped_rules
from campaigns.materials.material import parse_material
from coprod.kernel.contacts import shipped_contacts

TODAY = date(2026, 11, 22)
ONLINE = (
    "Grooming happens online. People use apps and games to reach you. They hide behind a profile and a screen. "
    "They ask for your trust and then they exploit it. An abuser may write every day and say that only he "
    "understands you. If somebody on the internet makes you feel bad, that is not your fault, and you can block "
    "them and talk to somebody you trust about it, whenever you want to, or call Childline on 0800 1111. "
)


def rules_in(text: str, audience="young-people", nation=None) -> set[str]:
    material = parse_material(text, "case.md")
    result = check_material(material, shipped_contacts(), {}, TODAY, audience, nation)
    return {finding.rule for finding in result.findings}


def test_harm_that_happens_only_online_is_asked_about():
    assert "online-only-framing" in rules_in(ONLINE)
    assert "online-only-framing" not in rules_in(ONLINE + "It can also happen face to face.")


def test_a_promise_of_confidentiality_says_where_it_ends():
    assert "confidentiality-limits" in rules_in("Our nurses keep what you tell them confidential.")
    limits = "Our nurses keep it confidential unless you are in danger."
    assert "confidentiality-limits" not in rules_in(limits)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("![A girl crying in a dark corner](a.jpg)", "picture-distress"),
        ("# Picture brief\n\nA hooded man behind a screen.", "picture-stock-abuser"),
        ("## Images for the leaflet\n\n- A teenager in heavy make-up\n", "picture-sexualised"),
    ],
)
def test_pictures_that_stigmatise_are_found_before_they_are_bought(text, rule):
    assert rule in rules_in(text, "professionals")


def test_words_about_pictures_are_left_alone_in_running_text():
    text = "# Someone shared a picture of me\n\nA young person may be crying. It is not your fault."
    assert not {rule for rule in rules_in(text) if rule.startswith("picture")}


def test_a_brief_that_rules_pictures_out_is_good():
    text = "# Picture brief\n\nNo tears and no hooded men. Three friends at a bus stop."
    assert not rules_in(text, "professionals")


LOOSE = (
    "Child sexual exploitation is a kind of abuse in which a person takes advantage of someone under the age of 16 "
    "in exchange for gifts or for financial advantage."
)


def test_a_definition_in_borrowed_pieces_is_named_where_we_hold_the_wording():
    assert "definition-paraphrased" in rules_in(LOOSE, "professionals", "england")
    assert "definition-paraphrased" not in rules_in(LOOSE, "professionals", "scotland")


def test_each_fact_of_law_has_a_source_a_date_and_a_checker_or_says_that_it_waits():
    for fact in shipped_law().values():
        assert fact.source
        assert fact.checked_by or NOT_CHECKED in fact.standing
    book = shipped_rules()
    rule = next(rule for rule in book.rules if rule.fact)
    assert "Law: " in book.titles(rule)
