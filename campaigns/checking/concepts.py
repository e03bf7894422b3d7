"""Concepts: what words mean to a rule, many words to one meaning, and the words of a sentence with their concepts.

`<child>` in a pattern stands for every word of the concept `child`. The lists are data in `campaigns/rules/concepts`.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache, reduce
from importlib import resources
from itertools import chain, pairwise, product
from operator import or_
from typing import Literal, TypeAlias

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from campaigns.checking.learned import Learned
from campaigns.checking.stored import recall
from coprod.kernel.yamlfile import load_yaml_text

LONGEST_FILLING = 4
LONGEST_GAP = 6
MOST_PHRASES = 400
LONGEST_NUMBER = 2
_OPENERS = frozenset(
    {"please", "and", "so", "then", "just", "simply", "always", "instead", "or", "but", "girls", "boys"}
)
_WORD = re.compile(r"[a-z0-9£%]+(?:'[a-z]+)?")
_CLAUSE_END = re.compile(r"[.;:!?()\"\n]| - ")
_INCLUDED = re.compile(r"<([a-z-]+)>$")
_TOKEN = re.compile(r"\([^()]*\)(?=\s|$)|\[[^\[\]]*\](?=\s|$)|(?:[^\s()\[\]]|\([^()]*\))+")
_SPELLING = re.compile(r"\([^()]*\)|[^()]+")
_ENDINGS = (("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ied", "y"))
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


class Concept(Struct, frozen=True, forbid_unknown_fields=True):
    """One meaning: what it is, and its words and phrases, set apart by commas."""

    means: str
    words: str


class ConceptFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts, and the forms of verbs that no ending gives."""

    format: Literal[1]
    concepts: dict[str, Concept] = {}
    irregular: dict[str, str] = {}


Slot: TypeAlias = tuple[str, ...]


class Entry(Struct, frozen=True, gc=False):
    """A phrase: what is wanted behind its first two words, and its concept's number."""

    rest: tuple[frozenset[str], ...]
    concept: int


class Vocabulary(Struct, gc=False):
    """The words and phrases of concepts, written out. A word with a star takes endings.

    `numbers` are the concepts by name, and by their words where they stand in a pattern itself; `alone` the concepts
    that a word stands for; `phrases` those that begin with two words; `bases` what a form is of; `sizes` how many
    words and phrases a concept has.
    """

    numbers: dict[str, int] = {}
    alone: dict[str, list[int]] = {}
    phrases: dict[str, dict[str, list[Entry]]] = {}
    bases: dict[str, str] = {}
    sizes: dict[int, int] = {}


class KeptVocabulary(Struct, gc=False):
    """A vocabulary as it is kept: phrases are read when a text has their first word, for most texts have few."""

    vocabulary: Vocabulary
    phrases: dict[str, Raw]
    seconds: set[str]


class Lexicon:
    """All words of all concepts. Concepts without a name are word lists that stand in a pattern itself.

    `alone` gives the concepts that a word stands for by itself, each concept one bit; `begins` the phrases that
    it may begin, by what is wanted second, `follows` what it fills as a second word, and `fillable` everything it
    fills where it is wanted.
    """

    def __init__(self, vocabulary: Vocabulary, kept: KeptVocabulary | None = None) -> None:
        self.vocabulary = vocabulary
        self._unread = kept.phrases if kept else {}
        self.numbers = vocabulary.numbers
        self.version = 0
        self.alone = Learned(self._concepts_alone)
        self.begins = Learned(self._phrases_begun)
        self.follows = Learned(self._follows)
        self.fillable = Learned(self._fillable)
        self._seconds = kept.seconds if kept else set().union(*vocabulary.phrases.values())
        self.filler = 1 << self.numbers["filler"] if "filler" in self.numbers else 0
        self._common = {
            self.numbers[name] for name in ("child", "they", "you", "person") if name in self.numbers
        }

    def number_of(self, phrases: tuple[str, ...]) -> int:
        """Give the number of a concept made of these words and phrases."""
        name = "|".join(phrases)
        if name not in self.numbers:
            _enter(self.vocabulary, name, phrases)
            self.alone.clear()
            self.begins.clear()
            self.follows.clear()
            self._seconds.update(*self.vocabulary.phrases.values())
            self.version += 1
        return self.numbers[name]

    def how_common(self, concepts: frozenset[int]) -> tuple[bool, int]:
        """Give a key that sorts parts of a pattern: people are everywhere, short lists of words are rare."""
        sizes = (self.vocabulary.sizes[concept] for concept in concepts)
        return (any(concept in self._common for concept in concepts), sum(sizes))

    def _concepts_alone(self, word: str) -> int:
        """Give the concepts that a word stands for by itself."""
        alone = self.vocabulary.alone
        concepts = {concept for wanted in self.fillable[word] for concept in alone.get(wanted, ())}
        return sum(1 << concept for concept in concepts)

    def _phrases_begun(self, word: str) -> dict[str, list[Entry]]:
        """Give the phrases that begin with a word, by what is wanted second."""
        begun: dict[str, list[Entry]] = {}
        for first in self.fillable[word]:
            for second, entries in chain(
                self._unread_phrases(first), self.vocabulary.phrases.get(first, {}).items()
            ):
                begun[second] = [*begun.get(second, ()), *entries]
        return begun

    def _unread_phrases(self, first: str) -> Iterable[tuple[str, list[Entry]]]:
        raw = self._unread.get(first)
        return msgspec.msgpack.decode(raw, type=dict[str, list[Entry]]).items() if raw else ()

    def kept(self) -> KeptVocabulary:
        """Give the vocabulary as it is kept."""
        phrases = {
            first: Raw(msgspec.msgpack.encode(begun)) for first, begun in self.vocabulary.phrases.items()
        }
        return KeptVocabulary(replace(self.vocabulary, phrases={}), phrases, self._seconds)

    def _follows(self, word: str) -> tuple[str, ...]:
        """Give what a word fills where something is wanted second in a phrase."""
        return tuple(self.fillable[word] & self._seconds)

    def _fillable(self, word: str) -> frozenset[str]:
        """Give everything that a word fills where it is wanted: itself, what it is a form of, a short number."""
        found = [word, *(f"{stem}*" for stem in _stems(word, self.vocabulary.bases))]
        return frozenset([*found, "#"] if _is_number(word) else found)


