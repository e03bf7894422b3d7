"""The interview: a pure state machine with no screen, no disk and no clock.

about -> questions -> look-back -> sent | erased. `step` gives the next value; nothing is changed in place.
"""

from collections.abc import Callable

from msgspec.structs import replace

from coprod.kernel.contacts import HelpContact
from coprod.kernel.record import (
    Chosen,
    Declined,
    MainRecord,
    NotShown,
    Rated,
    Reply,
    Skipped,
    TextRecord,
    Wrote,
)
from coprod.kernel.text import clean
from coprod.kernel.wording import Language
from surveys.events import (
    Back,
    Change,
    Choose,
    CloseHelp,
    Continue,
    Decline,
    Event,
    GoToEnd,
    Help,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    Write,
)
from surveys.page_words import ABOUT_PAGES, page_of
from surveys.pages import Page
from surveys.questionnaire import Questionnaire, languages_offered
from surveys.questions import ChooseMany, ChooseOne, FreeText, Note, Number, QuestionPage, Ranking
from surveys.state import (
    Answer,
    Front,
    Interview,
    Seen,
    Written,
    choices_of,
    is_answered,
    keeps_constraint,
    most_characters,
    question_at,
    shown_pages,
    without_hidden,
    without_unfinished,
)

Shuffled = Callable[[tuple[str, ...]], tuple[str, ...]]

__all__ = ["Interview", "Page", "begin", "page", "records", "step"]


def begin(
    questionnaire: Questionnaire,
    language: Language = "en",
    *,
    shuffled: Shuffled = lambda choices: choices,
    languages: tuple[Language, ...] = (),
    contacts: tuple[HelpContact, ...] = (),
    front: Front = "full-screen",
) -> Interview:
    """Give a new interview on its first page.

    `shuffled` puts choices in a random order where the questionnaire asks for it; `languages` are the ones
    on offer (by default those that somebody has read); `contacts` stand on the help page.
    Raises ValueError for a language that is not on offer.
    """
    offered = languages or languages_offered(questionnaire)
    if language not in offered:
        raise ValueError("this language is not on offer for this questionnaire")
    orders = {
        one.id: shuffled(tuple(choice.id for choice in one.choices if not choice.alone))
        for one in questionnaire.pages
        if isinstance(one, ChooseOne | ChooseMany | Ranking) and one.shuffle
    }
    return Interview(
        questionnaire=questionnaire,
        language=language,
        languages=offered,
        contacts=contacts,
        front=front,
        orders=orders,
    )


def page(interview: Interview) -> Page:
    """Give the page to show now, all words in the interview's language."""
    return page_of(interview)


def step(interview: Interview, event: Event) -> Interview:
    """Give the interview after an event. An event that does not fit the page shown changes nothing."""
    if interview.stage in {"sent", "erased"}:
        return interview
    match event:
        case Stop():
            return _erased(interview)
        case SwitchLanguage(language=language):
            return replace(interview, language=language) if language in interview.languages else interview
        case Help() | CloseHelp():
            return replace(interview, helping=isinstance(event, Help), notice="")
        case _ if interview.helping:
            return interview
        case _:
            return _within(
                replace(interview, notice=""), event, asked_again=interview.notice == "nothing-chosen"
            )


def records(interview: Interview, questionnaire_sha256: str) -> tuple[MainRecord | TextRecord, ...]:
    """Give the main record and one record for each free text that is not linked.

    Raises ValueError before Send: nothing leaves an interview that was not sent.
    """
    if interview.stage != "sent":
        raise ValueError("records leave an interview only after it was sent")
    asked = [one for one in interview.questionnaire.pages if not isinstance(one, Note)]
    replies = {one.id: _reply(interview.answers.get(one.id)) for one in asked}
    written = [
        (one, words)
        for one in asked
        if isinstance(one, FreeText) and isinstance(words := interview.answers.get(one.id), Written)
    ]
    linked = {one.id: words.text.strip() for one, words in written if one.link}
    texts = (
        TextRecord(questionnaire_sha256, one.id, words.text.strip(), words.may_quote)
        for one, words in written
        if not one.link
    )
    return (MainRecord(questionnaire_sha256, replies, linked), *texts)


def _within(interview: Interview, event: Event, *, asked_again: bool) -> Interview:
    match interview.stage:
        case "about":
            return _at_about(interview, event)
        case "questions":
            return _at_question(interview, event, asked_again=asked_again)
        case "look-back":
            return _at_look_back(interview, event)
        case "sent" | "erased":
            return interview


def _at_about(interview: Interview, event: Event) -> Interview:
    match event:
        case Continue() if interview.place + 1 < ABOUT_PAGES:
            return replace(interview, place=interview.place + 1)
        case Continue():
            return _forward(replace(interview, stage="questions", place=-1))
        case Back():
            return replace(interview, place=max(0, interview.place - 1))
        case _:
            return interview


