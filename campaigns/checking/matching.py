"""Finding the words that rules are about, in one reading of a material."""

import threading
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from msgspec import Struct

from campaigns.checking.clauses import compile_clause, is_clause_pattern, keep_clauses, telling_concepts
from campaigns.checking.concepts import shipped_lexicon
from campaigns.checking.context import cue_patterns
from campaigns.checking.findings import Saying
from campaigns.checking.learned import Learned
from campaigns.checking.needles import NeedleIndex, Needles, needles_of
from campaigns.checking.patterns import compile_pattern, keep_patterns
from campaigns.checking.reading import FARTHEST, Reading, is_picture
from campaigns.checking.rules import Rule, RuleBook, shipped_rules
from campaigns.checking.stored import keep, recall
from campaigns.checking.tagged import Tagged
from coprod.kernel.contacts import Audience, Nation

MOST_REMEMBERED = 4096
_Stretch: TypeAlias = tuple[Rule, int, int]


class Match(Struct, frozen=True, gc=False):
    """Words that a rule is about: from `start` to `end` of the block with that number.

    `breadth` is 0 for a rule that names words, and grows with how broad the rule is.
    """

    rule: Rule
    block: int
    start: int
    end: int
    breadth: int = 0


_ONE_BUILDS = threading.Lock()  # a second check that starts meanwhile would read half of it


class MadeReady(Struct, frozen=True):
    """What is worked out of the patterns of a rule book before the first text is read, as it is kept.

    `needles` are those of its phrases; `behind` gives the clauses to look at where a concept is met, `seconds` for
    each clause the concepts of which one must be there too. Both name concepts, whose numbers may be others another
    time.
    """

    needles: Needles
    behind: dict[str, list[int]]
    seconds: list[list[str]]


class _Patterns:
    """The patterns of a rule book, numbered in its order: what rules look for first, then what excuses it."""

    def __init__(self, book: RuleBook) -> None:
        avoided = [(rule, pattern) for rule in book.rules for pattern in rule.avoid]
        excusing = [(rule, pattern) for rule in book.rules for pattern in rule.unless]
        self.phrases = [one for one in avoided if not is_clause_pattern(one[1])]
        self.clauses = [one for one in avoided if is_clause_pattern(one[1])]
        self.excusing_phrases = [one for one in excusing if not is_clause_pattern(one[1])]
        self.excusing_clauses = [one for one in excusing if is_clause_pattern(one[1])]

    def made_ready(self) -> MadeReady:
        """Work out what these patterns need, and have the lexicon know the words of all of them."""
        needles = needles_of(
            [compile_pattern(pattern) for _, pattern in self.phrases],
            [compile_pattern(pattern) for _, pattern in self.excusing_phrases],
        )
        behind, seconds = dict[str, list[int]](), list[list[str]]()
        for number, (_, pattern) in enumerate(self.clauses):
            first, second = telling_concepts(pattern)
            seconds.append(second)
            for name in first:
                behind.setdefault(name, []).append(number)
        for _, pattern in self.excusing_clauses:
            compile_clause(pattern)
        return MadeReady(needles, behind, seconds)


