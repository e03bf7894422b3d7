"""Initials: whether a text says what they stand for, and which stand there with nothing said about them."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.matching import Match
from campaigns.checking.reading import Reading
from campaigns.checking.stored import made_once
from coprod.kernel.yamlfile import load_yaml_text

RULE = "initials-unexplained"
_ALSO_WORDS = {"mash", "lac", "mace"}
_INITIALS = re.compile(
    r"(?<![\w&/.#@-])(?:[A-Z]{2,5}s?(?![\w&/@-]|\.\w)|[A-Z]{2}-(?:[A-Z]{1,3}\d?|\d)(?![\w-]))"
)
_TWO_CAPITALS = re.compile("[A-Z]{2}")
_RANK_OR_NAME = re.compile(r" [A-Z][a-z]")
_RANKS = frozenset({"PC", "DC", "DS", "DI", "DCI", "DSI", "WPC", "PS", "HHJ"})
_MOST_CAPITALS = 0.6
MANY = 4


class _KnownFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    household: str
    emphasised: str


@cache
def known_initials() -> frozenset[str]:
    """Give initials that most readers know, and words that are often set in capitals, in small letters."""
    return made_once("initials", frozenset[str], _read_known)


def _read_known() -> frozenset[str]:
    text = resources.files("campaigns.checking").joinpath("initials.yaml").read_text("utf-8")
    known = load_yaml_text(text, "initials.yaml", _KnownFile).value
    return frozenset((*known.household.split(), *known.emphasised.split()))


def initials_findings(reading: Reading, *, reads_like_harm: bool) -> Iterator[Finding]:
    """Give initials that nothing in the text explains, each where it first stands.

    In a good text that has only a few, the first stands for all.
    """
    spots = tuple(_unexplained(reading))
    for spot in spots if reads_like_harm or len(spots) >= MANY else spots[:1]:
        letters = reading.blocks[spot.block].text[spot.start : spot.end]
        saying = Saying(
            RULE,
            "ask",
            f"Nothing in the text says what {letters} stands for. Initials shut out whoever has not learned them.",
            "Write the words out the first time, with the initials in brackets if you need them again.",
            "coprod's own judgement, from plain-English practice; advice only",
            "structure",
        )
        yield finding_at(reading, spot, saying)


def _unexplained(reading: Reading) -> Iterator[Spot]:
    known, said = known_initials(), set[str]()
    for number in reading.body:
        block = reading.blocks[number]
        if block.kind in {"quote", "code"} or not _TWO_CAPITALS.search(block.text):
            continue
        for match in _INITIALS.finditer(block.text):
            letters = match.group().removesuffix("s").lower()
            is_rank = match.group() in _RANKS and _RANK_OR_NAME.match(block.text, match.end())
            if letters in known or letters in said or is_rank or _is_shouted(block.text):
                continue
            said.add(letters)
            if _places(reading, letters)[1] < 0:
                yield Spot(number, match.start(), match.end())


def _is_shouted(text: str) -> bool:
    words = text.split()
    return sum(word.isupper() for word in words) > _MOST_CAPITALS * len(words)


def needs_spelling_out(reading: Reading, match: Match) -> bool:
    """Tell whether initials stand here for the first time, in the body, with nothing said about them."""
    block = reading.blocks[match.block]
    letters = reading.block_text(match.block)[match.start : match.end]
    is_a_word = letters in _ALSO_WORDS and not block.text[match.start : match.end].isupper()
    if is_a_word or block.kind == "front":
        return False
    first, spelled = _places(reading, letters)
    position = reading.starts[match.block] + match.start - _body_start(reading)
    return first == position and not 0 <= spelled <= position + 1


def _places(reading: Reading, letters: str) -> tuple[int, int]:
    """Give where initials first stand in the body and where they are first spelled out, -1 for nowhere."""
    if letters not in reading.initials:
        own = re.escape(letters)
        body = reading.text[_body_start(reading) :]
        first = re.search(rf"(?<![a-z0-9]){own}(?![a-z0-9])", body)
        spelled = re.search(rf"[a-z]\s{{0,3}}\({own}s?\)|\b{own}s? (?:\(|stands? for|is short for)", body)
        reading.initials[letters] = (first.start() if first else -1, spelled.start() if spelled else -1)
    return reading.initials[letters]


def _body_start(reading: Reading) -> int:
    return reading.starts[reading.body[0]] if reading.body else 0
