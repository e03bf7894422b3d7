"""What numbers a form lets somebody give."""

import re

from msgspec import Struct

from surveys.questionnaires.expressions import Amount, Expression, Negative, Operation, Reference
from surveys.xlsform.bands import Limits


class Bounds(Struct, frozen=True):
    """The lowest and the highest whole number, both included.

    `more` is set where the constraint says more than that; `labels` names the list that words the ticks.
    """

    low: int
    high: int
    more: bool = False
    labels: str = ""


def range_of(parameters: str) -> Bounds | None:
    """Give the bounds of a `range` from its parameters; None unless they are whole numbers.

    Only a range in steps of 1 can be asked as it is; `more` is set for any other.
    """
    said = dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", parameters))
    ends = [said.get("start", "1"), said.get("end", "10")]
    if any(re.fullmatch(r"-?\d{1,9}(\.0+)?", end) is None for end in ends):
        return None
    low, high = sorted(int(float(end)) for end in ends)
    in_ones = re.fullmatch(r"1(\.0+)?", said.get("step", "1")) is not None
    return Bounds(low, high, more=not in_ones, labels=said.get("tick_labelset", ""))


def bounds_of(constraint: Expression | None) -> Bounds | None:
    """Give the bounds that a constraint sets on whole numbers, such as `. >= 0 and . <= 10`; None without both."""
    parts, found = _said(constraint)
    limits = limits_of(constraint)
    if limits.low is None or limits.high is None:
        return None
    return Bounds(limits.low, limits.high, more=len(found) < len(parts))


def limits_of(constraint: Expression | None) -> Limits:
    """Give the limits that a constraint sets on whole numbers, or one of them, or none."""
    _, found = _said(constraint)
    lows = [limit for side, limit in found if side == "low"]
    highs = [limit for side, limit in found if side == "high"]
    return Limits(max(lows, default=None), min(highs, default=None))


def _said(constraint: Expression | None) -> tuple[list[Expression], list[tuple[str, int]]]:
    """Give the parts of a constraint that must all hold, and the limits that some of them set."""
    parts = _parts(constraint) if constraint is not None else []
    return parts, [limit for part in parts if (limit := _limit(part)) is not None]


def _parts(tree: Expression) -> list[Expression]:
    if isinstance(tree, Operation) and tree.operator == "and":
        return [*_parts(tree.left), *_parts(tree.right)]
    return [tree]


def _amount(tree: Expression) -> float | None:
    match tree:
        case Amount(number=number):
            return number
        case Negative(of=Amount(number=number)):
            return -number
        case _:
            return None


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _limit(tree: Expression) -> tuple[str, int] | None:
    match tree:
        case Operation(operator=sign, left=Reference(name=""), right=other):
            pass
        case Operation(operator=turned, left=other, right=Reference(name="")):
            sign = _TURNED.get(turned, turned)
        case _:
            return None
    number = _amount(other)
    if number is None or not number.is_integer():
        return None
    limits = {">=": ("low", 0), ">": ("low", 1), "<=": ("high", 0), "<": ("high", -1)}
    side = limits.get(sign)
    return (side[0], int(number) + side[1]) if side else None