def lexicon_of(files: Iterable[ConceptFile]) -> Lexicon:
    """Give the lexicon of some files of concepts."""
    vocabulary, concepts = Vocabulary(), dict[str, Concept]()
    for file in files:
        concepts |= file.concepts
        for base, forms in file.irregular.items():
            vocabulary.bases.update(dict.fromkeys(forms.split(), base))
    for name in concepts:
        _enter(vocabulary, name, _written(concepts, name, ()))
    return Lexicon(vocabulary)


def _written(concepts: Mapping[str, Concept], name: str, within: tuple[str, ...]) -> Iterator[str]:
    """Give the words and phrases of a concept, with those of the concepts it names."""
    for entry in concepts[name].words.split(","):
        included = _INCLUDED.match(entry.strip())
        if included and included.group(1) not in within:
            yield from _written(concepts, included.group(1), (*within, name))
        elif entry.strip() and not included:
            yield entry.strip()


def _enter(vocabulary: Vocabulary, name: str, phrases: Iterable[str]) -> None:
    concept = vocabulary.numbers[name] = len(vocabulary.numbers)
    vocabulary.sizes[concept] = 0
    for written in phrases:
        vocabulary.sizes[concept] += 1
        for phrase in written_out(written):
            if len(phrase) == 1:
                for wanted in phrase[0]:
                    vocabulary.alone.setdefault(wanted, []).append(concept)
            else:
                _enter_phrase(vocabulary, phrase, concept)


def _enter_phrase(vocabulary: Vocabulary, phrase: tuple[Slot, ...], concept: int) -> None:
    entry = Entry(tuple(map(frozenset, phrase[2:])), concept)
    for wanted in phrase[0]:
        begun = vocabulary.phrases.setdefault(wanted, {})
        for second in phrase[1]:
            begun.setdefault(second, []).append(entry)


def _is_number(word: str) -> bool:
    return len(word) <= LONGEST_NUMBER and word.isdigit()


