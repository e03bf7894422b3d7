"""Word lists for withdrawal words and key fingerprints: fit to be read aloud by a child anywhere."""

import unicodedata
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import LANGUAGES, Language
from coprod.kernel.yamlfile import load_yaml_text

FEWEST_LETTERS = 4
_ORDINALS = ("first", "second", "third", "fourth")


class WordList(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language. `read_by` names who has read them, or is empty while they are a draft."""

    format: Literal[1]
    language: Language
    words: tuple[str, ...]
    read_by: str = ""


@cache
def word_list(language: Language) -> WordList:
    """Give the words of a language."""
    text = resources.files("surveys").joinpath("words", f"{language}.yaml").read_text("utf-8")
    return load_yaml_text(text, f"{language}.yaml", WordList).value


def find_words(typed: str) -> tuple[Language, tuple[str, str, str, str]]:
    """Give the four listed words a person typed, and their language.

    Capitals, accents, commas and hyphens do not matter, and the first four letters of a word are
    enough. Raises BadInputError saying which word is not in the list, without repeating it, or that
    shortened words could be of either language.
    """
    words = [_plain(word) for word in typed.replace(",", " ").replace("-", " ").split()]
    if len(words) != len(_ORDINALS):
        raise BadInputError.of(
            "words", f"there are {len(words)} words here", "type the four words with a space between them"
        )
    readings = {language: [_listed(word, language) for word in words] for language in LANGUAGES}
    likeness = {language: _likeness(words, readings[language]) for language in LANGUAGES}
    language = max(LANGUAGES, key=lambda one: likeness[one])
    found = readings[language]
    if any(likeness[one] == likeness[language] and readings[one] != found for one in LANGUAGES):
        _refuse_either(found)
    unknown = [_ORDINALS[place] for place, word in enumerate(found) if word is None]
    if unknown:
        which = " and ".join(unknown)
        raise BadInputError.of(
            "words", f"the {which} word is not one that coprod gives out", "look at how it is spelt"
        )
    first, second, third, fourth = (word for word in found if word is not None)
    return language, (first, second, third, fourth)


def _refuse_either(found: list[str | None]) -> None:
    """Ask for whole words where short ones mean four English words and four Welsh ones."""
    if None not in found:
        raise BadInputError.of(
            "words", "shortened like this they could be English or Welsh", "write each word out in full"
        )


def _likeness(typed: list[str], found: list[str | None]) -> tuple[int, int]:
    """Give how many typed words are known in a language, and how many of them are written out in full."""
    known = [(one, word) for one, word in zip(typed, found, strict=True) if word is not None]
    return len(known), sum(_plain(word) == one for one, word in known)


def _listed(typed: str, language: Language) -> str | None:
    by_plain = _by_plain(language)
    if typed in by_plain:
        return by_plain[typed]
    if len(typed) < FEWEST_LETTERS:
        return None
    meant = [word for plain, word in by_plain.items() if plain[:FEWEST_LETTERS] == typed[:FEWEST_LETTERS]]
    return meant[0] if len(meant) == 1 else None


@cache
def _by_plain(language: Language) -> dict[str, str]:
    return {_plain(word): word for word in word_list(language).words}


def _plain(word: str) -> str:
    """Give a word in small letters without accents: a circumflex is hard to type on many keyboards."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(part for part in parts if part.isalpha())
