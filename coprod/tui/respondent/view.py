"""The value a sheet draws: one page, all its words already in the respondent's language."""

from dataclasses import dataclass
from typing import Any, Literal

from coprod.journeys.asking.visit import Act, KioskPlan
from coprod.journeys.asking.visit_words import say
from coprod.kernel.wording import Language
from coprod.tui.widgets.choices import Marks
from coprod.tui.widgets.passage import Passage
from coprod.tui.widgets.prose import Voice
from coprod.tui.widgets.shown import Shown
from surveys.interviews.pages import Page, PageContact

Paragraph = tuple[Voice, str]
BLANK: Paragraph = ("body", "")


@dataclass(frozen=True, repr=False)
class Way:
    """One thing that can be done: the act, its key as shown ("Enter", a letter, or empty) and its words.

    All `main` ones are drawn alike.
    """

    act: Act
    key: str
    label: str
    main: bool = False


@dataclass(frozen=True, repr=False)
class Numbers:
    """A question answered from 0 to 10."""

    number: int | None
    low: str
    high: str
    hint: str


@dataclass(frozen=True, repr=False)
class Writing:
    """A question answered in one's own words."""

    text: str
    may_quote: bool
    quote_label: str
    most: int


@dataclass(frozen=True, repr=False, kw_only=True)
class View:
    """One page. `place` names it: while it stays the same, the caret and what is being typed stay too."""

    place: str
    left: str = ""
    hide: str = ""
    choose: str = ""
    more: str = ""
    before: tuple[Paragraph, ...] = ()
    choices: tuple[Shown, ...] = ()
    marks: Marks = "one"
    numbers: Numbers | None = None
    passage: Passage | None = None
    writing: Writing | None = None
    door: Literal["", "closed", "wrong", "words"] = ""
    after: tuple[Paragraph, ...] = ()
    notice: str = ""
    foot: str = ""
    ways: tuple[Way, ...] = ()


def lines_under(shown: Page) -> tuple[Paragraph, ...]:
    """Give what stands under the heading; on pages to be read, one line apart."""
    if shown.kind in {"about", "note", "break", "help-card", "help", "sent", "erased"}:
        return tuple(part for line in shown.paragraphs for part in (BLANK, ("body", line)))
    return tuple(("quiet", line) for line in shown.paragraphs)


def contact_lines(contacts: tuple[PageContact, ...]) -> tuple[Paragraph, ...]:
    """Give help contacts, name first and large."""
    return tuple(
        line
        for contact in contacts
        for line in (
            BLANK,
            ("big", " · ".join(_name_and_numbers(contact))),
            ("quiet", f"{contact.offers}. {contact.reach[-1] if contact.reach else ''}"),
        )
    )


def _name_and_numbers(contact: PageContact) -> tuple[str, ...]:
    """Give how somebody is called and reached, once where the number is the name: 999 is not `999 · Call 999`."""
    numbers = contact.reach[:-1]
    return numbers if any(one.split()[-1] == contact.name for one in numbers) else (contact.name, *numbers)


def bare_page(place: str, language: Language, plan: KioskPlan, **parts: Any) -> View:
    """Give a page with what every page has: the way to hide and, if need be, the label."""
    label = say(plan.label, language) if plan.label else ""
    parts["left"] = " · ".join(part for part in (parts.get("left", ""), label) if part)
    return View(
        place=place,
        hide=say("hide", language),
        choose=say("choose", language),
        more=say("more", language),
        **parts,
    )
