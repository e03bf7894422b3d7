"""What to make of a row: the kind of page, its fields, and what its name means afterwards."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from surveys.questionnaires.expressions import Call, Expression, Reference
from surveys.questionnaires.questions import KINDS, SOMETHING_ELSE, Choice, Kind
from surveys.xlsform.bands import Band, Banded
from surveys.xlsform.numbers import Bounds
from surveys.xlsform.options import Options
from surveys.xlsform.outline import Step
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.rewriting import Asked, Calculated, CannotTakeError, LeftOut, Named
from surveys.xlsform.selects import Select
from surveys.xlsform.sheets import Row

NOT_TAKEN = LeftOut("which is left out")
KEPT_APART = LeftOut("whose words coprod keeps apart from other answers")
NO_ANSWER = LeftOut("which is a note and has no answer")
_SENSITIVE = ("safety", "abuse", "health", "identity")


class Plan(Struct, frozen=True):
    """What to make of a row: the kind of page and its fields.

    `then` is what its name means afterwards where that is not the question itself; `when` is one more
    test, in the form's names; `choices`, `bounds` and `bands` are what may be answered.
    """

    kind: Kind
    fields: Mapping[str, Any] = {}
    then: Named | None = None
    when: Expression | None = None
    choices: Mapping[str, str] = {}
    bounds: Bounds | None = None
    bands: tuple[Band, ...] = ()
    suffix: str = ""


def said_plan(row: Row) -> Plan:
    """Give the plan of a note: of ours, a rest or a help card as its `kind` says."""
    match row.says("kind"):
        case "break" | "help-card" as kind:
            return Plan(kind, then=NO_ANSWER)
        case _:
            return Plan("note", {"covers": tuple(row.says("covers").split())}, NO_ANSWER)


def kind_of_list(step: Step, select: Select) -> Kind:
    """Give the kind of a list: where our own column names one that XLSForm asks in the same way, that one."""
    said = step.row.says("kind")
    nearest: dict[str, Kind] = {"cards": "choose-one", "best-worst": "ranking", "paired": "ranking"}
    return next((kind for kind in KINDS if kind == said and nearest.get(kind) == select.kind), select.kind)


def with_ids(text: str, scope: Mapping[str, Named]) -> str:
    """Give words with each `${name}` as the id of one question. Raises CannotTakeError."""

    def own_id(found: re.Match[str]) -> str:
        known = scope.get(found[1], NOT_TAKEN)
        if isinstance(known, Calculated):
            known = _shown(known.tree)
        if isinstance(known, Banded):
            return f"${{{known.id}}}"
        if isinstance(known, Asked) and len(known.ids) == 1:
            return f"${{{known.ids[0]}}}"
        why = known.why if isinstance(known, LeftOut) else "which is not one question"
        raise CannotTakeError(f"`{found[1]}` is something {why}")

    return re.sub(r"\$\{\s*([^}]+?)\s*\}", own_id, text)


def _shown(tree: Expression) -> Named:
    """Give the question whose choice a calculation only puts into words."""
    match tree:
        case Call(function="jr:choice-name", arguments=(Reference(name=value), Reference(name=name))):
            return Asked((name,)) if value == name else NOT_TAKEN
        case Reference(name=name):
            return Asked((name,))
        case _:
            return NOT_TAKEN


def sensitivity_in(row: Row, remarks: Remarks) -> dict[str, Any]:
    """Give why a question is sensitive, from our own columns."""
    said = row.says("sensitive")
    if said and said not in _SENSITIVE:
        remarks.note_once(row, f"say why it is sensitive: {', '.join(_SENSITIVE)}")
    if said not in _SENSITIVE:
        return {}
    return {"sensitive": said, "sensitive_because": row.says("sensitive_because")}


def fields_of_list(step: Step, select: Select, options: Options) -> dict[str, Any]:
    """Give the fields of a list: `something-else` is coprod's own choice, last and never shuffled."""
    choices = [own_choice(one.name, one.choice, select) for one in options]
    kept = tuple(one for one in choices if one.id != SOMETHING_ELSE)
    fields: dict[str, Any] = {
        "choices": kept,
        "shuffle": "randomize=true" in step.row.says("parameters").replace(" ", ""),
    }
    if kind_of_list(step, select) in {"choose-one", "choose-many"}:
        fields["something_else"] = bool(select.other) or len(kept) < len(choices)
    return fields


def own_choice(name: str, choice: Choice, select: Select) -> Choice:
    """Give a choice; the form's own "other" of an `or_other` list is coprod's something else."""
    return Choice(SOMETHING_ELSE, choice.label) if select.other and name == "other" else choice


def filter_column(text: str) -> str:
    """Give the column that a plain filter such as `county = ${county}` looks at."""
    return text.split("=", maxsplit=1)[0].strip() if text.count("=") == 1 else ""
