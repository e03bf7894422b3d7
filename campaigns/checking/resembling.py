"""The second reader speaks: sentences that read like lines reviewers marked, where no rule has spoken.

Rules know phrases and who does what; nobody can write down every way to say a harmful thing. So sentences are weighed
by a table learnt from made-up lines (`secondreader.py`). It only ever asks, says which kind of line it is reminded
of and why that harms, names the words that weighed most, and asks of a good text one question at the most.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, pairwise
from typing import Literal

from msgspec import Struct

from campaigns.checking.context import why_mentioned
from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.leaning import MOST_CARE, leaning
from campaigns.checking.reading import Reading, is_picture
from campaigns.checking.secondreader import Limits, shipped_second_reader
from campaigns.checking.stored import made_once
from coprod.kernel.yamlfile import load_yaml_text

RULE = "reads-like-marked"
CATEGORY = "structure"
SOURCE = "coprod's own second reader, learnt from made-up lines; advice only"
LETTERS_A_WARNING = 360
FEWEST_WORDS = 3
DOUBT = 60
WORDS_SHOWN = 3
_CLAUSE = re.compile(r"[,;:()\n]+|\s-\s|(?=\b(?:and|but|because|so that)\b)")
_RULED_OUT = ("no ", "never ", "nobody ", "avoid ", "do not ", "don't ")


class KindOfLine(Struct, frozen=True, forbid_unknown_fields=True):
    """What lines of one kind do, why that harms, and what to write."""

    does: str
    why: str
    instead: str


class KindsOfLines(Struct, frozen=True, forbid_unknown_fields=True):
    """What the second reader says of each kind."""

    format: Literal[1]
    kinds: dict[str, KindOfLine]


class SecondReaderExplained(Struct, frozen=True):
    """How the second reader works, and what it says of each kind of line."""

    how: str
    source: str
    kinds: dict[str, KindOfLine]


def second_reader_explained() -> SecondReaderExplained:
    """Give what a person may want to know of it."""
    how = (
        f"learnt from {shipped_second_reader().weights.trained}. It asks where no rule has spoken: of every such "
        "sentence in a text that reads like harm, of one at the most in any other. It can be wrong, and never blocks"
    )
    return SecondReaderExplained(how, SOURCE, shipped_kinds_of_lines())


@cache
def shipped_kinds_of_lines() -> dict[str, KindOfLine]:
    """Give what comes with coprod."""
    return made_once("kinds-of-lines", dict[str, KindOfLine], _read_kinds)


def _read_kinds() -> dict[str, KindOfLine]:
    text = resources.files("campaigns.checking").joinpath("resembling.yaml").read_text("utf-8")
    return load_yaml_text(text, "resembling.yaml", KindsOfLines).value.kinds


def limits() -> Limits:
    """Give from what weight on the second reader speaks."""
    return shipped_second_reader().weights.limits


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
    that reads like harm every such sentence is asked about; elsewhere one, and only where nothing else was found.
    """
    least = limits().speaks_from if reads_like_harm else limits().speaks_alone_from
    heavy = [one for one in _weighed(reading).sentences if one.weight >= least]
    if reads_like_harm:
        return tuple(_asked(reading, heavy, spoken, others))
    if others:
        return ()
    heavy.sort(key=lambda one: -one.weight)
    return tuple(islice(_asked(reading, heavy, spoken, others), 1))


class _Weighed(Struct, frozen=True):
    """The sentences of a text with their weights; what they weigh on average, and how many letters they have."""

    sentences: tuple[_Sentence, ...]
    mean: float
    letters: int


@lru_cache(maxsize=4)
def _weighed(reading: Reading) -> _Weighed:
    """Weigh all sentences of a text. None counts as less than `lightest` on average: one very good sentence (a
    helpline's number) does not excuse the others.
    """
    sentences, lightest = tuple(_sentences(reading)), limits().lightest
    total = sum(max(one.weight, lightest) for one in sentences)
    letters = sum(one.end - one.start for one in sentences)
    return _Weighed(sentences, total / max(1, len(sentences)), letters)


def _sentences(reading: Reading) -> Iterator[_Sentence]:
    welsh = reading.material.welsh
    for number, block in enumerate(reading.blocks):
        if block.kind in {"front", "quote", "code"} or number in welsh:
            continue
        text = reading.block_text(number)
        for start, end in reading.sentences(number):
            yield _Sentence(number, start, end, _judged(text[start:end])[0])


