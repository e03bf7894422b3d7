"""What a text that does harm leaves out is asked for; a kind text is left to its own reasons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.checking.check import check_text
from campaigns.checking.leaning import MOST_CARE, leaning
from campaigns.checking.omissions import shipped_groups
from coprod.kernel.contacts import shipped_contacts

TODAY = date(2026, 11, 22)
HARM = "It is your own fault if you put yourself at risk, and nobody will believe promiscuous girls who ask for it."


def rules_in(text: str, audience="families") -> set[str]:
    return {finding.rule for finding in check_text(text, shipped_contacts(), TODAY, audience).findings}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"{HARM} Girls, come home before dark.", "girls-only-framing"),
        (f"{HARM} It is always strangers, men twice your age, who do it.", "older-strangers-only-framing"),
        (f"{HARM} They find you on the internet, on apps, on your smartphone.", "online-only-framing"),
        (
            f"{HARM} Look for: new clothes, moods, going missing, lies, love bites, drink on the breath.",
            "signs-without-perpetrator",
        ),
        (
            f"{HARM} Look for: new clothes; moods; going missing; lies; love bites; drink on the breath.",
            "signs-without-perpetrator",
        ),
        (
            f"{HARM} Pupils found with such pictures or selfies on a phone will be excluded.",
            "signs-without-perpetrator",
        ),
        (f"{HARM} You are safe if you think before you click.", "online-only-framing"),
        (f"{HARM} Picture a lass your age who met a stranger.", "older-strangers-only-framing"),
        (f"{HARM} Tell the boys to look after the girls.", "girls-only-framing"),
        (HARM, "help-contact"),
    ],
)
def test_a_text_that_does_harm_is_asked_what_it_leaves_out(text, rule):
    assert rule in rules_in(text)


@pytest.mark.parametrize("rest", ["He asked for the picture.", "Somebody who shares a picture does wrong."])
def test_pictures_that_somebody_else_presses_for_are_not_asked_about(rest):
    text = f"{HARM} Pupils found with such pictures will be excluded. {rest}"
    assert "signs-without-perpetrator" not in rules_in(text)


def test_staff_who_are_told_what_to_spot_are_told_whom_to_tell():
    seen = f"{HARM} If you see a man with a girl at the desk, trust your gut."
    assert rules_in(seen, "professionals") >= {"help-contact", "girls-only-framing"}
    assert "help-contact" not in rules_in(f"{seen} Ring the police on 101.", "professionals")


def test_a_record_of_one_child_is_not_asked_whom_it_leaves_out():
    record = "K (14) returned to placement at 05.30 with two males, smelling of drink. Promiscuous, puts herself at risk, it is her own fault. Plan reviewed and missing log updated."
    assert not rules_in(record, "professionals") & {"help-contact", "girls-only-framing"}


def test_a_news_story_that_does_harm_is_asked_for_help():
    assert "help-contact" in rules_in(f"{HARM} The court heard the case on Monday.", "press")
    assert "help-contact" not in rules_in(f"{HARM} Childline is free on 0800 1111.", "press")


@pytest.mark.parametrize(
    "text",
    [
        "The girls' football club meets on Monday. Daughters of every age are welcome. Call 0800 1111 to talk.",
        "Our web page has apps and screens for young people. You can talk to Childline on 0800 1111 about anything.",
    ],
)
def test_a_kind_text_is_not_asked(text):
    assert not rules_in(text) & {"girls-only-framing", "online-only-framing", "older-strangers-only-framing"}


def test_a_text_of_a_few_words_has_no_room_for_all():
    assert "older-strangers-only-framing" not in rules_in("Strangers rape promiscuous girls.")


@pytest.mark.parametrize(
    "text",
    [
        "Childline is on 0800 1111 and the Samaritans are on 116 123.",
        "Childline 0800 1111. NSPCC 0808 800 5000.",
    ],
)
def test_the_number_of_another_service_is_not_taken_for_a_wrong_one(text):
    assert "contact-number" not in rules_in(text)


def test_a_wrong_number_behind_a_name_is_still_found():
    assert "contact-number" in rules_in("Childline is on 0800 2222 and is free to call for every child here.")


@pytest.mark.parametrize(
    ("text", "asked"), [("A TAF follows.", 1), ("An ICPC, a TAF, an EIP and a CERAF follow.", 4)]
)
def test_many_initials_are_each_asked_about_and_a_few_once(text, asked):
    kind = f"You can talk to us about anything, and bring a friend with you if you like. {text}"
    found = check_text(kind, shipped_contacts(), TODAY, "professionals").findings
    assert len([one for one in found if one.rule == "initials-unexplained"]) == asked


def test_codes_with_a_hyphen_are_initials_too():
    assert "initials-unexplained" in rules_in(
        "Anything with AA-V2 goes to our team, and you can ask about it."
    )


def test_a_text_that_tells_whom_to_turn_to_is_not_asked_for_help_in_other_words():
    told = f"{HARM} Speak to Mrs Oduya, the safeguarding lead, in room 4."
    assert "help-contact" not in rules_in(told, "professionals")
    assert "help-contact" in rules_in(
        f"{HARM} Never talk to the police about what you see at the desk.", "press"
    )


def test_a_question_about_what_is_left_out_names_the_words_it_was_asked_for():
    text = f"{HARM} Girls, come home before dark."
    found = check_text(text, shipped_contacts(), TODAY, "families").findings
    (asked,) = (finding for finding in found if finding.rule == "girls-only-framing")
    assert asked.severity == "ask"
    assert "Named here: “girls”." in asked.message


def test_boys_that_are_named_at_the_end_of_a_long_text_are_seen():
    long = f"{HARM} {'Girls, come home before dark. ' * 300}"
    assert "girls-only-framing" in rules_in(long)
    assert "girls-only-framing" not in rules_in(
        f"{long} Boys and young men, sons and lads are exploited too."
    )


@given(
    st.lists(st.sampled_from(["girls", "boys", "apps", "he", "choices", "the", "0800", "rain"]), max_size=400)
)
def test_a_whole_text_leans_to_care_or_nowhere(words):
    assert MOST_CARE <= leaning(" ".join(words)) <= 0


def test_a_long_text_leans_as_each_of_its_parts_do():
    part = (
        "girls who choose to dress up and chat to men on apps have themselves to thank for what comes next there "
        * 4
    )
    assert leaning(part) == leaning(part * 10)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Girls, come home before dark. Young men are targeted as well.", "girls-only-framing"),
        ("It is strangers, men twice your age, or somebody you know.", "older-strangers-only-framing"),
        ("They find you on the internet, on apps, or face to face.", "online-only-framing"),
    ],
)
def test_what_is_plainly_said_is_not_asked_for(text, rule):
    assert rule not in rules_in(f"{HARM} {text}")


def test_each_picture_of_a_whole_is_made_of_groups_that_there_are():
    groups = shipped_groups()
    known = {*groups.phrases, *(group for stood in groups.of_word.values() for group in stood)}
    for name, picture in groups.pictures.items():
        assert {*picture.these, *picture.others, *picture.beside} <= known, name
