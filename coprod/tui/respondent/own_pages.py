"""The kiosk's own pages, around the interview: ready, how to hide, help, saved, thrown away."""

from typing import Any

from coprod.journeys.asking.ready import ready_words
from coprod.journeys.asking.turns import language_of
from coprod.journeys.asking.visit import (
    AskingIfStill,
    Button,
    ChoosingLanguage,
    ColourCard,
    ComingBack,
    Confirming,
    Helping,
    KioskPlan,
    Leaving,
    NotSaved,
    Paused,
    Pausing,
    Practising,
    Press,
    Recalling,
    Saved,
    Saving,
    StaffDoor,
    Visit,
)
from coprod.journeys.asking.visit_words import say, visit_words, written_date
from coprod.kernel.wording import Language
from coprod.tui.respondent.pause_pages import pause_page
from coprod.tui.respondent.view import BLANK, Paragraph, View, Way, bare_page, contact_lines, lines_under
from coprod.tui.widgets.prose import STYLES, Voice
from coprod.tui.widgets.shown import Shown
from surveys.interviews.events import SwitchLanguage
from surveys.interviews.interview import page
from surveys.interviews.page_words import contacts_in
from surveys.interviews.phrases import phrases


def own_page(visit: Visit, plan: KioskPlan) -> View:
    """Give the kiosk's page for a visit outside the interview."""
    language = language_of(visit)
    match visit:
        case StaffDoor(is_wrong=is_wrong):
            return _staff_door(is_wrong=is_wrong)
        case ChoosingLanguage():
            return _languages(plan)
        case Practising():
            return _practice(visit, plan)
        case Saving():
            return View(place="saving", before=_said(language, "big:saving", "", "quiet:saving_hint"))
        case Saved():
            return _saved(visit, plan)
        case Leaving():
            return _leaving(visit, plan)
        case Helping():
            return _help(language, plan)
        case _:
            return _asking_back(visit, language, plan)


def _asking_back(visit: Visit, language: Language, plan: KioskPlan) -> View:
    """Give the pages that ask one thing and do one of two; anything else looks as if nobody were there."""
    match visit:
        case Recalling():
            before = _said(language, "heading:picture_which", "quiet:picture_once")
            ways = _ways(language, ("throw-away", "T", "picture_none"))
            return _page("recall", language, plan, before=before, choices=_pictures(language), ways=ways)
        case Confirming():
            before = _said(language, "heading:confirm", "", "body:confirm_hint")
            ways = _ways(language, ("back", "Enter", "confirm_no"), ("confirm", "T", "confirm_yes"))
            return _page("confirm", language, plan, before=before, ways=ways)
        case AskingIfStill():
            before = _said(language, "big:still", "", "body:still_hint")
            ways = _ways(language, ("stay", "Enter", "stay"))
            return bare_page("still", language, plan, before=before, ways=ways)
        case Pausing() | Paused() | ComingBack():
            return pause_page(visit, language, plan)
        case ColourCard():
            return View(place="colour", ways=(Way(Press("back"), "Enter", ""),))
        case NotSaved():
            before = _said(language, "big:failed", "", "body:failed_hint")
            ways = _ways(language, ("again", "Enter", "again"), ("throw-away", "T", "throw_away"))
            return _page("not-saved", language, plan, before=before, ways=ways)
        case _:
            return _ready(plan)


def _ready(plan: KioskPlan) -> View:
    """Give the page that tells a passer-by nothing. It is in every language on offer at once."""
    words = ready_words(plan)
    label: tuple[Paragraph, ...] = (BLANK, ("quiet", words.label)) if words.label else ()
    start: tuple[Paragraph, ...] = tuple(("body", line) for line in words.start)
    cards: tuple[Paragraph, ...] = tuple(("quiet", line) for line in words.cards)
    return View(
        place="ready",
        before=(BLANK, BLANK, BLANK, ("big", words.ready), BLANK, *start, *label),
        after=(BLANK, *cards) if cards else (),
        foot=words.foot,
        ways=(
            Way(Press("start"), "Enter", words.ready),
            Way(Press("staff"), "F2", ""),
            Way(Press("come-back"), "F3", ""),
        ),
    )


def _staff_door(*, is_wrong: bool) -> View:
    return View(
        place="staff",
        before=(BLANK, BLANK, BLANK, ("heading", say("staff_heading", "en")), BLANK),
        door="wrong" if is_wrong else "closed",
        after=(BLANK, ("quiet", say("staff_hint", "en"))),
        notice=say("staff_wrong", "en") if is_wrong else "",
    )


def _pictures(language: Language, chosen: str = "") -> tuple[Shown, ...]:
    """Give the pictures to pick from, one of them chosen or none."""
    return tuple(
        Shown(one.id, one.label.into(language), one.id == chosen, one.face) for one in visit_words().pictures
    )


