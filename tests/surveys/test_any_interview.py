"""To a young person: whatever is asked and whatever you press, you are never stuck, never shown what is not for you,
and nothing of you is kept that you took back. What should be shown is worked out here anew, not by coprod."""

import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from coprod.kernel.record import Chosen, MainRecord, NotShown, Skipped, record_to_bytes
from surveys.interviews.events import (
    Back,
    Change,
    Choose,
    ChooseEnd,
    CloseHelp,
    Continue,
    Decline,
    Event,
    GoToEnd,
    MarkWord,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    Write,
)
from surveys.interviews.interview import Interview, begin, page, records, step
from surveys.interviews.pages import Page
from surveys.interviews.state import answer_as_text
from surveys.questionnaires.questionnaire import Questionnaire, largest_main_record
from surveys.questionnaires.questions import Note, SaidPage
from tests.surveys.random_questionnaires import EVENTS, questionnaires

MOST_ABOUT, PAIRS = 30, 3
NUMBERS = st.lists(st.integers(0, 5_039), min_size=1, max_size=60)
_PIPED = re.compile(r"\$\{(q\d)\}")
_CHOSEN = re.compile(r"(not\()?selected\(\$\{(q\d)\}, '([^']+)'\)\)?")
_ABOVE = re.compile(r"(not\()?\$\{(q\d)\} > 5\)?")
_EMPTY = re.compile(r"\$\{(q\d)\} = ''")


def holds(test: str, texts: dict[str, str]) -> bool:
    """Tell whether one of the tests that random questionnaires use holds, read in the simplest way."""
    for part in test.split(" or "):
        if found := _EMPTY.fullmatch(part):
            true = not texts.get(found[1], "")
        elif found := _CHOSEN.fullmatch(part):
            true = (found[3] in texts.get(found[2], "").split()) != bool(found[1])
        else:
            found = _ABOVE.fullmatch(part)
            assert found, part
            said = texts.get(found[2], "")
            true = (said != "" and int(said) > 5) != bool(found[1])
        if true:
            return True
    return False


def for_me(interview: Interview) -> list[str]:
    """Give the pages that these answers call for, in order."""
    texts: dict[str, str] = {}
    passed: set[str] = set()
    called = []
    for one in interview.questionnaire.pages:
        shown_words = one.ask.en + "".join(aged.ask.en for aged in one.by_age if aged.ask)
        piped = all(texts.get(name) for name in _PIPED.findall(shown_words))
        if one.id in passed or (one.relevant and not holds(one.relevant, texts)) or not piped:
            continue
        called.append(one.id)
        answer = interview.answers.get(one.id)
        texts[one.id] = answer_as_text(answer)
        if isinstance(one, Note) and isinstance(answer, Skipped):
            passed.update(one.covers)
    return called


def begun(questionnaire: Questionnaire) -> Interview:
    """Give the interview on its first question."""
    return past_the_first_pages(
        begin(questionnaire, shuffled=lambda choices: choices[::-1], languages=("en", "cy"))
    )


def past_the_first_pages(interview: Interview) -> Interview:
    """Go on until a question is shown."""
    for _ in range(MOST_ABOUT):
        if interview.stage != "about":
            return interview
        interview = step(interview, Continue())
    raise AssertionError("the first pages never end")


