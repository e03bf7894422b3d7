"""How much a whole text leans to harm or to care by what it names, beside what its sentences weigh one by one.

A text that names who harms, ways to help and boys beside girls is seldom a harmful one, whatever words it must use; one
of girls, clothes and choices seldom a good one. `python -m benchmarks.leaning` learns what each group of words adds.
"""

from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from campaigns.checking.omissions import named_in
from coprod.kernel.shapes import from_json

WORDS_A_PIECE = 80
MOST_CARE = -400
NEUTRAL = -115
FEW_WORDS = 50


class Leanings(Struct, frozen=True, forbid_unknown_fields=True):
    """What each group or picture adds to the weight of a text, in hundredths for each time it is counted."""

    format: Literal[1]
    trained: str
    start: int
    rows: dict[str, int]


@cache
def shipped_leanings() -> Leanings:
    """Give the weights that come with coprod."""
    raw = resources.files("campaigns.checking").joinpath("leaning.json").read_bytes()
    return from_json(raw, Leanings)


def leaning(text: str) -> int:
    """Give how much a folded text leans to care, in hundredths from `MOST_CARE` to 0.

    A long text is judged in pieces as long as those that were learnt from: in a book there is a word of every group.
    The fewer words there are, the more a text counts as neutral: a line has no room to name who helps.
    """
    words = text.split()
    pieces = max(1, round(len(words) / WORDS_A_PIECE))
    bounds = [len(words) * piece // pieces for piece in range(pieces + 1)]
    summed = sum(_of_piece(" ".join(words[start:end])) for start, end in pairwise(bounds))
    missing = max(0, FEW_WORDS - len(words))
    return min(0, max(MOST_CARE, summed // pieces + NEUTRAL * missing // FEW_WORDS))


def _of_piece(text: str) -> int:
    known = shipped_leanings()
    rows = known.rows
    return known.start + sum(rows.get(name, 0) * amount for name, amount in named_in(text).items())
