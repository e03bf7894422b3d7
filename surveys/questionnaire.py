"""The typed model of a questionnaire file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.files import read_text
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text
from surveys.questions import Name, QuestionPage

AgeBand = Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9]{1,2}-[0-9]{1,2}$"})]


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
    return parse_questionnaire(read_text(path), str(path))


def parse_questionnaire(text: str, name: str) -> Questionnaire:
    """Give the questionnaire in a text that came from the file called `name`."""
    return load_yaml_text(text, name, Questionnaire).value


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