def _languages(plan: KioskPlan) -> View:
    names = {"en": "english", "cy": "welsh"}
    choices = tuple(Shown(language, say(names[language], "en")) for language in plan.languages)
    before = [("heading", say("language", language)) for language in plan.languages]
    hints = [
        ("quiet", f"{say('language_keys', language)} {say('language_hint', language)}")
        for language in plan.languages
    ]
    return _page("language", "en", plan, before=(*before, BLANK, *hints), choices=choices)


def _practice(visit: Practising, plan: KioskPlan) -> View:
    language = visit.language
    tried = "notice:hide_tried" if visit.is_tried else "body:hide_try"
    before = _said(language, "heading:hide_heading", "body:hide_how", tried, "", "body:picture")
    after = _said(language, "quiet:bigger")
    back = (("back", "B", "back"),) if len(plan.languages) > 1 else ()
    return _page(
        "practice",
        language,
        plan,
        before=before,
        choices=_pictures(language, visit.picture),
        after=after,
        ways=_ways(language, ("go-on", "Enter", "go_on"), *back),
    )


def _saved(visit: Saved, plan: KioskPlan) -> View:
    """Give the four words, then the same once more, then goodbye with the help contacts."""
    language, receipt = visit.interview.language, visit.receipt
    if receipt is None or visit.shown > 1:
        return _goodbye(visit, plan)
    words: tuple[Paragraph, ...] = tuple(("big", word) for word in receipt.words)
    until = say("words_about", language, date=written_date(receipt.until, language))
    first = visit.shown == 0
    before = (
        ("heading", say("saved", language)),
        BLANK,
        ("body", until if first else say("words_check", language)),
        BLANK,
        *words,
        BLANK,
        ("quiet", say("words_limits", language)),
    )
    ways = _ways(language, ("written", "Enter", "words_written" if first else "go_on"))
    return _page(f"words-{visit.shown}", language, plan, before=before, ways=ways)


def _goodbye(visit: Saved, plan: KioskPlan) -> View:
    shown, language = page(visit.interview), visit.interview.language
    kept = "tried" if plan.label == "preview" else "saved"
    hint: tuple[Paragraph, ...] = (("body", say("tried_hint", language)),) if plan.label == "preview" else ()
    before = (("heading", say(kept, language)), *hint, *lines_under(shown), *contact_lines(shown.contacts))
    return _page(
        "goodbye",
        language,
        plan,
        before=before,
        ways=_ways(language, ("finish", "Enter", "finish"), ("another", "A", "pass_time")),
    )


def _help(language: Language, plan: KioskPlan) -> View:
    words = phrases().help
    lines = tuple(part for line in words.lines for part in (BLANK, ("body", line.into(language))))
    before = (
        ("heading", words.heading.into(language)),
        *lines,
        *contact_lines(contacts_in(plan.contacts, language)),
    )
    ways = (*_ways(language, ("back", "B", "back")), colour_way(language))
    after = _said(language, "", "quiet:colour_hint")
    return _page("help", language, plan, before=before, after=after, ways=ways)


def colour_way(language: Language) -> Way:
    """Give the way to a plain colour that asks the worker over without a word."""
    return Way(Press("colour"), "W", say("colour", language))


def _leaving(visit: Leaving, plan: KioskPlan) -> View:
    """Give the page that says it is gone, and pastimes so that nobody sees who stopped early."""
    shown, language = page(visit.interview), visit.interview.language
    more = "pass_time" if visit.pastime < 0 else "another"
    ways = _ways(language, ("finish", "Enter", "finish"), ("another", "A", more))
    if visit.pastime < 0:
        said = (*_said(language, "", "body:filler", "body:filler_hint"), *contact_lines(shown.contacts))
        before: tuple[Paragraph, ...] = (("heading", shown.heading), *lines_under(shown), *said)
    else:
        pastime = shown.pastimes[visit.pastime]
        before = (BLANK, ("big", pastime), BLANK, ("quiet", say("filler_hint", language)))
    return _page(f"leaving-{visit.pastime}", language, plan, before=before, ways=ways)


def _page(place: str, language: Language, plan: KioskPlan, **parts: Any) -> View:
    """Give one of the kiosk's own pages, with help and the other language on it."""
    helping = () if place == "help" else (Way(Press("help"), "H", phrases().actions.help.into(language)),)
    other: tuple[Way, ...] = tuple(
        Way(SwitchLanguage(one), "L", phrases().actions.language.into(language))
        for one in plan.languages
        if one != language and place != "language"
    )
    parts["ways"] = (*parts.get("ways", ()), *helping, *other)
    return bare_page(place, language, plan, **parts)


def _said(language: Language, *lines: str) -> tuple[Paragraph, ...]:
    """Give paragraphs from "voice:name" lines; an empty line is a blank one."""
    voices: dict[str, Voice] = {voice: voice for voice in STYLES}
    parts = [line.partition(":") for line in lines]
    return tuple((voices[voice], say(name, language)) if name else BLANK for voice, _, name in parts)


def _ways(language: Language, *buttons: tuple[Button, str, str]) -> tuple[Way, ...]:
    return tuple(Way(Press(button), key, say(name, language)) for button, key, name in buttons)
