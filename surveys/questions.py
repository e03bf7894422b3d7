"""The questions a questionnaire may ask: one frozen shape for each kind."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.wording import Wording

# A name ends where its text ends: `$` alone would let a line break through.
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}(?![\s\S])")]
Sensitivity = Literal["safety", "abuse", "health", "identity"]
SOMETHING_ELSE = "something-else"


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice. `alone` means that it cannot stand with others: "none of these"."""

    id: Name
    label: Wording
    alone: bool = False


Choices = Annotated[tuple[Choice, ...], Meta(min_length=2)]


class _Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every page has. `relevant` is an XLSForm expression over earlier questions, or empty."""

    ask: Wording
    id: Name
    help: Wording | None = None
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


class Note(_Page, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="note"):
    """Something said, not asked. With `covers`, "skip this part" passes over the questions named there."""

    covers: tuple[Name, ...] = ()


Question = ChooseOne | ChooseMany | Faces | Likert | Frequency | Ranking | Number | FreeText
QuestionPage = Question | Note
ChoiceQuestion = ChooseOne | ChooseMany | Ranking
ScaleQuestion = Faces | Likert | Frequency
Kind = Literal[
    "choose-one", "choose-many", "faces", "likert", "frequency", "ranking", "number", "text", "note"
]
KINDS: dict[Kind, type[QuestionPage]] = {
    "choose-one": ChooseOne,
    "choose-many": ChooseMany,
    "faces": Faces,
    "likert": Likert,
    "frequency": Frequency,
    "ranking": Ranking,
    "number": Number,
    "text": FreeText,
    "note": Note,
}


def kind_of(page: QuestionPage) -> Kind:
    """Give the name a questionnaire file uses for this kind."""
    return next(kind for kind, shape in KINDS.items() if isinstance(page, shape))
