"""The words young people meet when they sort cards."""

from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.problem import RefusedError
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text

FILE = "sorting-words.yaml"


class SortingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything said to whoever sorts; `read_by` names who has read the Welsh, or is empty."""

    format: Literal[1]
    read_by: str
    title: Wording
    lead: Wording
    about: tuple[Wording, ...]
    card: Wording
    careful: Wording
    fold: Wording
    other_words: Wording
    help: Wording
    back_to_cards: Wording
    piles: Wording
    no_piles: Wording
    keys: Wording
    open: Wording
    finished: Wording
    kept: Wording
    thrown: Wording
    unknown: Wording
    not_a_name: Wording
    sheet_title: Wording
    sheet_lead: Wording
    sheet_header: tuple[Wording, ...]

    def said(self, name: str, language: Language, **filled: object) -> str:
        """Give one of the wordings in a language, its blanks filled in."""
        wording: Wording = getattr(self, name)
        text = wording.into(language)
        for blank, value in filled.items():
            text = text.replace(f"{{{blank}}}", str(value))
        return text


def refuse_unread(language: Language, *, simulated: bool) -> None:
    """Raise RefusedError for a language that nobody has read and that is not only tried out."""
    if language == "cy" and not sorting_words().read_by and not simulated:
        raise RefusedError("no Welsh reader has read this Welsh yet, so it is not put before young people")


@cache
def sorting_words() -> SortingWords:
    """Give `sorting-words.yaml`."""
    text = resources.files("coprod.journeys.understanding").joinpath(FILE).read_text("utf-8")
    return load_yaml_text(text, FILE, SortingWords).value
