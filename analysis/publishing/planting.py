"""Recall, measured: made-up identifiers are hidden in a copy of the answers, and it is counted how many redaction finds.

What is planted is in `planting.yaml`; the same seed plants the same. Names that run through a column help redaction find
them, so no value is planted twice until all of its kind have been.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from analysis.publishing.redaction import redact
from coprod.kernel.unshown import Unshown
from coprod.kernel.yamlfile import load_yaml_text

SEED = 20261122
FIGURES = "0123456789"
FEWEST = 20
TITLES = ("mr", "mrs", "miss", "ms", "dr", "pc", "sgt")
LIMITS = (
    "Planted in a copy; the answers are as they were. The same hand wrote the rules and what was planted, so of real "
    "identifiers expect fewer, and of stories that only one person could tell, none."
)


class PlantKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of identifier, made-up ones (`#` is any figure), and sentences with `{}` where one goes."""

    kind: str
    values: tuple[str, ...]
    sentences: tuple[str, ...]


class PlantFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What `planting.yaml` holds."""

    format: Literal[1]
    kinds: tuple[PlantKind, ...]


class Planted(Unshown, frozen=True):
    """A text with an identifier hidden in it, from `start` to `end` (code points, end exclusive)."""

    text: str
    kind: str
    start: int
    end: int
    small: bool


class Recall(Struct, frozen=True):
    """How many of a kind were planted, how many were taken out whole, and of how many of either all was in small letters."""

    kind: str
    planted: int
    found: int
    planted_small: int
    found_small: int


def measure(texts: Sequence[str], number: int, seed: int = SEED) -> tuple[Recall, ...]:
    """Give for each kind how many of `number` planted identifiers redaction takes out of a copy of the texts."""
    rounds = _rounds(plants(number, seed), [text for text in texts if text.strip()] or [""], seed)
    tallies: Counter[tuple[str, bool, bool]] = Counter()
    for planted in rounds:
        for one, redacted in zip(planted, redact([one.text for one in planted]), strict=True):
            covered = {place for part in redacted.removed for place in range(part.start, part.end)}
            tallies[one.kind, one.small, _whole(one, covered)] += 1
    kinds = dict.fromkeys(one.kind for one in plant_kinds())
    return tuple(_recall(kind, tallies) for kind in kinds if any(key[0] == kind for key in tallies))


def plants(number: int, seed: int = SEED) -> tuple[Planted, ...]:
    """Give so many sentences with an identifier each, kind after kind, half of them all in small letters."""
    chance = random.Random(seed)  # noqa: S311  made-up identifiers
    kinds = plant_kinds()
    values = [_in_turn(one.values, chance) for one in kinds]
    return tuple(
        _plant(kinds[place % len(kinds)], next(values[place % len(kinds)]), chance) for place in range(number)
    )


@cache
def plant_kinds() -> tuple[PlantKind, ...]:
    """Give the kinds that come with coprod."""
    text = resources.files("analysis.publishing").joinpath("planting.yaml").read_text("utf-8")
    return load_yaml_text(text, "planting.yaml", PlantFile).value.kinds


def _in_turn(values: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Give every value in an order of its own, then again."""
    while True:
        yield from chance.sample(values, len(values))


def _plant(kind: PlantKind, value: str, chance: random.Random) -> Planted:
    filled = "".join(chance.choice(FIGURES) if sign == "#" else sign for sign in value)
    before, after = chance.choice(kind.sentences).split("{}")
    small = chance.random() < 1 / 2
    if small:
        before, filled, after = before.lower(), filled.lower(), after.lower()
    return Planted(before + filled + after, kind.kind, len(before), len(before) + len(filled), small)


def _rounds(found: Sequence[Planted], texts: Sequence[str], seed: int) -> Iterator[list[Planted]]:
    """Give copies of the texts, each text with one plant behind it, until all are planted."""
    hosts = random.Random(seed).sample(texts, len(texts))  # noqa: S311  which texts is no secret
    for start in range(0, len(found), len(hosts)):
        yield [
            _behind(host, one) for host, one in zip(hosts, found[start : start + len(hosts)], strict=False)
        ]


def _behind(host: str, one: Planted) -> Planted:
    head = f"{host.rstrip()} " if host.strip() else ""
    moved = len(head)
    return Planted(head + one.text, one.kind, one.start + moved, one.end + moved, one.small)


def _whole(one: Planted, covered: set[int]) -> bool:
    """Tell whether every letter and figure of the identifier was taken out; a title before a name may stay."""
    said = one.text[one.start : one.end]
    kept = (
        len(said.split(" ", 1)[0]) + 1 if one.kind == "name" and said.split(" ")[0].lower() in TITLES else 0
    )
    return all(
        place in covered or not one.text[place].isalnum() for place in range(one.start + kept, one.end)
    )


def _recall(kind: str, tallies: Counter[tuple[str, bool, bool]]) -> Recall:
    counts = [
        sum(count for key, count in tallies.items() if key[0] == kind and key[1] in small and key[2] in found)
        for small in ((True, False), (True,))
        for found in ((True, False), (True,))
    ]
    return Recall(kind, *counts)
