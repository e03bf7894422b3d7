"""Putting an interview's state into the words of one page."""

from functools import lru_cache

from coprod.kernel.contacts import HelpContact
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.record import Chosen, Rated
from coprod.kernel.wording import Language, Wording
from surveys.interviews.about_words import about_page
from surveys.interviews.actions import action, always, question_actions
from surveys.interviews.answering import pairs_shown
from surveys.interviews.choices import end_label, mark_label, offered_by
from surveys.interviews.composed import ENDS, MARKS, chosen_end, marks_in, over_id, words_of
from surveys.interviews.events import Back, CloseHelp, Event, Help, Send, ThrowAway, WantWords
from surveys.interviews.pages import (
    Page,
    PageAction,
    PageAnswer,
    PageChoice,
    PageContact,
    PageEnd,
    PageMark,
    PageWord,
)
from surveys.interviews.phrases import phrases, scale_of
from surveys.interviews.state import (
    Answer,
    Interview,
    Written,
    most_characters,
    question_at,
    shown_pages,
)
from surveys.questionnaires.piping import piped_in
from surveys.questionnaires.questions import (
    BestWorst,
    Break,
    FreeText,
    HelpCard,
    Highlighter,
    Number,
    Paired,
    QuestionPage,
    Ranking,
    SaidPage,
    kind_of,
)
from surveys.questionnaires.wordings import answer_words, asked_words, help_words


def page_of(interview: Interview) -> Page:
    """Give the page to show, all words in the interview's language."""
    if interview.helping:
        return _help_page(interview)
    match interview.stage:
        case "about":
            return about_page(interview)
        case "questions":
            return _question_page(interview)
        case "look-back":
            return _look_back_page(interview)
        case "sent" | "erased":
            return _last_page(interview)


def _question_page(interview: Interview) -> Page:
    asked, language = question_at(interview), interview.language
    answer = interview.answers.get(asked.id)
    written = answer if isinstance(answer, Written) else Written("", may_quote=False)
    free = isinstance(asked, FreeText)
    return Page(
        stage="questions",
        kind=kind_of(asked),
        language=language,
        heading=asked_words(interview, asked),
        question=asked.id,
        paragraphs=_under(interview, asked),
        progress=_progress(interview),
        notice=_notice(interview, asked),
        choices=_choices(interview, asked, answer),
        ends=_ends(asked, language),
        passage=_passage(asked, answer),
        marks=_marks(asked, language),
        number=answer.number if isinstance(answer, Rated) else None,
        low=asked.low.into(language) if isinstance(asked, Number) else "",
        high=asked.high.into(language) if isinstance(asked, Number) else "",
        text=written.text,
        may_quote=written.may_quote,
        quote_label=phrases().page.quote.into(language) if free else "",
        hint=phrases().notices.identifiers.into(language) if free and identifiers_in(written.text) else "",
        contacts=contacts_in(interview.contacts, language) if isinstance(asked, HelpCard) else (),
        most_characters=most_characters(interview.questionnaire, asked) if isinstance(asked, FreeText) else 0,
        actions=question_actions(interview, asked),
    )


def _under(interview: Interview, asked: QuestionPage) -> tuple[str, ...]:
    """Give what stands under the question: its own help, and how to answer this kind."""
    own = help_words(interview, asked)
    return tuple(line for line in (own, *_said(interview.language, *_how(asked))) if line)


def _how(asked: QuestionPage) -> tuple[Wording, ...]:
    words = phrases()
    match asked:
        case Break():
            return (words.page.no_hurry,)
        case HelpCard():
            return words.help.card_lines
        case _:
            how = {
                "choose-one": words.page.choose_one,
                "cards": words.page.choose_one,
                "choose-many": words.page.choose_many,
                "ranking": words.page.ranking,
                "best-worst": words.page.best_worst,
                "paired": words.page.paired,
                "highlighter": words.page.highlighter,
                "number": words.page.number,
            }.get(kind_of(asked))
            return () if how is None else (how,)


def _choices(interview: Interview, asked: QuestionPage, answer: Answer | None) -> tuple[PageChoice, ...]:
    chosen = answer.choices if isinstance(answer, Chosen) else ()
    faces = {point.id: point.face for point in scale_of(kind_of(asked))}
    known = {one.id: one for one in offered_by(asked)}
    order = _order(interview, asked, tuple(known))
    if isinstance(asked, Paired):
        left, right = order
        chosen = (
            (left,) if over_id(left, right) in chosen else (right,) if over_id(right, left) in chosen else ()
        )
    ranked = isinstance(asked, Ranking)
    ends = {chosen_end(chosen, end): end for end in ENDS} if isinstance(asked, BestWorst) else {}
    return tuple(
        PageChoice(
            name,
            known[name].label.into(interview.language),
            name in chosen or name in ends,
            faces.get(name, ""),
            chosen.index(name) + 1 if ranked and name in chosen else 0,
            ends.get(name),
        )
        for name in order
    )


