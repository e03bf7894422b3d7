"""Initials: whether a text says what they stand for."""

import re

from campaigns.checking.matching import Match
from campaigns.checking.reading import Reading

_ALSO_WORDS = {"mash", "lac", "mace"}


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
