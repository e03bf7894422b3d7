"""What to show of a visit: the interview's pages here, the pages around it in `own_pages`."""

from msgspec.structs import replace

from coprod.journeys.asking.visit import Asking, KioskPlan, Pick, Press, Visit
from coprod.journeys.asking.visit_words import say
from coprod.web.own_pages import label_of, own_page
from coprod.web.page import Answered, Field, Item, Way, WebPage, Weight
from coprod.web.words import tell
from surveys.interviews.events import CloseHelp, Decline, Help, Skip
from surveys.interviews.interview import page
from surveys.interviews.page_words import contacts_in
from surveys.interviews.pages import Page, PageAction

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
    "best-worst": "ends",
    "highlighter": "marks",
    "number": "number",
    "text": "words",
    "look-back": "look-back",
}
# What goes on, sends, throws away or passes a part over is drawn alike; what only passes one page over is near it.
BESIDE = (Skip, Decline)
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


def _with_field(base: WebPage, shown: Page) -> WebPage:
    field = FIELDS.get(shown.kind, "")
    items = tuple(Item(one.id, one.label, one.chosen, one.face, one.rank) for one in shown.choices)
    if field == "number":
        items = tuple(Item(str(number), str(number), number == shown.number) for number in SCALE)
    marks = [mark.id for mark in shown.marks]
    if field == "marks":
        items = tuple(
            Item(str(one.number), one.word, place=marks.index(one.mark) + 1 if one.mark else 0)
            for one in shown.passage
        )
    return replace(
        base,
        field=field,
        items=items,
        ends=tuple(Item(end.id, end.label, place=_at_end(shown, end.id)) for end in shown.ends),
        marks=tuple(Item(mark.id, mark.label) for mark in shown.marks),
        low=shown.low,
        high=shown.high,
        text=shown.text,
        may_quote=shown.may_quote,
        quote_label=shown.quote_label,
        most=shown.most_characters,
    )


def _weight(action: PageAction) -> Weight:
    if action.main:
        return "first"
    return "second" if isinstance(action.event, BESIDE) else "quiet"


def _at_end(shown: Page, end: str) -> int:
    """Give which choice stands at an end, counted from 1, or 0."""
    return next((place for place, one in enumerate(shown.choices, 1) if one.end == end), 0)


def _with_ways(base: WebPage, shown: Page) -> WebPage:
    """Add the buttons. Help has no button: it lies open to a tap on every page."""
    ways = [
        Way(one.event, one.label, _weight(one))
        for one in shown.actions
        if not isinstance(one.event, Help | CloseHelp)
    ]
    ways.append(Way(Press("colour"), say("colour", shown.language), "quiet"))
    answered = tuple(
        Answered(one.asked, one.answer, len(ways) + place) for place, one in enumerate(shown.answers)
    )
    changes = [
        Way(Pick(one.question), tell("change_this", shown.language, question=one.asked), about="answer")
        for one in shown.answers
    ]
    return replace(base, ways=(*ways, *changes), answered=answered)
