"""Mention is not use: whether words are quoted, rejected, listed as a myth, or told as somebody's view."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, TypeAlias

from msgspec import Struct

from campaigns.checking.concepts import words_in
from campaigns.checking.needles import NeedleIndex, needles_of
from campaigns.checking.patterns import Search, compile_pattern
from campaigns.checking.reading import FARTHEST, Reading
from campaigns.checking.stored import made_once
from coprod.kernel.yamlfile import load_yaml_text

_CLAUSE_ENDS = re.compile(
    r"[;.!?]|\bbut\b|\bhowever\b|\balthough\b|\byet\b|, so\b|\band (?:do not|don't|never|always|you|they)\b"
)
_MYTH_LABEL = re.compile(r"(?:common |some )?(?:myths?|stereotypes?|misconceptions?)\b[^:.]{0,60}[:–-]")
IN_QUOTATION_MARKS = "it stands in quotation marks"
_STOPS = frozenset(".!:,;")
_SHORT_QUOTATION = 8
_SHORTEST_SPEECH = 4


class CueGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Cues with one reason, and how near to the phrase they must stand."""

    because: str
    within: int
    cues: tuple[str, ...]


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """Every cue that makes a phrase a mention."""

    format: Literal[1]
    before: tuple[CueGroup, ...]
    after: tuple[CueGroup, ...]
    following_alone: tuple[str, ...]
    following: tuple[str, ...]
    references: tuple[str, ...]
    listed_under: tuple[str, ...]
    facts_start: tuple[str, ...]
    columns_of_mentions: tuple[str, ...]
    columns_of_use: tuple[str, ...]
    said_by_officials: tuple[str, ...]
    promoted: tuple[str, ...]
    not_promoted: tuple[str, ...]


Cue: TypeAlias = tuple[Literal["before", "after"], CueGroup, Search]


class PlaceInText(Struct, frozen=True):
    """Why words in a block are a mention for where it stands, or "".

    `is_certain`: whatever the words are. `label` is where a label such as "Myth:" ends, 0 where there is none.
    """

    because: str = ""
    label: int = 0
    is_certain: bool = False


_LISTS = tuple(name for name in Cues.__struct_fields__ if name not in {"format", "before", "after"})


@cache
def shipped_cues() -> Cues:
    """Give the cues that come with coprod."""
    return made_once("cues", Cues, _read_cues)


def _read_cues() -> Cues:
    text = resources.files("campaigns.checking").joinpath("context.yaml").read_text("utf-8")
    return load_yaml_text(text, "context.yaml", Cues).value


def cue_patterns() -> Iterator[str]:
    """Give every pattern of the cues that come with coprod."""
    cues = shipped_cues()
    for group in (*cues.before, *cues.after):
        yield from group.cues
    for name in _LISTS:
        yield from getattr(cues, name)


def why_mentioned(reading: Reading, number: int, start: int, end: int) -> str:
    """Give the reason why words from `start` to `end` of a block are a mention, or "" where they are used."""
    return (
        _quoted(reading, number, start, end)
        or _listed(reading, number, start)
        or _cued(reading, number, start, end)
    )


def _quoted(reading: Reading, number: int, start: int, end: int) -> str:
    if reading.blocks[number].kind == "quote":
        return "it stands in a quotation"
    if not reading.quotations(number):
        return ""
    for opened, closed in reading.quotations_near(number, start, end):
        if opened < end and start < closed and opened <= start + 1 and closed >= end - 1:
            return _weighed_quotation(reading, number, opened, closed)
        if opened <= start and end <= closed:
            return _weighed_quotation(reading, number, opened, closed)
        if start <= opened and closed <= end:
            return IN_QUOTATION_MARKS
    return ""


def _weighed_quotation(reading: Reading, number: int, opened: int, closed: int) -> str:
    """Give why a quotation is a mention: anything but a slogan and an official's words said in earnest."""
    text = reading.block_text(number)
    around = text[max(0, opened - FARTHEST) : opened] + " " + text[closed : closed + FARTHEST]
    cues = shipped_cues()
    if _any(cues.not_promoted, around):
        return IN_QUOTATION_MARKS
    length = len(text[opened:closed].split())
    is_speech = length >= _SHORT_QUOTATION or (
        length >= _SHORTEST_SPEECH and text[:opened].rstrip().endswith(":")
    )
    if is_speech and _any(cues.said_by_officials, around):
        return ""
    if _any(cues.promoted, text[max(0, opened - 60) : opened]) or _is_slogan(reading, number):
        return ""
    return IN_QUOTATION_MARKS


def _is_slogan(reading: Reading, number: int) -> bool:
    """Tell whether a heading or paragraph is nothing but a quotation that nobody is said to have spoken.

    Quotation marks are the commonest way to set a slogan; without a speaker or a reason they excuse nothing.
    """
    text = reading.block_text(number)
    quotations = reading.quotations(number)
    if reading.blocks[number].kind not in {"heading", "paragraph"} or len(quotations) != 1:
        return False
    opened, closed = quotations[0]
    if len(text[opened:closed].split()) < _SHORTEST_SPEECH:
        return False
    if (text[:opened] + text[closed:]).strip(" .!*_#"):
        return False
    above = reading.above[number]
    nearby = [*above, *range(max(0, number - 1), min(number + 2, len(reading.blocks)))]
    words = " ".join(reading.block_text(one) for one in nearby if one != number)
    cues = shipped_cues()
    return not (_any(cues.not_promoted, words) or _any(cues.listed_under, words))