class Matcher:
    """All patterns of a rule book, each run only on sentences that hold the words it needs.

    What a sentence holds is remembered: while somebody types, most sentences stay the same.
    """

    def __init__(self, book: RuleBook, ready: MadeReady | None = None) -> None:
        """Read a rule book; `ready` is what was worked out of it, where it is known."""
        self.book = book
        patterns = _Patterns(book)
        ready = ready or patterns.made_ready()
        self._index, self._phrases = NeedleIndex(ready.needles), patterns.phrases
        self._clauses = _ClauseIndex(patterns.clauses, ready)
        self._excuses = _Excuses(patterns, self._index)
        self._remembered: dict[str, tuple[_Stretch, ...]] = {}
        self._speaking: dict[tuple[Audience | None, Nation | None], frozenset[str]] = {}
        self._breadths = {rule.id: rule.in_company + rule.reads_meaning for rule in book.rules}
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

        Rules that are heard only in company are among them. A sentence that holds what the rule names under `unless`
        gives no match. No pattern reaches over the end of a sentence.
        """
        speaking = self._speaking_to(audience, nation)
        for block, text in enumerate(reading.folded):
            found: dict[str, tuple[Rule, list[tuple[int, int]]]] = {}
            for (opened, closed), words in zip(
                reading.sentences(block), reading.sentence_words(block), strict=True
            ):
                for rule, start, end in self._in_sentence(text[opened:closed], words):
                    if rule.id in speaking:
                        _, spans = found.setdefault(rule.id, (rule, []))
                        spans.append((opened + start, opened + end))
            for rule, spans in found.values():
                if rule.where == "text" or is_picture(reading, block):
                    yield from self._unexcused(reading, rule, block, spans)

    def _speaking_to(self, audience: Audience | None, nation: Nation | None) -> frozenset[str]:
        """Give the ids of the rules that speak to these readers."""
        known = self._speaking.get((audience, nation))
        if known is None:
            known = frozenset(rule.id for rule in self.book.rules if rule.applies_to(audience, nation))
            self._speaking[audience, nation] = known
        return known

    def _in_sentence(self, sentence: str, words: list[str]) -> tuple[_Stretch, ...]:
        """Give each rule with the stretch of a folded sentence that it is about, phrases first.

        What a sentence excuses as a whole is left out.
        """
        known = self._remembered.get(sentence)
        if known is None:
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.clear()
            tagged = Tagged(sentence, shipped_lexicon(), words)
            candidates, missing = self._index.look(words)
            found = (*self._phrases_in(sentence, candidates), *self._clauses.found_in(tagged))
            known = self._remembered[sentence] = self._excuses.left_of(found, tagged, missing)
        return known

    def _phrases_in(self, sentence: str, candidates: list[int]) -> list[_Stretch]:
        """Give each rule with the stretch of a sentence where one of these phrases stands."""
        return [
            (rule, *match.span())
            for rule, pattern in map(self._phrases.__getitem__, candidates)
            for match in compile_pattern(pattern).matches(sentence, 0, len(sentence))
        ]

    def _unexcused(
        self, reading: Reading, rule: Rule, block: int, spans: list[tuple[int, int]]
    ) -> Iterator[Match]:
        may_excuse = rule.unless and len(reading.folded[block]) > FARTHEST
        for start, end in _longest(spans) if len(spans) > 1 else spans:
            if not (may_excuse and self._excuses.excuse_far_off(reading, rule, block, start, end)):
                yield Match(rule, block, start, end, self._breadths[rule.id])


class _Excuses:
    """What sentences hold that rules name under `unless`, behind each rule; phrases with their numbers."""

    def __init__(self, patterns: _Patterns, index: NeedleIndex) -> None:
        self._index = index
        self._phrases: dict[str, list[tuple[int, str]]] = {}
        self._clauses: dict[str, list[str]] = {}
        for number, (rule, pattern) in enumerate(patterns.excusing_phrases, len(patterns.phrases)):
            self._phrases.setdefault(rule.id, []).append((number, pattern))
        for rule, pattern in patterns.excusing_clauses:
            self._clauses.setdefault(rule.id, []).append(pattern)

    def left_of(self, found: tuple[_Stretch, ...], tagged: Tagged, missing: int) -> tuple[_Stretch, ...]:
        """Give the stretches without those that the whole sentence excuses; long sentences excuse only near by."""
        asked = {rule.id for rule, _, _ in found if rule.unless}
        if not asked or len(tagged.sentence) > FARTHEST:
            return found
        excused = {rule for rule in asked if self._excuses(rule, tagged, missing)}
        return tuple(one for one in found if one[0].id not in excused) if excused else found

    def _excuses(self, rule: str, tagged: Tagged, missing: int) -> bool:
        """Tell whether a sentence that leaves the slots of these bits empty holds what a rule names under `unless`."""
        sentence = tagged.sentence
        for number, pattern in self._phrases.get(rule, ()):
            if self._index.could_stand(number, missing) and compile_pattern(pattern).stands_in(sentence):
                return True
        return any(compile_clause(pattern).found_in(tagged) for pattern in self._clauses.get(rule, ()))

    def excuse_far_off(self, reading: Reading, rule: Rule, block: int, start: int, end: int) -> bool:
        """Tell whether what stands around words in a long sentence excuses them."""
        opened, closed = reading.sentence_at(block, start)
        if closed - opened <= FARTHEST:
            return False
        opened, closed = reading.around(block, start, end)
        tagged = tagged_sentence(reading.block_text(block)[opened:closed])
        return self._excuses(rule.id, tagged, self._index.look(tagged.words)[1])


class _ClauseIndex:
    """Patterns over concepts, each behind the concepts of its most telling part."""

    def __init__(self, clauses: Sequence[tuple[Rule, str]], ready: MadeReady) -> None:
        numbers = shipped_lexicon().numbers
        self._clauses = clauses
        self._seconds = [sum(1 << numbers[name] for name in names) for names in ready.seconds]
        self._behind = {1 << numbers[name]: behind for name, behind in ready.behind.items()}
        self._telling = sum(self._behind)
        self._reached_by_word = Learned(self._behind_word)

    def found_in(self, tagged: Tagged) -> list[_Stretch]:
        """Give each rule with the stretch of a sentence where one of its patterns stands, in the rule book's order."""
        present, seconds = tagged.present, self._seconds
        reached = set().union(*map(self._reached_by_word.__getitem__, tagged.words))
        reached.update(*(self._behind_bits(bit) for ends in tagged.phrases.values() for _, bit in ends))
        found: list[_Stretch] = []
        for number in sorted([number for number in reached if seconds[number] & present]):
            rule, pattern = self._clauses[number]
            found += [(rule, start, end) for start, end in compile_clause(pattern).found_in(tagged)]
        return found

    def _behind_word(self, word: str) -> tuple[int, ...]:
        """Give the patterns behind the concepts that a word stands for by itself."""
        return self._behind_bits(shipped_lexicon().alone[word])

    def _behind_bits(self, concepts: int) -> tuple[int, ...]:
        found: set[int] = set()
        left = concepts & self._telling
        while left:
            bit = left & -left
            left ^= bit
            found.update(self._behind[bit])
        return tuple(found)


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
    book = shipped_rules()
    ready = recall("patterns-ready", MadeReady) if shipped_lexicon().was_kept else None
    if ready is None:
        ready = _Patterns(book).made_ready()
        shipped = {pattern for rule in book.rules for pattern in (*rule.avoid, *rule.unless)}
        keep_patterns((*(one for one in shipped if not is_clause_pattern(one)), *cue_patterns()))
        keep_clauses(one for one in shipped if is_clause_pattern(one))
        keep("vocabulary", shipped_lexicon().kept())
        keep("patterns-ready", ready)
    return Matcher(book, ready)


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end > kept[-1][1]:
            kept[-1] = (kept[-1][0], end)
    return kept
