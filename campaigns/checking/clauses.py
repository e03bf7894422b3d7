"""Patterns over concepts: who does what in a clause, in words a person can read aloud.

    <child> (chose*|decided) to <go-back>     a child word, then "chose to" in any form, then words for going back
    <sexual-act> ... with <child>             three dots take up to six words of the same clause
    <child> ... <harm> [by] <abuser>          words in square brackets may be missing
    ^ <dont> <risky-act>                      `^` is the beginning of a sentence or of a clause

Between two parts may stand only words without a meaning of their own (the, her, was, often, -ly words).
"""

import re
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_

import msgspec
from msgspec import Raw, Struct

from campaigns.checking.concepts import Lexicon, name_of_list, shipped_lexicon
from campaigns.checking.learned import Learned
from campaigns.checking.patterns import PatternError
from campaigns.checking.stored import keep, recall
from campaigns.checking.tagged import Tagged
from coprod.kernel.shapes import from_packed
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
    """One part of a clause: any of these concepts, whether it may be missing, whether a gap stands before it.

    `bits` has one bit for each of the concepts.
    """

    concepts: tuple[int, ...]
    bits: int
    may_be_missing: bool = False
    is_wide: bool = False


class ClauseSearch(Struct, frozen=True):
    """A pattern over concepts made ready. `needed` are bits of which a sentence must hold one each."""

    parts: tuple[Part, ...]
    needed: tuple[int, ...]
    begins_clause: bool = False

    def could_stand_in(self, present: int) -> bool:
        """Tell whether a sentence with these concepts in it has one for each part that must be there."""
        for bits in self.needed:  # noqa: SIM110  `all` with a generator takes three times as long, a million times over
            if not bits & present:
                return False
        return True

    def found_in(self, tagged: Tagged) -> list[tuple[int, int]]:
        """Give where the pattern stands in a sentence, in letters."""
        return self.matches(tagged) if self.could_stand_in(tagged.present) else []

    def matches(self, tagged: Tagged) -> list[tuple[int, int]]:
        """Give where the pattern stands, without a look at the concepts of the whole sentence first."""
        parts, first = self.parts, self.parts[0].bits
        found, spans = [], tagged.spans()
        for start, bits in enumerate(tagged.begun):
            if bits & first and not (self.begins_clause and not tagged.begins_clause(start)):
                last = 0
                for end in tagged.ends(start, first):
                    last = max(last, end if len(parts) == 1 else _farthest(parts, 1, tagged, end))
                if last:
                    found.append((spans[start][0], spans[last - 1][1]))
        return found


def _farthest(parts: tuple[Part, ...], number: int, tagged: Tagged, place: int) -> int:
    """Give the end of the longest way to go on from a place with the part of that number, 0 for none."""
    part = parts[number]
    bits, begun, is_last = part.bits, tagged.begun, number + 1 == len(parts)
    best = 0
    if part.may_be_missing:
        best = place if is_last else _farthest(parts, number + 1, tagged, place)
    for here in tagged.near(place, is_wide=part.is_wide):
        if begun[here] & bits:
            for end in tagged.ends(here, bits):
                reached = end if is_last else _farthest(parts, number + 1, tagged, end)
                if reached > best:  # noqa: PLR1730  `max` takes twice as long, a million times over
                    best = reached
    return best


def is_clause_pattern(pattern: str) -> bool:
    """Tell whether a pattern speaks of concepts."""
    return "<" in pattern


def compile_clause(pattern: str) -> ClauseSearch:
    """Give the search for a pattern over concepts.

    Raises PatternError, with its position, for a concept nobody has written or what cannot be read.
    """
    return _compiled()[pattern]


class WrittenPart(Struct, frozen=True):
    """One part of a clause as it is kept: concepts by their names, and words that stand in the pattern itself."""

    concepts: tuple[str, ...]
    words: tuple[str, ...]
    may_be_missing: bool
    is_wide: bool


class WrittenClause(Struct, frozen=True):
    """A pattern over concepts as it is kept: numbers of concepts may be others another time."""

    parts: tuple[WrittenPart, ...]
    begins_clause: bool


@cache
def written_clauses() -> Learned[str, WrittenClause]:
    """Give patterns over concepts as they are kept; those of the shipped rules are read as they were."""
    kept = recall("clauses", dict[str, Raw]) or {}
    return Learned(
        lambda pattern: from_packed(kept[pattern], WrittenClause) if pattern in kept else _written(pattern)
    )


def keep_clauses(patterns: Iterable[str]) -> None:
    """Keep patterns over concepts until the next change of a rule."""
    keep("clauses", {one: Raw(msgspec.msgpack.encode(written_clauses()[one])) for one in patterns})


@cache
def _compiled() -> Learned[str, ClauseSearch]:
    return Learned(_search)


def telling_concepts(pattern: str) -> tuple[list[str], list[str]]:
    """Give the concepts, by their names, of the part of a pattern that is met least, and those of the next."""
    lexicon = shipped_lexicon()
    firm = [_names(part) for part in written_clauses()[pattern].parts if not part.may_be_missing]
    compile_clause(pattern)  # its own words are concepts from now on
    firm.sort(key=lambda names: lexicon.how_common({lexicon.numbers[name] for name in names}))
    return firm[0], firm[min(1, len(firm) - 1)]


def _names(part: WrittenPart) -> list[str]:
    return [*part.concepts, *([name_of_list(part.words)] if part.words else [])]


def _search(pattern: str) -> ClauseSearch:
    written = written_clauses()[pattern]
    parts = tuple(map(_numbered, written.parts))
    needed = tuple(part.bits for part in parts if not part.may_be_missing)
    return ClauseSearch(parts, needed, written.begins_clause)


def _numbered(part: WrittenPart) -> Part:
    lexicon = shipped_lexicon()
    concepts = tuple(lexicon.numbers[name] for name in part.concepts)
    if part.words:
        concepts = (*concepts, lexicon.number_of(part.words))
    bits = reduce(or_, (1 << concept for concept in concepts))
    return Part(concepts, bits, part.may_be_missing, part.is_wide)


def _written(pattern: str) -> WrittenClause:
    lexicon = shipped_lexicon()
    parts: list[WrittenPart] = []
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
    return WrittenClause(tuple(parts), pattern.startswith("^ "))


def _refuse_loose(parts: list[WrittenPart], at: int, *, ends_open: bool) -> None:
    firm = sum(not part.may_be_missing for part in parts)
    if not parts or parts[0].may_be_missing or parts[0].is_wide or ends_open:
        raise PatternError(
            0, "this pattern has no firm beginning or end", "begin and end with words or a concept"
        )
    if firm < 1 or len(parts) > MOST_PARTS:
        raise PatternError(at - 1, f"this pattern has over {MOST_PARTS} parts", "split it")


def _part(lexicon: Lexicon, piece: re.Match[str], *, is_wide: bool) -> WrittenPart:
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
    return WrittenPart(concepts, words, opener == "[", is_wide)


def _named(lexicon: Lexicon, name: str, position: int) -> str:
    if name not in lexicon.numbers:
        known = (one for one in lexicon.numbers if "|" not in one)
        raise PatternError(position, f"`<{name}>` is no concept", nearest(name, known))
    return name
