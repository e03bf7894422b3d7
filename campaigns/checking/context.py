"""Mention is not use: whether words are quoted, rejected, listed as a myth, or told as somebody's view."""

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.checking.concepts import words_in
from campaigns.checking.needles import NeedleIndex
from campaigns.checking.patterns import Search, compile_pattern
from campaigns.checking.reading import FARTHEST, Reading
from coprod.kernel.yamlfile import load_yaml_text

_CLAUSE_ENDS = re.compile(
    r"[;.!?]|\bbut\b|\bhowever\b|\balthough\b|\byet\b|, so\b|\band (?:do not|don't|never|always|you|they)\b"
)
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


@cache
def shipped_cues() -> Cues:
    """Give the cues that come with coprod."""
    text = resources.files("campaigns.checking").joinpath("context.yaml").read_text("utf-8")
    return load_yaml_text(text, "context.yaml", Cues).value


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
    for opened, closed in reading.quotations_near(number, start, end):
        if opened < end and start < closed and opened <= start + 1 and closed >= end - 1:
            return _weighed_quotation(reading, number, opened, closed)
        if opened <= start and end <= closed:
            return _weighed_quotation(reading, number, opened, closed)
        if start <= opened and closed <= end:
            return "it stands in quotation marks"
    return ""


def _weighed_quotation(reading: Reading, number: int, opened: int, closed: int) -> str:
    """Give why a quotation is a mention: anything but a slogan and an official's words said in earnest."""
    text = reading.block_text(number)
    around = text[max(0, opened - FARTHEST) : opened] + " " + text[closed : closed + FARTHEST]
    cues = shipped_cues()
    if _any(cues.not_promoted, around):
        return "it stands in quotation marks"
    length = len(text[opened:closed].split())
    is_speech = length >= _SHORT_QUOTATION or (
        length >= _SHORTEST_SPEECH and text[:opened].rstrip().endswith(":")
    )
    if is_speech and _any(cues.said_by_officials, around):
        return ""
    if _any(cues.promoted, text[max(0, opened - 60) : opened]) or _is_slogan(reading, number):
        return ""
    return "it stands in quotation marks"


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
    cues = shipped_cues()
    block = reading.blocks[number]
    text = reading.block_text(number)
    if any(_any(cues.references, reading.block_text(above)) for above in reading.above[number]):
        return "it stands in a list of references"
    if block.kind == "cell":
        return _in_column(reading, number)
    if _is_fact(reading, number, start):
        return ""
    label = re.match(r"(?:common |some )?(?:myths?|stereotypes?|misconceptions?)\b[^:.]{0,60}[:–-]", text)
    if label and start > label.end() and reading.sentence_at(number, start)[0] <= label.end() + 1:
        return "it is labelled as a myth"
    lead_in = reading.lead_in(number)
    if lead_in is not None and _any(cues.listed_under, reading.block_text(lead_in)):
        return "it is listed as something people say or should not say"
    if any(_any(cues.listed_under, reading.block_text(above)) for above in reading.above[number]):
        return "it stands under a heading about myths or other people's words"
    return ""


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
    text = reading.block_text(number)
    opened, closed = reading.around(number, start, end)
    present = _cues_in(text[opened:closed])
    for place, group, cue in present:
        stands = (
            _stands_before(cue, text, opened, start, group.within)
            if place == "before"
            else (_stands_after(cue, text, end, closed, group.within))
        )
        if stands:
            return group.because
    return "the next sentence rejects it" if _rejects(text[closed : closed + 120].lstrip()) else ""


class _CueIndex:
    """Every cue behind the words it needs."""

    def __init__(self, cues: Cues) -> None:
        self.index = NeedleIndex()
        self.entries: list[tuple[str, CueGroup, Search]] = []
        for place, groups in (("before", cues.before), ("after", cues.after)):
            for group in groups:
                for cue in group.cues:
                    self.index.add(compile_pattern(cue))
                    self.entries.append((place, group, compile_pattern(cue)))


@cache
def _cue_index() -> _CueIndex:
    return _CueIndex(shipped_cues())


@lru_cache(maxsize=4096)
def _cues_in(sentence: str) -> tuple[tuple[str, CueGroup, Search], ...]:
    """Give the cues that could stand in a folded sentence, in the order of the file."""
    index = _cue_index()
    return tuple(index.entries[number] for number in index.index.candidates(words_in(sentence)))


@lru_cache(maxsize=4096)
def _rejects(following: str) -> bool:
    """Tell whether the sentence behind a phrase says that it is wrong."""
    cues = shipped_cues()
    begins = any(
        match.start() == 0 for search in _searches(cues.following) for match in search.found_in(following)
    )
    stands_alone = any(
        match.start() == 0 and following[match.end() : match.end() + 1] in set(".!:,;")
        for search in _searches(cues.following_alone)
        for match in search.found_in(following)
    )
    return begins or stands_alone


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
    index = NeedleIndex()
    for search in _searches(patterns):
        index.add(search)
    return index


@lru_cache(maxsize=10_000)
def _any(patterns: tuple[str, ...], text: str) -> bool:
    searches = _searches(patterns)
    could = _index_of(patterns).candidates(words_in(text))
    return any(True for number in could for _ in searches[number].matches(text, 0, len(text)))
