"""Finding the words that rules are about, in one reading of a material."""

from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from campaigns.checking.findings import Saying
from campaigns.checking.needles import NeedleIndex
from campaigns.checking.patterns import Search, compile_pattern
from campaigns.checking.reading import Reading, is_picture
from campaigns.checking.rules import Rule, RuleBook, shipped_rules
from coprod.kernel.contacts import Audience, Nation


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
        self.entries: list[tuple[Rule, Search]] = []
        self.index = NeedleIndex()
        for rule in book.rules:
            for pattern in rule.avoid:
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

        A sentence that holds what the rule names under `unless` gives no match.
        """
        found: dict[tuple[str, int], tuple[Rule, list[tuple[int, int]]]] = {}
        for block in range(len(reading.blocks)):
            start, end = reading.span(block)
            for number in self.index.candidates(reading.folded[block]):
                rule, search = self.entries[number]
                spans = [match.span() for match in search.matches(reading.text, start, end)]
                if spans:
                    found.setdefault((rule.id, block), (rule, []))[1].extend(spans)
        for (_, block), (rule, spans) in found.items():
            is_in_place = rule.where == "text" or is_picture(reading, block)
            if is_in_place and rule.applies_to(audience, nation):
                yield from _unexcused(reading, rule, block, spans)


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
    return _holds_any(match.rule.unless, sentence)


@lru_cache(maxsize=10_000)
def _holds_any(patterns: tuple[str, ...], sentence: str) -> bool:
    return any(True for pattern in patterns for _ in compile_pattern(pattern).found_in(sentence))
