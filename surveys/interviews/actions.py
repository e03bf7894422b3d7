"""What a respondent may do on a page, in words, each with its key."""

from functools import cache

from coprod.kernel.wording import LANGUAGES, Wording
from surveys.interviews.events import (
    Back,
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
from surveys.interviews.pages import PageAction
from surveys.interviews.phrases import phrases
from surveys.interviews.state import Interview, question_at
from surveys.questionnaires.questions import Note, QuestionPage, SaidPage


def question_actions(interview: Interview, asked: QuestionPage) -> tuple[PageAction, ...]:
    """Give what can be done about a question or a page that says something."""
    events: tuple[Event, ...] = (Continue(), Skip(), Decline(), Back(), GoToEnd())
    if isinstance(asked, SaidPage):
        events = (
            (Continue(), Skip(), Back(), GoToEnd()) if _covers(asked) else (Continue(), Back(), GoToEnd())
        )
    return (*(action(interview, event) for event in events), *always(interview))


def always(interview: Interview) -> tuple[PageAction, ...]:
    """Give what works on every page: help, the other languages, stop."""
    others = tuple(
        SwitchLanguage(one) for one in LANGUAGES if one in interview.languages and one != interview.language
    )
    events: tuple[Event, ...] = (Help(), *others, Stop())
    return tuple(action(interview, event) for event in events)


def action(interview: Interview, event: Event) -> PageAction:
    """Give one thing to do, in words. Ways that must weigh the same are all `main`."""
    skips_part = interview.stage == "questions" and _covers(question_at(interview))
    if skips_part and isinstance(event, Skip):
        return PageAction(event, phrases().actions.skip_part.into(interview.language), "s", main=True)
    if isinstance(event, WantWords) and not event.wanted:
        return PageAction(event, phrases().actions.no_words.into(interview.language), "x")
    wording, key = _said()[type(event)]
    main = isinstance(event, Continue | Send | ThrowAway)
    return PageAction(event, wording.into(interview.language), key, main=main)


@cache
def _said() -> dict[type, tuple[Wording, str]]:
    """Give the words and the key of each thing to do."""
    words = phrases().actions
    return {
        Continue: (words.go_on, ""),
        Skip: (words.skip, "s"),
        Decline: (words.decline, "n"),
        Back: (words.back, "b"),
        GoToEnd: (words.go_to_end, "e"),
        Help: (words.help, "h"),
        SwitchLanguage: (words.language, "l"),
        Stop: (words.stop, "q"),
        WantWords: (words.want_words, "x"),
        Send: (words.send, "y"),
        ThrowAway: (words.throw_away, "t"),
    }


def _covers(page: QuestionPage) -> bool:
    return isinstance(page, Note) and bool(page.covers)
