"""What lets people who know a writer recognise a story, though no name stands in it (`recognisable.yaml`)."""

import re
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml_text


class Tell(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of thing that tells who somebody is, and words for it, `*` for any ending, in English and Welsh."""

    what: str
    en: tuple[str, ...]
    cy: tuple[str, ...]


class Tells(Struct, frozen=True, forbid_unknown_fields=True):
    """All kinds. `read_by` names who has read the Welsh, or is empty."""

    format: Literal[1]
    read_by: str
    tells: tuple[Tell, ...]


@cache
def tells() -> Tells:
    """Give the kinds that come with coprod."""
    text = resources.files("analysis.publishing").joinpath("recognisable.yaml").read_text("utf-8")
    return load_yaml_text(text, "recognisable.yaml", Tells).value


def recognisable_by(text: str) -> tuple[str, ...]:
    """Give what in a text may tell people who know its writer who it is: "a family member", "a court case"."""
    plain = _folded(text)
    return tuple(what for what, pattern in _patterns() if pattern.search(plain))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((tell.what, _pattern((*tell.en, *tell.cy))) for tell in tells().tells)


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{_escaped(one)}" for one in phrases))


def _escaped(phrase: str) -> str:
    words = re.escape(_folded(phrase.removesuffix("*")))
    return rf"{words}\w*" if phrase.endswith("*") else rf"{words}\b"


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
