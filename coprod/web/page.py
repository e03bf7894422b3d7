"""The value a template draws: one page, all its words already in the respondent's language."""

from typing import Literal

from coprod.journeys.asking.visit import Act
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.pages import PageContact

Field = Literal["", "one", "many", "order", "number", "ends", "marks", "words", "look-back"]
Weight = Literal["first", "second", "quiet"]


class Way(Unshown, frozen=True):
    """One button: what it does, what it says, how much it stands out, and what it is about."""

    act: Act
    label: str
    weight: Weight = "second"
    about: str = ""


class Item(Unshown, frozen=True):
    """One choice of a field.

    `place` counts from 1: in a ranking, among the marks a word can have, among the choices of an end; 0 is none.
    """

    id: str
    label: str
    is_chosen: bool = False
    face: str = ""
    place: int = 0


class Answered(Unshown, frozen=True):
    """One line of the look-back page, with the button that changes it."""

    asked: str
    answer: str
    change: int


class WebPage(Unshown, frozen=True, kw_only=True):
    """One page. Ways are numbered in the order of `ways`; a form sends back numbers, never names.

    `legend` names a field that is not what the heading asks. `is_empty` marks pages that tell a passer-by
    nothing, `is_colour` the plain colour that asks a worker over. `warns_after` is in seconds, 0 for never; what follows then is `then`.
    """

    language: Language
    heading: str
    ways: tuple[Way, ...] = ()
    progress: str = ""
    label: str = ""
    paragraphs: tuple[str, ...] = ()
    notice: str = ""
    field: Field = ""
    legend: str = ""
    items: tuple[Item, ...] = ()
    ends: tuple[Item, ...] = ()
    marks: tuple[Item, ...] = ()
    low: str = ""
    high: str = ""
    text: str = ""
    may_quote: bool = False
    quote_label: str = ""
    most: int = 0
    answered: tuple[Answered, ...] = ()
    words: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    contacts: tuple[PageContact, ...] = ()
    help: tuple[PageContact, ...] = ()
    is_empty: bool = False
    is_colour: bool = False
    warns_after: float = 0.0
    then: Literal["quiet", "still"] = "quiet"
