"""What the kiosk itself says around the interview, in English and in draft Welsh."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text
from coprod.tui.widgets.choices import Shown


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """A small drawing with a name, to tell one person from the next."""

    id: str
    face: str
    label: Wording


class KioskWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `words.yaml`."""

    format: Literal[1]
    months: tuple[Wording, ...]
    pictures: tuple[Picture, ...]
    says: dict[str, Wording]
    filler: tuple[Wording, ...]


@cache
def kiosk_words() -> KioskWords:
    """Give the words that come with coprod."""
    text = resources.files("coprod.tui").joinpath("words.yaml").read_text("utf-8")
    return load_yaml_text(text, "words.yaml", KioskWords).value


def say(what: str, language: Language, **values: str) -> str:
    """Give one sentence in a language. Raises KeyError for a name `words.yaml` does not have."""
    sentence = kiosk_words().says[what].into(language)
    return sentence.format_map(values) if values else sentence


def written_date(day: date, language: Language) -> str:
    """Give a date as people write it: 27 November 2026."""
    return f"{day.day} {kiosk_words().months[day.month - 1].into(language)} {day.year}"


def pictures(language: Language, chosen: str = "") -> tuple[Shown, ...]:
    """Give the pictures to pick from, one of them chosen or none."""
    return tuple(
        Shown(one.id, one.label.into(language), one.id == chosen, one.face) for one in kiosk_words().pictures
    )
