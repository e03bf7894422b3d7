"""Skip logic in plain words, for paper: who answers a question, said by the numbers of the questions before it."""

from collections.abc import Mapping

from msgspec import Struct

from coprod.kernel.wording import Language, Wording
from surveys.questionnaires.expressions import Amount, Call, Expression, Operation, Reference, Text

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class ConditionWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of conditions. They hold {choice}, {number}, {amount}; amounts hold {count}."""

    ticked: Wording
    not_ticked: Wording
    answered: Wording
    not_answered: Wording
    count: Wording
    rated: Wording
    both: Wording
    either: Wording
    amounts: dict[str, Wording]


class Printed(Struct, frozen=True):
    """What stands on the paper: the number of each question, the words of each of its choices, and its language."""

    numbers: Mapping[str, int]
    labels: Mapping[tuple[str, str], str]
    words: ConditionWords
    language: Language


def condition_in_words(condition: Expression, printed: Printed, *, negated: bool = False) -> str | None:
    """Give a condition in words, None for one that cannot be said so (sums, patterns, parts of words)."""
    match condition:
        case Call(function="not", arguments=(inner,)):
            return condition_in_words(inner, printed, negated=not negated)
        case Operation(operator="and" | "or" as operator, left=left, right=right):
            return _joined(operator, left, right, printed, negated=negated)
        case Call(function="selected", arguments=(Reference(name=name), Text(text=choice))):
            return _ticked(name, choice, printed, negated=negated)
        case Operation(operator=operator, left=left, right=right) if operator in _OPPOSITE:
            return _compared(_OPPOSITE[operator] if negated else operator, left, right, printed)
        case _:
            return None


def _joined(
    operator: str, left: Expression, right: Expression, printed: Printed, *, negated: bool
) -> str | None:
    joins_all = (operator == "and") != negated
    sides: list[Expression] = []
    for side in (left, right):
        sides += _flat(side, operator)
    same = _one_question(sides, printed) if joins_all == negated else None
    if same is not None:
        name, choices = same
        return _ticked_words(name, choices, printed, negated=negated)
    said = [condition_in_words(side, printed, negated=negated) for side in sides]
    if not all(said):
        return None
    words = printed.words.both if joins_all else printed.words.either
    return f", {words.into(printed.language)} ".join(one for one in said if one)


def _flat(side: Expression, operator: str) -> list[Expression]:
    if isinstance(side, Operation) and side.operator == operator:
        return [*_flat(side.left, operator), *_flat(side.right, operator)]
    return [side]


def _one_question(sides: list[Expression], printed: Printed) -> tuple[str, list[str]] | None:
    """Give the question and its choices where all sides say `selected` of the same question."""
    found: list[tuple[str, str]] = []
    for side in sides:
        match side:
            case Call(function="selected", arguments=(Reference(name=name), Text(text=choice))):
                found.append((name, choice))
            case Operation(operator="=", left=Reference(name=name), right=Text(text=choice)):
                found.append((name, choice))
            case _:
                return None
    names = {name for name, _ in found}
    if len(names) != 1 or not all(one in printed.labels for one in found):
        return None
    return found[0][0], [choice for _, choice in found]


def _ticked(name: str, choice: str, printed: Printed, *, negated: bool) -> str | None:
    if (name, choice) not in printed.labels:
        return None
    return _ticked_words(name, [choice], printed, negated=negated)


def _ticked_words(name: str, choices: list[str], printed: Printed, *, negated: bool) -> str:
    words, language = printed.words, printed.language
    labels = [f"“{printed.labels[name, choice]}”" for choice in choices]
    said = f" {words.either.into(language)} ".join(labels)
    wording = words.not_ticked if negated else words.ticked
    return _number(wording, name, printed).replace("{choice}", said)


def _compared(operator: str, left: Expression, right: Expression, printed: Printed) -> str | None:
    words = printed.words
    match left, right:
        case (Reference(name=name), Text(text="")) if operator in {"=", "!="} and name in printed.numbers:
            return _number(words.not_answered if operator == "=" else words.answered, name, printed)
        case (Reference(name=name), Text(text=choice)) if operator in {"=", "!="}:
            return _ticked(name, choice, printed, negated=operator == "!=")
        case (Reference(name=name), Amount(number=count)) if name in printed.numbers:
            return _amount(words.rated, name, operator, count, printed)
        case (Call(function="count-selected", arguments=(Reference(name=name),)), Amount(number=count)):
            return _amount(words.count, name, operator, count, printed) if name in printed.numbers else None
        case (Text() | Amount(), Reference() | Call()):
            return _compared(_TURNED[operator], right, left, printed)
        case _:
            return None


def _amount(wording: Wording, name: str, operator: str, count: float, printed: Printed) -> str | None:
    if not count.is_integer():
        return None
    said = printed.words.amounts[operator].into(printed.language).replace("{count}", str(int(count)))
    return _number(wording, name, printed).replace("{amount}", said)


def _number(wording: Wording, name: str, printed: Printed) -> str:
    return wording.into(printed.language).replace("{number}", str(printed.numbers[name]))
