"""Building a questionnaire from the question bank, step by step: each step gives a new questionnaire, so any can be undone."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coprod.journeys.asking.check_questionnaire import Brief, check_questionnaire
from coprod.journeys.asking.wording_review import NOT_TRIED
from coprod.journeys.checking.panels import registry_of
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text
from coprod.workspace import Workspace
from surveys.questionnaires.bank import (
    Making,
    bank,
    chosen,
    draft_of,
    is_own_note,
    needed_minutes,
    with_notes,
)
from surveys.questionnaires.craft import SEVERITIES
from surveys.questionnaires.placed import Placed, placed_questionnaire
from surveys.questionnaires.questionnaire import LARGEST_FILE, Questionnaire, parse_questionnaire
from surveys.questionnaires.questions import Choice, QuestionPage
from surveys.questionnaires.sharing import USUAL_GROUP, Sharing
from surveys.questionnaires.writing import questionnaire_text

OWN_KINDS = ("faces", "frequency", "likert", "choose-one", "choose-many", "text")
_WITH_CHOICES = frozenset({"choose-one", "choose-many"})
LARGEST_GROUP = 10_000
_WHERE = ("start", "middle", "text", "end")


class Words(Struct, frozen=True):
    """The words of a question that can be changed. `welsh` is empty where nobody has written it."""

    ask: str
    welsh: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()


class Own(Struct, frozen=True):
    """A question that a worker writes: its words, a kind of `OWN_KINDS`, what is sensitive about it, if anything."""

    words: Words
    kind: str
    sensitive: str = ""


class Remark(Struct, frozen=True):
    """One thing that the check says: `question` is empty where it is about the whole."""

    question: str
    weight: str
    says: str
    instead: str


class _OnePage(Struct, frozen=True, forbid_unknown_fields=True):
    page: QuestionPage


def begun(name: str, title: str, made_by: str, welsh_title: str = "") -> Questionnaire:
    """Give a questionnaire without questions. Raises BadInputError for a name that can be no file."""
    plain = _file_name(name)
    shown = clean_line(title) or plain.replace("-", " ").capitalize()
    maker = clean_line(made_by) or "a service"
    making = Making(
        plain, Wording(shown, clean_line(welsh_title) or None), Wording(f"{maker}. {NOT_TRIED.en}")
    )
    return draft_of(making)


def copied(asked: Questionnaire, name: str) -> Questionnaire:
    """Give a copy under another name, of which nobody has said yet that young people tried it."""
    maker = asked.made_by.en.partition(".")[0]
    return replace(asked, survey=_file_name(name), made_by=Wording(f"{maker}. {NOT_TRIED.en}"), read_by="")


def questions_in(asked: Questionnaire) -> tuple[QuestionPage, ...]:
    """Give the pages somebody chose: all but the content notes that come by themselves."""
    return tuple(page for page in asked.pages if not is_own_note(page))


def toggled(asked: Questionnaire, name: str) -> Questionnaire:
    """Give the questionnaire with a question of the bank put where it stands best, or taken out where it was in."""
    pages = questions_in(asked)
    if any(page.id == name for page in pages):
        return removed(asked, name)
    (new,) = chosen([name])
    places = {one.page.id: _WHERE.index(one.place) for one in bank()}
    after = _WHERE.index(new.place)
    at = next((i for i, one in enumerate(pages) if places.get(one.id, 1) > after), len(pages))
    return with_pages(asked, (*pages[:at], new.page, *pages[at:]))


def removed(asked: Questionnaire, name: str) -> Questionnaire:
    """Give the questionnaire without a question."""
    return with_pages(asked, [page for page in questions_in(asked) if page.id != name])


def moved(asked: Questionnaire, name: str, by: int) -> Questionnaire:
    """Give the questionnaire with a question moved by some places, at most to an end."""
    pages = list(questions_in(asked))
    at = next(place for place, page in enumerate(pages) if page.id == name)
    page = pages.pop(at)
    pages.insert(max(0, min(len(pages), at + by)), page)
    return with_pages(asked, pages)


def words_of_question(page: QuestionPage) -> Words:
    """Give the words of a question as they stand."""
    choices = tuple(choice.label.en for choice in getattr(page, "choices", ()))
    return Words(page.ask.en, page.ask.cy or "", page.help.en if page.help else "", choices)


def reworded(asked: Questionnaire, name: str, words: Words) -> Questionnaire:
    """Give the questionnaire with a question in other words.

    A choice whose words are empty goes, words beyond the last choice make a new one. Welsh of words that were
    changed goes, for it would say something else; so do wordings for one age band. Raises BadInputError for a
    question without words, or with fewer than two choices left.
    """
    pages = questions_in(asked)
    return with_pages(asked, [_reworded(page, words) if page.id == name else page for page in pages])


def with_own(asked: Questionnaire, own: Own) -> Questionnaire:
    """Give the questionnaire with a question of one's own before those that end it. Raises BadInputError as its file would."""
    taken = {page.id for page in asked.pages}
    name = next(one for one in (f"own-{number}" for number in range(1, 200)) if one not in taken)
    if own.kind not in OWN_KINDS:
        raise BadInputError.of("kind", f"`{own.kind}` is no kind here", f"choose {', '.join(OWN_KINDS)}")
    if own.kind in _WITH_CHOICES and len(own.words.choices) < 2:
        raise BadInputError.of("choices", "there are fewer than two choices", "write them with ; between")
    fields: dict[str, object] = {"ask": {"en": _said(own.words.ask)}, "id": name, "kind": own.kind}
    if own.kind in _WITH_CHOICES:
        fields["choices"] = [
            {"id": f"choice-{number}", "label": {"en": words}}
            for number, words in enumerate(own.words.choices, 1)
        ]
    if own.sensitive:
        fields |= {"sensitive": own.sensitive, "sensitive_because": "the service that wrote it says so"}
    page = load_yaml_text(json.dumps({"page": fields}), "question", _OnePage).value.page
    pages = questions_in(asked)
    closing = {one.page.id for one in bank() if one.place == "end"}
    at = next((place for place, one in enumerate(pages) if one.id in closing), len(pages))
    return with_pages(asked, (*pages[:at], page, *pages[at:]))


