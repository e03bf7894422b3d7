"""Concepts: what words mean to a rule, many words to one meaning, and the words of a sentence with their concepts.

`<child>` in a pattern stands for every word of the concept `child`. The lists are data in `campaigns/rules/concepts`.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from importlib import resources
from itertools import chain, product
from operator import or_
from typing import Literal, TypeAlias

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from campaigns.checking.learned import Learned
from campaigns.checking.stored import recall
from coprod.kernel.shapes import from_packed
from coprod.kernel.yamlfile import load_yaml_text

MOST_PHRASES = 400
LONGEST_NUMBER = 2
_WORD = re.compile(r"[a-z0-9£%]+(?:'[a-z]+)?")
_INCLUDED = re.compile(r"<([a-z-]+)>$")
_TOKEN = re.compile(r"\([^()]*\)(?=\s|$)|\[[^\[\]]*\](?=\s|$)|(?:[^\s()\[\]]|\([^()]*\))+")
_SPELLING = re.compile(r"\([^()]*\)|[^()]+")
_ENDINGS = (("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ied", "y"))


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

    `alone` gives the concepts that a word stands for by itself, each concept one bit. What phrases want second is one
    bit each too: `opens` gives what is wanted behind a word, `follows` what a word fills there, and `begins` the
    phrases that a word may begin by those bits. `fillable` is everything that a word fills where it is wanted.
    """

    def __init__(self, vocabulary: Vocabulary, kept: KeptVocabulary | None = None) -> None:
        self.vocabulary = vocabulary
        self.was_kept = kept is not None
        self._unread = kept.phrases if kept else {}
        self.numbers = vocabulary.numbers
        self.version = 0
        self.alone = Learned(self._concepts_alone)
        self.begins = Learned(self._phrases_begun)
        self.opens = Learned(self._opens)
        self.follows = Learned(self._follows)
        self.fillable = Learned(self._fillable)
        self._seconds: dict[str, int] = {}
        self._number_seconds(kept.seconds if kept else set().union(*vocabulary.phrases.values()))
        self.filler = 1 << self.numbers["filler"] if "filler" in self.numbers else 0
        self._common = {
            self.numbers[name] for name in ("child", "they", "you", "person") if name in self.numbers
        }

    def number_of(self, phrases: tuple[str, ...]) -> int:
        """Give the number of a concept made of these words and phrases."""
        name = name_of_list(phrases)
        if name not in self.numbers:
            _enter(self.vocabulary, name, phrases)
            for known in (self.alone, self.begins, self.opens, self.follows):
                known.clear()
            self._number_seconds(_seconds_of(phrases))
            self.version += 1
        return self.numbers[name]

    def _number_seconds(self, seconds: Iterable[str]) -> None:
        for wanted in seconds:
            self._seconds.setdefault(wanted, 1 << len(self._seconds))

    def how_common(self, concepts: set[int]) -> tuple[bool, int]:
        """Give a key that sorts parts of a pattern: people are everywhere, short lists of words are rare."""
        sizes = (self.vocabulary.sizes[concept] for concept in concepts)
        return (any(concept in self._common for concept in concepts), sum(sizes))

    def _concepts_alone(self, word: str) -> int:
        """Give the concepts that a word stands for by itself."""
        alone = self.vocabulary.alone
        concepts = {concept for wanted in self.fillable[word] for concept in alone.get(wanted, ())}
        return sum(1 << concept for concept in concepts)

    def _phrases_begun(self, word: str) -> dict[int, list[Entry]]:
        """Give the phrases that begin with a word, by the bit of what is wanted second."""
        begun: dict[int, list[Entry]] = {}
        for first in self.fillable[word]:
            for second, entries in self._phrases_from(first):
                begun.setdefault(self._seconds[second], []).extend(entries)
        return begun

    def _opens(self, word: str) -> int:
        """Give the bits of everything that is wanted second behind a word."""
        return reduce(or_, self.begins[word], 0)

    def _phrases_from(self, first: str) -> Iterator[tuple[str, list[Entry]]]:
        """Give the phrases that want this word first: those that were kept, then those of patterns met since."""
        if first in self._unread:
            yield from from_packed(self._unread[first], dict[str, list[Entry]]).items()
        yield from self.vocabulary.phrases.get(first, {}).items()

    def kept(self) -> KeptVocabulary:
        """Give the vocabulary as it is kept."""
        phrases: dict[str, Raw] = {}
        for first in {*self._unread, *self.vocabulary.phrases}:
            begun: dict[str, list[Entry]] = {}
            for second, entries in self._phrases_from(first):
                begun.setdefault(second, []).extend(entries)
            phrases[first] = Raw(msgspec.msgpack.encode(begun))
        return KeptVocabulary(replace(self.vocabulary, phrases={}), phrases, set(self._seconds))

    def _follows(self, word: str) -> int:
        """Give the bits of what a word fills where something is wanted second in a phrase."""
        seconds = self._seconds
        return sum(seconds[wanted] for wanted in self.fillable[word] if wanted in seconds)

    def _fillable(self, word: str) -> frozenset[str]:
        """Give everything that a word fills where it is wanted: itself, what it is a form of, a short number."""
        found = [word, *(f"{stem}*" for stem in _stems(word, self.vocabulary.bases))]
        return frozenset([*found, "#"] if _is_number(word) else found)


def name_of_list(phrases: Sequence[str]) -> str:
    """Give the name of a concept that a pattern makes of its own words: no concept of the files begins with a bar."""
    return "|".join(("", *phrases))


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


def _seconds_of(phrases: Iterable[str]) -> Iterator[str]:
    """Give what phrases of two words and more want second."""
    ways = chain.from_iterable(map(written_out, phrases))
    return chain.from_iterable(way[1] for way in ways if len(way) > 1)


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


def word_spans(text: str) -> list[tuple[int, int]]:
    """Give where each word of folded text starts and ends."""
    return [match.span() for match in _WORD.finditer(text)]


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
