"""XLSForm expressions: text to a frozen tree, with the place of every mistake.

Source: the XLSForm specification (xlsform.org) and XPath 1.0, sections 3.3 to 3.5 and 4.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from surveys.questionnaires.patterns import pattern_mistake

LONGEST = 1_000
DEEPEST = 40
MOST_OPERATORS = 100


class Text(Struct, frozen=True):
    """A text in quotes; `at` is where it starts, from 0."""

    text: str
    at: int


class Amount(Struct, frozen=True):
    """A number."""

    number: float
    at: int


class Reference(Struct, frozen=True):
    """`${name}`: the answer to an earlier question. An empty name is `.`, the answer being given."""

    name: str
    at: int


class Call(Struct, frozen=True):
    """A function with its arguments."""

    function: str
    arguments: "tuple[Expression, ...]"
    at: int


class Operation(Struct, frozen=True):
    """Two sides with an operator between."""

    operator: str
    left: "Expression"
    right: "Expression"
    at: int


class Negative(Struct, frozen=True):
    """Minus something."""

    of: "Expression"
    at: int


Expression = Text | Amount | Reference | Call | Operation | Negative

# The fewest and the most arguments of each function.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "coalesce": (2, 2),
    "concat": (1, 20),
    "count-selected": (1, 1),
    "false": (0, 0),
    "if": (3, 3),
    "int": (1, 1),
    "jr:choice-name": (2, 2),
    "not": (1, 1),
    "number": (1, 1),
    "regex": (2, 2),
    "selected": (2, 2),
    "selected-at": (2, 2),
    "string-length": (1, 1),
    "true": (0, 0),
}
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<reference>\$\{\s*(?P<name>[^}\s]*)\s*\})
    |(?P<number>\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<word>[A-Za-z][A-Za-z0-9:_-]*)
    |(?P<symbol>!=|<=|>=|[-+*=<>(),.])
    )""",
    re.VERBOSE,
)

_QUOTED_REFERENCE = re.compile(r"\s*\$\{\s*([^}\s]+)\s*\}\s*")


class ExpressionMistake(Exception):  # noqa: N818  it is the author's mistake, not an error of ours
    """An expression cannot be read: what is wrong `at` (from 0), and how to mend it."""

    def __init__(self, what: str, mend: str, at: int) -> None:
        super().__init__(what)
        self.what, self.mend, self.at = what, mend, at


class _Token(Struct, frozen=True):
    sort: str
    text: str
    at: int


def parse_expression(text: str) -> Expression:
    """Give the tree of an expression. Raises ExpressionMistake at the first thing it cannot read."""
    if len(text) > LONGEST:
        raise ExpressionMistake(f"this expression has over {LONGEST} characters", "split it up", 0)
    return _Parser(_tokens(text)).whole()


def references_in(expression: Expression) -> Iterator[Reference]:
    """Give every `${name}` and `.` in an expression, from left to right."""
    match expression:
        case Reference():
            yield expression
        case Call(arguments=parts):
            for part in parts:
                yield from references_in(part)
        case Operation(left=left, right=right):
            yield from references_in(left)
            yield from references_in(right)
        case Negative(of=inner):
            yield from references_in(inner)
        case Text() | Amount():
            return


def choices_in(expression: Expression) -> Iterator[tuple[Reference, Text]]:
    """Give each question with a choice it is compared with: `selected(${q}, 'a')`, `${q} = 'a'`."""
    match expression:
        case Call(function="selected", arguments=(Reference() as asked, Text() as choice)):
            yield asked, choice
        case Operation(operator="=" | "!=", left=Reference() as asked, right=Text() as choice):
            yield asked, choice
        case Operation(operator="=" | "!=", left=Text() as choice, right=Reference() as asked):
            yield asked, choice
        case Call(arguments=parts):
            for part in parts:
                yield from choices_in(part)
        case Operation(left=left, right=right):
            yield from choices_in(left)
            yield from choices_in(right)
        case Negative(of=inner):
            yield from choices_in(inner)
        case Text() | Amount() | Reference():
            return


def _tokens(text: str) -> tuple[_Token, ...]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionMistake(*_unreadable(text, start), start)
        sort = "reference" if match["reference"] else str(match.lastgroup)
        word = match["name"] if sort == "reference" else match[sort]
        tokens.append(_Token(sort, word, match.start(sort)))
        at = match.end()
    return (*tokens, _Token("end", "", end))


