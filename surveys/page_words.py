"""Putting an interview's state into the words of one page."""

from coprod.kernel.contacts import HelpContact
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.record import Chosen, Declined, Rated, Skipped
from coprod.kernel.wording import LANGUAGES, Language, Wording
from surveys.events import (
    Back,
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
)
from surveys.pages import Page, PageAction, PageAnswer, PageChoice, PageContact
from surveys.phrases import phrases, scale_of
from surveys.questions import (
    ChooseMany,
    ChooseOne,
    FreeText,
    Note,
    Number,
    QuestionPage,
    Ranking,
    kind_of,
)
from surveys.state import (
    Answer,
    Interview,
    Written,
    choices_of,
    most_characters,
    question_at,
    shown_pages,
)

ABOUT_PAGES = 3


def page_of(interview: Interview) -> Page:
    """Give the page to show, all words in the interview's language."""
    if interview.helping:
        return _help_page(interview)
    match interview.stage:
        case "about":
            return _about_page(interview)
        case "questions":
            return _question_page(interview)
        case "look-back":
            return _look_back_page(interview)
        case "sent" | "erased":
            return _last_page(interview)


def _about_page(interview: Interview) -> Page:
    words, language, asked = phrases().about, interview.language, interview.questionnaire
    if interview.place == 0:
        heading, lines = words.purpose, _purpose(interview)
    elif interview.place == 1:
        heading = words.who_reads
        lines = _said(language, asked.who_reads or words.someone_reads, *words.limits)
    else:
        heading = words.hide
        ways = {"full-screen": words.hide_full_screen, "plain": words.hide_plain, "page": words.hide_page}
        lines = _said(language, *ways[interview.front])
    onward = phrases().actions.start if interview.place == ABOUT_PAGES - 1 else phrases().actions.go_on
    back = (_action(interview, Back()),) if interview.place else ()
    return Page(
        stage="about",
        kind="about",
        language=language,
        heading=heading.into(language),
        paragraphs=lines,
        actions=(PageAction(Continue(), onward.into(language), ""), *back, *_always(interview)),
    )


def _purpose(interview: Interview) -> tuple[str, ...]:
    words, language, asked = phrases().about, interview.language, interview.questionnaire
    return (
        asked.title.into(language),
        asked.purpose.into(language),
        words.made_by.into(language).replace("{name}", asked.made_by.into(language)),
        words.minutes.into(language).replace("{minutes}", str(asked.minutes)),
        words.your_choice.into(language),
    )


def _question_page(interview: Interview) -> Page:
    asked, language = question_at(interview), interview.language
    answer = interview.answers.get(asked.id)
    written = answer if isinstance(answer, Written) else Written("", may_quote=False)
    free = isinstance(asked, FreeText)
    return Page(
        stage="questions",
        kind=kind_of(asked),
        language=language,
        heading=asked.ask.into(language),
        question=asked.id,
        paragraphs=_under(asked, language),
        progress=_progress(interview),
        notice=_notice(interview, asked),
        choices=_choices(interview, asked, answer),
        number=answer.number if isinstance(answer, Rated) else None,
        low=asked.low.into(language) if isinstance(asked, Number) else "",
        high=asked.high.into(language) if isinstance(asked, Number) else "",
        text=written.text,
        may_quote=written.may_quote,
        quote_label=phrases().page.quote.into(language) if free else "",
        hint=phrases().notices.identifiers.into(language) if identifiers_in(written.text) else "",
        most_characters=most_characters(interview.questionnaire, asked) if isinstance(asked, FreeText) else 0,
        actions=_question_actions(interview, asked),
    )


def _under(asked: QuestionPage, language: Language) -> tuple[str, ...]:
    """Give what stands under the question: its own help, and how to answer this kind."""
    words = phrases().page
    how: Wording | None = None
    match asked:
        case ChooseOne():
            how = words.choose_one
        case ChooseMany():
            how = words.choose_many
        case Ranking():
            how = words.ranking
        case Number():
            how = words.number
        case _:
            pass
    return tuple(part.into(language) for part in (asked.help, how) if part is not None)


def _choices(interview: Interview, asked: QuestionPage, answer: Answer | None) -> tuple[PageChoice, ...]:
    chosen = answer.choices if isinstance(answer, Chosen) else ()
    faces = {point.id: point.face for point in scale_of(kind_of(asked))}
    known = {one.id: one for one in choices_of(asked)}
    shuffled = interview.orders.get(asked.id, ())
    order = (*shuffled, *(name for name in known if name not in shuffled))
    ranked = isinstance(asked, Ranking)
    return tuple(
        PageChoice(
            name,
            known[name].label.into(interview.language),
            name in chosen,
            faces.get(name, ""),
            chosen.index(name) + 1 if ranked and name in chosen else 0,
        )
        for name in order
    )