def _listed(reading: Reading, number: int, start: int) -> str:
    """Tell whether the phrase is an entry under a heading, a lead-in or a column of things not to say."""
    place = reading.places.get(number)
    if place is None:
        place = reading.places[number] = _place_of(reading, number)
    if place.is_certain or not (place.label or place.because):
        return place.because
    if _is_fact(reading, number, start):
        return ""
    label = place.label
    if label and start > label and reading.sentence_at(number, start)[0] <= label + 1:
        return "it is labelled as a myth"
    return place.because


def _place_of(reading: Reading, number: int) -> PlaceInText:
    """Give what the place of a block says about all words in it."""
    cues, block = shipped_cues(), reading.blocks[number]
    above = [reading.block_text(heading) for heading in reading.above[number]]
    if any(_any(cues.references, heading) for heading in above):
        return PlaceInText("it stands in a list of references", is_certain=True)
    if block.kind == "cell":
        return PlaceInText(_in_column(reading, number), is_certain=True)
    label = _MYTH_LABEL.match(reading.block_text(number))
    lead_in = reading.lead_in(number)
    because = ""
    if lead_in is not None and _any(cues.listed_under, reading.block_text(lead_in)):
        because = "it is listed as something people say or should not say"
    elif any(_any(cues.listed_under, heading) for heading in above):
        because = "it stands under a heading about myths or other people's words"
    return PlaceInText(because, label.end() if label else 0)


def _is_fact(reading: Reading, number: int, start: int) -> bool:
    """Tell whether a "Fact:" stands before the phrase in its block."""
    text = reading.block_text(number)
    labels = re.finditer(r"(?:^|[.!?]\s+)([a-z ]{2,20})\s*[:–-]", text[max(0, start - FARTHEST) : start])
    return any(_any(shipped_cues().facts_start, label.group(1)) for label in labels)


def _in_column(reading: Reading, number: int) -> str:
    cell = reading.blocks[number]
    headers = reading.headers(cell.group)
    cues = shipped_cues()
    own = headers.get(cell.column, "")
    names_both = any(
        _any(cues.columns_of_use, text) for column, text in headers.items() if column != cell.column
    )
    if not cell.is_header and _any(cues.columns_of_mentions, own) and (names_both or len(headers) == 1):
        return "it stands in a column of wording to avoid"
    return ""


def _cued(reading: Reading, number: int, start: int, end: int) -> str:
    opened, closed = reading.around(number, start, end)
    known = reading.cues.get((number, opened, closed))
    if known is None:
        known = reading.cues[number, opened, closed] = _cues_around(reading, number, opened, closed)
    present, following = known
    text = reading.folded[number]
    for place, group, cue in present:
        stands = (
            _stands_before(cue, text, opened, start, group.within)
            if place == "before"
            else (_stands_after(cue, text, end, closed, group.within))
        )
        if stands:
            return group.because
    return following


def _cues_around(reading: Reading, number: int, opened: int, closed: int) -> tuple[tuple[Cue, ...], str]:
    """Give the cues that could stand in a sentence, and why it is a mention for what follows it, or ""."""
    text = reading.block_text(number)
    rejects = _rejects(text[closed : closed + 120].lstrip())
    return _cues_in(text[opened:closed]), "the next sentence rejects it" if rejects else ""


class _CueIndex:
    """Every cue behind the words it needs."""

    def __init__(self, cues: Cues) -> None:
        self.entries: list[Cue] = []
        self.entries.extend(
            ("before", group, compile_pattern(cue)) for group in cues.before for cue in group.cues
        )
        self.entries.extend(
            ("after", group, compile_pattern(cue)) for group in cues.after for cue in group.cues
        )
        self.index = NeedleIndex(needles_of([search for _, _, search in self.entries]))


@cache
def _cue_index() -> _CueIndex:
    return _CueIndex(shipped_cues())


@lru_cache(maxsize=4096)
def _cues_in(sentence: str) -> tuple[Cue, ...]:
    """Give the cues that could stand in a folded sentence, in the order of the file."""
    index = _cue_index()
    return tuple(index.entries[number] for number in index.index.candidates(words_in(sentence)))


def _rejects(following: str) -> bool:
    """Tell whether the sentence behind a phrase says that it is wrong."""
    if not following:
        return False
    cues = shipped_cues()
    if any(search.begins(following) for search in _possible(cues.following, following)):
        return True
    alone = (search.begins(following) for search in _possible(cues.following_alone, following))
    return any(match and following[match.end() : match.end() + 1] in _STOPS for match in alone)


def _stands_before(cue: Search, text: str, opened: int, start: int, within: int) -> bool:
    for match in cue.matches(text, opened, start):
        between = text[match.end() : start]
        if len(between.split()) <= within and not _CLAUSE_ENDS.search(between):
            return True
    return False


def _stands_after(cue: Search, text: str, end: int, closed: int, within: int) -> bool:
    for match in cue.matches(text, end, closed):
        between = text[end : match.start()]
        if len(between.split()) <= within and not _CLAUSE_ENDS.search(between):
            return True
    return False


@cache
def _searches(patterns: tuple[str, ...]) -> tuple[Search, ...]:
    return tuple(compile_pattern(pattern) for pattern in patterns)


@cache
def _index_of(patterns: tuple[str, ...]) -> NeedleIndex:
    return NeedleIndex(needles_of(_searches(patterns)))


def _possible(patterns: tuple[str, ...], text: str) -> Iterator[Search]:
    """Give the searches of patterns that could find something in a folded text."""
    searches = _searches(patterns)
    return map(searches.__getitem__, _index_of(patterns).candidates(words_in(text)))


@lru_cache(maxsize=10_000)
def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(search.stands_in(text) for search in _possible(patterns, text))