def with_head(asked: Questionnaire, title: str, welsh: str, made_by: str, ages: str) -> Questionnaire:
    """Give the questionnaire with another title, other makers, and ages such as "11-15, 16-25".

    Raises BadInputError for words that are missing, and for ages that are none.
    """
    wording = Wording(_said(title), clean_line(welsh) or None)
    bands = tuple(band.strip() for band in ages.split(",") if band.strip())
    if not bands or not all(re.fullmatch(r"[0-9]{1,2}-[0-9]{1,2}", band) for band in bands):
        raise BadInputError.of("ages", f"`{ages}` are no ages", "write them as 11-15, 16-25")
    return replace(asked, title=wording, made_by=Wording(_said(made_by)), ages=bands)


def remarks_on(asked: Questionnaire, workspace: Workspace, today: date) -> tuple[Remark, ...]:
    """Give what the check says of a questionnaire as it stands: mistakes first, then what could be kinder or safer."""
    if not questions_in(asked):
        return ()
    text = questionnaire_text(asked)
    brief = brief_for(workspace, today)
    try:
        checked = check_questionnaire(text, asked.survey, brief)
        placed = placed_questionnaire(text, asked.survey)
    except BadInputError as error:
        return tuple(Remark("", "mistake", one.what, one.mend) for one in error.problems)
    starts = _starts(placed)
    # The bank is in Welsh, so a gap beside it is worth a remark only where Welsh is offered.
    found = (one for one in checked.findings if brief.offers_welsh or one.rule != "welsh-missing")
    return tuple(
        Remark(_question_at(asked, starts, one.line), one.severity, one.message, one.instead) for one in found
    )


def brief_for(workspace: Workspace, today: date) -> Brief:
    """Give what is known of the place for a check."""
    settings = workspace.settings
    registry = registry_of(workspace)
    return Brief(
        registry=registry,
        today=today,
        nation=settings.nation,
        offers_welsh=settings.nation == "wales" or "cy" in settings.languages,
        contacts=tuple(
            one
            for one in registry.contacts
            if settings.nation in one.nations and "young-people" in one.audiences
        ),
    )


def save_built(workspace: Workspace, asked: Questionnaire, *, is_new: bool) -> Path:
    """Write a questionnaire into `surveys/` and give its path.

    Raises BadInputError with every mistake in it, or for a new one whose name is taken.
    """
    path = workspace.surveys / f"{asked.survey}.yaml"
    if is_new and path.exists():
        raise BadInputError.of("name", f"there is a questionnaire `{asked.survey}`", "give it another name")
    text = questionnaire_text(asked)
    parse_questionnaire(text, path.name)
    write_whole(path, text.encode())
    return path


