"""Answers made of two parts: which choice and what was said of it. Their ids join both with a dot, which no name holds."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import Literal

End = Literal["most", "least"]
Mark = Literal["keep", "lose", "confusing"]
ENDS: tuple[End, ...] = ("most", "least")
MARKS: tuple[Mark, ...] = ("keep", "lose", "confusing")


def end_id(end: End, choice: str) -> str:
    """Give what is recorded for a best or a worst choice: `most.time`."""
    return f"{end}.{choice}"


def over_id(chosen: str, other: str) -> str:
    """Give what is recorded for one choice of a pair: `time.over.door`."""
    return f"{chosen}.over.{other}"


def mark_id(word: int, mark: Mark) -> str:
    """Give what is recorded for one marked word, counted from 1: `3.lose`."""
    return f"{word}.{mark}"


def composed_ids(kind: str, names: Sequence[str], passage: str = "") -> tuple[str, ...]:
    """Give every id an answer of a composed kind may hold; nothing for other kinds."""
    match kind:
        case "best-worst":
            return tuple(end_id(end, name) for end in ENDS for name in names)
        case "paired":
            return tuple(over_id(chosen, other) for chosen, other in permutations(names, 2))
        case "highlighter":
            count = len(words_of(passage))
            return tuple(mark_id(word, mark) for word in range(1, count + 1) for mark in MARKS)
        case _:
            return ()


def words_of(passage: str) -> tuple[str, ...]:
    """Give the words of a passage as they stand between blanks."""
    return tuple(passage.split())


def pairs_of(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Give every two of the names once, so ordered that neighbours share as little as possible."""
    pairs = list(combinations(names, 2))
    ordered: list[tuple[str, str]] = []
    while pairs:
        last = set(ordered[-1]) if ordered else set()
        pair = min(pairs, key=lambda one: len(last.intersection(one)))
        pairs.remove(pair)
        ordered.append(pair)
    return tuple(ordered)


def chosen_end(choices: Sequence[str], end: End) -> str:
    """Give which choice was put at an end, or nothing."""
    return next((one.partition(".")[2] for one in choices if one.partition(".")[0] == end), "")


def marks_in(choices: Sequence[str]) -> Iterator[tuple[int, Mark]]:
    """Give each marked word, counted from 1, with its mark."""
    for one in choices:
        word, _, said = one.partition(".")
        yield from ((int(word), mark) for mark in MARKS if mark == said)
