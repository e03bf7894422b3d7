"""A form's expressions in coprod's names: questions, choices and calculations as they are called here."""

from collections.abc import Mapping
from functools import reduce

from msgspec import Struct, structs

from surveys.questionnaires.evaluation import text_of
from surveys.questionnaires.expressions import (
    Amount,
    Call,
    Expression,
    Negative,
    Operation,
    Reference,
    Text,
    references_in,
)
from surveys.questionnaires.questions import Name
from surveys.xlsform.bands import COMPARISONS, Banded, by_band

IN_GROUPS = "whose number is asked in groups that do not tell"
LARGEST = 400  # parts; the text of a longer expression could not be read back


class Asked(Struct, frozen=True):
    """A question that can be answered. `ids` are its pages: several where a choice filter made several.

    `choices` gives coprod's id of each choice by the form's name for it.
    """

    ids: tuple[Name, ...]
    choices: Mapping[str, str] = {}
    many: bool = False

    def renamed(self) -> bool:
        """Tell whether a choice has another name here."""
        return any(name != choice for name, choice in self.choices.items())


class Calculated(Struct, frozen=True):
    """A calculation, in coprod's names already: it is worked out wherever it is named."""

    tree: Expression


class Constant(Struct, frozen=True):
    """Something whose answer is always the same once it was shown."""

    text: str


class LeftOut(Struct, frozen=True):
    """Something whose answer cannot be used, and why: "which is left out"."""

    why: str


Named = Asked | Banded | Calculated | Constant | LeftOut
Scope = Mapping[str, Named]


class CannotTakeError(Exception):
    """An expression cannot be said in coprod; the text says why."""


def rewritten(tree: Expression, scope: Scope) -> Expression:
    """Give a tree in coprod's names; the very same tree where every name is the same.

    `scope` knows what each name of the form is; the empty name is `.`. Raises CannotTakeError.
    """
    match tree:
        case Text() | Amount():
            return tree
        case Reference():
            return _value(tree, scope)
        case Operation(operator=operator) if operator in COMPARISONS and (name := _banded_in(tree, scope)):
            return _of_band(tree, name, scope)
        case Negative(of=inner, at=at):
            return Negative(rewritten(inner, scope), at)
        case Operation(operator="=" | "!=", left=Reference() as asked, right=Text() | Amount() as other):
            return structs.replace(tree, left=_plain(asked, scope), right=_choice(asked, other, scope))
        case Operation(operator="=" | "!=", left=Text() | Amount() as other, right=Reference() as asked):
            return structs.replace(tree, left=_choice(asked, other, scope), right=_plain(asked, scope))
        case Operation(left=left, right=right):
            sides = (rewritten(side, scope) for side in (left, right))
            return structs.replace(tree, left=next(sides), right=next(sides))
        case Call():
            return _call(tree, scope)


def size(tree: Expression) -> int:
    """Give how many parts a tree has."""
    match tree:
        case Call(arguments=parts):
            return 1 + sum(map(size, parts))
        case Operation(left=left, right=right):
            return 1 + size(left) + size(right)
        case Negative(of=inner):
            return 1 + size(inner)
        case _:
            return 1


def both(first: Expression, second: Expression) -> Expression:
    """Give a test that holds when both hold."""
    return Operation("and", first, second, 0)


def either(tests: list[Expression]) -> Expression:
    """Give a test that holds when one of these holds; there is at least one."""
    return reduce(lambda first, second: Operation("or", first, second, 0), tests)


def _call(call: Call, scope: Scope) -> Expression:
    match call:
        case Call(function="selected", arguments=(Reference() as asked, Text() | Amount() as choice)):
            return structs.replace(call, arguments=(_plain(asked, scope), _choice(asked, choice, scope)))
        case Call(function="count-selected", arguments=(Reference() as asked,)):
            return structs.replace(call, arguments=(_plain(asked, scope),))
        case Call(function="jr:choice-name", arguments=(value, Reference() as question)):
            named = _one_question(question, scope)
            inner = _plain(value, scope) if isinstance(value, Reference) else value
            return structs.replace(call, arguments=(inner, Reference(named, question.at)))
        case _:
            parts = tuple(rewritten(part, scope) for part in call.arguments)
            return structs.replace(call, arguments=parts)


def _banded_in(tree: Expression, scope: Scope) -> str:
    """Give the first question in a tree that is asked in groups of numbers, or nothing."""
    names = (one.name for one in references_in(tree))
    return next((name for name in names if isinstance(scope.get(name), Banded)), "")


def _of_band(test: Expression, name: str, scope: Scope) -> Expression:
    """Give a comparison with a number that is asked in groups as one of its groups."""
    banded = scope[name]
    alone = {one.name for one in references_in(test)} == {name}
    told = by_band(test, name, banded) if alone and isinstance(banded, Banded) else None
    if told is None:
        raise CannotTakeError(f"it asks about `{name}`, {IN_GROUPS}")
    return told


def _known(reference: Reference, scope: Scope) -> Named:
    known = scope.get(reference.name)
    if known is None:
        raise CannotTakeError(f"it asks about `{reference.name or '.'}`, which has no answer before this")
    if isinstance(known, Banded):
        raise CannotTakeError(f"it asks about `{reference.name}`, {IN_GROUPS}")
    if isinstance(known, LeftOut):
        raise CannotTakeError(f"it asks about `{reference.name}`, {known.why}")
    return known


def _plain(reference: Reference, scope: Scope) -> Expression:
    """Give a reference as the answer itself, a choice under coprod's id."""
    known = _known(reference, scope)
    if not reference.name:
        return reference
    if isinstance(known, Constant):
        return Text(known.text, reference.at)
    if isinstance(known, Calculated):
        return known.tree
    assert isinstance(known, Asked)
    pages = [reference if one == reference.name else Reference(one, reference.at) for one in known.ids]
    return pages[0] if len(pages) == 1 else Call("concat", tuple(pages), reference.at)


def _value(reference: Reference, scope: Scope) -> Expression:
    """Give a reference where its text itself matters, such as in a sum: as the form's own name of the choice."""
    known = _known(reference, scope)
    answer = _plain(reference, scope)
    if not isinstance(known, Asked) or not known.renamed():
        return answer
    if known.many:
        raise CannotTakeError(
            f"it reckons with the choices of `{reference.name}`, which have other names here"
        )
    value: Expression = Text("", reference.at)
    for name, choice in tuple(known.choices.items())[::-1]:
        test = Operation("=", answer, Text(choice, reference.at), reference.at)
        value = Call("if", (test, Text(name, reference.at), value), reference.at)
    return value


def _choice(reference: Reference, other: Text | Amount, scope: Scope) -> Expression:
    """Give what an answer is compared with, as a choice of coprod where it is one."""
    known = _known(reference, scope)
    name = other.text if isinstance(other, Text) else text_of(other.number)
    choice = known.choices.get(name) if isinstance(known, Asked) else None
    return other if choice is None or choice == name else Text(choice, other.at)


def _one_question(reference: Reference, scope: Scope) -> str:
    known = _known(reference, scope)
    if isinstance(known, Asked) and len(known.ids) == 1:
        return known.ids[0]
    raise CannotTakeError(f"`{reference.name}` is not one question with choices")
