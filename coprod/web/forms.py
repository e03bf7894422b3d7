"""What a form sends back, put into acts. Forms hold numbers of what was on the page, so only that can be done."""

from collections.abc import Iterable
from urllib.parse import parse_qs

from coprod.journeys.asking.turns import turn
from coprod.journeys.asking.visit import (
    Act,
    Asking,
    GoneQuiet,
    GoneStill,
    Hide,
    KioskPlan,
    Pick,
    Practising,
    Visit,
)
from coprod.kernel.unshown import Unshown
from coprod.web.page import WebPage
from coprod.web.words import tell
from surveys.interviews.composed import ENDS, MARKS
from surveys.interviews.events import ChooseEnd, Continue, MarkWord, Rank, Rate, Write
from surveys.interviews.interview import page

MOST_FIELDS = 90  # a passage has at most 60 words, each with a field of its own
HIDE = "hide"
LETTERS = "letters"  # bigger or smaller ones, on the same page with what is filled in
STILL: dict[str, Act] = {"quiet": GoneQuiet(), "still": GoneStill()}


class Form(Unshown, frozen=True):
    """The fields of a posted form, each with its values in order."""

    fields: dict[str, list[str]]

    def one(self, name: str) -> str:
        """Give the only value of a field; nothing when it is missing or comes twice."""
        values = self.fields.get(name, [])
        return values[0] if len(values) == 1 else ""

    def numbers(self, name: str, below: int) -> tuple[int, ...]:
        """Give the two-digit numbers of a field that are below a limit; others are left out."""
        told = (one for one in self.fields.get(name, []) if len(one) == 2 and one.isascii() and one.isdigit())
        return tuple(number for number in map(int, told) if number < below)


class Outcome(Unshown, frozen=True):
    """The visit after a form, and one sentence if the page has to be looked at again."""

    visit: Visit
    notice: str = ""


def read_form(body: bytes) -> Form | None:
    """Give the form in a body, or None when it is none: not ASCII, too many fields, or no `name=value`."""
    try:
        fields = parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        return None
    return Form(fields)


def after_form(visit: Visit, form: Form, shown: WebPage, plan: KioskPlan) -> Outcome:
    """Give what follows from a form that was posted from the page `shown`."""
    act = _act(form, shown)
    if act is None and form.one("do") != LETTERS:
        return Outcome(visit)
    filled, notice = _filled(visit, form, shown, plan)
    if act is None:
        return Outcome(filled, notice)
    if isinstance(act, Continue) and (notice := notice or _to_look_at(visit, filled)):
        return Outcome(filled, notice)
    return Outcome(turn(filled, act, plan))


def _act(form: Form, shown: WebPage) -> Act | None:
    done = form.one("do")
    if done == HIDE:
        return Hide()
    if done in STILL:
        return STILL[done] if shown.warns_after else None
    chosen = form.numbers("do", len(shown.ways))
    return shown.ways[chosen[0]].act if len(chosen) == 1 else None


def _filled(visit: Visit, form: Form, shown: WebPage, plan: KioskPlan) -> tuple[Visit, str]:
    """Give the visit with what the form's field says, and a notice if it could not all be kept."""
    if not isinstance(visit, Asking | Practising):
        return visit, ""
    if shown.field != "many":
        acts, notice = _read(form, shown)
        return _after(visit, acts, plan), notice and tell(notice, shown.language)
    wanted = {shown.items[number].id for number in form.numbers("choice", len(shown.items))}
    ticked = _after(visit, _ticks(shown, wanted), plan)
    return ticked, "" if _chosen(ticked) == wanted else tell("not_together", shown.language)


def _read(form: Form, shown: WebPage) -> tuple[tuple[Act, ...], str]:
    """Give what a field says that is not yet so, and the name of a notice if it says two things at once."""
    match shown.field:
        case "one":
            return _picked(form, shown), ""
        case "number":
            return tuple(map(Rate, form.numbers("choice", len(shown.items))[:1])), ""
        case "words":
            return _written(form, shown), ""
        case "marks":
            return _marks(form, shown), ""
        case "ends":
            ends, is_clear = _ends(form, shown)
            return ends, "" if is_clear else "same_end"
        case "order":
            order, is_clear = _order(form, shown)
            return order, "" if is_clear else "same_place"
        case _:
            return (), ""


def _after(visit: Visit, acts: Iterable[Act], plan: KioskPlan) -> Visit:
    for act in acts:
        visit = turn(visit, act, plan)
    return visit


def _picked(form: Form, shown: WebPage) -> tuple[Act, ...]:
    return tuple(Pick(shown.items[number].id) for number in form.numbers("choice", len(shown.items))[:1])


def _written(form: Form, shown: WebPage) -> tuple[Act, ...]:
    """Give what was written, if it is not what the page began with. Browsers end lines with two characters."""
    if "words" not in form.fields:
        return ()
    text, may_quote = form.one("words").replace("\r\n", "\n"), "quote" in form.fields
    return () if (text, may_quote) == (shown.text, shown.may_quote) else (Write(text, may_quote),)


def _ticks(shown: WebPage, wanted: set[str]) -> tuple[Act, ...]:
    """Give the picks that lead to the ticks wanted: those taken away first, then new ones."""
    gone = (Pick(one.id) for one in shown.items if one.is_chosen and one.id not in wanted)
    new = (Pick(one.id) for one in shown.items if not one.is_chosen and one.id in wanted)
    return (*gone, *new)


def _chosen(visit: Visit) -> set[str]:
    if not isinstance(visit, Asking):
        return set()
    return {one.id for one in page(visit.interview).choices if one.chosen}


def _order(form: Form, shown: WebPage) -> tuple[tuple[Act, ...], bool]:
    """Give the ranking, and whether every place was given once; gaps close up."""
    places = form.numbers("place", len(shown.items) + 1)
    if len(places) != len(shown.items):
        return (), True
    given = sorted(
        (place, index, one.id)
        for index, (place, one) in enumerate(zip(places, shown.items, strict=True))
        if place
    )
    is_clear = len({place for place, _, _ in given}) == len(given)
    was = tuple(one.id for one in sorted(shown.items, key=lambda item: item.place) if one.place)
    order = tuple(name for _, _, name in given)
    return () if order == was else (Rank(order),), is_clear


def _ends(form: Form, shown: WebPage) -> tuple[tuple[Act, ...], bool]:
    """Give what was put at each end, and whether no choice was put at both."""
    picked = [form.numbers(f"end{place}", len(shown.items))[:1] for place in range(len(shown.ends))]
    acts = tuple(
        ChooseEnd(end, shown.items[number[0]].id)
        for end, number, was in zip(ENDS, picked, shown.ends, strict=True)
        if number and number[0] + 1 != was.place
    )
    given = [number[0] for number in picked if number]
    return acts, len(set(given)) == len(given)


def _marks(form: Form, shown: WebPage) -> tuple[Act, ...]:
    """Give the marks that are not what the page began with."""
    given = form.numbers("mark", len(MARKS) + 1)
    if len(given) != len(shown.items):
        return ()
    return tuple(
        MarkWord(word, MARKS[mark - 1] if mark else None)
        for word, (mark, was) in enumerate(zip(given, shown.items, strict=True), 1)
        if mark != was.place
    )


def _to_look_at(before: Visit, after: Visit) -> str:
    """Give a notice that an answer brought up: it was shortened, may say who somebody is, or is explained."""
    if not isinstance(before, Asking) or not isinstance(after, Asking) or before == after:
        return ""
    was, now = page(before.interview), page(after.interview)
    return (now.notice if now.notice != was.notice else "") or (now.hint if now.hint != was.hint else "")
