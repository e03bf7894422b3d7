"""What to show of a visit: the interview's pages here, the pages around it in `own_pages`."""

from msgspec.structs import replace

from coprod.journeys.visit import Act, Asking, KioskPlan, Pick, Visit
from coprod.web.own_pages import label_of, own_page
from coprod.web.page import Answered, Field, Item, Way, WebPage, Weight
from coprod.web.words import tell
from surveys.events import (
    Back,
    CloseHelp,
    Continue,
    Event,
    GoToEnd,
    Help,
    Send,
    Stop,
    SwitchLanguage,
)
from surveys.interview import page
from surveys.page_words import contacts_in
from surveys.pages import Page

FIELDS: dict[str, Field] = {
    "age": "one",
    "understanding": "one",
    "choose-one": "one",
    "cards": "one",
    "paired": "one",
    "faces": "one",
    "likert": "one",
    "frequency": "one",
    "choose-many": "many",
    "ranking": "order",
    "number": "number",
    "text": "words",
    "look-back": "look-back",
}
WEIGHTS: dict[type[Event], Weight] = {
    Continue: "first",
    Send: "first",
    Back: "quiet",
    GoToEnd: "quiet",
    SwitchLanguage: "quiet",
    Stop: "quiet",
}
SCALE = range(11)


def page_of(visit: Visit, plan: KioskPlan, notice: str = "") -> WebPage:
    """Give the page to show; `notice` stands in front of the page's own."""
    if not isinstance(visit, Asking):
        return own_page(visit, plan)
    shown = page(visit.interview)
    language = shown.language
    base = WebPage(
        language=language,
        heading=shown.heading,
        progress=shown.progress,
        label=label_of(plan, language),
        paragraphs=shown.paragraphs,
        notice=notice or shown.notice or shown.hint,
        contacts=shown.contacts,
        help=contacts_in(plan.contacts, language),
        warns_after=plan.warn_after,
    )
    return _with_ways(_with_field(base, shown), shown)


def acts_of(shown: WebPage) -> tuple[Act, ...]:
    """Give what the buttons of a page do, in their order."""
    return tuple(way.act for way in shown.ways)


def _with_field(base: WebPage, shown: Page) -> WebPage:
    field = FIELDS.get(shown.kind, "")
    items = tuple(Item(one.id, one.label, one.chosen, one.face, one.rank) for one in shown.choices)
    if field == "number":
        items = tuple(Item(str(number), str(number), number == shown.number) for number in SCALE)
    return replace(
        base,
        field=field,
        items=items,
        low=shown.low,
        high=shown.high,
        text=shown.text,
        may_quote=shown.may_quote,
        quote_label=shown.quote_label,
        most=shown.most_characters,
    )


def _with_ways(base: WebPage, shown: Page) -> WebPage:
    """Add the buttons. Help has no button: it lies open to a tap on every page."""
    ways = [
        Way(one.event, one.label, WEIGHTS.get(type(one.event), "second"))
        for one in shown.actions
        if not isinstance(one.event, Help | CloseHelp)
    ]
    answered = tuple(
        Answered(one.asked, one.answer, len(ways) + place) for place, one in enumerate(shown.answers)
    )
    changes = [
        Way(Pick(one.question), tell("change_this", shown.language, question=one.asked), about="answer")
        for one in shown.answers
    ]
    return replace(base, ways=(*ways, *changes), answered=answered)
