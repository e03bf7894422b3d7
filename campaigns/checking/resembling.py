"""The second reader: sentences that read like lines reviewers marked, where no rule has spoken.

Rules know phrases and who does what; nobody can write down every way to say a harmful thing. So words and pairs
of words carry weights, learnt from made-up lines by `python -m benchmarks.learn` and shipped as data. It only
ever asks, names the words that weighed most, and is silent on good texts but for one question at the most.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal

import msgspec
from msgspec import Struct

from campaigns.checking.context import why_mentioned
from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.reading import Reading, is_picture

RULE = "reads-like-marked"
CATEGORY = "structure"
LEAST_STRETCH = 30
LETTERS_A_WARNING = 360
FEWEST_WORDS = 3
WORDS_SHOWN = 3
_WORD = re.compile(r"[a-z0-9£%]+(?:'[a-z]+)?")
_CLAUSE = re.compile(r"[,;:()\n]+|\s-\s|(?=\b(?:and|but|because|so that)\b)")
_ENDINGS = ("'s", "ing", "edly", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 3
_LONGEST_NUMBER = 3
_RULED_OUT = ("no ", "never ", "nobody ", "avoid ", "do not ", "don't ")
_BEGINNING, _END = "^", "$"


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What words and pairs of words weigh, in hundredths, by the kind of finding they are typical of.

    `good` holds what speaks against a finding. `trained` says on what and how well, `speaks_from` what a
    sentence must weigh in a text that reads like harm, `speaks_alone_from` in any other, and `excuses_to` how
    little a sentence must weigh for a rule of judgement to be wrong about it.
    """

    format: Literal[1]
    trained: str
    start: int
    lightest: int
    harmful_from: int
    for_a_warning: int
    speaks_from: int
    speaks_alone_from: int
    excuses_to: int
    kinds: dict[str, str]
    good: dict[str, int]
    marked: dict[str, dict[str, int]]


