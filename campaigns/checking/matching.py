"""Finding the words that rules are about, in one reading of a material."""

import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TypeAlias

from msgspec import Struct

from campaigns.checking.clauses import ClauseSearch, compile_clause, is_clause_pattern
from campaigns.checking.concepts import Tagged, shipped_lexicon
from campaigns.checking.findings import Saying
from campaigns.checking.needles import NeedleIndex
from campaigns.checking.patterns import Search, compile_pattern
from campaigns.checking.reading import Reading, is_picture
from campaigns.checking.rules import Rule, RuleBook, shipped_rules
from coprod.kernel.contacts import Audience, Nation

MOST_REMEMBERED = 4096
_Stretch: TypeAlias = tuple[Rule, int, int]


class Match(Struct, frozen=True):
    """Words that a rule is about: from `start` to `end` of the block with that number."""

    rule: Rule
    block: int
    start: int
    end: int


_ONE_BUILDS = threading.Lock()  # a second check that starts meanwhile would read half of it


class Matcher:
    """All patterns of a rule book, each run only on sentences that hold the words it needs.

    What a sentence holds is remembered: while somebody types, most sentences stay the same.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.entries: list[tuple[Rule, Search]] = []
        self.index = NeedleIndex()
        self.clauses = _ClauseIndex()
        self._remembered: dict[str, tuple[_Stretch, ...]] = {}
        for rule in book.rules:
            # Words in a pattern become a concept when it is compiled, which must be before a sentence is tagged.
            for pattern in filter(is_clause_pattern, rule.unless):
                compile_clause(pattern)
            for pattern in rule.avoid:
                if is_clause_pattern(pattern):
                    self.clauses.add(rule, compile_clause(pattern))
                    continue
                search = compile_pattern(pattern)
                self.index.add(search)
                self.entries.append((rule, search))
        self._sayings = {
            rule.id: Saying(rule.id, rule.severity, rule.why, rule.instead, book.titles(rule), pack.pack)
            for pack in book.packs
            for rule in pack.rules
        }

    def saying(self, rule: Rule) -> Saying:
        """Give what a finding of a rule says."""
        return self._sayings[rule.id]

    def matches(self, reading: Reading, audience: Audience | None, nation: Nation | None) -> Iterator[Match]:
        """Give each place where a rule for these readers has its words, the longest where one matches twice.

        A sentence that holds what the rule names under `unless` gives no match. No pattern reaches over the end
        of a sentence.
        """
        found: dict[tuple[str, int], tuple[Rule, list[tuple[int, int]]]] = {}
        for block, text in enumerate(reading.folded):
            for opened, closed in reading.sentences(block):
                for rule, start, end in self._in_sentence(text[opened:closed]):
                    _, spans = found.setdefault((rule.id, block), (rule, []))
                    spans.append((opened + start, opened + end))
        for (_, block), (rule, spans) in found.items():
            is_in_place = rule.where == "text" or is_picture(reading, block)
            if is_in_place and rule.applies_to(audience, nation):
                yield from _unexcused(reading, rule, block, spans)

    def _in_sentence(self, sentence: str) -> tuple[_Stretch, ...]:
        """Give each rule with the stretch of a folded sentence that it is about, phrases first."""
        known = self._remembered.get(sentence)
        if known is None:
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.clear()
            tagged = Tagged(sentence, shipped_lexicon())
            known = (*self._phrases(sentence, tagged.words), *self.clauses.found_in(tagged))
            self._remembered[sentence] = known
        return known

    def _phrases(self, sentence: str, words: list[str]) -> Iterator[_Stretch]:
        for number in self.index.candidates(words):
            rule, search = self.entries[number]
            for match in search.matches(sentence, 0, len(sentence)):
                yield rule, match.start(), match.end()


class _ClauseIndex:
    """Patterns over concepts, each behind the concepts of its most telling part."""

    def __init__(self) -> None:
        self._behind: dict[int, list[tuple[int, int, Rule, ClauseSearch]]] = {}
        self._telling = 0
        self._added = 0

    def add(self, rule: Rule, search: ClauseSearch) -> None:
        firm = [frozenset(part.concepts) for part in search.parts if not part.may_be_missing]
        firm.sort(key=shipped_lexicon().how_common)
        second = sum(1 << concept for concept in firm[min(1, len(firm) - 1)])
        for concept in firm[0]:
            self._behind.setdefault(1 << concept, []).append((self._added, second, rule, search))
            self._telling |= 1 << concept
        self._added += 1

    def found_in(self, tagged: Tagged) -> Iterator[_Stretch]:
        """Give each rule with the stretch of a sentence where one of its patterns stands, in the rule book's order."""
        present = tagged.present
        reached: dict[int, tuple[Rule, ClauseSearch]] = {}
        left = present & self._telling
        while left:
            bit = left & -left
            left ^= bit
            for number, second, rule, search in self._behind[bit]:
                if second & present and search.could_stand_in(present):
                    reached[number] = (rule, search)
        for number in sorted(reached):
            rule, search = reached[number]
            for start, end in search.found_in(tagged):
                yield rule, start, end


def tagged_sentence(sentence: str) -> Tagged:
    """Give a folded sentence with the concepts in it."""
    return _tagged(sentence, shipped_lexicon().version)


@lru_cache(maxsize=1024)
def _tagged(sentence: str, version: int) -> Tagged:
    """Remember a tagged sentence until a pattern with new words is compiled."""
    del version
    return Tagged(sentence, shipped_lexicon())


def shipped_matcher() -> Matcher:
    """Give the matcher of the rule book that comes with coprod."""
    with _ONE_BUILDS:
        return _built_matcher()


@cache
def _built_matcher() -> Matcher:
    return Matcher(shipped_rules())


def _unexcused(reading: Reading, rule: Rule, block: int, spans: list[tuple[int, int]]) -> Iterator[Match]:
    for start, end in _longest(spans):
        match = Match(rule, block, start, end)
        if not _is_excused(reading, match):
            yield match


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end > kept[-1][1]:
            kept[-1] = (kept[-1][0], end)
    return kept


def _is_excused(reading: Reading, match: Match) -> bool:
    if not match.rule.unless:
        return False
    opened, closed = reading.around(match.block, match.start, match.end)
    sentence = reading.block_text(match.block)[opened:closed]
    return _holds_any(match.rule.unless, sentence)


@lru_cache(maxsize=10_000)
def _holds_any(patterns: tuple[str, ...], sentence: str) -> bool:
    for pattern in patterns:
        if is_clause_pattern(pattern):
            found = any(True for _ in compile_clause(pattern).found_in(tagged_sentence(sentence)))
        else:
            found = any(True for _ in compile_pattern(pattern).found_in(sentence))
        if found:
            return True
    return False
