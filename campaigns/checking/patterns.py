"""Readable patterns for phrases: words a person can check aloud, compiled to a fast, bounded search.

    risky behaviour*            the words, in any capitals; `*` takes endings: -s, -'s, -ed, -ing
    (put*|place*) themselves    one of several, each may be more than one word
    [sexually] active since     words in square brackets may be missing, as may letters: behavio[u]r
    hard-to-reach               a hyphen also matches a space or nothing
    areas ... prostitution      three dots take up to three words in between
    a #-year-old                `#` is a number of one or two digits

Nothing here can repeat without bound, so no pattern can make a check hang.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct

from campaigns.checking.learned import Learned
from campaigns.checking.stored import keep, recall
from coprod.kernel.shapes import from_packed

LONGEST_PATTERN = 500
MOST_GAPS = 2
MOST_DEPTH = 3
MOST_OPTIONS = 80
_WORD = re.compile(r"[a-z0-9'’&%-]+")
_CLOSERS = {"(": ")", "[": "]"}
_COMMON = frozenset(
    [
        "about",
        "all",
        "and",
        "are",
        "been",
        "being",
        "can",
        "child",
        "children",
        "could",
        "for",
        "from",
        "girl",
        "girls",
        "has",
        "have",
        "her",
        "him",
        "his",
        "into",
        "it",
        "man",
        "men",
        "never",
        "not",
        "people",
        "person",
        "she",
        "sex",
        "sexual",
        "sexually",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "were",
        "what",
        "who",
        "will",
        "with",
        "woman",
        "women",
        "young",
        "you",
        "your",
    ]
)


class PatternError(ValueError):
    """A pattern that cannot be used: `position` counts from 0."""

    def __init__(self, position: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.position = position
        self.what = what
        self.mend = mend


Slot: TypeAlias = tuple[str, ...]
Choice: TypeAlias = tuple[tuple[Slot, ...], ...]


class Search(Struct, frozen=True):
    """A pattern made ready. `slots` are the words that must all be there, each as its possible needles.

    A needle is letters behind a mark: `=` a whole word, `^` the start of a word, `~` any part of a word.
    `rarest` is the slot that narrows a search most. Of each of the `choices` between more than single words, all
    slots of one option must be there. `expression` becomes a regular expression when it is first needed: most rules
    never meet their words.
    """

    expression: str
    slots: tuple[Slot, ...]
    rarest: Slot
    choices: tuple[Choice, ...] = ()

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in folded text."""
        if any(needle[1:] in text for needle in self.rarest):
            yield from self.matches(text, 0, len(text))

    def matches(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Give the matches from `start` to `end`, without a look at the needles first."""
        return _compiled(self.expression).finditer(text, start, end)

    def stands_in(self, text: str) -> bool:
        """Tell whether there is a match in folded text."""
        return _compiled(self.expression).search(text) is not None

    def begins(self, text: str) -> re.Match[str] | None:
        """Give the match at the beginning of folded text, or None."""
        return _compiled(self.expression).match(text)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


class _Part(Struct, frozen=True):
    """A compiled piece: `needles` is empty where it may match without any known letters.

    `slots` are the needles of all words of a sequence that must be there, `choices` its choices between sequences;
    `options` are those of a choice.
    """

    regex: str
    needles: Slot = ()
    may_be_missing: bool = False
    slots: tuple[Slot, ...] = ()
    choices: tuple[Choice, ...] = ()
    options: Choice = ()


def compile_pattern(pattern: str) -> Search:
    """Give the search for a pattern, to run on folded text (see `campaigns.checking.reading.fold`).

    Raises PatternError, with its position, for what cannot be read, could match nothing, or would be slow.
    """
    return compiled_patterns()[pattern]


@cache
def compiled_patterns() -> Learned[str, Search]:
    """Give the searches of patterns; those of the shipped rules are read as they were kept."""
    kept = recall("patterns", dict[str, Raw]) or {}
    return Learned(
        lambda pattern: from_packed(kept[pattern], Search) if pattern in kept else _search(pattern)
    )


def keep_patterns(patterns: Iterable[str]) -> None:
    """Keep the searches of patterns until the next change of a rule."""
    keep("patterns", {one: Raw(msgspec.msgpack.encode(compile_pattern(one))) for one in patterns})


def _search(pattern: str) -> Search:
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(LONGEST_PATTERN, f"this pattern is over {LONGEST_PATTERN} characters", "split it")
    part = _Reader(pattern.lower()).whole()
    return Search(
        rf"(?<![a-z0-9]){part.regex}(?![a-z0-9])",
        part.slots,
        part.needles,
        part.choices,
    )


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.gaps = self.options = self.depth = 0

    def whole(self) -> _Part:
        part = self._sequence("")
        if self.at < len(self.pattern):
            raise PatternError(self.at, f"`{self.pattern[self.at]}` closes nothing", "take it out")
        if not part.needles:
            mend = "add a word of at least three letters that must be there"
            raise PatternError(0, "this pattern would match almost anything", mend)
        return part

    def _sequence(self, closers: str) -> _Part:
        """Read items up to `|` or a closing bracket."""
        start = self.at
        parts: list[_Part] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in f"|{closers})]":
            if self.pattern[self.at] == " ":
                self.at += 1
            elif self.pattern.startswith("...", self.at):
                parts.append(self._gap(is_first=not parts))
            else:
                parts.append(self._item())
        if not parts:
            raise PatternError(start, "a word is missing here", "write a word, or take the bar out")
        return _in_order(parts, start)

    def _gap(self, *, is_first: bool) -> _Part:
        self.gaps += 1
        if is_first or self.gaps > MOST_GAPS or self.depth:
            mend = f"use `...` between words, at most {MOST_GAPS} times, outside brackets"
            raise PatternError(self.at, "this `...` would make the search slow", mend)
        self.at += 3
        return _Part("", may_be_missing=True)

    def _item(self) -> _Part:
        """Read one word: letters and brackets that touch each other, perhaps with `*`."""
        pieces: list[_Part] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in " |)]":
            if self.pattern.startswith("...", self.at):
                raise PatternError(self.at, "`...` stands alone, between spaces", "put a space before it")
            pieces.append(self._piece())
        if len(pieces) == 1:
            return pieces[0]
        regex = "".join(piece.regex for piece in pieces)
        needles = max((piece.needles for piece in pieces), key=_worth)
        needles = tuple(f"~{needle[1:]}" for needle in needles)
        return _Part(regex, needles, all(piece.may_be_missing for piece in pieces))

    def _piece(self) -> _Part:
        character = self.pattern[self.at]
        if character in _CLOSERS:
            return self._choice(character)
        if character == "#":
            self.at += 1
            return _Part("[0-9]{1,2}")
        word = _WORD.match(self.pattern, self.at)
        if word is None:
            raise PatternError(
                self.at, f"`{character}` is not read in patterns", "write words, ( ) | [ ] * # ..."
            )
        self.at = word.end()
        if self._takes_star():
            return _inflected(word.group())
        return _Part(_letters(word.group()), _needle(word.group(), "="))

    def _takes_star(self) -> bool:
        found = self.pattern[self.at : self.at + 1] == "*"
        self.at += found
        return found

    def _choice(self, opener: str) -> _Part:
        start = self.at
        self.depth += 1
        self.at += 1
        options = [self._option(opener)]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            options.append(self._option(opener))
        if self.pattern[self.at : self.at + 1] != _CLOSERS[opener]:
            raise PatternError(start, f"this `{opener}` is never closed", f"add `{_CLOSERS[opener]}`")
        self.at += 1
        self.depth -= 1
        self._refuse_wide(start, len(options))
        regex = f"(?:{'|'.join(option.regex for option in options)})"
        if opener == "[":
            return _Part(f"{regex}?", may_be_missing=True)
        if not all(option.needles for option in options):
            return _Part(regex)
        needles = tuple(needle for option in options for needle in option.needles)
        is_of_sequences = any(len(option.slots) > 1 for option in options)
        return _Part(regex, needles, options=tuple(one.slots for one in options) if is_of_sequences else ())

    def _option(self, opener: str) -> _Part:
        return self._sequence(_CLOSERS[opener])

    def _refuse_wide(self, start: int, options: int) -> None:
        self.options += options
        if self.depth >= MOST_DEPTH or self.options > MOST_OPTIONS:
            mend = f"use at most {MOST_DEPTH} levels and {MOST_OPTIONS} choices, or split the pattern"
            raise PatternError(start, "this choice is too large", mend)


def _in_order(parts: list[_Part], start: int) -> _Part:
    """Join items with spaces; an item that may be missing takes its space along."""
    regex = ""
    is_opened = False
    for part in parts:
        if part.regex == "":
            regex += r"(?:,? +[\w',-]+){0,3}"
        elif not is_opened and part.may_be_missing:
            regex += f"(?:{part.regex} +)?"
        elif part.may_be_missing:
            regex += f"(?: +{part.regex})?"
        else:
            regex += f" +{part.regex}" if is_opened else part.regex
            is_opened = True
    if not is_opened:
        if len(parts) > 1:
            raise PatternError(start, "every word here may be missing", "let one word stand outside [ ]")
        return parts[0]
    firm = [part for part in parts if part.needles and not part.may_be_missing]
    slots = tuple(part.needles for part in firm)
    choices = tuple(part.options for part in firm if part.options)
    return _Part(regex, max(slots, key=_worth, default=()), slots=slots, choices=choices)


def _letters(word: str) -> str:
    """Give the search for letters: a hyphen may be a space or nothing, an apostrophe may be missing."""
    if word.isalnum():
        return word
    return "".join({"-": "[- ]?", "'": "'?", "’": "'?"}.get(letter, re.escape(letter)) for letter in word)


@lru_cache(maxsize=8192)
def _inflected(word: str) -> _Part:
    """Give a word with its regular endings, for nouns and verbs alike."""
    if word.endswith("e"):
        stem, endings = word[:-1], "(?:e(?:s|d|'s|s')?|ing)"
    elif word.endswith("y") and word[-2:-1] not in {*"aeiou", ""}:
        stem, endings = word[:-1], "(?:y|y's|ies|ied|ying)"
    else:
        stem, endings = word, f"(?:s|es|'s|s'|{re.escape(word[-1])}?(?:ed|ing))?"
    return _Part(_letters(stem) + endings, _needle(stem, "^"))


@lru_cache(maxsize=8192)
def _needle(word: str, mark: str) -> tuple[str, ...]:
    """Give the longest run of letters in a word as a needle."""
    longest = word if word.isalnum() else max(re.split("[-'’&%]", word), key=len)
    return (f"{mark if longest == word else '~'}{longest}",) if len(longest) >= 2 else ()


@lru_cache(maxsize=8192)
def _worth(needles: tuple[str, ...]) -> int:
    """Say how much a set of needles narrows a search: the length of its weakest, common words last."""
    return min((1 if needle[1:] in _COMMON else len(needle) - 1 for needle in needles), default=0)
