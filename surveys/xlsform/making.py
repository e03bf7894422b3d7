"""A page from a row and a plan: its words, when it is shown, and what an answer must satisfy."""

import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

from msgspec import Struct

from coprod.kernel.wording import Wording
from surveys.questionnaires.evaluation import is_true
from surveys.questionnaires.expressions import Expression, ExpressionMistake, parse_expression, references_in
from surveys.questionnaires.questions import KINDS, SAID_KINDS, AgeWording, QuestionPage
from surveys.questionnaires.unparsing import expression_text
from surveys.xlsform.bands import Banded
from surveys.xlsform.meanings import meanings
from surveys.xlsform.names import id_from
from surveys.xlsform.numbers import Bounds
from surveys.xlsform.outline import Step
from surveys.xlsform.plans import Plan, sensitivity_in, with_ids
from surveys.xlsform.reading import typed_straight
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.rewriting import Asked, CannotTakeError, Named, both, rewritten
from surveys.xlsform.sheets import Form, Row, own_words, wording_in

_AGED = re.compile(r"(?:label|hint)_([0-9]{1,2}-[0-9]{1,2})")


class Built(Struct, frozen=True):
    """A page with the row it came from. `inside` are the numbers of the rows of its groups."""

    row: Row
    page: QuestionPage
    inside: tuple[int, ...]
    opens: bool = False


class PageMaker:
    """Makes pages one after another, and remembers in `scope` what each name has become."""

    def __init__(self, form: Form, remarks: Remarks) -> None:
        self.form = form
        self.remarks = remarks
        self.scope: dict[str, Named] = {}
        self.taken: set[str] = set()

    def page(self, step: Step, plan: Plan) -> Iterator[Built]:
        """Give the page of a row, and remember what its name means from here on."""
        ask = wording_in(self.form, step.row, "label")
        helping = wording_in(self.form, step.row, "hint")
        if ask is None and helping is None:
            self.remarks.refuse(step.row, f"`{step.name}` has no words in English")
            return
        words = {"ask": ask or helping, "help": (helping if ask else None) or step.heading}
        relevant = self._relevant(step, plan.when)
        piped = {name: self._piped(step, wording) for name, wording in words.items() if wording}
        if relevant is None or None in piped.values():
            return
        own_id = id_from(step.name + plan.suffix, (ask or helping or Wording("")).en, self.taken, "question")
        asked = Asked((own_id,), plan.choices, many=plan.kind == "choose-many")
        shared = {**piped, "id": own_id, "relevant": relevant, **plan.fields, **self._by_age(step)}
        if plan.kind not in SAID_KINDS:
            shared |= sensitivity_in(step.row, self.remarks)
            shared |= {} if plan.bands else self._constrained(step, asked, plan.bounds)
        self.taken.add(own_id)
        if not step.opens:
            self.scope[step.name] = Banded(own_id, plan.bands) if plan.bands else plan.then or asked
        shape: Any = KINDS[plan.kind]
        inside = tuple(group.number for group in step.groups)
        yield Built(step.row, shape(**shared), inside, step.opens)

    def _piped(self, step: Step, wording: Wording) -> Wording | None:
        """Give words in which earlier questions have coprod's names; None where one has no answer to show."""
        try:
            return Wording(*(with_ids(text, self.scope) for _, text in wording.written()))
        except CannotTakeError as mistake:
            self.remarks.refuse(
                step.row, f"`{step.name}` is left out: its words show an answer, but {mistake}"
            )
            return None

    def _by_age(self, step: Step) -> dict[str, Any]:
        bands = dict.fromkeys(found[1] for header in step.row.cells if (found := _AGED.fullmatch(header[0])))
        worded = [
            AgeWording(
                ages=band,
                ask=wording_in(self.form, step.row, f"label_{band}"),
                help=wording_in(self.form, step.row, f"hint_{band}"),
            )
            for band in bands
        ]
        return {"by_age": tuple(worded)} if worded else {}

    def _relevant(self, step: Step, when: Expression | None) -> str | None:
        """Give when a page is shown, its groups' tests included; None where that cannot be said in coprod."""
        rows = step.groups if step.opens else (*step.groups, step.row)
        texts = [typed_straight(row.says("bind", "relevant")) for row in rows]
        texts = [text for text in texts if text]
        try:
            parsed = [parse_expression(text) for text in texts]
            trees = [rewritten(tree, self.scope) for tree in (*parsed, *([when] if when else []))]
        except (ExpressionMistake, CannotTakeError) as mistake:
            if not step.opens:
                self.remarks.refuse(step.row, f"`{step.name}` is left out: in its `relevant`, {mistake}")
            return None
        if len(trees) == 1 and trees == parsed:
            return texts[0]
        asking = [tree for tree in trees if any(references_in(tree))]
        if not all(is_true(tree, {}) for tree in trees if tree not in asking):
            self.remarks.refuse(step.row, f"`{step.name}` is left out: its `relevant` never holds")
            return None
        return expression_text(reduce(both, asking)) if asking else ""

    def _constrained(self, step: Step, asked: Asked, bounds: Bounds | None) -> dict[str, Any]:
        """Give what an answer must satisfy and the words for it; a number's own bounds only where they are narrower."""
        text = typed_straight(step.row.says("bind", "constraint"))
        words = meanings().words
        message = wording_in(self.form, step.row, "bind", "jr:constraintMsg")
        if bounds is not None and not bounds.more:
            is_whole = (bounds.low, bounds.high) == (0, 10)
            test = "" if is_whole else f". >= {bounds.low} and . <= {bounds.high}"
            if step.type == "range":
                text = f"{test} and ({text})" if test and text else test or text
            elif is_whole:
                return {}
            message = message or (own_words(self.form, _within(bounds)) if test else None)
        if not text:
            return {}
        try:
            parsed = parse_expression(text)
            tree = rewritten(parsed, {**self.scope, "": asked, step.name: asked})
        except (ExpressionMistake, CannotTakeError) as mistake:
            self.remarks.refuse(
                step.row, f"the `constraint` of `{step.name}`: {mistake}; it is asked without"
            )
            return {}
        return {
            "constraint": text if tree == parsed else expression_text(tree),
            "constraint_help": message or own_words(self.form, words.constraint),
        }


def _within(bounds: Bounds) -> Wording:
    """Give the words for a number that is not between the bounds."""
    limits = {"low": str(bounds.low), "high": str(bounds.high)}
    return Wording(*(text.format_map(limits) for _, text in meanings().words.within.written()))
