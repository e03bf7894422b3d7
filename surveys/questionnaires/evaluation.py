"""What an expression comes to, over the answers given so far."""

import math
from collections.abc import Callable, Mapping

from surveys.questionnaires.expressions import Amount, Call, Expression, Negative, Operation, Reference, Text
from surveys.questionnaires.patterns import matches_whole

Value = str | float | bool
Labels = Mapping[tuple[str, str], str]
NOT_A_NUMBER = math.nan
NO_LABELS: Labels = {}


def is_true(
    expression: Expression, answers: Mapping[str, str], answer: str = "", labels: Labels = NO_LABELS
) -> bool:
    """Tell whether an expression holds. `answers` are texts by question id, choices joined by blanks.

    A question that was skipped, declined or not shown is the empty text. `answer` stands for `.`.
    `labels` are the words of each choice by question id and choice id, for `jr:choice-name`.
    """
    return truth(evaluate(expression, answers, answer, labels))


def evaluate(
    expression: Expression, answers: Mapping[str, str], answer: str = "", labels: Labels = NO_LABELS
) -> Value:
    """Give the value of an expression, by the rules of XPath 1.0."""
    match expression:
        case Text(text=text):
            return text
        case Amount(number=number):
            return number
        case Reference(name=name):
            return answers.get(name, "") if name else answer
        case Negative(of=inner):
            return -number_of(evaluate(inner, answers, answer, labels))
        case Call(function="if", arguments=(test, then, otherwise)):
            branch = then if is_true(test, answers, answer, labels) else otherwise
            return evaluate(branch, answers, answer, labels)
        case Call(function="jr:choice-name", arguments=(choice, Reference(name=name))):
            return labels.get((name, text_of(evaluate(choice, answers, answer, labels))), "")
        case Call(function=function, arguments=arguments):
            return _FUNCTIONS[function](*(evaluate(part, answers, answer, labels) for part in arguments))
        case Operation():
            return _joined(expression, answers, answer, labels)


def _joined(operation: Operation, answers: Mapping[str, str], answer: str, labels: Labels) -> Value:
    left, right = operation.left, operation.right
    if operation.operator == "or":
        return is_true(left, answers, answer, labels) or is_true(right, answers, answer, labels)
    if operation.operator == "and":
        return is_true(left, answers, answer, labels) and is_true(right, answers, answer, labels)
    return _OPERATORS[operation.operator](
        evaluate(left, answers, answer, labels), evaluate(right, answers, answer, labels)
    )


def truth(value: Value) -> bool:
    """Give a value as true or false: a text is true when it is not empty, a number when it is not 0."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def number_of(value: Value) -> float:
    """Give a value as a number; a text that is not one is not-a-number."""
    if not isinstance(value, str):
        return float(value)
    text = value.strip()
    digits = text.removeprefix("-").replace(".", "", 1)
    return float(text) if digits.isascii() and digits.isdecimal() else NOT_A_NUMBER


def text_of(value: Value) -> str:
    """Give a value as text; whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() else repr(value)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number_of(left) == number_of(right)
    return left == right


def _divided(left: Value, right: Value) -> float:
    above, below = number_of(left), number_of(right)
    if below != 0:
        return above / below
    if above == 0 or math.isnan(above):
        return NOT_A_NUMBER
    return math.copysign(math.inf, above) * math.copysign(1.0, below)


def _remainder(left: Value, right: Value) -> float:
    above, below = number_of(left), number_of(right)
    return NOT_A_NUMBER if below == 0 or math.isinf(above) else math.fmod(above, below)


def _whole(value: Value) -> float:
    number = number_of(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _selected_at(value: Value, place: Value) -> str:
    chosen, index = text_of(value).split(), number_of(place)
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


_OPERATORS: Mapping[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: number_of(left) < number_of(right),
    "<=": lambda left, right: number_of(left) <= number_of(right),
    ">": lambda left, right: number_of(left) > number_of(right),
    ">=": lambda left, right: number_of(left) >= number_of(right),
    "+": lambda left, right: number_of(left) + number_of(right),
    "-": lambda left, right: number_of(left) - number_of(right),
    "*": lambda left, right: number_of(left) * number_of(right),
    "div": _divided,
    "mod": _remainder,
}
_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "coalesce": lambda first, second: first if text_of(first) else second,
    "concat": lambda *parts: "".join(map(text_of, parts)),
    "count-selected": lambda value: float(len(text_of(value).split())),
    "false": lambda: False,
    "int": _whole,
    "not": lambda value: not truth(value),
    "number": number_of,
    "regex": lambda value, pattern: matches_whole(text_of(value), text_of(pattern)),
    "selected": lambda value, choice: text_of(choice) in text_of(value).split(),
    "selected-at": _selected_at,
    "string-length": lambda value: float(len(text_of(value))),
    "true": lambda: True,
}