def _order(interview: Interview, asked: QuestionPage, known: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(asked, Paired):
        return pairs_shown(interview, asked)[interview.pair]
    shuffled = interview.orders.get(asked.id, ())
    return (*shuffled, *(name for name in known if name not in shuffled))


def _passage(asked: QuestionPage, answer: Answer | None) -> tuple[PageWord, ...]:
    if not isinstance(asked, Highlighter):
        return ()
    marks = dict(marks_in(answer.choices)) if isinstance(answer, Chosen) else {}
    words = enumerate(words_of(asked.passage), 1)
    return tuple(PageWord(number, word, marks.get(number)) for number, word in words)


def _ends(asked: QuestionPage, language: Language) -> tuple[PageEnd, ...]:
    if not isinstance(asked, BestWorst):
        return ()
    return tuple(PageEnd(end, end_label(end).into(language)) for end in ENDS)


def _marks(asked: QuestionPage, language: Language) -> tuple[PageMark, ...]:
    if not isinstance(asked, Highlighter):
        return ()
    return tuple(PageMark(mark, mark_label(mark).into(language)) for mark in MARKS)


def _progress(interview: Interview) -> str:
    """Give how far this is, in words; a total only as sure as skip logic allows."""
    asked = question_at(interview)
    words, shown = phrases().page, shown_pages(interview.questionnaire, interview.answers)
    places = [index for index, one in shown if not isinstance(one, SaidPage)]
    if isinstance(asked, Break):
        return _how_far(sum(index < interview.place for index in places), len(places)).into(
            interview.language
        )
    if isinstance(asked, SaidPage):
        return ""
    number, total = places.index(interview.place) + 1, len(places)
    open_ended = any(
        one.relevant or piped_in(one) for one in interview.questionnaire.pages[interview.place + 1 :]
    )
    wording = words.progress_about if open_ended else words.last if number == total else words.progress
    said = _numbered(wording, interview.language, number, total)
    if not isinstance(asked, Paired):
        return said
    pairs = len(pairs_shown(interview, asked))
    return f"{said}, {_numbered(words.pair, interview.language, interview.pair + 1, pairs)}"


def _how_far(met: int, total: int) -> Wording:
    words = phrases().page
    if met * 3 < total:
        return words.made_a_start
    return words.half_way if met * 3 <= total * 2 else words.nearly_there


def _numbered(wording: Wording, language: Language, number: int, total: int) -> str:
    return wording.into(language).replace("{number}", str(number)).replace("{total}", str(total))


def _notice(interview: Interview, asked: QuestionPage) -> str:
    words = phrases().notices
    match interview.notice:
        case "nothing-chosen":
            return words.nothing_chosen.into(interview.language)
        case "shortened":
            return words.shortened.into(interview.language)
        case "constraint" if not isinstance(asked, SaidPage) and asked.constraint_help is not None:
            return asked.constraint_help.into(interview.language)
        case _:
            return ""


def _look_back_page(interview: Interview) -> Page:
    words, language = phrases().end, interview.language
    lines = tuple(
        PageAnswer(
            one.id, asked_words(interview, one), answer_words(one, interview.answers.get(one.id), language)
        )
        for _, one in shown_pages(interview.questionnaire, interview.answers)
        if not isinstance(one, SaidPage)
    )
    later = {"none": (), "wanted": words.words_follow, "unwanted": (words.no_words_follow,)}[interview.words]
    turned = () if interview.words == "none" else (WantWords(wanted=interview.words == "unwanted"),)
    events: tuple[Event, ...] = (Send(), ThrowAway(), Back(), *turned)
    return Page(
        stage="look-back",
        kind="look-back",
        language=language,
        heading=words.look_back.into(language),
        paragraphs=_said(language, *words.look_back_lines, *later),
        answers=lines,
        actions=(*(action(interview, event) for event in events), *always(interview)),
    )


def _last_page(interview: Interview) -> Page:
    words, language, sent = phrases().end, interview.language, interview.stage == "sent"
    return Page(
        stage=interview.stage,
        kind="sent" if sent else "erased",
        language=language,
        heading=(words.sent if sent else words.erased).into(language),
        paragraphs=_said(language, *(words.sent_lines if sent else words.erased_lines)),
        contacts=contacts_in(interview.contacts, language),
        pastimes=_said(language, *words.pastimes),
        actions=(),
    )


def _help_page(interview: Interview) -> Page:
    words, language = phrases().help, interview.language
    close = PageAction(CloseHelp(), phrases().actions.close_help.into(language), "b")
    return Page(
        stage=interview.stage,
        kind="help",
        language=language,
        heading=words.heading.into(language),
        paragraphs=_said(language, *words.lines),
        contacts=contacts_in(interview.contacts, language),
        actions=(close, *(one for one in always(interview) if not isinstance(one.event, Help))),
    )


@lru_cache(maxsize=8)
def contacts_in(contacts: tuple[HelpContact, ...], language: Language) -> tuple[PageContact, ...]:
    """Give help contacts in the words of a page."""
    return tuple(PageContact(one.name, one.offers.into(language), _reach(one, language)) for one in contacts)


def _reach(contact: HelpContact, language: Language) -> tuple[str, ...]:
    words = phrases().help
    hours = words.hours.into(language).replace("{hours}", contact.hours.into(language))
    lines = (
        words.call.into(language).replace("{number}", contact.call) if contact.call else "",
        words.text.into(language).replace("{number}", contact.text) if contact.text else "",
        words.web.into(language).replace("{address}", contact.web) if contact.web else "",
        hours.replace("{cost}", contact.cost.into(language)),
    )
    return tuple(line for line in lines if line)


def _said(language: Language, *wordings: Wording) -> tuple[str, ...]:
    return tuple(one.into(language) for one in wordings)
