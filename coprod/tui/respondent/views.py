"""What to draw of a visit: the interview's pages here, the kiosk's own in `own_pages`."""

from coprod.journeys.visit import Asking, KioskPlan, Visit
from coprod.journeys.visit_words import say
from coprod.tui.respondent.own_pages import own_page
from coprod.tui.respondent.view import (
    Numbers,
    Paragraph,
    View,
    Way,
    Writing,
    bare_page,
    contact_lines,
    lines_under,
)
from coprod.tui.widgets.choices import Marks, Shown
from surveys.events import Continue
from surveys.interview import page
from surveys.pages import Page

MARKS: dict[str, Marks] = {"choose-many": "many", "ranking": "order", "look-back": "none"}


def view_of(visit: Visit, plan: KioskPlan) -> View:
    """Give the page to draw."""
    return _interview(page(visit.interview), plan) if isinstance(visit, Asking) else own_page(visit, plan)


def _interview(shown: Page, plan: KioskPlan) -> View:
    """Give a page of the interview itself: its words, its choices, its actions."""
    language = shown.language
    ways = tuple(
        Way(action.event, action.key.upper() or "Enter", action.label)
        for action in shown.actions
        if action.key or isinstance(action.event, Continue)
    )
    return bare_page(
        f"{shown.stage}/{shown.kind}/{shown.question or shown.heading}",
        language,
        plan,
        left=shown.progress,
        before=(("heading", shown.heading), *lines_under(shown), *contact_lines(shown.contacts)),
        choices=_choices(shown),
        marks=MARKS.get(shown.kind, "one"),
        numbers=_numbers(shown),
        writing=_writing(shown),
        after=_hints(shown),
        notice=shown.notice or shown.hint,
        ways=ways,
    )


def _choices(shown: Page) -> tuple[Shown, ...]:
    if shown.kind == "look-back":
        return tuple(Shown(one.question, f"{one.asked}\n{one.answer}") for one in shown.answers)
    return tuple(Shown(one.id, one.label, one.chosen, one.face, one.rank) for one in shown.choices)


def _hints(shown: Page) -> tuple[Paragraph, ...]:
    match shown.kind:
        case "ranking":
            return (("quiet", say("order_hint", shown.language)),)
        case "look-back":
            return (("quiet", say("change_hint", shown.language)),)
        case "text":
            return (("quiet", say("writing_hint", shown.language)),)
        case _:
            return ()


def _numbers(shown: Page) -> Numbers | None:
    if shown.kind != "number":
        return None
    return Numbers(shown.number, shown.low, shown.high, say("number_hint", shown.language))


def _writing(shown: Page) -> Writing | None:
    if shown.kind != "text":
        return None
    return Writing(shown.text, shown.may_quote, shown.quote_label, shown.most_characters)
