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
    Reply,
    Skipped,
    TextRecord,
    Wrote,
)
from coprod.kernel.wording import Language
from surveys.interviews.answering import answer_after, pairs_shown, was_shortened
from surveys.interviews.beginning import about_steps, at_about
from surveys.interviews.composed import over_id, pairs_of
from surveys.interviews.events import (
    Back,
    Change,
    CloseHelp,
    Continue,
    Decline,
    Event,
    GoToEnd,
    Help,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    WantWords,
)
from surveys.interviews.page_words import page_of
from surveys.interviews.pages import Page
from surveys.interviews.phrases import phrases
from surveys.interviews.state import (
    Answer,
    Front,
    Interview,
    Seen,
    Written,
    is_answered,
    keeps_constraint,
    question_at,
    shown_pages,
    without_hidden,
    without_unfinished,
)
from surveys.questionnaires.questionnaire import Questionnaire, languages_offered, with_help_card
from surveys.questionnaires.questions import ChoiceQuestion, FreeText, Note, Paired, QuestionPage, SaidPage

Shuffled = Callable[[tuple[str, ...]], tuple[str, ...]]

__all__ = ["Interview", "Page", "begin", "page", "records", "step", "words_wanted"]


def begin(  # noqa: PLR0913  one for each thing that a device decides
    questionnaire: Questionnaire,
    language: Language = "en",
    *,
    shuffled: Shuffled = lambda choices: choices,
    languages: tuple[Language, ...] = (),
    contacts: tuple[HelpContact, ...] = (),
    front: Front = "full-screen",
    offers_words: bool = False,
) -> Interview:
    """Give a new interview on its first page.

    `shuffled` puts choices in a random order where the questionnaire asks for it; `languages` are the ones
    on offer (by default those that somebody has read); `contacts` stand on the help page;
    `offers_words` says before sending that four words follow, and lets them be turned down.
    Raises ValueError for a language that is not on offer.
    """
    offered = languages or languages_offered(questionnaire)
    if language not in offered:
        raise ValueError("this language is not on offer for this questionnaire")
    orders = {
        one.id: _shuffled_pairs(one, shuffled)
        if isinstance(one, Paired)
        else shuffled(tuple(choice.id for choice in one.choices if not choice.alone))
        for one in questionnaire.pages
        if isinstance(one, ChoiceQuestion) and one.shuffle
    }
    return Interview(
        questionnaire=with_help_card(questionnaire, phrases().help.card),
        language=language,
        languages=offered,
        contacts=contacts,
        front=front,
        words="wanted" if offers_words else "none",
        orders=orders,
    )


def _shuffled_pairs(asked: Paired, shuffled: Shuffled) -> tuple[str, ...]:
    """Give every pair, its sides and then all of them in a random order; a blank parts two names."""
    pairs = pairs_of([choice.id for choice in asked.choices])
    return shuffled(tuple(" ".join(shuffled(pair)) for pair in pairs))


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


def words_wanted(interview: Interview) -> Language | None:
    """Give the language in which four words to take it all back are wanted, or None."""
    return interview.language if interview.words == "wanted" else None


def records(interview: Interview, questionnaire_sha256: str) -> tuple[MainRecord | TextRecord, ...]:
    """Give the main record and one record for each free text that is not linked.

    Raises ValueError before Send: nothing leaves an interview that was not sent.
    """
    if interview.stage != "sent":
        raise ValueError("records leave an interview only after it was sent")
    asked = [one for one in interview.questionnaire.pages if not isinstance(one, SaidPage)]
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
            after = at_about(interview, event)
            return _forward(after) if after.stage == "questions" else after
        case "questions":
            return _at_question(interview, event, asked_again=asked_again)
        case "look-back":
            return _at_look_back(interview, event)
        case "sent" | "erased":
            return interview


def _at_question(interview: Interview, event: Event, *, asked_again: bool) -> Interview:
    asked = question_at(interview)
    match event:
        case Continue():
            return _continued(interview, asked, asked_again=asked_again)
        case Skip():
            only_read = isinstance(asked, SaidPage) and not (isinstance(asked, Note) and asked.covers)
            return _forward(_answered(interview, asked, Seen() if only_read else Skipped()))
        case Decline() if not isinstance(asked, SaidPage):
            return _forward(_answered(interview, asked, Declined()))
        case Back():
            if interview.pair:
                return replace(interview, pair=interview.pair - 1)
            return _back(interview)
        case GoToEnd():
            return _to_look_back(interview)
        case _:
            return _replied(interview, asked, event)