def check_lines(
    path: Path, workspace: Workspace, today: date, group: int = USUAL_GROUP, on: datetime | None = None
) -> tuple[str, ...]:
    """Give what the check says of a questionnaire's file in lines, what weighs more first, for a group and a moment.

    Raises BadInputError with every structural mistake.
    """
    brief = replace(brief_for(workspace, today), group=group, on=on)
    text = read_text(path, LARGEST_FILE)
    checked = check_questionnaire(text, path.name, brief)
    placed = placed_questionnaire(text, path.name)
    heavy_first = sorted(checked.findings, key=lambda one: SEVERITIES.index(one.severity))
    lines = [
        f"{'SHOULD' if one.severity == 'warn' else 'ASK'}  {_about(placed, one.line)}: {one.message} {one.instead}"
        for one in heavy_first
    ]
    return (*(lines or ["Nothing to change. Young people try the words next."]), *_shared(checked.sharing))


def expected_typed(group: str, day: str, time: str) -> tuple[int, datetime | None]:
    """Give how many are expected and when, as typed; no day is none. Raises BadInputError for what is neither."""
    if not (group.isdecimal() and 1 <= int(group) <= LARGEST_GROUP):
        raise BadInputError.of("group", f"`{group}` is no group", f"write a number from 1 to {LARGEST_GROUP}")
    if not day:
        return int(group), None
    try:
        return int(group), datetime.fromisoformat(f"{day} {time or '12:00'}")
    except ValueError:
        raise BadInputError.of(
            "day", f"`{day} {time}` is no day and time", "write 2027-03-02 and 14:00"
        ) from None


def _shared(sharing: Sharing) -> tuple[str, ...]:
    """Give how many would share what others may know of them, in a group spread evenly."""
    if not sharing.questions or round(sharing.alone) < 1:
        return ()
    alone = (
        f"In a group of {sharing.group}, about {sharing.alone:.0f} would stand alone with their answers to:"
    )
    return (f"{alone} {', '.join(sharing.questions)}.",)


def _file_name(name: str) -> str:
    plain = clean_line(name).removesuffix(".yaml").lower().replace(" ", "-")
    if not plain or not plain.replace("-", "").isalnum() or not plain.isascii():
        mend = "write small letters, digits and hyphens, such as our-drop-in"
        raise BadInputError.of("name", f"`{name}` cannot be the name of a file", mend)
    return plain


def with_pages(asked: Questionnaire, pages: Sequence[QuestionPage]) -> Questionnaire:
    """Give the questionnaire with these questions, the notes they need and the minutes they take."""
    noted = tuple(with_notes(pages))
    return replace(asked, pages=noted, minutes=needed_minutes(noted))


def _reworded(page: QuestionPage, words: Words) -> QuestionPage:
    before = words_of_question(page)
    changed: dict[str, object] = {}
    if (words.ask, words.welsh) != (before.ask, before.welsh):
        kept = words.welsh if words.welsh != before.welsh or words.ask == before.ask else ""
        changed |= {"ask": Wording(_said(words.ask), clean_line(kept) or None), "by_age": ()}
    if words.help != before.help:
        changed["help"] = Wording(clean_line(words.help)) if words.help.strip() else None
    if words.choices != before.choices:
        changed["choices"] = _choices_said(getattr(page, "choices", ()), words.choices)
    return replace(page, **changed)


def _choices_said(choices: Sequence[Choice], labels: Sequence[str]) -> tuple[Choice, ...]:
    names = [choice.id for choice in choices]
    free = (one for number in range(1, 200) if (one := f"choice-{number}") not in names)
    kept = [
        choice if choice.label.en == label else replace(choice, label=Wording(_said(label)))
        for choice, label in zip(choices, labels, strict=False)
        if label.strip()
    ]
    new = [Choice(next(free), Wording(_said(label))) for label in labels[len(choices) :] if label.strip()]
    if len(kept) + len(new) < 2:
        raise BadInputError.of("choices", "fewer than two choices are left", "write at least two")
    return (*kept, *new)


def _said(text: str) -> str:
    line = clean_line(text)
    if not line:
        raise BadInputError.of("words", "there are no words", "write what young people will read")
    return line


def _starts(placed: Placed) -> list[int]:
    return [placed.spot(("pages", number)).line for number in range(len(placed.questionnaire.pages))]


def _about(placed: Placed, line: int) -> str:
    """Give the question that stands at a line by its number and its words, or that it is about the whole."""
    name = _question_at(placed.questionnaire, _starts(placed), line)
    for number, page in enumerate(questions_in(placed.questionnaire), 1):
        if page.id == name:
            return f"question {number}, “{page.ask.en}”"
    return "as a whole"


def _question_at(asked: Questionnaire, starts: Sequence[int], line: int) -> str:
    at = max((place for place, start in enumerate(starts) if start <= line), default=-1)
    return asked.pages[at].id if at >= 0 and line >= starts[0] else ""
