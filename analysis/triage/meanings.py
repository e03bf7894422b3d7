"""Meanings that stand near each other in a text (`meanings.yaml`): what a list of phrases misses, said in other words."""

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml

_MUTATIONS = (
    ("ll", ("l",)), ("rh", ("r",)), ("ch", ()), ("dd", ()), ("ff", ()), ("ng", ()), ("th", ()), ("ph", ()),
    ("p", ("b", "mh", "ph")), ("t", ("d", "nh", "th")), ("c", ("g", "ngh", "ch")),
    ("b", ("f", "m")), ("d", ("dd", "n")), ("g", ("", "ng")), ("m", ("f",)),
)  # fmt: skip
Fold = Callable[[str], str]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a meaning, parted by blanks, `*` for any ending; the Welsh ones as in a dictionary."""

    en: str
    cy: str

    @property
    def all(self) -> tuple[str, ...]:
        """Give every word, the Welsh ones in their mutations too."""
        return (*self.en.split(), *(form for word in self.cy.split() for form in mutations(word)))


class Near(Struct, frozen=True, forbid_unknown_fields=True):
    """The sign that meanings stand for when all of them are among so many words in a row, in any order."""

    sign: str
    of: tuple[str, ...]
    within: int


class Meanings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `meanings.yaml` holds."""

    format: Literal[1]
    welsh_read_by: str
    words: dict[str, Words]
    near: tuple[Near, ...]


@functools.cache
def meanings() -> Meanings:
    """Give the meanings that come with coprod."""
    return load_yaml(Path(__file__).with_name("meanings.yaml"), Meanings).value


def mutations(word: str) -> tuple[str, ...]:
    """Give a Welsh word and what its first letters become after others: croen, groen, nghroen, chroen.

    Source: the soft, nasal and aspirate mutations as any Welsh grammar lists them.
    """
    for letters, become in _MUTATIONS:
        if word.startswith(letters):
            return (word, *(f"{other}{word.removeprefix(letters)}" for other in become))
    return (word,)


def near_in(words: Sequence[str], fold: Fold) -> Iterator[tuple[str, int, int]]:
    """Give the signs found in the words of a text, already folded, each with its first and last word."""
    standing = _standing(words, fold)
    done: set[str] = set()
    for rule in meanings().near:
        if rule.sign in done or not all(one in standing for one in rule.of):
            continue
        place = _together([standing[one] for one in rule.of], rule.within)
        if place is not None:
            done.add(rule.sign)
            yield rule.sign, *place


def _standing(words: Sequence[str], fold: Fold) -> dict[str, list[int]]:
    """Give for each meaning the places where one of its words stands."""
    standing: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for one in _meanings_of(word, fold):
            standing.setdefault(one, []).append(place)
    return standing


def _together(places: Sequence[Sequence[int]], within: int) -> tuple[int, int] | None:
    """Give the first and last of as many different places near each other, one from each list, or nothing."""
    order = sorted((place, number) for number, ones in enumerate(places) for place in ones)
    last: list[int | None] = [None] * len(places)
    for place, number in order:
        last[number] = place
        held = {one for one in last if one is not None}
        if len(held) == len(places) and place - min(held) < within:
            return min(held), place
    return None


@functools.lru_cache(maxsize=100_000)
def _meanings_of(word: str, fold: Fold) -> tuple[str, ...]:
    """Give the meanings of a folded word."""
    whole, beginnings = _vocabulary(fold)
    begun = (one for start, named in beginnings.items() if word.startswith(start) for one in named)
    return tuple(dict.fromkeys((*whole.get(word, ()), *begun)))


@functools.cache
def _vocabulary(fold: Fold) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Give the meanings of each whole word, and of each beginning of a word."""
    whole: dict[str, list[str]] = {}
    beginnings: dict[str, list[str]] = {}
    for meaning, words in meanings().words.items():
        for word in words.all:
            known = beginnings if word.endswith("*") else whole
            known.setdefault(fold(word.rstrip("*")), []).append(meaning)
    return whole, beginnings
