"""What a youth worker is told about a questionnaire of their own, before any young person sees it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml
from surveys.questionnaires.craft import CraftRule, craft_book, craft_findings, matches, welsh_findings
from surveys.questionnaires.placed import placed_questionnaire
from surveys.questionnaires.questionnaire import load_questionnaire
from surveys.questionnaires.questions import Kind
from surveys.questionnaires.sharing import known_to_others, sharing_of

LIBRARY = sorted((Path(__file__).parents[2] / "surveys/library").glob("*.yaml"))
HEAD = """\
format: 1
survey: ours
title: Our service
made_by: Riverside youth panel
purpose: Tell us what to change.
minutes: 5
ages: [11-15, 16-25]
pages:
"""
START = "- {ask: How is the room?, id: room, kind: faces}\n"
END = "- {ask: What is best here?, id: best, kind: text}\n"


def found_in(pages: str, head: str = HEAD, group: int = 8) -> list[tuple[str, int, int, str]]:
    placed = placed_questionnaire(head + pages, "ours.yaml")
    return [(one.rule, one.line, one.column, one.text) for one in craft_findings(placed, group)]


def rules(pages: str, head: str = HEAD, group: int = 8) -> set[str]:
    return {rule for rule, *_ in found_in(pages, head, group)}


SEARCHED = [rule for rule in craft_book().rules if rule.must_match]


@pytest.mark.parametrize("rule", SEARCHED, ids=lambda rule: rule.id)
def test_a_rule_finds_what_it_says_it_finds_and_leaves_the_rest_alone(rule: CraftRule):
    assert [text for text in rule.must_match if not list(matches(rule, text))] == []
    assert [text for text in rule.must_not_match if list(matches(rule, text))] == []


def test_every_rule_says_why_and_how_to_mend_it_and_from_where():
    for rule in craft_book().rules:
        assert rule.message, rule.id
        assert rule.instead, rule.id
        assert rule.source, rule.id


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_the_ready_made_questionnaires_pass_their_own_check(path):
    placed = placed_questionnaire(path.read_text("utf-8"), path.name)
    assert craft_findings(placed) == ()
    assert welsh_findings(placed, offered=False) == ()


def test_a_good_questionnaire_has_no_findings():
    assert found_in(START + END) == []


@pytest.mark.parametrize(
    ("page", "rule", "text"),
    [
        ("- {ask: What is your name?, id: a, kind: text}", "asks-for-a-name", "your name"),
        ("- {ask: How old are you?, id: a, kind: text}", "exact-detail", ""),
        ("- {ask: How helpful was your worker?, id: a, kind: faces}", "leading-question", "How helpful was"),
        ("- {ask: Staff were kind and on time., id: a, kind: likert}", "two-questions-in-one", "and"),
        ("- {ask: What happened to you?, id: a, kind: text}", "asks-what-was-done", "What happened to you"),
        ("- {ask: Do you feel safe here?, id: a, kind: frequency}", "sensitive-not-marked", "safe"),
    ],
)
def test_wording_is_found_at_its_very_place(page, rule, text):
    found = [one for one in found_in(START + page + "\n" + END) if one[0] == rule]
    assert [(line, words) for _, line, _, words in found] == [(10, text)]
    ((_, _, column, _),) = found
    line = (HEAD + START + page).split("\n")[9]
    assert line[column - 1 :].startswith(text)


def test_places_hold_in_both_languages_and_under_quotes():
    pages = (
        START
        + '- ask:\n    en: "Staff were kind and on time."\n    cy: Caredig.\n  id: a\n  kind: likert\n'
        + END
    )
    ((_, line, column, text),) = [one for one in found_in(pages) if one[0] == "two-questions-in-one"]
    assert (HEAD + pages).split("\n")[line - 1][column - 1 :].startswith(text)


SENSITIVE = (
    "- {ask: How safe is it?, id: safe, kind: faces, sensitive: safety, sensitive_because: It may hurt.}\n"
)
NOTE = (
    "- {ask: The next part is about feeling safe. You can skip it., id: before, kind: note, covers: [safe]}\n"
)


def test_a_sensitive_question_stands_neither_first_nor_last():
    assert "starts-sensitive" in rules(SENSITIVE + START + END)
    assert "ends-sensitive" in rules(START + SENSITIVE)
    assert rules(START + NOTE + SENSITIVE + END).isdisjoint({"starts-sensitive", "ends-sensitive"})


def test_a_sensitive_question_is_announced_and_can_be_skipped_as_a_part():
    assert "no-content-note" in rules(START + SENSITIVE + END)
    silent = NOTE.replace(", covers: [safe]", "")
    assert "no-skip" in rules(START + silent + SENSITIVE + END)
    assert rules(START + NOTE + SENSITIVE + END).isdisjoint({"no-content-note", "no-skip"})


def test_what_is_skipped_stands_right_behind_its_note():
    between = "- {ask: How is the food?, id: food, kind: faces}\n"
    assert "skip-leaps" in rules(START + NOTE + between + SENSITIVE + END)


def test_a_sensitive_question_says_why():
    bare = SENSITIVE.replace(", sensitive_because: It may hurt.", "")
    assert "sensitive-without-why" in rules(START + NOTE + bare + END)


def test_it_ends_on_something_good():
    assert rules(START) == {"ends-on-nothing-good"}


def test_more_than_twelve_minutes_and_more_than_promised_are_said():
    assert "too-long" in rules(START + END, HEAD.replace("minutes: 5", "minutes: 13"))
    many = "".join(
        f"- {{ask: How is place number {n} in this house?, id: p{n}, kind: faces}}\n" for n in range(12)
    )
    assert "slow-readers" in rules(START + many + END, HEAD.replace("minutes: 5", "minutes: 2"))


AGE = "- {ask: How old are you?, id: age, kind: choose-one, sensitive: identity, sensitive_because: x, choices: [A]}\n"
CHOICES = "[{id: a, label: One}, {id: b, label: Two}]"
AGE = AGE.replace("[A]", CHOICES)
GENDER = AGE.replace("How old are you?", "What is your gender?").replace("id: age", "id: gender")


def test_two_wide_bands_hide_somebody_in_a_group_and_two_such_questions_in_a_small_one_do_not():
    assert "points-at-one-person" not in rules(START + AGE + END)
    assert "points-at-one-person" in rules(START + AGE + GENDER + END)
    assert "points-at-one-person" not in rules(START + AGE + GENDER + END, group=30)


def test_the_estimate_is_explained_in_numbers():
    placed = placed_questionnaire(HEAD + START + AGE + GENDER + END, "ours.yaml")
    (found,) = [one for one in craft_findings(placed) if one.rule == "points-at-one-person"]
    assert "`age`, `gender` together can be answered in 4 ways" in found.message
    assert "If 8 people took part" in found.message
    assert "about 2.8 would give the same answers" in found.message


AGE_PAGE = placed_questionnaire(HEAD + START + AGE + END, "ours.yaml").questionnaire.pages[1]


@given(group=some.integers(1, 500), more=some.integers(0, 5))
def test_more_people_hide_somebody_and_more_questions_show_them(group, more):
    (page,) = [
        page
        for page in placed_questionnaire(HEAD + START + AGE + END, "ours.yaml").questionnaire.pages
        if page.id == "age"
    ]
    one, two = sharing_of([page] * more, group), sharing_of([page] * (more + 1), group)
    assert 1 <= two.sharing <= one.sharing <= group
    assert 0 <= one.alone <= group
    assert sharing_of([page] * more, group + 1).sharing >= one.sharing


def test_what_others_may_know_is_known_of_the_library():
    known = {
        load_questionnaire(path).pages[index].id
        for path in LIBRARY
        for index in known_to_others(load_questionnaire(path), craft_book().known_to_others)
    }
    assert known == {"age", "setting"}


def test_gaps_in_the_welsh_are_always_said_and_none_or_unread_where_welsh_is_offered():
    def welsh(text: str, *, offered: bool) -> list[tuple[str, int]]:
        return [
            (one.rule, one.line)
            for one in welsh_findings(placed_questionnaire(text, "ours.yaml"), offered=offered)
        ]

    none = HEAD + START + END
    assert welsh(none, offered=False) == []
    assert welsh(none, offered=True) == [("no-welsh", 1)]
    partly = none.replace("ask: How is the room?", "ask: {en: How is the room?, cy: Sut mae'r stafell?}")
    assert welsh(partly, offered=False) == [("welsh-missing", 3), ("welsh-missing", 5), ("welsh-missing", 10)]
    whole = (
        partly.replace("title: Our service", "title: {en: Our service, cy: Ein gwasanaeth}")
        .replace("purpose: Tell us what to change.", "purpose: {en: Tell us., cy: Dywed.}")
        .replace("ask: What is best here?", "ask: {en: What is best here?, cy: Beth sydd orau?}")
    )
    assert welsh(whole, offered=False) == []
    assert welsh(whole, offered=True) == [("welsh-unread", 1)]


class Tried(Struct, frozen=True, forbid_unknown_fields=True):
    """A question to try the rules on."""

    kind: Kind
    ask: str


class TriedSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that need work, and questions that are fine."""

    needs_work: tuple[Tried, ...]
    is_fine: tuple[Tried, ...]


