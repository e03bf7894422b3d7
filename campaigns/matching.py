"""Finding the words that rules are about, in one reading of a material."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from campaigns.patterns import Search, compile_pattern
from campaigns.reading import Reading
from campaigns.rules import Rule, RuleBook, shipped_rules
from coprod.kernel.contacts import Audience, Nation

LONGEST_WORD = 60
_WORD = re.compile("[a-z0-9]+")


class Match(Struct, frozen=True):
    """Words that a rule is about: from `start` to `end` of the block with that number."""

    rule: Rule
    block: int
    start: int
    end: int


class Matcher:
    """All patterns of a rule book behind one index of the words they need.

    A block's words say which patterns could match there; only those are run, and only on that block.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.entries: list[tuple[Rule, Search, int]] = []
        self.needles: dict[str, list[tuple[int, int]]] = {}
        self.words: dict[str, tuple[tuple[int, int], ...]] = {}
        for rule in book.rules:
            for pattern in rule.avoid:
                self._add(rule, compile_pattern(pattern))

    def _add(self, rule: Rule, search: Search) -> None:
        number = len(self.entries)
        self.entries.append((rule, search, (1 << len(search.slots)) - 1))
        for slot, needles in enumerate(search.slots):
            for needle in needles:
                self.needles.setdefault(needle, []).append((number, 1 << slot))

    def matches(self, reading: Reading, audience: Audience | None, nation: Nation | None) -> Iterator[Match]:
        """Give each place where a rule for these readers has its words, the longest where one matches twice.

        A sentence that holds what the rule names under `unless` gives no match.
        """
        found: dict[tuple[str, int], tuple[Rule, list[tuple[int, int]]]] = {}
        for block in range(len(reading.blocks)):
            start, end = reading.span(block)
            for number in self._candidates(reading.text[start:end]):
                rule, search, _ = self.entries[number]
                spans = [match.span() for match in search.matches(reading.text, start, end)]
                if spans:
                    found.setdefault((rule.id, block), (rule, []))[1].extend(spans)
        for (_, block), (rule, spans) in found.items():
            is_in_place = rule.where == "text" or reading.is_picture(block)
            if is_in_place and rule.applies_to(audience, nation):
                yield from _unexcused(reading, rule, block, spans)

    def _candidates(self, text: str) -> list[int]:
        """Give the patterns that find a word for each of their slots in a block."""
        filled: dict[int, int] = {}
        for word in set(_WORD.findall(text)):
            known = self.words.get(word)
            if known is None:
                known = self.words[word] = self._slots_of(word)
            for number, slot in known:
                filled[number] = filled.get(number, 0) | slot
        return [number for number, slots in filled.items() if slots == self.entries[number][2]]

    def _slots_of(self, word: str) -> tuple[tuple[int, int], ...]:
        """Give the slots a word fills: whole, by its start, or by a part of it.

        No pattern has a word of more than `LONGEST_WORD` letters, so none is looked for in longer ones.
        """
        if len(word) > LONGEST_WORD:
            return ()
        marked = (f"={word}", *(f"^{word[:size]}" for size in range(2, len(word) + 1)))
        parts = (
            f"~{word[start:stop]}"
            for start in range(len(word))
            for stop in range(start + 2, min(len(word), start + 20) + 1)
        )
        return tuple(slot for needle in {*marked, *parts} for slot in self.needles.get(needle, ()))


@cache
def shipped_matcher() -> Matcher:
    """Give the matcher of the rule book that comes with coprod."""
    return Matcher(shipped_rules())


def _unexcused(reading: Reading, rule: Rule, block: int, spans: list[tuple[int, int]]) -> Iterator[Match]:
    offset = reading.starts[block]
    for start, end in _longest(spans):
        match = Match(rule, block, start - offset, end - offset)
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
    return any(True for search in _searches(match.rule.unless) for _ in search.found_in(sentence))


@cache
def _searches(patterns: tuple[str, ...]) -> tuple[Search, ...]:
    return tuple(compile_pattern(pattern) for pattern in patterns)