def an_answer(shown: Page, number: int) -> tuple[Event, ...]:
    """Give one way to answer a page, by number."""
    ids = [one.id for one in shown.choices]
    match shown.kind:
        case "text":
            return (Write(("", "words", " ")[number % 3], may_quote=number % 2 == 0),)
        case "number":
            return (Rate(number % 11),)
        case "ranking":
            first = number % len(ids)
            return (Rank((*ids[first:], *ids[:first])[: 1 + number % 3]),)
        case "best-worst":
            return (
                ChooseEnd("most", ids[number % len(ids)]),
                ChooseEnd("least", ids[number // 3 % len(ids)]),
            )
        case "highlighter":
            return (MarkWord(1 + number % len(shown.passage), shown.marks[number % 3].id),)
        case "choose-many":
            return tuple(map(Choose, ids)) if number % 3 == 0 else (Choose(ids[number % len(ids)]),)
        case _ if ids:
            return (Choose(ids[number % len(ids)]),)
        case _:
            return ()


def an_act(interview: Interview, number: int) -> tuple[Event, ...]:
    """Give something a person may do on this page, by number: mostly answer and go on, sometimes anything else."""
    shown = page(interview)
    if shown.stage == "look-back":
        return (Change(shown.answers[number % len(shown.answers)].question) if shown.answers else Back(),)
    others = (Back(), GoToEnd(), Skip(), Decline(), Continue())
    if number % 4 == 0:
        return (others[number // 4 % len(others)],)
    answer = an_answer(shown, number // 4)
    return answer if number % 7 == 0 else (*answer, Continue())


def is_honest(interview: Interview) -> None:
    """Hold an interview to what its answers call for."""
    called = for_me(interview)
    assert set(interview.answers) <= set(called), "an answer to a question that became irrelevant was kept"
    if interview.stage == "questions":
        assert here(interview) in called, "an irrelevant question is shown"
    if interview.stage == "look-back":
        limited = [one.id for one in interview.questionnaire.pages if getattr(one, "constraint", "")]
        answers = (interview.answers.get(name) for name in limited)
        assert all(len(one.choices) < 3 for one in answers if isinstance(one, Chosen)), (
            "a constraint was broken"
        )


@settings(max_examples=150, deadline=None)
@given(questionnaires(), NUMBERS, st.lists(EVENTS, max_size=10))
def test_nothing_irrelevant_is_ever_shown_or_kept(questionnaire, numbers, events):
    interview = begun(questionnaire)
    for at, number in enumerate(numbers):
        acts = (events[at],) if at < len(events) and number % 5 == 0 else an_act(interview, number)
        for act in acts:
            interview = step(interview, act)
            is_honest(interview)


def here(interview: Interview) -> str:
    """Give the id of the page shown; nothing where it is not one of the questionnaire's."""
    return interview.questionnaire.pages[interview.place].id if interview.stage == "questions" else ""


def to_the_end(interview: Interview, chance: Random) -> tuple[Interview, list[str]]:
    """Go forward only, answering, skipping or declining each page, and give where it ends and what was seen."""
    seen: list[str] = []
    while interview.stage == "questions":
        name, said = here(interview), isinstance(interview.questionnaire.pages[interview.place], SaidPage)
        seen.append(name)
        passing = chance.choice(((Skip(),), (), (), () if said else (Decline(),)))
        for _ in range(PAIRS):
            acts = passing or (*an_answer(page(interview), chance.randrange(5_040)), Continue())
            for act in acts:
                interview = step(interview, act) if here(interview) == name else interview
            if passing or interview.notice or here(interview) != name:
                break
        if interview.notice:
            # Nothing was chosen, or a constraint was broken: passing it over must still work.
            interview = step(interview, Skip())
        assert here(interview) != name, "it is stuck"
    return interview, seen


@settings(max_examples=150, deadline=None)
@given(questionnaires(), st.integers(0, 10**9))
def test_going_forward_shows_every_page_that_is_for_me_once_and_no_other(questionnaire, seed):
    interview, seen = to_the_end(begun(questionnaire), Random(seed))  # noqa: S311  any order will do
    assert interview.stage == "look-back"
    assert seen == for_me(interview)
    sent = step(interview, Send())
    main, *_ = records(sent, "sha")
    assert isinstance(main, MainRecord)
    bare = structs.replace(main, questionnaire="0" * 64, linked={})
    assert len(record_to_bytes(bare)) <= largest_main_record(questionnaire), "more than was reckoned with"
    asked = {one.id for one in questionnaire.pages if not isinstance(one, SaidPage)}
    hidden = {name for name, reply in main.replies.items() if reply == NotShown()}
    assert hidden == asked - set(seen)


@settings(max_examples=80, deadline=None)
@given(questionnaires(), NUMBERS)
def test_from_anywhere_it_can_be_sent_or_erased_and_every_page_offers_a_way_on(questionnaire, numbers):
    interview = begun(questionnaire)
    for number in numbers:
        for act in an_act(interview, number):
            interview = step(interview, act)
    assert any(step(interview, action.event) != interview for action in page(interview).actions)
    sent = step(step(past_the_first_pages(step(interview, CloseHelp())), GoToEnd()), Send())
    assert sent.stage == "sent"
    gone = step(interview, Stop())
    assert gone.stage == "erased"
    assert gone.answers == {}


def test_the_simple_reading_of_tests_reads_them():
    assert holds("selected(${q1}, 'red')", {"q1": "blue red"})
    assert not holds("not(selected(${q1}, 'red'))", {"q1": "red"})
    assert holds("not(${q1} > 5)", {"q1": ""})
    assert holds("${q1} > 5 or ${q1} = ''", {"q1": "6"})