class SecondReader:
    """Weights made ready."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.words: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}
        self.kind_of: dict[str | tuple[str, str], str] = {}
        for kind, entries in (("", weights.good), *weights.marked.items()):
            for entry, weight in entries.items():
                first, _, second = entry.partition(" ")
                if second:
                    self.pairs[first, second] = weight
                else:
                    self.words[first] = weight
                if kind:
                    self.kind_of[(first, second) if second else first] = kind

    def weigh(self, sentence: str) -> int:
        """Give what a folded sentence weighs, in hundredths: each word once, and each pair."""
        stems = stems_of(sentence)
        alone = filter(None, map(self.words.get, set(stems)))
        return sum(alone, self.weights.start) + sum(filter(None, map(self.pairs.get, _pairs(stems))))

    def places(self, sentence: str) -> list[tuple[int, int, float]]:
        """Give each word of a folded sentence with what it and half of each of its pairs weigh."""
        stems = stems_of(sentence)
        weights = [float(self.words.get(stem, 0)) for stem in stems]
        for place, pair in enumerate(_pairs(stems)):
            sides = [side for side in (place - 1, place) if 0 <= side < len(stems)]
            for side in sides:
                weights[side] += self.pairs.get(pair, 0) / len(sides)
        spans = (match.span() for match in _WORD.finditer(sentence))
        return [(start, end, weight) for (start, end), weight in zip(spans, weights, strict=True)]

    def kind(self, sentence: str) -> str:
        """Give the kind that weighs most in a folded sentence."""
        stems = stems_of(sentence)
        weighed: dict[str, int] = {}
        for stem in set(stems) & self.kind_of.keys():
            weighed[self.kind_of[stem]] = weighed.get(self.kind_of[stem], 0) + self.words[str(stem)]
        for pair in set(_pairs(stems)) & self.pairs.keys() & self.kind_of.keys():
            weighed[self.kind_of[pair]] = weighed.get(self.kind_of[pair], 0) + self.pairs[pair]
        return max(weighed, key=lambda kind: weighed[kind], default="")


@cache
def shipped_second_reader() -> SecondReader:
    """Give the second reader with the weights that come with coprod."""
    raw = resources.files("campaigns.checking").joinpath("resembling.json").read_bytes()
    return SecondReader(msgspec.json.decode(raw, type=Weights))


def stems_of(sentence: str) -> list[str]:
    """Give the words of a folded sentence without their endings; numbers as one # a digit."""
    return [stem(word) for word in _WORD.findall(sentence)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give a word without its ending: `girls` and `girl` are one, so are `choosing` and `choose`."""
    if word.isdigit():
        return "#" * min(len(word), _LONGEST_NUMBER)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM + 1 else word


def _pairs(stems: list[str]) -> Iterator[tuple[str, str]]:
    return pairwise((_BEGINNING, *stems, _END))


class _Sentence(Struct, frozen=True):
    block: int
    start: int
    end: int
    weight: int


def resembling_findings(
    reading: Reading, spoken: Sequence[Spot], others: Sequence[Finding], *, reads_like_harm: bool
) -> tuple[Finding, ...]:
    """Give sentences that read like marked ones.

    `spoken` is where rules have found or excused something; `others` is all that was found so far. In a text
    that reads like harm every such sentence is asked about; elsewhere one,
    and only where nothing else was found.
    """
    reader = shipped_second_reader()
    sentences = _sentences(reading, reader)
    if reads_like_harm:
        heavy = [one for one in sentences if one.weight >= reader.weights.speaks_from]
        return tuple(_asked(reading, reader, heavy, spoken, others))
    if others:
        return ()
    heavy = [one for one in sentences if one.weight >= reader.weights.speaks_alone_from]
    heavy.sort(key=lambda one: -one.weight)
    return tuple(_asked(reading, reader, heavy, spoken, others))[:1]


def _sentences(reading: Reading, reader: SecondReader) -> tuple[_Sentence, ...]:
    return tuple(_weighed(reading, reader))


def _weighed(reading: Reading, reader: SecondReader) -> Iterator[_Sentence]:
    welsh = reading.material.welsh
    for number, block in enumerate(reading.blocks):
        if block.kind in {"front", "quote", "code"} or number in welsh:
            continue
        text = reading.block_text(number)
        for start, end in reading.sentences(number):
            yield _Sentence(number, start, end, _weight(reader, text[start:end]))


@lru_cache(maxsize=10_000)
def _weight(reader: SecondReader, sentence: str) -> int:
    return reader.weigh(sentence)


def reads_well(reading: Reading, number: int, position: int, rules: int = 1) -> bool:
    """Tell whether the sentence that holds a position of a block reads like those that reviewers leave.

    The more `rules` agree on it, the better it must read.
    """
    start, end = reading.sentence_at(number, position)
    reader = shipped_second_reader()
    return _weight(reader, reading.block_text(number)[start:end]) <= reader.weights.excuses_to * rules


def reads_like_harm(reading: Reading, warnings: int) -> bool:
    """Tell whether the sentences weigh enough on average, with what rules warned of for each 60 words.

    One very good sentence (a helpline's number) does not excuse the others: none weighs less than `lightest`.
    """
    reader = shipped_second_reader()
    weights = reader.weights
    sentences = _sentences(reading, reader)
    if not sentences:
        return False
    letters = sum(one.end - one.start for one in sentences)
    mean = sum(max(one.weight, weights.lightest) for one in sentences) / len(sentences)
    return (
        mean + weights.for_a_warning * warnings / max(1, letters / LETTERS_A_WARNING) >= weights.harmful_from
    )


def _asked(
    reading: Reading,
    reader: SecondReader,
    sentences: Sequence[_Sentence],
    spoken: Sequence[Spot],
    others: Sequence[Finding],
) -> Iterator[Finding]:
    for one in sentences:
        near = [
            spot
            for spot in spoken
            if spot.block == one.block and spot.start < one.end and one.start < spot.end
        ]
        for start, end in _unspoken(reading.block_text(one.block), one, near):
            finding = _finding(reading, reader, Spot(one.block, start, end))
            if finding and not overlaps_any(finding, others):
                yield finding


def _unspoken(text: str, one: _Sentence, near: Sequence[Spot]) -> Iterator[tuple[int, int]]:
    """Give the stretches of clauses that no rule has touched."""
    bounds = [
        one.start,
        *(match.end() for match in _CLAUSE.finditer(text, one.start + 1, one.end)),
        one.end,
    ]
    opened = -1
    for start, end in pairwise(bounds):
        if start == end:
            continue
        if any(spot.start < end and start < spot.end for spot in near):
            if opened >= 0:
                yield opened, start
            opened = -1
        elif opened < 0:
            opened = start
    if opened >= 0:
        yield opened, one.end


def _finding(reading: Reading, reader: SecondReader, spot: Spot) -> Finding | None:
    """Give the question about a stretch that weighs something by itself and is no mention."""
    text = reading.block_text(spot.block)[spot.start : spot.end]
    stripped = text.strip(" ,;:-()\n")
    places = reader.places(stripped)
    start = spot.start + text.find(stripped)
    spot = Spot(spot.block, start, start + len(stripped))
    heaviest = sorted((place for place in places if place[2] > 0), key=lambda place: -place[2])[:WORDS_SHOWN]
    if len(places) < FEWEST_WORDS or _heaviest_stretch(places) < LEAST_STRETCH:
        return None
    rules_out = stripped.startswith(_RULED_OUT) and is_picture(reading, spot.block)
    if rules_out or why_mentioned(reading, spot.block, spot.start, spot.end):
        return None
    original = reading.blocks[spot.block].text[spot.start : spot.end]
    words = ", ".join(f"“{original[begun:ended]}”" for begun, ended, _ in sorted(heaviest))
    kind = reader.kind(stripped)
    about = reader.weights.kinds.get(kind, kind)
    saying = Saying(
        RULE,
        "ask",
        f"This reads like lines that reviewers marked for {about}. What weighed most: {words}.",
        "Read it as the young person would. Say who did the harm, and what helps; leave it if it is fair.",
        "coprod's own second reader, from made-up lines; advice only",
        CATEGORY,
    )
    return finding_at(reading, spot, saying)


def _heaviest_stretch(places: Sequence[tuple[int, int, float]]) -> float:
    """Give what the heaviest words in a row weigh together."""
    best = running = 0.0
    for _, _, weight in places:
        running = max(0.0, running) + weight
        best = max(best, running)
    return best


def overlaps_any(one: Finding, others: Sequence[Finding]) -> bool:
    """Tell whether a finding shares letters with another."""
    return any(_overlap(one, other) for other in others)


def _overlap(one: Finding, other: Finding) -> bool:
    if not other.text:
        return False
    return (one.line, one.column) < (other.end_line, other.end_column) and (other.line, other.column) < (
        one.end_line,
        one.end_column,
    )