def _at_look_back(interview: Interview, event: Event) -> Interview:
    shown = list(shown_pages(interview.questionnaire, interview.answers))
    match event:
        case Send():
            return replace(interview, stage="sent", orders={}, changing=None, band="", pair=0)
        case ThrowAway():
            return _erased(interview)
        case WantWords(wanted=wanted) if interview.words != "none":
            return replace(interview, words="wanted" if wanted else "unwanted")
        case Back():
            return (
                replace(interview, stage="questions", place=shown[-1][0], changing=None)
                if shown
                else interview
            )
        case Change(question=name):
            unasked = frozenset(one.id for _, one in shown if one.id not in interview.answers)
            for index, one in shown:
                if one.id == name and not isinstance(one, SaidPage):
                    return replace(interview, stage="questions", place=index, changing=unasked)
            return interview
        case _:
            return interview


def _continued(interview: Interview, asked: QuestionPage, *, asked_again: bool) -> Interview:
    if isinstance(asked, SaidPage):
        return _forward(_answered(interview, asked, Seen()))
    answer = interview.answers.get(asked.id)
    if isinstance(answer, Declined | Skipped):
        return _forward(interview)
    if isinstance(asked, Paired) and (pair := _next_pair(interview, asked, asked_again=asked_again)):
        return pair
    if not is_answered(answer):
        if asked_again:
            return _forward(_answered(interview, asked, Skipped()))
        return replace(interview, notice="nothing-chosen")
    if not keeps_constraint(interview.questionnaire, asked, interview.answers):
        return replace(interview, notice="constraint")
    return _forward(interview)


def _next_pair(interview: Interview, asked: Paired, *, asked_again: bool) -> Interview | None:
    """Give the interview on the next pair, or asking about this one; None after the last."""
    pairs, answer = pairs_shown(interview, asked), interview.answers.get(asked.id)
    left, right = pairs[interview.pair]
    answered = isinstance(answer, Chosen) and not {over_id(left, right), over_id(right, left)}.isdisjoint(
        answer.choices
    )
    if not answered and not asked_again:
        return replace(interview, notice="nothing-chosen")
    return replace(interview, pair=interview.pair + 1) if interview.pair + 1 < len(pairs) else None


def _replied(interview: Interview, asked: QuestionPage, event: Event) -> Interview:
    answer = None if isinstance(asked, SaidPage) else answer_after(interview, asked, event)
    if answer is None or isinstance(asked, SaidPage):
        return interview
    shortened = was_shortened(interview, asked, event)
    return replace(_answered(interview, asked, answer), notice="shortened" if shortened else "")


def _answered(interview: Interview, asked: QuestionPage, answer: Answer) -> Interview:
    answers = without_hidden(interview.questionnaire, {**interview.answers, asked.id: answer})
    return replace(interview, answers=answers)


def _forward(interview: Interview) -> Interview:
    """Go to the next page shown; coming back from the look-back page, only to what is new since then."""
    answers = without_unfinished(interview.questionnaire, interview.answers)
    for index, one in shown_pages(interview.questionnaire, answers):
        known = interview.changing is not None and (one.id in answers or one.id in interview.changing)
        if index > interview.place and not known:
            return replace(interview, answers=answers, place=index, pair=0)
    return _to_look_back(interview)


def _back(interview: Interview) -> Interview:
    answers = without_unfinished(interview.questionnaire, interview.answers)
    if interview.changing is not None:
        return _to_look_back(interview)
    before = [index for index, _ in shown_pages(interview.questionnaire, answers) if index < interview.place]
    if before:
        return replace(interview, answers=answers, place=before[-1], pair=0)
    last = len(about_steps(interview.questionnaire)) - 1
    return replace(interview, answers=answers, stage="about", place=last)


def _to_look_back(interview: Interview) -> Interview:
    answers = without_unfinished(interview.questionnaire, interview.answers)
    return replace(interview, answers=answers, stage="look-back", place=0, pair=0, changing=None)


def _erased(interview: Interview) -> Interview:
    return replace(
        interview,
        stage="erased",
        place=0,
        pair=0,
        band="",
        picked="",
        answers={},
        orders={},
        helping=False,
        notice="",
        changing=None,
    )


def _reply(answer: Answer | None) -> Reply:
    match answer:
        case None | Seen():
            return NotShown()
        case Written():
            return Wrote()
        case _:
            return answer