class TriedSets(Struct, frozen=True, forbid_unknown_fields=True):
    """Four sets; the rules were changed for each before the next was written."""

    format: int
    one: TriedSet
    two: TriedSet
    three: TriedSet
    four: TriedSet


def is_flagged(tried: Tried) -> bool:
    more = {"choose-one": f", choices: {CHOICES}", "number": ", low: None, high: A lot"}.get(tried.kind, "")
    page = f'- {{ask: "{tried.ask}", id: tried, kind: {tried.kind}{more}}}\n'
    return bool(found_in(START + page + END))


def test_most_questions_that_need_work_are_found_and_few_that_are_fine():
    """On first runs, flagged that needed work and that were fine: 13/20 and 2/20, 17/20 and 1/20, 18/30 and 4/30, 16/20 and 1/20.

    What the third set still misses are words of blame, which the campaign rules find in `coprod surveys check`.
    """
    tried = load_yaml(Path(__file__).parent / "craft-questions.yaml", TriedSets).value
    parts = (tried.one, tried.two, tried.three, tried.four)
    missed = [one.ask for part in parts for one in part.needs_work if not is_flagged(one)]
    wrong = [one.ask for part in parts for one in part.is_fine if is_flagged(one)]
    assert missed == [
        "Are you in care or have you been in care?",
        "What did you do to put yourself in danger?",
        "I make bad choices online.",
        "Young people who send nudes are asking for trouble.",
    ]
    assert wrong == ["How easy is it to ring us?"]
