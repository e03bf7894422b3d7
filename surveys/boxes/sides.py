"""Sides: answers that open with one person's key, or only with two people's together.

Somebody who opens alone is one public key, `age1…`. Two people who open together are two, joined by
a plus: `age1…+age1…`. Their answers are an age file in an age file: the first keys of all pairs open
the inner one, the second keys the outer one.
"""

from collections.abc import Sequence

from msgspec import Struct

from coprod.kernel.problem import BadInputError

TOGETHER = "+"
FEWEST_KEYS = 2
MOST_KEYS = 5
HALF_A_KEY = (
    "this key opens only together with another person's",
    "sit down together and add the other key: --key FILE --with FILE",
)
_ALONE_AND_TOGETHER = (
    "some key holders open alone and others only together, so the second key of a pair would protect nothing: "
    "let everybody open alone, or everybody in pairs"
)
_ON_BOTH_SIDES = (
    "one key is the first of a pair and the second of another, so its holder could open alone: "
    "keep each person on one side"
)
_ONE_ON_A_SIDE = (
    "if one key is lost, nobody opens the answers: two people open together here, and each of the two sides needs "
    "a second key (a spare, locked away, is enough)"
)


class Sides(Struct, frozen=True):
    """Public keys of which one opens: of `first`, and where there is a second side, of `second` too."""

    first: tuple[str, ...]
    second: tuple[str, ...] = ()


def halves(public_key: str) -> tuple[str, ...]:
    """Give the one key of somebody who opens alone, or the two of a pair."""
    return tuple(public_key.split(TOGETHER, 1))


def is_pair(public_key: str) -> bool:
    """Tell whether two people open together with this key."""
    return TOGETHER in public_key


def sides_of(public_keys: Sequence[str]) -> Sides:
    """Give the sides that some key holders make, each key once.

    Raises BadInputError where they would let one person of a pair open alone.
    """
    pairs = [halves(key) for key in public_keys]
    if len({len(pair) for pair in pairs}) > 1:
        raise BadInputError.of("key holders", _ALONE_AND_TOGETHER, "take one out with `coprod keys remove`")
    first = tuple(sorted({pair[0] for pair in pairs}))
    second = tuple(sorted({pair[1] for pair in pairs if len(pair) > 1}))
    if set(first) & set(second):
        raise BadInputError.of("key holders", _ON_BOTH_SIDES, "take one out with `coprod keys remove`")
    return Sides(first, second)


def too_few_keys(public_keys: Sequence[str]) -> str:
    """Give why the loss of one key would lose all answers, or nothing when it would not."""
    sides = sides_of(public_keys)
    if sides.second:
        return _ONE_ON_A_SIDE if min(len(sides.first), len(sides.second)) < FEWEST_KEYS else ""
    if len(sides.first) < FEWEST_KEYS:
        return (
            "at least 2 people must be able to open answers: each makes a key with `coprod keys new`, "
            "and `coprod keys add` names it here"
        )
    return ""
