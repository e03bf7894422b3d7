"""A form as a questionnaire: what can be asked, in a file that loads, and what was stripped, refused or changed."""

import math
from pathlib import PurePath
from typing import get_args

from msgspec import Struct, structs

from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.released import SmallCounts
from coprod.kernel.wording import Wording
from surveys.questionnaires.questionnaire import LARGEST_FILE, Questionnaire, parse_questionnaire
from surveys.questionnaires.questions import FreeText, Note, SaidPage
from surveys.questionnaires.writing import questionnaire_text
from surveys.xlsform.building import Builder
from surveys.xlsform.making import Built
from surveys.xlsform.meanings import meanings
from surveys.xlsform.names import id_from
from surveys.xlsform.reading import read_form
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.sheets import (
    Form,
    Remark,
    Row,
    language_named,
    languages_left_out,
    own_words,
    wording_in,
)

SECONDS_A_QUESTION, SECONDS_A_TEXT = 20, 60
MOST_MINUTES = 60
_YES = {"yes", "true", "true()"}


class Imported(Struct, frozen=True):
    """A questionnaire's text, how many questions it asks, and what became of the rest of the form."""

    text: str
    questions: int
    stripped: tuple[Remark, ...]
    refused: tuple[Remark, ...]
    noted: tuple[Remark, ...]


def import_form(content: bytes, name: str) -> Imported:
    """Give the questionnaire that the bytes of the form called `name` hold.

    Raises BadInputError for a file that is no form, and for one of which nothing can be asked.
    """
    form = read_form(content, name)
    remarks = Remarks()
    _remark_settings(form, remarks)
    for row, language in languages_left_out(form):
        remarks.refuse(row, f"the language `{language}`: coprod holds English and Welsh")
    built = Builder(form, remarks).pages()
    questionnaire = _questionnaire(form, built, name, remarks)
    kept, text = _that_loads(questionnaire, built, name, remarks)
    questions = sum(not isinstance(page, SaidPage) for page in kept.pages)
    return Imported(text, questions, remarks.all_stripped(), remarks.all_refused(), remarks.all_noted())


def _questionnaire(form: Form, built: tuple[Built, ...], name: str, remarks: Remarks) -> Questionnaire:
    """Give the pages with what stands above them; what the form does not say is said in plain words and noted."""
    settings, words = form.settings, meanings().words
    stem = PurePath(name.replace("\\", "/")).stem
    made_by = wording_in(form, settings, "made_by")
    purpose = wording_in(form, settings, "purpose")
    minutes, ages = settings.says("minutes"), settings.says("ages")
    if not (made_by and purpose and minutes and ages):
        remarks.note(settings, "say who made it, what it is for, its minutes and the ages it is for")
    return Questionnaire(
        format=1,
        survey=id_from(settings.says("id_string"), stem, set(), "questionnaire"),
        title=_title(form, stem),
        made_by=made_by or own_words(form, words.made_by),
        purpose=purpose or own_words(form, words.purpose),
        minutes=int(minutes) if minutes.isdecimal() else _minutes(built),
        ages=tuple(ages.split()) or ("11-25",),
        who_reads=wording_in(form, settings, "who_reads"),
        small_counts=_small_counts(settings.says("small_counts")),
        read_by=settings.says("read_by"),
        understanding_check=settings.says("understanding_check").lower() in _YES,
        pages=tuple(one.page for one in built),
    )


def _small_counts(typed: str) -> SmallCounts:
    """Give how a form wants small counts shown; whatever else it says, in words."""
    return next((one for one in get_args(SmallCounts) if one == typed.strip().lower()), "bands")


def _title(form: Form, stem: str) -> Wording:
    """Give the form's title; one in Welsh alone stands for both languages."""
    title = wording_in(form, form.settings, "title") or Wording(form.settings.says("title") or stem)
    welsh = form.settings.says("welsh_title") or (title.en if form.language == "cy" else None)
    return Wording(title.en, title.cy or welsh)


