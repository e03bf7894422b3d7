"""Redaction: what could say who somebody is, taken out of free text and marked by kind.

Four layers: patterns (kernel.identifiers and a few more), cues ("my worker …", "called …", titles), a short
list of first names, and capital letters inside a sentence. What was found as a name anywhere in a column is
then taken out everywhere in it, unless the column itself mostly writes the word small. No list and no rule
finds "the girl whose brother was on the news": a person reads everything before it leaves.
Measured by research/analysis.md section 5 for layers like these: 85–95 % of direct identifiers in text with
capitals, 70–85 % without, and nothing of what only a story gives away.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from analysis.words.words import stop_words
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.yamlfile import load_yaml

CAUTION = (
    "Redaction finds most phone numbers, emails, handles, postcodes, dates, ages and names, not all, and never a story "
    "that only one person could tell. A person must read every line before anybody else does."
)
LONGEST_GAP = 16
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")),
    ("phone", re.compile(r"(?<![\w+])\+\d{1,3}(?:[ .()-]?\d){7,12}(?!\w)")),
    (
        "handle",
        re.compile(
            r"\b(?:snap|snapchat|insta|instagram|tiktok|discord|ig|fb|facebook|xbox|psn)\b"
            r"(?:\s+(?:is|name|user|username|add|me))*\s*[:=-]?\s+(?P<part>[A-Za-z]*[\d_.][\w.]{2,29}\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)\d{2}\b",
            re.IGNORECASE,
        ),
    ),
    ("age", re.compile(r"\b\d{1,2}[\s-]?(?:years?[\s-]old|yrs?[\s-]old|y/?o)\b", re.IGNORECASE)),
    (
        "address",
        re.compile(
            r"\b\d{1,4}[a-z]?\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Crescent|Terrace|Court|Gardens|Grove|Way|Hill)\b"
        ),
    ),
)


class RedactionLists(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists in redaction.yaml, all in small letters."""

    format: int
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    calls: tuple[str, ...]
    not_names: tuple[str, ...]
    capitals: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    first_names: str


class Removed(Struct, frozen=True, order=True):
    """What was taken out: code points of the text as given, end exclusive, and its kind."""

    start: int
    end: int
    kind: str


class RedactedText(Struct, frozen=True):
    """A text with placeholders such as `[name]`, and where they stand for something."""

    text: str
    removed: tuple[Removed, ...]

    def __repr__(self) -> str:
        """Leave the words out: a representation may land in a log."""
        return f"RedactedText({len(self.removed)} removed)"


def redact(texts: Sequence[str | None]) -> tuple[RedactedText, ...]:
    """Give each text redacted, in order; null as an empty text. The other texts help, their order does not."""
    distinct = sorted({text for text in texts if text})
    names = _names_in(distinct)
    done = {text: _redacted(text, names) for text in distinct}
    return tuple(done[text] if text else RedactedText("", ()) for text in texts)


def _redacted(text: str, names: frozenset[str]) -> RedactedText:
    removed = _without_overlap([*_by_pattern(text), *_by_cue(text), *_known_names(text, names)])
    for one in reversed(removed):
        text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return RedactedText(text, removed)


def _by_pattern(text: str) -> Iterator[Removed]:
    for found in identifiers_in(text):
        yield Removed(found.start, found.end, found.kind)
    for kind, pattern in _MORE:
        for match in pattern.finditer(text):
            group = "part" if "part" in pattern.groupindex else 0
            yield Removed(match.start(group), match.end(group), kind)
    for kind, pattern in _place_patterns():
        for match in pattern.finditer(text):
            yield Removed(match.start(), match.end(), kind)


def _by_cue(text: str) -> Iterator[Removed]:
    """Give names after a title, a role or "called"."""
    titles, others = _cue_patterns()
    for match in (*titles.finditer(text), *others.finditer(text)):
        if _could_be_a_name(match["name"]):
            yield Removed(match.start("name"), match.end("name"), "name")


def _could_be_a_name(word: str) -> bool:
    """Tell whether a word after a cue may be a name; small words that end like verbs and adverbs are not."""
    if _bare(word) in _no_names():
        return False
    return word[0].isupper() or word in _first_names() or not word.endswith(("ed", "ing", "ly", "n't", "n’t"))


def _known_names(text: str, names: frozenset[str]) -> Iterator[Removed]:
    for match in _WORD.finditer(text):
        if _bare(match[0]) in names:
            yield Removed(match.start(), match.start() + len(_bare(match[0])), "name")


def _names_in(texts: Iterable[str]) -> frozenset[str]:
    """Give the words that are names in these texts: listed, cued, or with one capital letter inside a sentence."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    cued: set[str] = set()
    for text in texts:
        cued.update(_bare(text[one.start : one.end]) for one in _by_cue(text))
        for match in _WORD.finditer(text):
            if match[0][0].islower():
                small[_bare(match[0])] += 1
            elif not match[0].isupper() and _inside_sentence(text, match.start()):
                capital[_bare(match[0])] += 1
    no_names = _no_names() | set(_lists().capitals)
    found = {word for word in capital if capital[word] > small[word]} | {
        word for word in cued if small[word] <= capital[word] + 1
    }
    return frozenset(word for word in found - no_names if len(word) > 1) | _first_names()


def _inside_sentence(text: str, start: int) -> bool:
    """Tell whether a word follows another in its sentence."""
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \"'“‘(-–—")
    return bool(before) and before[-1] not in ".!?…:;\n•*/"


def _bare(word: str) -> str:
    """Give a word in small letters without the ending of a possessive."""
    return re.sub(r"'s?$", "", word.casefold().replace("’", "'"))


def _without_overlap(found: Iterable[Removed]) -> tuple[Removed, ...]:
    """Keep the longest of what overlaps."""
    kept: list[Removed] = []
    taken: set[int] = set()
    for one in sorted(set(found), key=lambda item: (item.start - item.end, item)):
        if taken.isdisjoint((one.start, one.end - 1)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return tuple(sorted(kept))


@functools.cache
def _lists() -> RedactionLists:
    return load_yaml(Path(__file__).with_name("redaction.yaml"), RedactionLists).value


@functools.cache
def _first_names() -> frozenset[str]:
    return frozenset(_lists().first_names.split())


@functools.cache
def _no_names() -> frozenset[str]:
    return frozenset(_lists().not_names) | stop_words()


@functools.cache
def _place_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    name = r"(?:(?:St|Saint)\.?\s+)?[A-Z][\w’'-]+(?:\s+(?:of|the|and|&)?\s?[A-Z][\w’'-]+){0,3}\s+"
    return tuple(
        (kind, re.compile(name + f"(?i:{_any_of(ends)})" + r"\b")) for kind, ends in _lists().places.items()
    )


@functools.cache
def _cue_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    capital = r"(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]+)?)"
    either = r"(?P<name>(?!\w+[’']t\b)[^\W\d_][^\W\d_’'-]+(?:(?<=[a-z])\s+(?-i:[A-Z][\w’'-]+))?)"
    titles = re.compile(rf"\b(?i:{_any_of(_lists().titles)})\.?\s+{capital}")
    cues = rf"(?:(?:my|your|our|their|his|her|the)\s+(?:{_any_of(_lists().roles)})|{_any_of(_lists().calls)})"
    return titles, re.compile(rf"\b{cues},?\s+{either}", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
