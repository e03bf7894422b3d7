"""The typed model of a questionnaire file."""

import hashlib
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.record import Chosen, MainRecord, record_to_bytes
from coprod.kernel.released import SmallCounts
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import typed
from coprod.kernel.yamlnodes import Node, Place, parse_yaml
from surveys.interviews.composed import ENDS, MARKS, end_id, mark_id, over_id, pairs_of, words_of
from surveys.questionnaires.minutes import minutes_needed
from surveys.questionnaires.mistakes import mistakes_in
from surveys.questionnaires.questions import (
    SOMETHING_ELSE,
    AgeBand,
    BestWorst,
    Cards,
    ChooseOne,
    HelpCard,
    Highlighter,
    Name,
    Paired,
    QuestionPage,
    SaidPage,
)
from surveys.questionnaires.sketch import scalar_in

ADULT = 18
LARGEST_FILE = 500_000
LARGEST_RECORD = 6_500  # bytes; 8,000 more for linked words keep a main record under 15,000
LONGEST_NAME = "x" * 40
HELP_CARD = "help-card"


class Questionnaire(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A questionnaire. `minutes` is what the first page promises; `read_by` names who read the Welsh.

    With `understanding_check` three short questions before the first one say again whatever was not clear.
    """

    format: Literal[1]
    survey: Name
    title: Wording
    made_by: Wording
    purpose: Wording
    minutes: Annotated[int, Meta(ge=1, le=60)]
    ages: Annotated[tuple[AgeBand, ...], Meta(min_length=1)]
    who_reads: Wording | None = None
    small_counts: SmallCounts = "bands"
    read_by: str = ""
    understanding_check: bool = False
    pages: Annotated[tuple[QuestionPage, ...], Meta(min_length=1)]


def youngest_of(questionnaire: Questionnaire) -> int:
    """Give the youngest age a questionnaire is for, in years."""
    return min(int(band.partition("-")[0]) for band in questionnaire.ages)


def questionnaire_hash(text: str) -> str:
    """Give the SHA-256, as hex, of a questionnaire's exact text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def load_questionnaire(path: Path) -> Questionnaire:
    """Give the questionnaire in a file. Raises BadInputError with every mistake in it."""
    return parse_questionnaire(read_text(path, LARGEST_FILE), str(path))


def parse_questionnaire(text: str, name: str) -> Questionnaire:
    """Give the questionnaire in a text that came from the file called `name`.

    Raises BadInputError with every mistake of shape and of meaning together.
    """
    tree = parse_yaml(text, name)
    problems = set(mistakes_in(tree, text, name))
    try:
        questionnaire = typed(tree, name, Questionnaire).value
    except BadInputError as error:
        raise BadInputError(*problems.union(error.problems)) from None
    if not problems and (size := largest_main_record(questionnaire)) > LARGEST_RECORD:
        what = (
            f"all answers together could take {size:,} bytes, and {LARGEST_RECORD:,} fit in a sealed record"
        )
        problems.add(Problem(name, 1, 1, what, "ask fewer questions, or offer fewer choices"))
    if not problems:
        problems.update(_broken_promise(questionnaire, tree, name))
    if problems:
        raise BadInputError(*problems)
    return questionnaire


def _broken_promise(questionnaire: Questionnaire, tree: Node, name: str) -> Iterator[Problem]:
    """Give the problem that not even a quick reader can keep to the minutes promised."""
    needed = ceil(minutes_needed(questionnaire.pages, "quick"))
    if needed > questionnaire.minutes:
        promised = scalar_in(tree, "minutes")
        place = promised.place if promised is not None else Place(1, 1)
        what = f"even a quick reader needs {needed} minutes, and {questionnaire.minutes} are promised"
        mend = f"promise {ceil(minutes_needed(questionnaire.pages, 'calm'))}, or ask less"
        yield Problem(name, place.line, place.column, what, mend)


def largest_main_record(questionnaire: Questionnaire) -> int:
    """Give the most bytes one interview's main record can take, without linked words."""
    replies = {page.id: Chosen(_most_ids(page)) for page in questionnaire.pages}
    return len(record_to_bytes(MainRecord("0" * 64, {**replies})))


def _most_ids(page: QuestionPage) -> tuple[str, ...]:
    """Give the longest answer a page can have, as ids."""
    names = tuple(choice.id for choice in getattr(page, "choices", ()))
    names += (SOMETHING_ELSE,) if getattr(page, "something_else", False) else ()
    match page:
        case ChooseOne() | Cards():
            return (max(names, key=len),)
        case BestWorst():
            return tuple(end_id(end, max(names, key=len)) for end in ENDS)
        case Paired():
            return tuple(over_id(*pair) for pair in pairs_of(names))
        case Highlighter(passage=passage):
            longest = max(MARKS, key=len)
            return tuple(mark_id(word, longest) for word, _ in enumerate(words_of(passage), 1))
        case _:
            return names or (LONGEST_NAME,)


def with_help_card(questionnaire: Questionnaire, ask: Wording) -> Questionnaire:
    """Give the questionnaire with a help card behind its last sensitive question, unless it has its own.

    Where it stands depends on the questionnaire alone: everybody sees it, whatever they answered.
    """
    pages = questionnaire.pages
    sensitive = [index for index, page in enumerate(pages) if getattr(page, "sensitive", None)]
    if not sensitive or any(isinstance(page, HelpCard) for page in pages):
        return questionnaire
    at = sensitive[-1] + 1
    card = HelpCard(ask=ask, id=HELP_CARD)
    return structs.replace(questionnaire, pages=(*pages[:at], card, *pages[at:]))


def is_asked(page: QuestionPage) -> bool:
    """Tell whether a page asks something that a record holds a reply to."""
    return not isinstance(page, SaidPage)


def wordings_in(questionnaire: Questionnaire) -> Iterator[Wording]:
    """Give every wording a respondent may read, but for the makers' name."""
    yield from (questionnaire.title, questionnaire.purpose)
    if questionnaire.who_reads is not None:
        yield questionnaire.who_reads
    for page in questionnaire.pages:
        for part in (page, *page.by_age):
            fields = (getattr(part, name) for name in part.__struct_fields__)
            yield from (value for value in fields if isinstance(value, Wording))
        yield from (choice.label for choice in getattr(page, "choices", ()))


def languages_offered(questionnaire: Questionnaire, *, unread: bool = False) -> tuple[Language, ...]:
    """Give the languages a respondent may choose.

    Welsh only when all of it is written and somebody is named who read it; `unread` is for demo and preview.
    """
    complete = all(wording.cy is not None for wording in wordings_in(questionnaire))
    return ("en", "cy") if complete and (unread or questionnaire.read_by.strip()) else ("en",)
