"""The question bank: questions to choose from, and a questionnaire made of those that were chosen."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from math import ceil
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text, nearest
from surveys.questionnaires.library import SHIPPED
from surveys.questionnaires.minutes import minutes_needed
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire
from surveys.questionnaires.questions import FreeText, Note, QuestionPage, Sensitivity

Stand = Literal["start", "middle", "text", "end"]
NOTE_ID = "before-this-part"
_STANDS: tuple[Stand, ...] = ("start", "middle", "text", "end")


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """A theme of the briefing, and why one asks about it."""

    id: str
    title: str
    because: str


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the bank: a question written there, or `take` as questionnaire/question of the library."""

    theme: str
    place: Stand
    take: str = ""
    page: QuestionPage | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The bank as it stands in its file."""

    format: Literal[1]
    purpose: Wording
    note: Wording
    joined: Wording
    about: dict[Sensitivity, Wording]
    themes: tuple[Theme, ...]
    questions: tuple[_Entry, ...]


class Banked(Struct, frozen=True):
    """A question to choose. `place` says where in a questionnaire it stands."""

    theme: str
    place: Stand
    page: QuestionPage


class Making(Struct, frozen=True):
    """What a worker says of the questionnaire they make."""

    survey: str
    title: Wording
    made_by: Wording
    ages: tuple[str, ...] = ("11-15", "16-25")
    purpose: Wording | None = None


@cache
def _file() -> _File:
    text = resources.files("surveys.questionnaires").joinpath("bank.yaml").read_text("utf-8")
    return load_yaml_text(text, "bank.yaml", _File).value


def themes() -> tuple[Theme, ...]:
    """Give the themes of the bank, in its order."""
    return _file().themes


@cache
def bank() -> tuple[Banked, ...]:
    """Give every question of the bank, in its order, without skip logic: each can stand alone."""
    return tuple(Banked(one.theme, one.place, _page(one)) for one in _file().questions)


def chosen(ids: Sequence[str]) -> tuple[Banked, ...]:
    """Give the questions with these ids. Raises BadInputError for an id that is none or comes twice."""
    known = {one.page.id: one for one in bank()}
    for name in ids:
        if name not in known:
            raise BadInputError.of(
                "--from", f"there is no question `{name}` in the bank", nearest(name, known)
            )
        if list(ids).count(name) > 1:
            raise BadInputError.of("--from", f"`{name}` comes twice", "name each question once")
    return tuple(known[name] for name in ids)


def made_of(questions: Sequence[Banked], making: Making) -> Questionnaire:
    """Give the questionnaire made of some questions: easy ones first, sensitive ones announced in the middle.

    Raises BadInputError when nothing easy starts it or nothing good ends it, naming what would.
    """
    for stand, what in (("start", "an easy question to start with"), ("end", "a good one to end on")):
        if all(one.place != stand for one in questions):
            some = ", ".join(one.page.id for one in bank() if one.place == stand)
            raise BadInputError.of("--from", f"there is not {what}", f"add one of: {some}")
    pages = with_notes([one.page for one in sorted(questions, key=_order)])
    return replace(draft_of(making), minutes=needed_minutes(pages), pages=tuple(pages))


def draft_of(making: Making) -> Questionnaire:
    """Give a questionnaire that has no questions yet, which no file may hold."""
    return Questionnaire(
        format=1,
        survey=making.survey,
        title=making.title,
        made_by=making.made_by,
        purpose=making.purpose or _file().purpose,
        minutes=2,
        ages=making.ages,
        pages=(),
    )


def _page(entry: _Entry) -> QuestionPage:
    if entry.page is not None:
        return entry.page
    name, _, question = entry.take.partition("/")
    page = next(one for one in _library(name).pages if one.id == question)
    return replace(page, relevant="")


@cache
def _library(name: str) -> Questionnaire:
    return load_questionnaire(SHIPPED / f"{name}.yaml")


def _order(question: Banked) -> tuple[int, int]:
    """Give the key that sorts: by place, and in the middle what is not sensitive, what is, then who one is."""
    kind = getattr(question.page, "sensitive", None)
    weight = {None: 0, "identity": 2}.get(kind, 1)
    return (_STANDS.index(question.place), weight)


def with_notes(pages: Sequence[QuestionPage]) -> list[QuestionPage]:
    """Give the pages with a content note before each run of sensitive ones that need it; earlier ones go."""
    pages = [page for page in pages if not is_own_note(page)]
    noted: list[QuestionPage] = []
    for needs, run in groupby(pages, key=_needs_note):
        group = list(run)
        if needs:
            noted.append(_note(group, sum(isinstance(one, Note) for one in noted)))
        noted += group
    return noted


def is_own_note(page: QuestionPage) -> bool:
    """Tell whether a page is a content note that `with_notes` put there."""
    return isinstance(page, Note) and page.id.startswith(NOTE_ID)


def needed_minutes(pages: Sequence[QuestionPage]) -> int:
    """Give the minutes to promise for some pages: what they take at a calm pace, two at least."""
    return max(2, ceil(minutes_needed(pages, "calm")))


def _needs_note(page: QuestionPage) -> bool:
    return getattr(page, "sensitive", None) not in {None, "identity"} and not isinstance(page, FreeText)


def _note(group: Sequence[QuestionPage], before: int) -> Note:
    words, file = _file().note, _file()
    kinds: list[Sensitivity] = [
        kind for kind in file.about if any(getattr(one, "sensitive", None) == kind for one in group)
    ]
    en = file.joined.en.join(file.about[kind].en for kind in kinds)
    cy = (file.joined.cy or "").join(file.about[kind].cy or "" for kind in kinds)
    ask = Wording(words.en.replace("{about}", en), (words.cy or "").replace("{about}", cy))
    return Note(
        ask=ask,
        id=f"{NOTE_ID}-{before + 1}" if before else NOTE_ID,
        covers=tuple(one.id for one in group),
    )