@lru_cache(maxsize=10_000)
def _judged(sentence: str) -> tuple[int, str]:
    return shipped_second_reader().weigh(sentence)


def reads_well(reading: Reading, number: int, position: int, rules: int = 1) -> bool:
    """Tell whether the sentence that holds a position of a block reads like those that reviewers leave.

    The more `rules` agree on it, the better it must read.
    """
    start, end = reading.sentence_at(number, position)
    return _judged(reading.block_text(number)[start:end])[0] <= limits().excuses_to * rules


def reads_like_harm(reading: Reading, warnings: int) -> bool:
    """Tell whether the sentences weigh enough on average, with what the whole leans to and rules warned of in each 60 words."""
    return _weighs(reading, warnings, limits().harmful_from)


def may_read_like_harm(reading: Reading, warnings: int) -> bool:
    """Tell whether a text lacks little to read like harm."""
    return _weighs(reading, warnings, limits().harmful_from - DOUBT)


def _weighs(reading: Reading, warnings: int, least: int) -> bool:
    """Tell whether a text weighs as much as that. What it leans to is asked for only where it can matter."""
    weighed = _weighed(reading)
    if not weighed.sentences:
        return False
    warned = limits().for_a_warning * warnings / max(1, weighed.letters / LETTERS_A_WARNING)
    alone = weighed.mean + warned
    if not least <= alone < least - MOST_CARE:
        return alone >= least
    return alone + _leaning(reading) >= least


@lru_cache(maxsize=4)
def _leaning(reading: Reading) -> int:
    return leaning(reading.body_text)


def _asked(
    reading: Reading, sentences: Sequence[_Sentence], spoken: Sequence[Spot], others: Sequence[Finding]
) -> Iterator[Finding]:
    taken = Taken(others)
    for one in sentences:
        near = [
            spot
            for spot in spoken
            if spot.block == one.block and spot.start < one.end and one.start < spot.end
        ]
        for start, end in _unspoken(reading.block_text(one.block), one, near):
            finding = _finding(reading, Spot(one.block, start, end))
            if finding and not taken.overlap(finding):
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


def _finding(reading: Reading, spot: Spot) -> Finding | None:
    """Give the question about a stretch that weighs enough by itself and is no mention."""
    text = reading.block_text(spot.block)[spot.start : spot.end]
    weight, kind = _judged(text)
    if weight < limits().speaks_from:
        return None
    stripped = text.strip(" ,;:-()\n")
    start = spot.start + text.find(stripped)
    spot = Spot(spot.block, start, start + len(stripped))
    if len(stripped.split()) < FEWEST_WORDS:
        return None
    rules_out = stripped.startswith(_RULED_OUT) and is_picture(reading, spot.block)
    if rules_out or why_mentioned(reading, spot.block, spot.start, spot.end):
        return None
    words = _heaviest_words(reading, spot, stripped, kind)
    return finding_at(reading, spot, _saying(kind, words)) if words else None


def _heaviest_words(reading: Reading, spot: Spot, folded: str, kind: str) -> str:
    """Give the words that weigh most for a kind, as they stand in the text, or "" where none speaks for it."""
    original = reading.blocks[spot.block].text[spot.start : spot.end]
    places = shipped_second_reader().places(folded, kind)
    heaviest = sorted((place for place in places if place[2] > 0), key=lambda place: -place[2])[:WORDS_SHOWN]
    return ", ".join(f"“{original[begun:ended]}”" for begun, ended, _ in sorted(heaviest))


def _saying(kind: str, words: str) -> Saying:
    line = shipped_kinds_of_lines()[kind]
    message = f"This reads like lines that {line.does}. {line.why} What weighed most: {words}."
    instead = f"{line.instead} Leave it if it is fair: this is a guess from similar lines."
    return Saying(RULE, "ask", message, instead, SOURCE, CATEGORY)


class Taken:
    """The words of a file that some findings are about."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._places = [_place(one) for one in findings if one.text]

    def overlap(self, finding: Finding) -> bool:
        """Tell whether another finding shares letters with them."""
        begun, ended = _place(finding)
        for first, last in self._places:  # noqa: SIM110  `any` with a generator takes three times as long, for every pair of findings
            if begun < last and first < ended:
                return True
        return False


def _place(finding: Finding) -> tuple[tuple[int, int], tuple[int, int]]:
    return (finding.line, finding.column), (finding.end_line, finding.end_column)
