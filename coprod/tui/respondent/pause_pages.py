"""Pausing at the kiosk: being locked away, four words to write down, and the door back."""

from coprod.journeys.asking.visit import ComingBack, KioskPlan, Paused, Pausing, Press
from coprod.journeys.asking.visit_words import say
from coprod.kernel.wording import Language
from coprod.tui.respondent.view import BLANK, Paragraph, View, Way, bare_page


def pause_page(visit: Pausing | Paused | ComingBack, language: Language, plan: KioskPlan) -> View:
    """Give the page of a visit that pauses or comes back."""
    match visit:
        case Paused(words=words):
            return _words(words, language, plan)
        case ComingBack(is_wrong=is_wrong):
            return _door(plan, is_wrong=is_wrong)
        case Pausing(has_failed=False):
            return View(place="pausing", before=(("big", say("pausing", language)),))
        case Pausing():
            before: tuple[Paragraph, ...] = (("big", say("pause_failed", language)),)
            ways = (Way(Press("back"), "Enter", say("confirm_no", language)),)
            return bare_page("pause-failed", language, plan, before=before, ways=ways)


def _words(words: tuple[str, ...], language: Language, plan: KioskPlan) -> View:
    before: tuple[Paragraph, ...] = (
        ("heading", say("paused", language)),
        BLANK,
        ("body", say("pause_words", language)),
        BLANK,
        *(("big", word) for word in words),
        BLANK,
        ("quiet", say("pause_limits", language)),
    )
    ways = (Way(Press("written"), "Enter", say("words_written", language)),)
    return bare_page("words-paused", language, plan, before=before, ways=ways)


def _door(plan: KioskPlan, *, is_wrong: bool) -> View:
    headings: tuple[Paragraph, ...] = tuple(("heading", say("come_back_type", one)) for one in plan.languages)
    hints: tuple[Paragraph, ...] = tuple(("quiet", say("come_back_hint", one)) for one in plan.languages)
    wrong = "  ".join(say("come_back_wrong", one) for one in plan.languages)
    return View(
        place="staff-words",
        before=(BLANK, BLANK, *headings, BLANK),
        door="words",
        after=(BLANK, *hints),
        notice=wrong if is_wrong else "",
    )
