"""The pages around an interview: ready, how to hide, saved, thrown away."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from coprod.journeys.asking.turns import language_of
from coprod.journeys.asking.visit import (
    AskingIfStill,
    Button,
    ChoosingLanguage,
    ColourCard,
    Confirming,
    KioskPlan,
    Leaving,
    NotSaved,
    Pick,
    Practising,
    Press,
    Recalling,
    Saved,
    Saving,
    Visit,
)
from coprod.journeys.asking.visit_words import key_card_lines, say, visit_words, written_date
from coprod.kernel.wording import Language
from coprod.web.page import Item, Way, WebPage, Weight
from coprod.web.words import tell
from surveys.interviews.events import SwitchLanguage
from surveys.interviews.interview import page
from surveys.interviews.page_words import contacts_in
from surveys.interviews.phrases import phrases
from surveys.questionnaires.questionnaire import languages_offered


def own_page(visit: Visit, plan: KioskPlan) -> WebPage:
    """Give the page for a visit outside the interview; anything unknown looks as if nobody were there."""
    language = language_of(visit)
    match visit:
        case ChoosingLanguage():
            return _languages(plan)
        case Practising():
            return _practice(visit, plan)
        case ColourCard():
            return _colour(plan, language)
        case Saving():
            return _around(
                plan, language, say("saving", language), paragraphs=(say("saving_hint", language),)
            )
        case Saved():
            return _saved(visit, plan)
        case Leaving():
            return _leaving(visit, plan)
        case Recalling() | Confirming() | AskingIfStill() | NotSaved():
            return _asking_back(visit, plan, language)
        case _:
            return ready_page(plan)


def ready_page(plan: KioskPlan) -> WebPage:
    """Give the page that tells a passer-by nothing. It is in every language on offer at once."""
    return WebPage(
        language=plan.languages[0],
        heading=_in_all(plan, lambda language: say("ready", language)),
        label=label_of(plan, "en"),
        paragraphs=key_card_lines(plan.sealed_to, "en"),
        ways=(Way(Press("start"), _in_all(plan, lambda language: tell("start", language)), "first"),),
        is_empty=True,
    )


def gone_page(plan: KioskPlan) -> WebPage:
    """Give the page of a link that is used up, was never made, or whose interview is over."""
    return WebPage(
        language=plan.languages[0],
        heading=_in_all(plan, lambda language: say("ready", language)),
        paragraphs=tuple(tell("new_link", language) for language in plan.languages),
        is_empty=True,
    )


def label_of(plan: KioskPlan, language: Language) -> str:
    """Give what marks a preview, make-believe, and Welsh that nobody has read."""
    unread = language == "cy" and "cy" not in languages_offered(plan.questionnaire)
    marks = (say(plan.label, language) if plan.label else "", say("welsh_draft", language) if unread else "")
    return " · ".join(mark for mark in marks if mark)


def _in_all(plan: KioskPlan, told: Callable[[Language], str]) -> str:
    return " / ".join(dict.fromkeys(told(language) for language in plan.languages))


def _languages(plan: KioskPlan) -> WebPage:
    names = {"en": "english", "cy": "welsh"}
    return _around(
        plan,
        plan.languages[0],
        _in_all(plan, lambda language: say("language", language)),
        paragraphs=tuple(say("language_hint", language) for language in plan.languages),
        ways=tuple(Way(Pick(one), say(names[one], "en")) for one in plan.languages),
        others=(),
    )


def _practice(visit: Practising, plan: KioskPlan) -> WebPage:
    language = visit.language
    tried = say("hide_tried", language) if visit.is_tried else tell("hide_try", language)
    back = (_way("back", language, "back", "quiet"),) if len(plan.languages) > 1 else ()
    return _around(
        plan,
        language,
        say("hide_heading", language),
        paragraphs=(tell("hide_how", language), tried),
        field="one",
        legend=say("picture", language),
        items=tuple(
            Item(one.id, one.label.into(language), one.id == visit.picture, one.face)
            for one in visit_words().pictures
        ),
        ways=(_way("go-on", language, "go_on", "first"), *back),
    )


def _asking_back(
    visit: Recalling | Confirming | AskingIfStill | NotSaved, plan: KioskPlan, language: Language
) -> WebPage:
    """Give the pages that ask one thing and do one of a few."""
    match visit:
        case Recalling():
            hint = say("picture_once", language)
            return _around(
                plan, language, say("picture_which", language), paragraphs=(hint,), ways=_pictures(language)
            )
        case Confirming():
            ways = (
                _way("back", language, "confirm_no", "first"),
                _way("confirm", language, "confirm_yes", "first"),
            )
            hint = say("confirm_hint", language)
            return _around(plan, language, say("confirm", language), paragraphs=(hint,), ways=ways)
        case AskingIfStill():
            stay = _way("stay", language, "stay", "first")
            hint = tell("still_hint", language)
            shown = _around(plan, language, say("still", language), paragraphs=(hint,), ways=(stay,))
            return replace(shown, then="still", warns_after=plan.cover_after - plan.warn_after)
        case NotSaved():
            ways = (
                _way("again", language, "again", "first"),
                _way("throw-away", language, "throw_away", "second"),
            )
            hint = say("failed_hint", language)
            return _around(plan, language, say("failed", language), paragraphs=(hint,), ways=ways)


def _pictures(language: Language) -> tuple[Way, ...]:
    pictures = tuple(
        Way(Pick(one.id), one.label.into(language), about=one.face) for one in visit_words().pictures
    )
    return (*pictures, _way("throw-away", language, "picture_none", "quiet"))


def _colour(plan: KioskPlan, language: Language) -> WebPage:
    """Give nothing but a colour; after a while what is behind it is covered, and the colour stays."""
    back = (_way("back", language, "back", "quiet"),)
    shown = _around(plan, language, say("colour", language), ways=back, others=(), is_colour=True)
    return replace(shown, then="still", warns_after=plan.cover_after)


def _saved(visit: Saved, plan: KioskPlan) -> WebPage:
    """Give the four words, then the same once more, then goodbye with the help contacts."""
    language, receipt = visit.interview.language, visit.receipt
    if receipt is None or visit.shown > 1:
        return _goodbye(visit, plan)
    first = visit.shown == 0
    until = say("words_about", language, date=written_date(receipt.until, language))
    return _around(
        plan,
        language,
        say("saved", language),
        paragraphs=(until if first else say("words_check", language),),
        words=receipt.words,
        after=(say("words_limits", language),),
        ways=(_way("written", language, "words_written" if first else "go_on", "first"),),
    )


def _goodbye(visit: Saved, plan: KioskPlan) -> WebPage:
    shown, language = page(visit.interview), visit.interview.language
    preview = plan.label == "preview"
    return _around(
        plan,
        language,
        say("tried" if preview else "saved", language),
        paragraphs=(*((say("tried_hint", language),) if preview else ()), *shown.paragraphs),
        contacts=contacts_in(plan.contacts, language),
        ways=(
            _way("finish", language, "finish", "first"),
            _way("another", language, "pass_time", "second"),
        ),
    )


def _leaving(visit: Leaving, plan: KioskPlan) -> WebPage:
    """Give the page that says it is gone, and pastimes so that nobody sees who stopped early."""
    shown, language = page(visit.interview), visit.interview.language
    more = "pass_time" if visit.pastime < 0 else "another"
    ways = (_way("finish", language, "finish", "first"), _way("another", language, more, "second"))
    hint = tell("filler_hint", language)
    if visit.pastime >= 0:
        pastime = shown.pastimes[visit.pastime % len(shown.pastimes)]
        return _around(plan, language, pastime, paragraphs=(hint,), ways=ways)
    said = (*shown.paragraphs, say("filler", language), hint)
    contacts = contacts_in(plan.contacts, language)
    return _around(plan, language, shown.heading, paragraphs=said, contacts=contacts, ways=ways)


def _around(plan: KioskPlan, language: Language, heading: str, **parts: Any) -> WebPage:
    """Give one of these pages, with help and the other language on it."""
    ways = parts.pop("ways", ())
    others = parts.pop("others", tuple(one for one in plan.languages if one != language))
    switches = tuple(
        Way(SwitchLanguage(one), phrases().actions.language.into(language), "quiet") for one in others
    )
    return WebPage(
        language=language,
        heading=heading,
        label=label_of(plan, language),
        ways=(*ways, *switches) if ways else (),
        help=contacts_in(plan.contacts, language),
        warns_after=plan.warn_after,
        **parts,
    )


def _way(button: Button, language: Language, name: str, weight: Weight) -> Way:
    return Way(Press(button), say(name, language), weight)
