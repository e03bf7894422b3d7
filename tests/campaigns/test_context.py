"""Mention is not use: a rejected phrase is no finding, and a command with "not" in it still is."""

import time
from datetime import date

import pytest

from campaigns.checking.check import check_text
from coprod.kernel.contacts import shipped_contacts

TODAY = date(2026, 11, 22)


def outcome(text: str) -> tuple[set[str], set[str]]:
    result = check_text(text, shipped_contacts(), TODAY, "professionals")
    return {one.rule for one in result.findings}, {one.rule for one in result.mentions}


MENTIONED = [
    ("It is not a lifestyle choice.", "lifestyle-choice"),
    ("Exploitation is never a lifestyle choice.", "lifestyle-choice"),
    ("Do not say that she made poor choices.", "risky-choices"),
    ("Avoid phrases such as hard to reach.", "hard-to-reach"),
    ("Say 'missing' instead of absconding.", "runaway"),
    ("The phrase risky behaviour blames the child.", "risky-behaviour"),
    ("She may think that he is her older boyfriend.", "boyfriend-older"),
    ("Officers dismissed her as promiscuous.", "promiscuous"),
    ("He was described as streetwise.", "streetwise"),
    ("‘Risky behaviour’ is a common phrase.", "risky-behaviour"),
    ('They were called "child prostitutes" by the press.', "child-prostitute"),
    ("It is a lifestyle choice. This is not true.", "lifestyle-choice"),
    ("Myth: she was asking for it.", "asking-for-it"),
    ("Myths\n\n- She was asking for it.", "asking-for-it"),
    ("Don't say:\n\n- She was asking for it.", "asking-for-it"),
    ("Young people said\n\n- He was my older boyfriend.", "boyfriend-older"),
    ('The review found that an officer said: "She is making poor choices."', "risky-choices"),
    ('Young people told us what they hear.\n\n"You are putting yourself at risk."', "put-at-risk"),
    ('Our old poster blamed girls. It said: "Don\'t make poor choices, girls."', "risky-choices"),
]
USED = [
    ("You should not put yourself at risk.", "put-at-risk"),
    ("Do not put yourself at risk.", "put-at-risk"),
    ("It is not your fault, but you made poor choices.", "risky-choices"),
    ("Myth: it is rare. Fact: she was asking for it.", "asking-for-it"),
    ("To stay safe, avoid risky behaviour.", "risky-behaviour"),
    ("This is not about him. She is promiscuous.", "promiscuous"),
    ("“Girls who put themselves at risk like this will be hurt,” said Inspector Grey.", "put-at-risk"),
    ('"Make better choices, stay safe."', "risky-choices"),
    ('Our message is simple: "Make better choices."', "risky-choices"),
    ('The headteacher said: "They made poor choices."', "risky-choices"),
    ("# Myths\n\n- It is rare. Fact: she was asking for it.", "asking-for-it"),
    ("Do not say that; she made poor choices.", "risky-choices"),
    ("We do not say it however she made poor choices.", "risky-choices"),
    ("Nobody is to blame; she was asking for it.", "asking-for-it"),
    ("Picture brief: “A girl crying in a corner”", "picture-distress"),
]


@pytest.mark.parametrize(("text", "rule"), MENTIONED)
def test_a_mention_is_shown_but_is_no_finding(text, rule):
    findings, mentions = outcome(text)
    assert rule not in findings
    assert rule in mentions


@pytest.mark.parametrize(("text", "rule"), USED)
def test_use_stays_a_finding(text, rule):
    assert rule in outcome(text)[0]


@pytest.mark.parametrize(
    ("heads", "is_mentioned"), [(("Avoid", "Say instead"), True), (("Heard", "Where"), False)]
)
def test_a_column_holds_wording_to_avoid_only_beside_one_of_what_to_say(heads, *, is_mentioned):
    """What was heard, and where, is no list of words to avoid."""
    table = "\n".join(
        f"| {one} | {other} |" for one, other in (heads, ("---", "---"), ("She was asking for it", "School"))
    )
    result = check_text(table, shipped_contacts(), TODAY, "professionals", is_markdown=True)
    found = {one.rule for one in (result.mentions if is_mentioned else result.findings)}
    assert "asking-for-it" in found


def test_a_mention_says_why_it_is_one():
    result = check_text("It is not a lifestyle choice.", shipped_contacts(), TODAY)
    assert result.mentions[0].because == "it is rejected in the same breath"


def test_words_that_two_rules_are_about_give_one_finding():
    result = check_text("Never talk to strangers.", shipped_contacts(), TODAY, "young-people")
    assert [(one.rule, one.text) for one in result.findings] == [("stranger", "Never talk to strangers")]


@pytest.mark.parametrize(
    "text",
    [
        "risky behaviour " * 3_000,
        "“a " * 30_000,
        "[" * 20_000,
        "0800" * 20_000,
        "a" * 100_000 + "@",
        "a." * 40_000,
    ],
    ids=["many findings", "open quotes", "brackets", "digits", "one word", "dots"],
)
def test_no_text_can_make_a_check_hang(text):
    start = time.process_time()
    check_text(text, shipped_contacts(), TODAY, "young-people")
    assert time.process_time() - start < 10


def test_a_block_in_a_kind_sentence_of_a_kind_text_is_a_warning_for_people_to_decide():
    kind = (
        "If you come across promiscuous in your file, you can ask us to correct it. You choose what you say."
    )
    found = check_text(kind, shipped_contacts(), TODAY, "professionals").findings
    assert [(one.rule, one.severity) for one in found] == [("promiscuous", "warn")]
    unkind = "The promiscuous girl was asking for it."
    assert {one.severity for one in check_text(unkind, shipped_contacts(), TODAY).findings} == {"block"}
