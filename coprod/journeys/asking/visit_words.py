"""What is said around the interview on every device, in English and in draft Welsh."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.text import clean_line
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """A small drawing with a name, to tell one person from the next."""

    id: str
    face: str
    label: Wording


class VisitWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `visit_words.yaml`."""

    format: Literal[1]
    months: tuple[Wording, ...]
    pictures: tuple[Picture, ...]
    says: dict[str, Wording]


@cache
def visit_words() -> VisitWords:
    """Give the words that come with coprod."""
    text = resources.files("coprod.journeys.asking").joinpath("visit_words.yaml").read_text("utf-8")
    return load_yaml_text(text, "visit_words.yaml", VisitWords).value


def say(what: str, language: Language, **values: str) -> str:
    """Give one sentence in a language. Raises KeyError for a name `visit_words.yaml` does not have."""
    sentence = visit_words().says[what].into(language)
    return sentence.format_map(values) if values else sentence


def key_card_lines(sealed_to: tuple[tuple[str, str], ...], language: Language) -> tuple[str, ...]:
    """Give a line for each key holder, to compare with their key card on the start screen."""
    return tuple(say("key_card", language, name=clean_line(name), words=words) for name, words in sealed_to)


def written_date(day: date, language: Language) -> str:
    """Give a date as people write it: 27 November 2026."""
    return f"{day.day} {visit_words().months[day.month - 1].into(language)} {day.year}"
