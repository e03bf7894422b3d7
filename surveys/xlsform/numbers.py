"""What numbers a form lets somebody give."""

import re

from msgspec import Struct

from surveys.questionnaires.expressions import Amount, Expression, Operation, Reference


class Bounds(Struct, frozen=True):
    """The lowest and the highest whole number, both included.

    `more` is set where the constraint says more than that; `labels` names the list that words the ticks.
    """

    low: int
    high: int
    more: bool = False
    labels: str = ""


def range_of(parameters: str) -> Bounds | None:
    """Give the bounds of a `range` from its parameters; None unless it goes in steps of 1 between whole numbers."""
    said = dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", parameters))
    steps = [said.get("start", "1"), said.get("end", "10"), said.get("step", "1")]
    if any(re.fullmatch(r"-?\d{1,9}(\.0+)?", step) is None for step in steps):
        return None
    low, high, step = (int(float(step)) for step in steps)
    return Bounds(low, high, labels=said.get("tick_labelset", "")) if step == 1 else None


def bounds_of(constraint: Expression | None) -> Bounds | None:
    """Give the bounds that a constraint sets on whole numbers, such as `. >= 0 and . <= 10`; None without both."""
    parts = _parts(constraint) if constraint is not None else []
    found = [limit for part in parts if (limit := _limit(part)) is not None]
    lows = [limit for side, limit in found if side == "low"]
    highs = [limit for side, limit in found if side == "high"]
    if not lows or not highs:
        return None
    return Bounds(max(lows), min(highs), more=len(found) < len(parts))


def _parts(tree: Expression) -> list[Expression]:
    if isinstance(tree, Operation) and tree.operator == "and":
        return [*_parts(tree.left), *_parts(tree.right)]
    return [tree]


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _limit(tree: Expression) -> tuple[str, int] | None:
    match tree:
        case Operation(operator=sign, left=Reference(name=""), right=Amount(number=number)):
            pass
        case Operation(operator=turned, left=Amount(number=number), right=Reference(name="")):
            sign = _TURNED.get(turned, turned)
        case _:
            return None
    if not number.is_integer():
        return None
    limits = {">=": ("low", 0), ">": ("low", 1), "<=": ("high", 0), "<": ("high", -1)}
    side = limits.get(sign)
    return (side[0], int(number) + side[1]) if side else None
