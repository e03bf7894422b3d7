"""Expressions back to text."""

from surveys.questionnaires.evaluation import text_of
from surveys.questionnaires.expressions import (
    LEVELS,
    Amount,
    Call,
    Expression,
    Negative,
    Operation,
    Reference,
    Text,
)


def expression_text(expression: Expression) -> str:
    """Give the text of an expression, with brackets only where they change its meaning."""
    match expression:
        case Text(text=text):
            return f'"{text}"' if "'" in text else f"'{text}'"
        case Amount(number=number):
            return text_of(number)
        case Reference(name=name):
            return f"${{{name}}}" if name else "."
        case Call(function="jr:choice-name", arguments=(value, question)):
            return f"jr:choice-name({expression_text(value)}, '{expression_text(question)}')"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(expression_text, arguments))})"
        case Negative(of=inner):
            return f"-{_side(inner, len(LEVELS))}"
        case Operation(operator=operator, left=left, right=right):
            level = _level(operator)
            return f"{_side(left, level)} {operator} {_side(right, level + 1)}"


def _side(expression: Expression, level: int) -> str:
    text = expression_text(expression)
    looser = isinstance(expression, Operation) and _level(expression.operator) < level
    return f"({text})" if looser else text


def _level(operator: str) -> int:
    return next(level for level, operators in enumerate(LEVELS) if operator in operators)
