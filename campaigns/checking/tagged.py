"""The words of a sentence with the concepts that begin and end at each."""

import re
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from campaigns.checking.concepts import Entry, Lexicon, word_spans, words_in

LONGEST_FILLING = 4
LONGEST_GAP = 6
_CLAUSE_END = re.compile(r"[.;:!?()\"\n]")
_DASH = " - "
_OPENERS = frozenset(
    {"please", "and", "so", "then", "just", "simply", "always", "instead", "or", "but", "girls", "boys"}
)
_NEGATIONS = frozenset(
    [
        "not",
        "never",
        "no",
        "nobody",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "wasn't",
        "aren't",
        "weren't",
        "won't",
        "without",
        "none",
    ]
)


class Tagged:
    """A sentence as words, with the concepts that begin at each and where they end.

    `begun` are the bits of the concepts that begin at each word, `present` those of all words together. What a word
    stands for by itself ends behind it; `phrases` gives, where one begins, the places behind its end with their bits.
    """

    def __init__(self, sentence: str, lexicon: Lexicon, words: list[str] | None = None) -> None:
        self.words = words = words_in(sentence) if words is None else words
        self.alone = list(map(lexicon.alone.__getitem__, words))
        self.begun = self.alone.copy()
        self.phrases: dict[int, list[tuple[int, int]]] = {}
        self.sentence = sentence
        self._lexicon = lexicon
        self._near: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        self._spans: list[tuple[int, int]] | None = None
        self._breaks: frozenset[int] | None = None
        follows = map(lexicon.follows.__getitem__, words[1:])
        for place, seconds in enumerate(map(and_, map(lexicon.opens.__getitem__, words), follows)):
            if seconds:
                self._end_phrases(place, seconds)
        self.present = reduce(or_, self.begun, 0)

    def _end_phrases(self, place: int, seconds: int) -> None:
        """Take in the phrases that begin at a place and want one of these second."""
        begun = self._lexicon.begins[self.words[place]]
        while seconds:
            second = seconds & -seconds
            seconds ^= second
            for entry in begun[second]:
                self._end_phrase(entry, place)

    def _end_phrase(self, entry: Entry, place: int) -> None:
        end = place + 2
        for wanted in entry.rest:
            if end >= len(self.words) or wanted.isdisjoint(self._lexicon.fillable[self.words[end]]):
                return
            end += 1
        bit = 1 << entry.concept
        self.phrases.setdefault(place, []).append((end, bit))
        self.begun[place] |= bit

    def spans(self) -> list[tuple[int, int]]:
        """Give where each word starts and ends in the sentence."""
        if self._spans is None:
            self._spans = word_spans(self.sentence)
        return self._spans

    def ends(self, place: int, concepts: int) -> list[int]:
        """Give the places behind the words that stand at a place for one of these concepts."""
        found = [place + 1] if self.alone[place] & concepts else []
        if place in self.phrases:
            found += [end for end, bit in self.phrases[place] if bit & concepts]
        return found

    def near(self, place: int, *, is_wide: bool) -> list[int]:
        """Give the places where the next words of a pattern may begin.

        Narrow: only words that carry no meaning of their own stand between. Wide: up to `LONGEST_GAP` words.
        No clause ends on the way.
        """
        remembered = self._near[is_wide]
        known = remembered.get(place)
        if known is None:
            known = remembered[place] = self._reached(place, is_wide=is_wide)
        return known

    def _reached(self, place: int, *, is_wide: bool) -> list[int]:
        words, breaks = self.words, self.breaks()
        found: list[int] = []
        farthest = place + (LONGEST_GAP if is_wide else LONGEST_FILLING)
        for here in range(place, min(farthest + 1, len(words))):
            if here in breaks:
                break
            found.append(here)
            if words[here] in _NEGATIONS or not (is_wide or self._is_filling(here)):
                break
        return found

    def _is_filling(self, place: int) -> bool:
        return bool(self.begun[place] & self._lexicon.filler) or _is_adverb(self.words[place])

    def begins_clause(self, place: int) -> bool:
        """Tell whether a place begins the sentence, a clause, or follows only a word like "please" or "and"."""
        if place == 0 or place in self.breaks():
            return True
        before = self.words[place - 1]
        if before in _OPENERS:
            return True
        return "," in self.sentence[self.spans()[place - 1][1] : self.spans()[place][0]]

    def breaks(self) -> frozenset[int]:
        """Give the places before which a clause ends."""
        if self._breaks is None:
            self._breaks = frozenset(self._found_breaks())
        return self._breaks

    def _found_breaks(self) -> Iterator[int]:
        sentence, spans = self.sentence, self.spans()
        if spans and _ends_clause(sentence, spans[0][1], spans[-1][0]):
            for place, (before, after) in enumerate(pairwise(spans), 1):
                if _ends_clause(sentence, before[1], after[0]):
                    yield place


def _ends_clause(sentence: str, start: int, end: int) -> bool:
    """Tell whether a clause ends between two places of a sentence."""
    return _CLAUSE_END.search(sentence, start, end) is not None or sentence.find(_DASH, start, end) >= 0


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word != "only"
