"""Patterns over concepts: who does what in a clause, in words a person can read aloud.

    <child> (chose*|decided) to <go-back>     a child word, then "chose to" in any form, then words for going back
    <sexual-act> ... with <child>             three dots take up to six words of the same clause
    <child> ... <harm> [by] <abuser>          words in square brackets may be missing
    ^ <dont> <risky-act>                      `^` is the beginning of a sentence or of a clause

Between two parts may stand only words without a meaning of their own (the, her, was, often, -ly words).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from campaigns.checking.concepts import Lexicon, Tagged, shipped_lexicon
from campaigns.checking.patterns import PatternError
from coprod.kernel.yamlfile import nearest

MOST_PARTS = 10
_PIECE = re.compile(
    r"\s*(?:(?P<gap>\.\.\.)|<(?P<name>[a-z-]+)>"
    r"|(?P<opener>[(\[])(?P<inside>(?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*)[)\]]"
    r"|(?P<word>[a-z0-9£%#'*-]+))(?=\s|$)",
    re.IGNORECASE,
)
_BAR = re.compile(r"\|(?![^(\[]*[)\]])")
_CONCEPT = re.compile(r"<([a-z-]+)>$")


class Part(Struct, frozen=True):
    """One part of a clause: any of these concepts, whether it may be missing, whether a gap stands before it."""

    concepts: tuple[int, ...]
    may_be_missing: bool = False
    is_wide: bool = False


class ClauseSearch(Struct, frozen=True):
    """A pattern over concepts made ready. `needed` are the concepts of which a sentence must hold one each."""

    parts: tuple[Part, ...]
    needed: tuple[frozenset[int], ...]
    begins_clause: bool = False

    def found_in(self, tagged: Tagged) -> Iterator[tuple[int, int]]:
        """Give where the pattern stands in a sentence, in letters."""
        places = tagged.places
        present = places.keys()
        for concepts in self.needed:
            if concepts.isdisjoint(present):
                return
        for concept in self.parts[0].concepts:
            for start, ends in places.get(concept, {}).items():
                if self.begins_clause and not tagged.begins_clause(start):
                    continue
                last = max((self._last(tagged, end, 1) for end in ends), default=0)
                if last:
                    yield tagged.spans[start][0], tagged.spans[last - 1][1]

    def _last(self, tagged: Tagged, place: int, number: int) -> int:
        """Give the end of the longest way to go on from a place, 0 for none."""
        if number == len(self.parts):
            return place
        part = self.parts[number]
        best = self._last(tagged, place, number + 1) if part.may_be_missing else 0
        for here in tagged.near(place, is_wide=part.is_wide):
            for concept in part.concepts:
                for end in tagged.places.get(concept, {}).get(here, ()):
                    best = max(best, self._last(tagged, end, number + 1))
        return best


def is_clause_pattern(pattern: str) -> bool:
    """Tell whether a pattern speaks of concepts."""
    return "<" in pattern


@lru_cache(maxsize=4096)
def compile_clause(pattern: str) -> ClauseSearch:
    """Give the search for a pattern over concepts.

    Raises PatternError, with its position, for a concept nobody has written or what cannot be read.
    """
    lexicon = shipped_lexicon()
    parts: list[Part] = []
    at = 2 if pattern.startswith("^ ") else 0
    is_wide = False
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            raise PatternError(at, "this cannot be read here", "write <concept>, words, ( ) | [ ] or ...")
        if piece["gap"]:
            is_wide = True
        else:
            parts.append(_part(lexicon, piece, is_wide=is_wide))
            is_wide = False
        at = piece.end()
    _refuse_loose(parts, at, ends_open=is_wide)
    needed = tuple(frozenset(part.concepts) for part in parts if not part.may_be_missing)
    return ClauseSearch(tuple(parts), needed, pattern.startswith("^ "))


def _refuse_loose(parts: list[Part], at: int, *, ends_open: bool) -> None:
    firm = sum(not part.may_be_missing for part in parts)
    if not parts or parts[0].may_be_missing or parts[0].is_wide or ends_open:
        raise PatternError(
            0, "this pattern has no firm beginning or end", "begin and end with words or a concept"
        )
    if firm < 1 or len(parts) > MOST_PARTS:
        raise PatternError(at - 1, f"this pattern has over {MOST_PARTS} parts", "split it")


def _part(lexicon: Lexicon, piece: re.Match[str], *, is_wide: bool) -> Part:
    name, opener, word = piece["name"], piece["opener"], piece["word"]
    options = (
        [f"<{name}>"] if name else [word] if word else [one.strip() for one in _BAR.split(piece["inside"])]
    )
    concepts = tuple(
        _named(lexicon, found.group(1), piece.start())
        for found in (_CONCEPT.match(option) for option in options)
        if found
    )
    words = tuple(option for option in options if not _CONCEPT.match(option))
    if any("<" in option or not option for option in words):
        mend = "write each concept as a choice of its own, or beside the brackets"
        raise PatternError(piece.start(), "a concept stands among other words here", mend)
    if words:
        concepts = (*concepts, lexicon.number_of(words))
    return Part(concepts, opener == "[", is_wide)


def _named(lexicon: Lexicon, name: str, position: int) -> int:
    if name not in lexicon.numbers:
        raise PatternError(position, f"`<{name}>` is no concept", nearest(name, lexicon.numbers))
    return lexicon.numbers[name]
