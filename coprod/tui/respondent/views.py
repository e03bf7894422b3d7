"""What to draw of a visit: the interview's pages here, the kiosk's own in `own_pages`."""

from dataclasses import replace

from rich.cells import cell_len

from coprod.journeys.asking.turns import can_pause
from coprod.journeys.asking.visit import Asking, KioskPlan, Press, Visit
from coprod.journeys.asking.visit_words import say
from coprod.tui.respondent.own_pages import colour_way, own_page
from coprod.tui.respondent.view import (
    BLANK,
    Numbers,
    Paragraph,
    View,
    Way,
    Writing,
    bare_page,
    contact_lines,
    lines_under,
)
from coprod.tui.widgets.board import filled
from coprod.tui.widgets.choices import Marks
from coprod.tui.widgets.passage import MarkedWord, Passage
from coprod.tui.widgets.shown import Shown
from surveys.interviews.events import Continue
from surveys.interviews.interview import page
from surveys.interviews.pages import Page

MARKS: dict[str, Marks] = {
    "choose-many": "many",
    "ranking": "order",
    "best-worst": "ends",
    "cards": "cards",
    "paired": "cards",
    "look-back": "none",
}


def view_of(visit: Visit, plan: KioskPlan) -> View:
    """Give the page to draw."""
    if not isinstance(visit, Asking):
        return own_page(visit, plan)
    view = _interview(page(visit.interview), plan)
    if not can_pause(visit, plan):
        return view
    pause = Way(Press("pause"), "P", say("pause", visit.interview.language))
    return replace(view, ways=(*view.ways, pause))


def _interview(shown: Page, plan: KioskPlan) -> View:
    """Give a page of the interview itself: its words, its choices, its actions."""
    language = shown.language
    ways = tuple(
        Way(action.event, action.key.upper() or "Enter", action.label, action.main)
        for action in shown.actions
        if action.key or isinstance(action.event, Continue)
    )
    if shown.kind in {"help", "help-card"}:
        ways = (*ways, colour_way(language))
    return bare_page(
        _place(shown),
        language,
        plan,
        left=shown.progress,
        before=(("heading", shown.heading), *lines_under(shown), *contact_lines(shown.contacts)),
        choices=_choices(shown),
        marks=MARKS.get(shown.kind, "one"),
        numbers=_numbers(shown),
        passage=_passage(shown),
        writing=_writing(shown),
        after=_hints(shown),
        notice=shown.notice or shown.hint,
        ways=ways,
    )


def _place(shown: Page) -> str:
    """Name the page; each pair of a question is a page of its own."""
    pair = " ".join(one.id for one in shown.choices) if shown.kind == "paired" else ""
    return f"{shown.stage}/{shown.kind}/{shown.question or shown.heading}/{pair}"


def _choices(shown: Page) -> tuple[Shown, ...]:
    if shown.kind == "look-back":
        return tuple(Shown(one.question, f"{one.asked}\n{one.answer}") for one in shown.answers)
    widest = max((cell_len(one.label) for one in shown.ends), default=0)
    ends = {one.id: one.label for one in shown.ends}
    return tuple(
        Shown(
            one.id,
            one.label,
            one.chosen,
            one.face,
            one.rank,
            f"[{filled(ends[one.end] if one.end else '', widest)}]" if widest else "",
        )
        for one in shown.choices
    )


def _hints(shown: Page) -> tuple[Paragraph, ...]:
    match shown.kind:
        case "help" | "help-card":
            return (BLANK, ("quiet", say("colour_hint", shown.language)))
        case "best-worst":
            return (("quiet", say("ends_hint", shown.language)),)
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


def _passage(shown: Page) -> Passage | None:
    if shown.kind != "highlighter":
        return None
    words = tuple(MarkedWord(one.word, one.mark or "") for one in shown.passage)
    marks = tuple((one.id, one.label) for one in shown.marks)
    return Passage(words, marks, say("passage_hint", shown.language))


def _writing(shown: Page) -> Writing | None:
    if shown.kind != "text":
        return None
    return Writing(shown.text, shown.may_quote, shown.quote_label, shown.most_characters)
