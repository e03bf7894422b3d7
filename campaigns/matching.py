"""Finding the words that rules are about, in one reading of a material."""

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from campaigns.patterns import Search, compile_pattern
from campaigns.reading import Reading
from campaigns.rules import Rule


class Match(Struct, frozen=True):
    """Words that a rule is about: from `start` to `end` of the block with that number."""

    rule: Rule
    block: int
    start: int
    end: int


def matches(reading: Reading, rules: Iterable[Rule]) -> Iterator[Match]:
    """Give each place where a rule's words stand, the longest first where one rule matches twice.

    A sentence that holds what the rule names under `unless` gives no match.
    """
    for rule in rules:
        found: list[tuple[int, int]] = []
        for search in _searches(rule.avoid):
            found.extend(match.span() for match in search.found_in(reading.text))
        for start, end in _longest(found):
            block = reading.block_at(start)
            match = Match(rule, block, start - reading.starts[block], end - reading.starts[block])
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
    opened, closed = reading.sentence_at(match.block, match.start)
    sentence = reading.block_text(match.block)[opened:closed]
    return any(True for search in _searches(match.rule.unless) for _ in search.found_in(sentence))


@cache
def _searches(patterns: tuple[str, ...]) -> tuple[Search, ...]:
    return tuple(compile_pattern(pattern) for pattern in patterns)