def _minutes(built: tuple[Built, ...]) -> int:
    seconds = sum(SECONDS_A_TEXT if isinstance(one.page, FreeText) else SECONDS_A_QUESTION for one in built)
    return min(MOST_MINUTES, max(1, math.ceil(seconds / 60)))


def _that_loads(
    questionnaire: Questionnaire, built: tuple[Built, ...], name: str, remarks: Remarks
) -> tuple[Questionnaire, str]:
    """Give the questionnaire without the pages that would not load, and its text; each is refused with the reason.

    Leaving one out can break another that asks about it, so this goes on until all of it loads.
    """
    kept = built
    while any(not isinstance(one.page, SaidPage) for one in kept):
        pages = _covering_only(kept)
        questionnaire = structs.replace(questionnaire, pages=tuple(one.page for one in pages))
        text = questionnaire_text(questionnaire)
        if len(text.encode()) > LARGEST_FILE:
            what = f"its questionnaire has over {LARGEST_FILE:,} bytes"
            raise BadInputError.of(name, what, "split the form")
        try:
            return parse_questionnaire(text, name), text
        except BadInputError as error:
            faults = _faults(text, error.problems)
            if not faults:
                raise BadInputError(*(_within(name, one) for one in error.problems)) from None
        for index, problem in faults.items():
            row, page = kept[index].row, kept[index].page
            remarks.refuse(
                row, f"`{row.says('name') or page.id}` is left out: {problem.what}; {problem.mend}"
            )
        kept = tuple(one for index, one in enumerate(kept) if index not in faults)
    raise _nothing_left(name, remarks)


def _covering_only(built: tuple[Built, ...]) -> tuple[Built, ...]:
    """Let notes cover only what is still there."""
    there = {one.page.id for one in built}
    return tuple(
        structs.replace(
            one,
            page=structs.replace(one.page, covers=tuple(name for name in one.page.covers if name in there)),
        )
        if isinstance(one.page, Note)
        else one
        for one in built
    )


def _faults(text: str, problems: tuple[Problem, ...]) -> dict[int, Problem]:
    """Give the first problem of each page, by its index; problems above the pages are nobody's."""
    starts = [number for number, line in enumerate(text.split("\n"), start=1) if line == "- ask:"]
    faults: dict[int, Problem] = {}
    for problem in problems:
        index = sum(start <= problem.line for start in starts) - 1
        if index >= 0:
            faults.setdefault(index, problem)
    return faults


def _within(name: str, problem: Problem) -> Problem:
    """Give a problem of the questionnaire's text as one of the whole form."""
    return Problem(name, 1, 1, problem.what, problem.mend)


def _nothing_left(name: str, remarks: Remarks) -> BadInputError:
    reasons = [*remarks.all_stripped(), *remarks.all_refused()]
    whole = Problem(name, 1, 1, "nothing in this form can be asked", "see its rows below, if there are any")
    mend = "ask it in another way"
    return BadInputError(
        whole,
        *(Problem(name, one.row, 1, f"{one.sheet} row {one.row}: {one.what}", mend) for one in reasons[:20]),
    )


def _remark_settings(form: Form, remarks: Remarks) -> None:
    for setting in meanings().settings:
        if form.settings.says(*setting.header):
            remarks.strip(form.settings, setting.stripped)
    default = form.settings.says("default_language")
    if default and language_named(default) is None:
        remarks.refuse(form.settings, f"the language `{default}`: coprod holds English and Welsh")
    first: dict[str, Row] = {}
    for row in form.others:
        first.setdefault(row.sheet, row)
    for sheet, row in first.items():
        meaning = next(one for one in meanings().sheets if sheet in one.names)
        told = remarks.strip if meaning.stripped else remarks.refuse
        told(row, f"the sheet `{sheet}`: {meaning.stripped or meaning.refused}")
