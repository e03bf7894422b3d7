"""What each XLSForm type and column becomes, as data in meanings.yaml."""

import re
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text

Becomes = Literal["", "text", "note", "acknowledge", "number", "range", "calculation"]


class TypeMeaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What the types of these names become; `stripped` and `refused` say why they do not."""

    names: tuple[str, ...]
    becomes: Becomes = ""
    stripped: str = ""
    refused: str = ""


class ColumnMeaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out of a column or a setting, and why."""

    header: tuple[str, ...]
    stripped: str = ""
    noted: str = ""


class Identifying(Struct, frozen=True, forbid_unknown_fields=True):
    """A question that asks who somebody is."""

    pattern: str
    what: str


class ImportWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for what a form does not say. `within` holds {low} and {high}."""

    made_by: Wording
    purpose: Wording
    constraint: Wording
    within: Wording
    low: Wording
    high: Wording


class BandWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for groups of numbers; each holds {low}, {high} or both."""

    one: Wording
    between: Wording
    below: Wording
    above: Wording
    broken_between: Wording
    broken_below: Wording


class Meanings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in meanings.yaml."""

    format: Literal[1]
    types: tuple[TypeMeaning, ...]
    who: tuple[Identifying, ...]
    columns: tuple[ColumnMeaning, ...]
    settings: tuple[ColumnMeaning, ...]
    sheets: tuple[TypeMeaning, ...]
    quiet_looks: tuple[str, ...]
    words: ImportWords
    bands: BandWords
    age: str

    def of_type(self, name: str) -> TypeMeaning | None:
        """Give what becomes of a type, however it is spelled; None for one nobody knows."""
        spelled = " ".join(name.replace("_", " ").split()).lower()
        return next((one for one in self.types if spelled in one.names), None)

    def asks_age(self, name: str, words: str) -> bool:
        """Tell whether a question asks how old somebody is."""
        return any(re.search(self.age, text.casefold()) for text in (name.replace("_", " "), words))

    def asks_who(self, name: str, words: str) -> str:
        """Give what a question asks of somebody's identity, or nothing."""
        asked = " ".join(words.replace("’", "'").split()).casefold()
        found = (
            one.what
            for one in self.who
            if re.fullmatch(one.pattern, asked) or re.fullmatch(one.pattern, name.casefold())
        )
        return next(found, "")


@cache
def meanings() -> Meanings:
    """Give the meanings that come with coprod."""
    text = resources.files("surveys.xlsform").joinpath("meanings.yaml").read_text("utf-8")
    return load_yaml_text(text, "meanings.yaml", Meanings).value
