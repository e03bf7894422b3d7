"""The typed model of a questionnaire file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.record import Chosen, MainRecord, record_to_bytes
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import typed
from coprod.kernel.yamlnodes import parse_yaml
from surveys.mistakes import mistakes_in
from surveys.questions import Name, QuestionPage

AgeBand = Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9]{1,2}-[0-9]{1,2}$"})]
LARGEST_FILE = 500_000
LARGEST_RECORD = 6_500  # bytes; 8,000 more for linked words keep a main record under 15,000
LONGEST_NAME = "x" * 40


class Questionnaire(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A questionnaire. `minutes` is what the first page promises; `read_by` names who read the Welsh."""

    format: Literal[1]
    survey: Name
    title: Wording
    made_by: Wording
    purpose: Wording
    minutes: Annotated[int, Meta(ge=1, le=60)]
    ages: Annotated[tuple[AgeBand, ...], Meta(min_length=1)]
    who_reads: Wording | None = None
    small_counts: Literal["bands", "rounded"] = "bands"
    read_by: str = ""
    pages: Annotated[tuple[QuestionPage, ...], Meta(min_length=1)]


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
    if problems:
        raise BadInputError(*problems)
    return questionnaire


def largest_main_record(questionnaire: Questionnaire) -> int:
    """Give the most bytes one interview's main record can take, without linked words."""
    replies = {
        page.id: Chosen(tuple(choice.id for choice in getattr(page, "choices", ())) or (LONGEST_NAME,))
        for page in questionnaire.pages
    }
    return len(record_to_bytes(MainRecord("0" * 64, {**replies})))


def wordings_in(questionnaire: Questionnaire) -> Iterator[Wording]:
    """Give every wording a respondent may read, but for the makers' name."""
    yield from (questionnaire.title, questionnaire.purpose)
    if questionnaire.who_reads is not None:
        yield questionnaire.who_reads
    for page in questionnaire.pages:
        fields = (getattr(page, name) for name in page.__struct_fields__)
        yield from (value for value in fields if isinstance(value, Wording))
        yield from (choice.label for choice in getattr(page, "choices", ()))


def languages_offered(questionnaire: Questionnaire, *, unread: bool = False) -> tuple[Language, ...]:
    """Give the languages a respondent may choose.

    Welsh only when all of it is written and somebody is named who read it; `unread` is for demo and preview.
    """
    complete = all(wording.cy is not None for wording in wordings_in(questionnaire))
    return ("en", "cy") if complete and (unread or questionnaire.read_by.strip()) else ("en",)