def _progress(interview: Interview) -> str:
    asked = question_at(interview)
    if isinstance(asked, Note):
        return ""
    words, shown = phrases().page, shown_pages(interview.questionnaire, interview.answers)
    places = [index for index, one in shown if not isinstance(one, Note)]
    number, total = places.index(interview.place) + 1, len(places)
    open_ended = any(one.relevant for one in interview.questionnaire.pages[interview.place + 1 :])
    wording = words.progress_about if open_ended else words.last if number == total else words.progress
    said = wording.into(interview.language)
    return said.replace("{number}", str(number)).replace("{total}", str(total))


def _notice(interview: Interview, asked: QuestionPage) -> str:
    words = phrases().notices
    match interview.notice:
        case "nothing-chosen":
            return words.nothing_chosen.into(interview.language)
        case "shortened":
            return words.shortened.into(interview.language)
        case "constraint" if not isinstance(asked, Note) and asked.constraint_help is not None:
            return asked.constraint_help.into(interview.language)
        case _:
            return ""


def _look_back_page(interview: Interview) -> Page:
    words, language = phrases().end, interview.language
    lines = tuple(
        PageAnswer(one.id, one.ask.into(language), _said_back(interview, one))
        for _, one in shown_pages(interview.questionnaire, interview.answers)
        if not isinstance(one, Note)
    )
    events = (Send(), ThrowAway(), Back())
    return Page(
        stage="look-back",
        kind="look-back",
        language=language,
        heading=words.look_back.into(language),
        paragraphs=_said(language, *words.look_back_lines),
        answers=lines,
        actions=(*(_action(interview, event) for event in events), *_always(interview)),
    )


def _said_back(interview: Interview, asked: QuestionPage) -> str:
    words, language = phrases().end, interview.language
    labels = {choice.id: choice.label.into(language) for choice in choices_of(asked)}
    match interview.answers.get(asked.id):
        case Chosen(choices=choices) if isinstance(asked, Ranking):
            return ", ".join(f"{place}. {labels[name]}" for place, name in enumerate(choices, 1))
        case Chosen(choices=choices):
            return ", ".join(labels[name] for name in choices)
        case Rated(number=number):
            return str(number)
        case Written():
            return words.wrote.into(language)
        case Declined():
            return words.declined.into(language)
        case Skipped():
            return words.skipped.into(language)
        case _:
            return words.not_reached.into(language)


def _last_page(interview: Interview) -> Page:
    words, language, sent = phrases().end, interview.language, interview.stage == "sent"
    return Page(
        stage=interview.stage,
        kind="sent" if sent else "erased",
        language=language,
        heading=(words.sent if sent else words.erased).into(language),
        paragraphs=_said(language, *(words.sent_lines if sent else words.erased_lines)),
        contacts=contacts_in(interview.contacts, language),
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
        actions=(close, *(one for one in _always(interview) if not isinstance(one.event, Help))),
    )


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


def _question_actions(interview: Interview, asked: QuestionPage) -> tuple[PageAction, ...]:
    events: tuple[Event, ...] = (Continue(), Skip(), Decline(), Back(), GoToEnd())
    if isinstance(asked, Note):
        events = (Continue(), Skip(), Back(), GoToEnd()) if asked.covers else (Continue(), Back(), GoToEnd())
    return (*(_action(interview, event) for event in events), *_always(interview))


def _always(interview: Interview) -> tuple[PageAction, ...]:
    """Give what works on every page: help, the other languages, stop."""
    others = tuple(
        SwitchLanguage(one) for one in LANGUAGES if one in interview.languages and one != interview.language
    )
    events: tuple[Event, ...] = (Help(), *others, Stop())
    return tuple(_action(interview, event) for event in events)


def _action(interview: Interview, event: Event) -> PageAction:
    words = phrases().actions
    skips_part = interview.stage == "questions" and isinstance(question_at(interview), Note)
    said: dict[type, tuple[Wording, str]] = {
        Continue: (words.go_on, ""),
        Skip: (words.skip_part if skips_part else words.skip, "s"),
        Decline: (words.decline, "n"),
        Back: (words.back, "b"),
        GoToEnd: (words.go_to_end, "e"),
        Help: (words.help, "h"),
        SwitchLanguage: (words.language, "l"),
        Stop: (words.stop, "q"),
        Send: (words.send, "y"),
        ThrowAway: (words.throw_away, "t"),
    }
    wording, key = said[type(event)]
    return PageAction(event, wording.into(interview.language), key)


def _said(language: Language, *wordings: Wording) -> tuple[str, ...]:
    return tuple(one.into(language) for one in wordings)
