"""The questions a questionnaire may ask: one frozen shape for each kind."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.wording import Wording

# A name ends where its text ends: `$` alone would let a line break through.
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}(?![\s\S])")]
Sensitivity = Literal["safety", "abuse", "health", "identity"]
AgeBand = Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9]{1,2}-[0-9]{1,2}$"})]
SOMETHING_ELSE = "something-else"


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice. `alone` means that it cannot stand with others: "none of these"."""

    id: Name
    label: Wording
    alone: bool = False


Choices = Annotated[tuple[Choice, ...], Meta(min_length=2)]


class AgeWording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one age band reads a page: its own question, or its own help, or both."""

    ages: AgeBand
    ask: Wording | None = None
    help: Wording | None = None


class _Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", cache_hash=True):
    """What every page has. `relevant` is an XLSForm expression over earlier questions, or empty.

    `${name}` in `ask` or `help` gives the words of an earlier closed answer; without one the page is not shown.
    """

    ask: Wording
    id: Name
    help: Wording | None = None
    by_age: tuple[AgeWording, ...] = ()
    relevant: str = ""


class _Question(_Page, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every question has: where it is sensitive and why, and what an answer must satisfy.

    `constraint` is an XLSForm expression in which `.` is the answer; `constraint_help` says it in words.
    """

    constraint: str = ""
    constraint_help: Wording | None = None
    sensitive: Sensitivity | None = None
    sensitive_because: str = ""


class ChooseOne(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="choose-one"):
    """One of several choices."""

    choices: Choices
    shuffle: bool = False
    something_else: bool = False


class ChooseMany(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="choose-many"):
    """Any number of several choices."""

    choices: Choices
    shuffle: bool = False
    something_else: bool = False


class Faces(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="faces"):
    """Five faces from really bad to really good, words first."""


class Likert(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="likert"):
    """Five steps from strongly disagree to strongly agree."""


class Frequency(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="frequency"):
    """Five steps from never to always."""


class Ranking(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="ranking"):
    """Choices put in order, what matters most first."""

    choices: Choices
    shuffle: bool = False


class Number(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="number"):
    """A whole number from 0 to 10; `low` and `high` say what the ends mean."""

    low: Wording
    high: Wording


class FreeText(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="text"):
    """The respondent's own words, in a record of their own unless `link` says otherwise and why."""

    link: bool = False
    link_reason: str = ""


class Cards(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="cards"):
    """One of two to four short texts, side by side where there is room."""

    choices: Choices
    shuffle: bool = False


class BestWorst(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="best-worst"):
    """Of several choices the one that is most so and the one that is least so."""

    choices: Choices
    shuffle: bool = False


class Paired(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="paired"):
    """Every two of two to five choices side by side, one pair after another."""

    choices: Choices
    shuffle: bool = False


class Highlighter(_Question, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="highlighter"):
    """A passage whose words are marked to keep, to lose, or as confusing.

    `passage` is in the one language it will be printed in, and is shown so whatever the page speaks.
    """

    passage: Annotated[str, Meta(min_length=1)]


class Break(_Page, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="break"):
    """A rest. Nothing is asked and nothing is counted."""


class HelpCard(_Page, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="help-card"):
    """Who to talk to, shown to everybody at the same place, so that seeing it tells nothing."""


class Note(_Page, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="note"):
    """Something said, not asked. With `covers`, "skip this part" passes over the questions named there."""

    covers: tuple[Name, ...] = ()


Question = (
    ChooseOne
    | ChooseMany
    | Cards
    | Faces
    | Likert
    | Frequency
    | Ranking
    | BestWorst
    | Paired
    | Highlighter
    | Number
    | FreeText
)
SaidPage = Note | Break | HelpCard
QuestionPage = Question | SaidPage
ChoiceQuestion = ChooseOne | ChooseMany | Cards | Ranking | BestWorst | Paired
ScaleQuestion = Faces | Likert | Frequency
Kind = Literal[
    "choose-one",
    "choose-many",
    "cards",
    "faces",
    "likert",
    "frequency",
    "ranking",
    "best-worst",
    "paired",
    "highlighter",
    "number",
    "text",
    "note",
    "break",
    "help-card",
]
KINDS: dict[Kind, type[QuestionPage]] = {
    "choose-one": ChooseOne,
    "choose-many": ChooseMany,
    "cards": Cards,
    "faces": Faces,
    "likert": Likert,
    "frequency": Frequency,
    "ranking": Ranking,
    "best-worst": BestWorst,
    "paired": Paired,
    "highlighter": Highlighter,
    "number": Number,
    "text": FreeText,
    "note": Note,
    "break": Break,
    "help-card": HelpCard,
}
_KIND_OF = {shape: kind for kind, shape in KINDS.items()}
SAID_KINDS = frozenset({"note", "break", "help-card"})


def kind_of(page: QuestionPage) -> Kind:
    """Give the name a questionnaire file uses for this kind."""
    return _KIND_OF[type(page)]
