"""Redaction: what could say who somebody is, taken out of free text and marked by kind.

Layers: patterns (kernel.identifiers and those of `identifying`), cues ("my worker …", "called …", titles), lists of names
and towns that are no other word, capital letters inside a sentence, and words that end a school's, a place's or a
service's name. What was found as a name anywhere in a column is then taken out everywhere in it, unless the column itself
mostly writes the word small. Whoever is known by what they are to the writer is called that: [worker], [friend], and in
one text a second one [worker 2]; nothing ties the names of two texts together. No list and no rule finds "the girl whose
brother was on the news": a person reads everything before it leaves. `planting` measures what is found.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from analysis.publishing.identifying import by_pattern
from analysis.publishing.redactionlists import (
    cue_patterns,
    first_name,
    lists,
    no_names,
    second_names,
)

CAUTION = (
    "Redaction finds most phone numbers, emails, handles, postcodes, dates, ages and names, not all, and never a story "
    "that only one person could tell. A person must read every line before anybody else does."
)
LONGEST_GAP = 16
NAME = "name"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Removed(Struct, frozen=True, order=True):
    """What was taken out: code points of the text as given, end exclusive, its kind, and what stands there instead."""

    start: int
    end: int
    kind: str
    instead: str = ""


class RedactedText(Struct, frozen=True):
    """A text with placeholders such as `[name]`, and where they stand for something."""

    text: str
    removed: tuple[Removed, ...]

    def __repr__(self) -> str:
        """Leave the words out: a representation may land in a log."""
        return f"RedactedText({len(self.removed)} removed)"


class Decided(Struct, frozen=True):
    """What a person decided of one text: what stays that was taken out, and what goes that was left; code points."""

    stays: tuple[tuple[int, int], ...] = ()
    goes: tuple[tuple[int, int, str], ...] = ()


def redact(
    texts: Sequence[str | None], decided: Mapping[str, Decided] | None = None
) -> tuple[RedactedText, ...]:
    """Give each text redacted, in order; null as an empty text. The other texts help, their order does not.

    `decided` holds by text what a person decided, which goes before what the rules find wherever these words stand.
    """
    distinct = sorted({text for text in texts if text})
    names = _names_in(distinct)
    said = decided or {}
    done = {
        text: _redacted(text, _as_decided(_found_in(text, names), said.get(text), len(text)))
        for text in distinct
    }
    return tuple(done[text] if text else RedactedText("", ()) for text in texts)


def _redacted(text: str, found: Sequence[Removed]) -> RedactedText:
    """Give a text without what was found, each name once called what it is in this text."""
    called = _called(text, found)
    kept, parts, done = [], [], 0
    for one in found:
        instead = called.get(_who(text[one.start : one.end]), "") if one.kind == NAME else ""
        shown = instead or one.instead or one.kind
        kept.append(Removed(one.start, one.end, one.kind, shown))
        parts += [text[done : one.start], f"[{shown}]"]
        done = one.end
    return RedactedText("".join([*parts, text[done:]]), tuple(kept))


def _called(text: str, found: Sequence[Removed]) -> dict[str, str]:
    """Give what each name of a text is called: the second worker of a text is `worker 2`."""
    called: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for one in found:
        name = _who(text[one.start : one.end])
        if one.kind == NAME and name not in called:
            role = one.instead or NAME
            numbers[role] += 1
            called[name] = f"{role} {numbers[role]}" if numbers[role] > 1 else role
    return called


def _as_decided(found: tuple[Removed, ...], decided: Decided | None, length: int) -> tuple[Removed, ...]:
    if decided is None:
        return found
    stays = [one for one in found if (one.start, one.end) not in decided.stays]
    goes = [Removed(start, end, kind) for start, end, kind in decided.goes if 0 <= start < end <= length]
    return _without_overlap([*stays, *goes])


def _found_in(text: str, names: Mapping[str, str]) -> tuple[Removed, ...]:
    patterns = [Removed(start, end, kind) for start, end, kind in by_pattern(text)]
    cued = [
        Removed(
            one.start,
            _end_of_name(text, one.end),
            one.kind,
            one.instead or names.get(_bare(text[one.start : one.end]), ""),
        )
        for one in _by_cue(text)
    ]
    return _without_overlap([*patterns, *cued, *_known_names(text, names)])


def _by_cue(text: str) -> Iterator[Removed]:
    """Give names after a title, a role, "called" or thanks, and before "from camhs", with what they are to the writer."""
    for role, pattern in cue_patterns():
        for match in pattern.finditer(text):
            if _could_be_a_name(match["name"]):
                what = role or _role_of(match["role"])
                yield Removed(match.start("name"), match.end("name"), NAME, "" if what == NAME else what)


def _could_be_a_name(word: str) -> bool:
    """Tell whether a word after a cue may be a name; small words that end like verbs and adverbs are not."""
    if _bare(word) in no_names():
        return False
    return word[0].isupper() or first_name(word) > 0 or not word.endswith(("ed", "ing", "ly", "n't", "n’t"))


def _role_of(word: str) -> str:
    plain = " ".join(word.casefold().split())
    return next((role for role, words in lists().roles.items() if plain in words), "")


def _known_names(text: str, names: Mapping[str, str]) -> Iterator[Removed]:
    """Give the names that stand in a text, each with the second name after it."""
    for match in _WORD.finditer(text):
        bare = _bare(match[0])
        length = len(bare) if bare in names else first_name(match[0])
        if length:
            end = match.start() + length
            last = _end_of_name(text, end) if end == match.end() else end
            yield Removed(match.start(), last, NAME, names.get(bare, ""))


def _end_of_name(text: str, end: int) -> int:
    """Give where a name ends with the second name after it, if there is one."""
    after = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if after is None:
        return end
    bare = _bare(after[0])
    titled = after[0][0].isupper() and not after[0].isupper()
    follows = bare in second_names() or (titled and bare not in no_names() | set(lists().capitals))
    return after.start() + len(bare) if follows else end


def _names_in(texts: Iterable[str]) -> dict[str, str]:
    """Give the words that are names in these texts, each with what it is to most of its writers, or nothing.

    They are cued, or have one capital letter inside a sentence; `first_name` knows those of the list.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    roles: dict[str, Counter[str]] = {}
    for text in texts:
        for one in _by_cue(text):
            roles.setdefault(_bare(text[one.start : one.end]), Counter())[one.instead] += 1
        for match in _WORD.finditer(text):
            if match[0][0].islower():
                small[_bare(match[0])] += 1
            elif not match[0].isupper() and _inside_sentence(text, match.start()):
                capital[_bare(match[0])] += 1
    nobody = no_names() | set(lists().capitals)
    found = {word for word in capital if capital[word] > small[word]} | {
        word for word in roles if small[word] <= capital[word] + 1 or first_name(word)
    }
    return {word: _most_often(roles.get(word)) for word in sorted(found - nobody) if len(word) > 1}


def _most_often(roles: Counter[str] | None) -> str:
    named = Counter({role: count for role, count in (roles or {}).items() if role})
    return min(named, key=lambda role: (-named[role], role)) if named else ""


def _inside_sentence(text: str, start: int) -> bool:
    """Tell whether a word follows another in its sentence."""
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \"'“‘(-–—")
    return bool(before) and before[-1] not in ".!?…:;\n•*/"


@functools.lru_cache(maxsize=100_000)
def _bare(word: str) -> str:
    """Give a word in small letters without the ending of a possessive."""
    return re.sub(r"'s?$", "", word.casefold().replace("’", "'"))


def _who(name: str) -> str:
    """Give a name by which it is known again, however far its letters are drawn out."""
    return re.sub(r"(.)\1+", r"\1", _bare(name))


def _without_overlap(found: Iterable[Removed]) -> tuple[Removed, ...]:
    """Keep the longest of what overlaps; of the same place, what says what somebody is."""
    kept: list[Removed] = []
    taken: set[int] = set()
    for one in sorted(
        set(found),
        key=lambda item: (item.start - item.end, item.start, item.kind == NAME, not item.instead, item),
    ):
        if taken.isdisjoint(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return tuple(sorted(kept))
