"""The lists of choices of a form, with coprod's id for each choice, and what a choice filter makes of them."""

import itertools
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from coprod.kernel.wording import Wording
from surveys.interviews.phrases import scale_of
from surveys.questionnaires.evaluation import is_true
from surveys.questionnaires.expressions import (
    Expression,
    Operation,
    Reference,
    Text,
    parse_expression,
    references_in,
)
from surveys.questionnaires.questions import Choice, Kind
from surveys.xlsform.names import id_from
from surveys.xlsform.outline import remark_columns
from surveys.xlsform.reading import typed_straight
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.rewriting import Asked, CannotTakeError, Scope, both, either
from surveys.xlsform.sheets import Form, Row, wording_in

MOST_CASES = 200
_WORDS = re.compile(r"""'[^']*'|"[^"]*"|\$\{[^}]*\}|[A-Za-z_][\w:.-]*(?=\s*\()|(?P<bare>[A-Za-z_][\w.-]*)""")
_OPERATORS = {"and", "or", "div", "mod"}
_SCALES: tuple[Kind, ...] = ("faces", "likert", "frequency")


class Option(Struct, frozen=True):
    """One choice of a list under the form's name."""

    row: Row
    name: str
    choice: Choice


Options = tuple[Option, ...]


def option_lists(form: Form, remarks: Remarks) -> dict[str, Options]:
    """Give the choices of each list in order; a choice without English words is refused."""
    lists: dict[str, list[Option]] = {}
    ids: dict[tuple[str, str], str] = {}
    for row in form.choices:
        listed, name = row.says("list name"), row.says("name")
        label = _label(form, row, name)
        if not listed or not name:
            continue
        remark_columns(row, remarks)
        if label is None:
            remarks.refuse(row, f"the choice `{name}` has no words in English")
            continue
        taken = {one.choice.id for one in lists.get(listed, [])}
        ids.setdefault((listed, name), id_from(name, label.en, taken, f"choice-{len(taken) + 1}"))
        alone = row.says("alone").lower() in {"yes", "true"}
        option = Option(row, name, Choice(ids[listed, name], label, alone))
        lists.setdefault(listed, []).append(option)
    return {listed: tuple(options) for listed, options in lists.items()}


def scale_kind(options: Options, kind: str, look: str) -> tuple[Kind | None, Mapping[str, str]]:
    """Give the scale of coprod that a list is, with the id of each choice; None where it is none.

    `kind` is what our own column says and `look` the appearance: a list with the look of a Likert scale
    whose four outer points have coprod's words is one, from either end.
    """
    labels = [" ".join(one.choice.label.en.split()).casefold() for one in options]
    for scale in _SCALES if kind in {"", *_SCALES} else ():
        points = scale_of(scale)
        words = [point.label.en.casefold() for point in points]
        for ordered in (labels, labels[::-1]):
            liked = scale == "likert" and "likert" in look.split()
            same = [mine == theirs for mine, theirs in zip(words, ordered, strict=False)]
            if len(ordered) == len(words) and (all(same) or (liked and sum(same) == 4 and not same[2])):
                ids = [point.id for point in points][:: 1 if ordered is labels else -1]
                return scale, {one.name: point for one, point in zip(options, ids, strict=True)}
    return None, {}


def filtered(options: Options, text: str, scope: Scope) -> Iterator[tuple[Options, Expression | None]]:
    """Give each set of choices that a choice filter leaves, with the test that it is asked under, in the form's names.

    The filter is worked out for every choice of the earlier questions it names, so that each set becomes a
    question of its own. Raises CannotTakeError, and ExpressionMistake for what cannot be read.
    """
    tests = [parse_expression(_for_option(text, option)) for option in options]
    named = list(dict.fromkeys(one.name for test in tests for one in references_in(test)))
    cases = list(itertools.product(*(_answers(name, scope) for name in named)))
    if len(cases) > MOST_CASES:
        raise CannotTakeError(f"its `choice_filter` makes over {MOST_CASES} questions")
    sets: dict[tuple[int, ...], list[Expression]] = {}
    for case in cases:
        answers = dict(zip(named, case, strict=True))
        left = tuple(place for place, test in enumerate(tests) if is_true(test, answers))
        sets.setdefault(left, []).append(_case(answers))
    for left, whens in sets.items():
        if left:
            yield tuple(options[place] for place in left), either(whens) if named and len(sets) > 1 else None


def _label(form: Form, row: Row, name: str) -> Wording | None:
    worded = any(header[0] == "label" for header in row.cells)
    return wording_in(form, row, "label") or (None if worded else Wording(name))


def _for_option(text: str, option: Option) -> str:
    """Give a filter with the columns of one choice put in for their names."""
    columns = {header[0]: cell for header, cell in option.row.cells.items() if len(header) == 1}

    def value(found: re.Match[str]) -> str:
        bare = found["bare"]
        if bare is None or bare in _OPERATORS:
            return found[0]
        cell = columns.get(bare, "")
        return f'"{cell}"' if "'" in cell else f"'{cell}'"

    return _WORDS.sub(value, typed_straight(text))


def _answers(name: str, scope: Scope) -> tuple[str, ...]:
    """Give the form's names of the choices that a question may be answered with."""
    asked = scope.get(name)
    if not isinstance(asked, Asked) or not asked.choices or asked.many:
        raise CannotTakeError(
            f"its `choice_filter` asks about `{name or '.'}`, which is not answered with one choice"
        )
    return tuple(asked.choices)


def _case(answers: Mapping[str, str]) -> Expression:
    tests: list[Expression] = [
        Operation("=", Reference(name, 0), Text(choice, 0), 0) for name, choice in answers.items()
    ]
    tree = tests[0] if tests else Text("yes", 0)
    for test in tests[1:]:
        tree = both(tree, test)
    return tree