def _at_question(interview: Interview, event: Event, *, asked_again: bool) -> Interview:
    asked = question_at(interview)
    match event:
        case Continue():
            return _continued(interview, asked, asked_again=asked_again)
        case Skip():
            only_read = isinstance(asked, Note) and not asked.covers
            return _forward(_answered(interview, asked, Seen() if only_read else Skipped()))
        case Decline() if not isinstance(asked, Note):
            return _forward(_answered(interview, asked, Declined()))
        case Back():
            return _back(interview)
        case GoToEnd():
            return _to_look_back(interview)
        case _:
            return _replied(interview, asked, event)


def _at_look_back(interview: Interview, event: Event) -> Interview:
    shown = list(shown_pages(interview.questionnaire, interview.answers))
    match event:
        case Send():
            return replace(interview, stage="sent", orders={}, changing=None)
        case ThrowAway():
            return _erased(interview)
        case Back():
            return (
                replace(interview, stage="questions", place=shown[-1][0], changing=None)
                if shown
                else interview
            )
        case Change(question=name):
            unasked = frozenset(one.id for _, one in shown if one.id not in interview.answers)
            for index, one in shown:
                if one.id == name and not isinstance(one, Note):
                    return replace(interview, stage="questions", place=index, changing=unasked)
            return interview
        case _:
            return interview


def _continued(interview: Interview, asked: QuestionPage, *, asked_again: bool) -> Interview:
    if isinstance(asked, Note):
        return _forward(_answered(interview, asked, Seen()))
    answer = interview.answers.get(asked.id)
    if isinstance(answer, Declined | Skipped):
        return _forward(interview)
    if not is_answered(answer):
        if asked_again:
            return _forward(_answered(interview, asked, Skipped()))
        return replace(interview, notice="nothing-chosen")
    if not keeps_constraint(interview.questionnaire, asked, interview.answers):
        return replace(interview, notice="constraint")
    return _forward(interview)


def _replied(interview: Interview, asked: QuestionPage, event: Event) -> Interview:
    match asked, event:
        case FreeText(), Write(text=text, may_quote=may_quote):
            most = most_characters(interview.questionnaire, asked)
            words = clean(text)
            written = Written(clean(words[:most]), may_quote)
            notice = "shortened" if len(words) > most else ""
            return replace(_answered(interview, asked, written), notice=notice)
        case Number(), Rate(number=number) if number in range(11):
            return _answered(interview, asked, Rated(number))
        case Ranking(), Rank(choices=choices) if _is_ranking(asked, choices):
            return _answered(interview, asked, Chosen(choices))
        case ((Ranking() | FreeText() | Number() | Note()), _):
            return interview
        case _, Choose(choice=choice) if choice in {one.id for one in choices_of(asked)}:
            return _answered(interview, asked, _chosen(interview, asked, choice))
        case _:
            return interview


def _chosen(interview: Interview, asked: QuestionPage, choice: str) -> Chosen:
    before = interview.answers.get(asked.id)
    if not isinstance(asked, ChooseMany) or not isinstance(before, Chosen):
        return Chosen((choice,))
    alone = {one.id for one in asked.choices if one.alone}
    if choice in before.choices:
        kept = set(before.choices) - {choice}
    else:
        kept = {choice} if choice in alone else {choice, *before.choices} - alone
    return Chosen(tuple(one.id for one in choices_of(asked) if one.id in kept))


def _is_ranking(asked: Ranking, choices: tuple[str, ...]) -> bool:
    known = {one.id for one in asked.choices}
    return len(set(choices)) == len(choices) and known.issuperset(choices)


def _answered(interview: Interview, asked: QuestionPage, answer: Answer) -> Interview:
    answers = without_hidden(interview.questionnaire, {**interview.answers, asked.id: answer})
    return replace(interview, answers=answers)


def _forward(interview: Interview) -> Interview:
    """Go to the next page shown; coming back from the look-back page, only to what is new since then."""
    answers = without_unfinished(interview.questionnaire, interview.answers)
    for index, one in shown_pages(interview.questionnaire, answers):
        known = interview.changing is not None and (one.id in answers or one.id in interview.changing)
        if index > interview.place and not known:
            return replace(interview, answers=answers, place=index)
    return _to_look_back(interview)


def _back(interview: Interview) -> Interview:
    answers = without_unfinished(interview.questionnaire, interview.answers)
    if interview.changing is not None:
        return _to_look_back(interview)
    before = [index for index, _ in shown_pages(interview.questionnaire, answers) if index < interview.place]
    if before:
        return replace(interview, answers=answers, place=before[-1])
    return replace(interview, answers=answers, stage="about", place=ABOUT_PAGES - 1)


def _to_look_back(interview: Interview) -> Interview:
    answers = without_unfinished(interview.questionnaire, interview.answers)
    return replace(interview, answers=answers, stage="look-back", place=0, changing=None)


def _erased(interview: Interview) -> Interview:
    return replace(
        interview, stage="erased", place=0, answers={}, orders={}, helping=False, notice="", changing=None
    )


def _reply(answer: Answer | None) -> Reply:
    match answer:
        case None | Seen():
            return NotShown()
        case Written():
            return Wrote()
        case _:
            return answer
