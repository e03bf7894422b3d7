"""Concepts: what words mean to a rule, many words to one meaning, and the words of a sentence with their concepts.

`<child>` in a pattern stands for every word of the concept `child`. The lists are data in `campaigns/rules/concepts`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import chain, product
from typing import Literal, TypeAlias

from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml_text

LONGEST_FILLING = 4
LONGEST_GAP = 6
MOST_PHRASES = 400
MOST_PAIRS = 200_000
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


Slot: TypeAlias = tuple[tuple[str, bool], ...]


class Entry(Struct, frozen=True):
    """A word or phrase of a concept: what may stand behind its first word, each with whether it takes endings."""

    rest: tuple[Slot, ...]
    concept: int


class Lexicon:
    """All words of all concepts. Concepts without a name are word lists that stand in a pattern itself."""

    def __init__(self, files: Iterable[ConceptFile]) -> None:
        self.numbers: dict[str, int] = {}
        self.version = 0
        self._exact: dict[str, list[Entry]] = {}
        self._inflected: dict[str, list[Entry]] = {}
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._base: dict[str, str] = {}
        self._sizes: dict[int, int] = {}
        self._alone: dict[str, tuple[int, ...]] = {}
        self._pairs: dict[tuple[str, str], tuple[Entry, ...]] = {}
        concepts: dict[str, Concept] = {}
        for file in files:
            concepts |= file.concepts
            for base, forms in file.irregular.items():
                self._base.update(dict.fromkeys(forms.split(), base))
        self._named = concepts
        for name in concepts:
            self.numbers[name] = len(self.numbers)
        for name in concepts:
            self._enter(self.numbers[name], self._phrases(name, ()))
        self.filler = self.numbers.get("filler", -1)
        self._common = {
            self.numbers[name] for name in ("child", "they", "you", "person") if name in self.numbers
        }

    def _phrases(self, name: str, within: tuple[str, ...]) -> Iterator[str]:
        """Give the phrases of a concept, with those of the concepts it names."""
        for entry in self._named[name].words.split(","):
            included = _INCLUDED.match(entry.strip())
            if included and included.group(1) not in within:
                yield from self._phrases(included.group(1), (*within, name))
            elif entry.strip() and not included:
                yield entry.strip()

    def number_of(self, phrases: tuple[str, ...]) -> int:
        """Give the number of a concept made of these words and phrases."""
        key = "|".join(phrases)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self._enter(self.numbers[key], phrases)
            for memory in (self._known, self._alone, self._pairs):
                memory.clear()
            self.version += 1
        return self.numbers[key]

    def _enter(self, concept: int, phrases: Iterable[str]) -> None:
        self._sizes[concept] = 0
        for written in phrases:
            self._sizes[concept] += 1
            for phrase in written_out(written):
                entry = Entry(phrase[1:], concept)
                for first, takes_endings in phrase[0]:
                    place = self._inflected if takes_endings else self._exact
                    place.setdefault(first, []).append(entry)

    def how_common(self, concepts: frozenset[int]) -> tuple[bool, int]:
        """Give a key that sorts parts of a pattern: people are everywhere, short lists of words are rare."""
        sizes = (self._sizes[concept] for concept in concepts)
        return (any(concept in self._common for concept in concepts), sum(sizes))

    def entries(self, word: str) -> tuple[Entry, ...]:
        """Give the entries that a word of a text may begin."""
        known = self._known.get(word)
        if known is None:
            found = list(self._exact.get(word, ()))
            if word.isdigit() and len(word) <= LONGEST_NUMBER:
                found += self._exact.get("#", ())
            for stem in self.stems(word):
                found += self._inflected.get(stem, ())
            known = self._known[word] = tuple(found)
        return known

    def concepts_of(self, word: str) -> tuple[int, ...]:
        """Give the concepts that a word alone stands for."""
        known = self._alone.get(word)
        if known is None:
            found = {entry.concept for entry in self.entries(word) if not entry.rest}
            known = self._alone[word] = tuple(found)
        return known

    def phrases(self, word: str, following: str) -> tuple[Entry, ...]:
        """Give the phrases that two words in a row may begin."""
        known = self._pairs.get((word, following))
        if known is None:
            if len(self._pairs) > MOST_PAIRS:
                self._pairs.clear()
            found = (entry for entry in self.entries(word) if entry.rest)
            known = tuple(entry for entry in found if self.fills(following, entry.rest[0]))
            self._pairs[word, following] = known
        return known

    def stems(self, word: str) -> frozenset[str]:
        """Give the words that a word may be a form of."""
        if word not in self._stems:
            self._stems[word] = frozenset(_stems(word, self._base))
        return self._stems[word]

    def fills(self, word: str, slot: Slot) -> bool:
        """Tell whether a word of a text is one of those wanted, or a form of one that takes endings."""
        for wanted, takes_endings in slot:
            if word == wanted or (takes_endings and wanted in self.stems(word)):
                return True
            if wanted == "#" and word.isdigit() and len(word) <= LONGEST_NUMBER:
                return True
        return False


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
    return tuple((word.rstrip("*"), word.endswith("*")) for word in words)


class Tagged:
    """A sentence as words, each with the concepts that begin there and where they end."""

    def __init__(self, sentence: str, lexicon: Lexicon) -> None:
        found = list(_WORD.finditer(sentence))
        self.spans = [match.span() for match in found]
        self.words = [match.group() for match in found]
        self.places: dict[int, dict[int, list[int]]] = {}
        self._sentence = sentence
        self._fillers = lexicon.filler
        for place, word in enumerate(self.words):
            for concept in lexicon.concepts_of(word):
                self.places.setdefault(concept, {}).setdefault(place, []).append(place + 1)
            following = self.words[place + 1] if place + 1 < len(self.words) else ""
            for entry in lexicon.phrases(word, following):
                end = self._end_of(entry, place + 2, lexicon)
                if end:
                    self.places.setdefault(entry.concept, {}).setdefault(place, []).append(end)

    def _end_of(self, entry: Entry, place: int, lexicon: Lexicon) -> int:
        for wanted in entry.rest[1:]:
            if place >= len(self.words) or not lexicon.fills(self.words[place], wanted):
                return 0
            place += 1
        return place

    def near(self, place: int, *, is_wide: bool) -> Iterator[int]:
        """Give the places where the next words of a pattern may begin.

        Narrow: only words that carry no meaning of their own stand between. Wide: up to `LONGEST_GAP` words.
        No clause ends on the way.
        """
        fillers = self.places.get(self._fillers, {})
        for step in range(LONGEST_GAP + 1 if is_wide else LONGEST_FILLING + 1):
            here = place + step
            if here >= len(self.words) or (here > 0 and self._clause_ends_before(here)):
                return
            yield here
            if self.words[here] in _NEGATIONS:
                return
            if not is_wide and here not in fillers and not _is_adverb(self.words[here]):
                return

    def begins_clause(self, place: int) -> bool:
        """Tell whether a place begins the sentence, a clause, or follows only a word like "please" or "and"."""
        if place == 0 or self._clause_ends_before(place):
            return True
        before = self.words[place - 1]
        if before in _OPENERS:
            return True
        return "," in self._sentence[self.spans[place - 1][1] : self.spans[place][0]]

    def _clause_ends_before(self, place: int) -> bool:
        between = self._sentence[self.spans[place - 1][1] : self.spans[place][0]]
        return between != " " and _CLAUSE_END.search(between) is not None


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word != "only"


@cache
def shipped_lexicon() -> Lexicon:
    """Give the concepts that come with coprod."""
    folder = resources.files("campaigns").joinpath("rules", "concepts")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    return Lexicon(load_yaml_text(file.read_text("utf-8"), file.name, ConceptFile).value for file in files)