def _unreadable(text: str, at: int) -> tuple[str, str]:
    if text[at] in "'\"":
        return "this quote mark has no partner", f"close the text with {text[at]}"
    if text[at] == "$":
        return "a question's name is not finished here", "write ${name}"
    return f"`{text[at]}` means nothing here", "look up the XLSForm form of this expression"


class _Parser:
    """Reads tokens by precedence; each method gives a tree and moves on."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self.tokens = tokens
        self.next = 0
        self.depth = 0
        self.operators = 0

    def whole(self) -> Expression:
        tree = self._level(0)
        if (left := self._peek()).sort != "end":
            raise ExpressionMistake(
                f"`{left.text}` is not expected here", "put `and`, `or` or a sign between two parts", left.at
            )
        return tree

    def _peek(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        token = self.tokens[self.next]
        self.next += token.sort != "end"
        return token

    def _takes(self, symbol: str) -> bool:
        token = self._peek()
        taken = token.sort == "symbol" and token.text == symbol
        self.next += taken
        return taken

    def _level(self, level: int) -> Expression:
        if level == len(LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while self._peek().sort in {"word", "symbol"} and self._peek().text in LEVELS[level]:
            sign = self._take()
            self.operators += 1
            if self.operators > MOST_OPERATORS:
                what = f"this expression has over {MOST_OPERATORS} operators"
                raise ExpressionMistake(what, "split it over two questions", sign.at)
            left = Operation(sign.text, left, self._level(level + 1), sign.at)
        return left

    def _unary(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionMistake("this nests too deeply", "split it over two questions", self._peek().at)
        sign = self._peek()
        tree = Negative(self._unary(), sign.at) if self._takes("-") else self._primary()
        self.depth -= 1
        return tree

    def _primary(self) -> Expression:
        token = self._take()
        match token.sort, token.text:
            case "number", text:
                return Amount(float(text), token.at)
            case "text", text:
                return Text(text[1:-1], token.at)
            case "reference", name:
                return Reference(name, token.at)
            case "symbol", ".":
                return Reference("", token.at)
            case "symbol", "(":
                inner = self._level(0)
                self._close(token)
                return inner
            case "word", _:
                return self._call(token)
            case "end", _:
                raise ExpressionMistake("the expression ends too early", "finish it", token.at)
            case _:
                raise ExpressionMistake(f"`{token.text}` is not expected here", "put a value here", token.at)

    def _call(self, name: _Token) -> Expression:
        if not self._takes("("):
            mend = f"write ${{{name.text}}} for a question, '{name.text}' for a choice"
            raise ExpressionMistake(f"`{name.text}` stands alone here", mend, name.at)
        if name.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise ExpressionMistake(
                f"the function `{name.text}` is not known", f"known here: {known}", name.at
            )
        arguments: list[Expression] = []
        if not self._takes(")"):
            arguments.append(self._level(0))
            while self._takes(","):
                arguments.append(self._level(0))
            self._close(name)
        return _checked(Call(name.text, tuple(arguments), name.at))

    def _close(self, opened: _Token) -> None:
        if not self._takes(")"):
            raise ExpressionMistake("a bracket opened here is not closed", "add a `)`", opened.at)


def _checked(call: Call) -> Call:
    fewest, most = FUNCTIONS[call.function]
    if not fewest <= len(call.arguments) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        what = f"`{call.function}` has {len(call.arguments)} values in its brackets"
        raise ExpressionMistake(what, f"give it {wanted}", call.at)
    if call.function == "jr:choice-name":
        return _choice_name(call)
    if call.function == "regex":
        pattern = call.arguments[1]
        if not isinstance(pattern, Text):
            raise ExpressionMistake("the pattern of `regex` is not a text", "write it in quotes", call.at)
        if mend := pattern_mistake(pattern.text):
            raise ExpressionMistake("this pattern cannot be used", mend, pattern.at)
    return call


def _choice_name(call: Call) -> Call:
    """Give the call with its question as a reference: XLSForm writes it in quotes, `'${name}'`."""
    value, question = call.arguments
    named = _QUOTED_REFERENCE.fullmatch(question.text) if isinstance(question, Text) else None
    if named is None:
        mend = "write jr:choice-name(${name}, '${name}')"
        raise ExpressionMistake("`jr:choice-name` does not say whose choice it is", mend, call.at)
    return Call(call.function, (value, Reference(named[1], question.at + 1)), call.at)
