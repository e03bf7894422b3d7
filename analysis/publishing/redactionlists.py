"""The word lists of redaction (`redaction.yaml`), and the expressions of the cues made of them."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from analysis.words.words import stop_words
from coprod.kernel.yamlfile import load_yaml

SHORTEST_STRETCHED = 4


class RedactionLists(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists in redaction.yaml, all in small letters."""

    format: int
    titles: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]
    calls: tuple[str, ...]
    thanked: tuple[str, ...]
    names_before: tuple[str, ...]
    not_names: tuple[str, ...]
    capitals: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    small: tuple[str, ...]
    before_names: dict[str, tuple[str, ...]]
    no_place_names: tuple[str, ...]
    towns: str
    two_word_towns: tuple[str, ...]
    second_names: str
    first_names: str


@functools.cache
def lists() -> RedactionLists:
    """Give the lists that come with coprod."""
    return load_yaml(Path(__file__).with_name("redaction.yaml"), RedactionLists).value


@functools.cache
def no_names() -> frozenset[str]:
    """Give the small words that are no name, whatever stands before them."""
    return frozenset(lists().not_names) | stop_words()


@functools.cache
def second_names() -> frozenset[str]:
    """Give the second names that are known after a first name."""
    return frozenset(lists().second_names.split())


@functools.lru_cache(maxsize=100_000)
def first_name(word: str) -> int:
    """Give how many letters of a word are a listed first name: all, but for an s or 's at its end; 0 where it is none.

    Letters that are drawn out (saraaah, katieee) or an apostrophe left out (sarahs mum) make no difference.
    """
    plain = "".join(unicodedata.normalize("NFD", sign)[0] for sign in word.replace("’", "'")).lower()
    for bare in dict.fromkeys((re.sub(r"'s?$", "", plain), plain.removesuffix("s"))):
        if bare in _first_names():
            return len(bare)
        if len(bare) >= SHORTEST_STRETCHED and _is_drawn_out(bare) and _squeezed(bare) in _squeezed_names():
            return len(bare)
    return 0


def _is_drawn_out(word: str) -> bool:
    return re.search(r"(.)\1\1|(.)\2$", word) is not None


def _squeezed(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


@functools.cache
def _first_names() -> frozenset[str]:
    return frozenset(lists().first_names.split())


@functools.cache
def _squeezed_names() -> frozenset[str]:
    return frozenset(_squeezed(name) for name in _first_names())


@functools.cache
def cue_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the expressions after or before which a name stands (group `name`), each with what that person is.

    Where nothing is said, group `role` holds the words for it.
    """
    capital = r"(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]+)?)"
    either = r"(?P<name>(?!\w+[’']t\b)[^\W\d_][^\W\d_’'-]+(?:(?<=[a-z])\s+(?-i:[A-Z][\w’'-]+))?)"
    small = r"(?P<name>(?!\w+[’']t\b)(?:[a-z]{3,}|(?-i:[A-Z][a-z]{2,})))"
    cued = [
        (role, re.compile(rf"\b(?i:{any_of(words)})\.?\s+{capital}"))
        for role, words in lists().titles.items()
    ]
    cued += [
        (role, re.compile(rf"(?<![^\W_])(?i:{any_of(words)})\.?\s+(?P<name>[a-z]{{3,}}(?:\s[A-Z]\w+)?)"))
        for role, words in (("name", ("mr", "mrs", "miss", "ms")), ("doctor", ("dr",)), ("police officer", ("pc", "sgt")))
    ]  # fmt: skip
    whose = r"(?:my|your|our|their|his|her|the)"
    roles = any_of(word for words in lists().roles.values() for word in words)
    was = r"(?:,?\s+(?:was|is)(?=\s+[A-Z]))?"
    cued += [
        ("", re.compile(rf"\b{whose}\s+(?i:(?P<role>{roles})){was},?\s+(?i:{either})", 0)),
        ("", re.compile(rf"\b(?i:{whose}\s+(?P<role>{roles}),?)\s+(?i:{either})")),
        ("name", re.compile(rf"\b(?:{any_of(lists().calls)}),?\s+{either}", re.IGNORECASE)),
        ("name", re.compile(rf"\b(?:{any_of(lists().thanked)}),?\s+{small}", re.IGNORECASE)),
        ("name", re.compile(rf"\b{small}\s+(?:{any_of(lists().names_before)})\b", re.IGNORECASE)),
    ]
    return tuple(cued)


def any_of(words: Iterable[str]) -> str:
    """Give the expression of any of these words, the longest first."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=len, reverse=True)
    )