def _stems(word: str, irregular: dict[str, str]) -> Iterator[str]:
    yield word
    if word in irregular:
        yield irregular[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + instead
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem, f"{stem}e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=8192)
def written_out(phrase: str) -> tuple[tuple[Slot, ...], ...]:
    """Give every way to say a phrase with `(a|b)` and `[perhaps]` in it, word by word.

    Single words to choose from stand in one slot; only longer choices make another way.
    """
    ways = product(*(_ways_of(token) for token in _TOKEN.findall(phrase.lower())))
    return tuple(way for way in (tuple(chain(*parts)) for parts in ways) if way)[:MOST_PHRASES]


def _ways_of(token: str) -> list[tuple[Slot, ...]]:
    if token[0] not in "([":
        if "(" not in token:
            return [tuple(_slot((word,)) for word in token.replace("-", " ").split())]
        spellings = product(*(piece.strip("()").split("|") for piece in _SPELLING.findall(token)))
        return [(_slot(tuple("".join(spelling) for spelling in spellings)),)]
    options = [option.strip().replace("-", " ").split() for option in token[1:-1].split("|")]
    single = tuple(option[0] for option in options if len(option) == 1)
    ways = [tuple(_slot((word,)) for word in option) for option in options if len(option) > 1]
    ways += [(_slot(single),)] if single else []
    return [*ways, ()] if token[0] == "[" else ways


def _slot(words: tuple[str, ...]) -> Slot:
    return tuple(f"{word.rstrip('*')}*" if word.endswith("*") else word for word in words)


def words_in(text: str, start: int = 0, end: int = sys.maxsize) -> list[str]:
    """Give the words of folded text from `start` to `end`, in order."""
    return _WORD.findall(text, start, end)


class Tagged:
    """A sentence as words, with the concepts that begin at each and where they end.

    `begun` are the bits of the concepts that begin at each word, `present` those of all words together;
    `phrases` gives, where one begins, each place behind its end with the bits of what ends there.
    """

    def __init__(self, sentence: str, lexicon: Lexicon, words: list[str] | None = None) -> None:
        self.words = words_in(sentence) if words is None else words
        self.alone = list(map(lexicon.alone.__getitem__, self.words))
        self.begun = self.alone.copy()
        self.phrases: dict[int, dict[int, int]] = {}
        self._sentence = sentence
        self._lexicon = lexicon
        self._near: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        self._standing: dict[int, list[tuple[int, list[int]]]] = {}
        begins = map(lexicon.begins.__getitem__, self.words)
        follows = map(lexicon.follows.__getitem__, self.words[1:])
        for place, (begun, seconds) in enumerate(zip(begins, follows, strict=False)):
            if begun and seconds:
                self._end_phrases(begun, seconds, place)
        self.present = reduce(or_, self.begun, 0)

    def _end_phrases(self, begun: dict[str, list[Entry]], seconds: tuple[str, ...], place: int) -> None:
        for wanted in seconds:
            if wanted in begun:
                for entry in begun[wanted]:
                    self._end_phrase(entry, place)

    def _end_phrase(self, entry: Entry, place: int) -> None:
        end = place + 2
        for wanted in entry.rest:
            if end >= len(self.words) or wanted.isdisjoint(self._lexicon.fillable[self.words[end]]):
                return
            end += 1
        bit = 1 << entry.concept
        ends = self.phrases.setdefault(place, {})
        ends[end] = ends.get(end, 0) | bit
        self.begun[place] |= bit

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Give where each word starts and ends in the sentence."""
        return [match.span() for match in _WORD.finditer(self._sentence)]

    def standing(self, concepts: int) -> list[tuple[int, list[int]]]:
        """Give the places where one of these concepts begins, each with the places behind its ends."""
        known = self._standing.get(concepts)
        if known is None:
            known = [
                (place, self.ends(place, concepts))
                for place, bits in enumerate(self.begun)
                if bits & concepts
            ]
            self._standing[concepts] = known
        return known

    def ends(self, place: int, concepts: int) -> list[int]:
        """Give the places behind the words that stand at a place for one of these concepts."""
        found = [place + 1] if self.alone[place] & concepts else []
        if place in self.phrases:
            found += [end for end, bits in self.phrases[place].items() if bits & concepts]
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
        words, breaks = self.words, self._breaks
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
        if place == 0 or place in self._breaks:
            return True
        before = self.words[place - 1]
        if before in _OPENERS:
            return True
        return "," in self._sentence[self.spans[place - 1][1] : self.spans[place][0]]

    @cached_property
    def _breaks(self) -> frozenset[int]:
        """Give the places before which a clause ends."""
        spans = self.spans
        if not spans or not _CLAUSE_END.search(self._sentence, spans[0][1], spans[-1][0]):
            return frozenset()
        gaps = ((before[1], after[0]) for before, after in pairwise(spans))
        return frozenset(
            place
            for place, (ended, begun) in enumerate(gaps, 1)
            if _CLAUSE_END.search(self._sentence[ended:begun])
        )


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word != "only"


@cache
def shipped_lexicon() -> Lexicon:
    """Give the concepts that come with coprod, with the words in patterns of the shipped rules where they were kept."""
    kept = recall("vocabulary", KeptVocabulary)
    if kept is not None:
        return Lexicon(kept.vocabulary, kept)
    return lexicon_of(_shipped_files())


@cache
def shipped_concepts() -> dict[str, Concept]:
    """Give the concepts that come with coprod, by the names that patterns call them by."""
    return {name: concept for file in _shipped_files() for name, concept in file.concepts.items()}


def _shipped_files() -> tuple[ConceptFile, ...]:
    folder = resources.files("campaigns").joinpath("rules", "concepts")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    return tuple(load_yaml_text(file.read_text("utf-8"), file.name, ConceptFile).value for file in files)
