"""From the rows of a form to pages: each with its choices, its words and its tests in coprod's names."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import structs

from surveys.questionnaires.expressions import Expression, ExpressionMistake, parse_expression
from surveys.questionnaires.questions import SOMETHING_ELSE, Kind
from surveys.xlsform.bands import Band, Limits, bands_of, cuts_tested
from surveys.xlsform.making import Built, PageMaker
from surveys.xlsform.meanings import meanings
from surveys.xlsform.numbers import Bounds, bounds_of, limits_of, range_of
from surveys.xlsform.options import Options, filtered, option_lists, scale_kind
from surveys.xlsform.outline import Step, is_table, steps_of, tests_in
from surveys.xlsform.plans import (
    KEPT_APART,
    NOT_TAKEN,
    Plan,
    fields_of_list,
    filter_column,
    kind_of_list,
    own_choice,
    said_plan,
)
from surveys.xlsform.reading import typed_straight
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.rewriting import (
    LARGEST,
    Asked,
    Calculated,
    CannotTakeError,
    Constant,
    rewritten,
    size,
)
from surveys.xlsform.selects import Select, select_in
from surveys.xlsform.sheets import Form, own_words, wording_in


class Builder:
    """Goes through a form once, from the top, and remembers what each name has become."""

    def __init__(self, form: Form, remarks: Remarks) -> None:
        self.form = form
        self.remarks = remarks
        self.lists = option_lists(form, remarks)
        self.maker = PageMaker(form, remarks)
        self.scope = self.maker.scope
        self.tests = tuple(tests_in(form))

    def pages(self) -> tuple[Built, ...]:
        """Give every page that can be asked, in order; a heading only above something."""
        built = [page for step in steps_of(self.form, self.remarks) for page in self._step(step)]
        return tuple(
            one
            for place, one in enumerate(built)
            if not one.opens
            or any(one.row.number in later.inside and not later.opens for later in built[place + 1 :])
        )

    def _step(self, step: Step) -> Iterator[Built]:
        if step.opens:
            if wording_in(self.form, step.row, "label") is not None and not is_table(step.row):
                yield from self.maker.page(step, Plan("note"))
            return
        self.scope[step.name] = NOT_TAKEN
        select = select_in(step.type)
        if select is not None:
            yield from self._select(step, select)
        elif self._is_taken(step):
            yield from self._plain(step)

    def _is_taken(self, step: Step) -> bool:
        """Tell whether a row may be asked, and say why where it may not."""
        meaning = meanings().of_type(step.type)
        words = wording_in(self.form, step.row, "label")
        if meaning is None:
            self.remarks.refuse(
                step.row, f"`{step.name}`: coprod has no question of the type `{step.type[:60]}`"
            )
            return False
        if meaning.stripped or meaning.refused:
            told = self.remarks.strip if meaning.stripped else self.remarks.refuse
            told(step.row, f"`{step.name or step.type}` ({step.type}): {meaning.stripped or meaning.refused}")
            return False
        who = meanings().asks_who(step.name, words.en if words else "")
        if who and meaning.becomes in {"text", "number"}:
            self.remarks.strip(step.row, f"`{step.name}` ({step.type}) asks for {who}")
            return False
        return True

    def _plain(self, step: Step) -> Iterator[Built]:
        meaning = meanings().of_type(step.type)
        match meaning.becomes if meaning else "":
            case "calculation":
                self._calculate(step)
            case "note":
                yield from self.maker.page(step, said_plan(step.row))
            case "acknowledge":
                yield from self.maker.page(step, Plan("note", then=Constant("OK")))
            case "number" | "range" as sort:
                yield from self._number(step, sort)
            case _:
                yield from self._text(step)

    def _calculate(self, step: Step) -> None:
        text = typed_straight(step.row.says("bind", "calculate"))
        try:
            tree = rewritten(parse_expression(text), self.scope)
        except (ExpressionMistake, CannotTakeError) as mistake:
            self.remarks.refuse(step.row, f"the calculation `{step.name}`: {mistake}")
            return
        if size(tree) > LARGEST:
            self.remarks.refuse(step.row, f"the calculation `{step.name}` grows too long")
            return
        self.scope[step.name] = Calculated(tree)
        what = "calculations are worked out where they are used, and their values are not kept"
        self.remarks.note_once(step.row, what)

    def _text(self, step: Step) -> Iterator[Built]:
        if step.row.says("kind") == "highlighter" and step.row.says("passage"):
            yield from self.maker.page(step, Plan("highlighter", {"passage": step.row.says("passage")}))
            return
        linked = step.row.says("link").lower() in {"yes", "true"}
        fields = {"link": linked, "link_reason": step.row.says("link_reason")}
        yield from self.maker.page(step, Plan("text", fields, None if linked else KEPT_APART))

    def _number(self, step: Step, sort: str) -> Iterator[Built]:
        """Keep a whole number within 0 and 10 a number, and ask for any other in groups."""
        said = self._constraint(step)
        found = range_of(step.row.says("parameters")) if sort == "range" else bounds_of(said)
        whole = step.type.split()[-1].lower() != "decimal"
        fits = found is not None and 0 <= found.low < found.high <= 10
        if found is not None and fits and whole and not (sort == "range" and found.more):
            yield from self.maker.page(step, Plan("number", self._ends(step, found), bounds=found))
            return
        limits = limits_of(said) if sort != "range" else _limits(found)
        bands = self._bands(step, limits, broken=not whole) if limits is not None else ()
        if not bands:
            what = f"`{step.name}`: its numbers cannot be put in groups; ask 0 to 10 or with choices"
            self.remarks.refuse(step.row, what)
            return
        choices = tuple(
            structs.replace(one, label=own_words(self.form, one.label)) for one in map(Band.choice, bands)
        )
        shown = ", ".join(choice.label.en for choice in choices)
        what = f"`{step.name}` is asked in groups, for an exact number can point at somebody: {shown}"
        self.remarks.note(step.row, what)
        yield from self.maker.page(step, Plan("choose-one", {"choices": choices}, bands=bands))

    def _bands(self, step: Step, limits: Limits, *, broken: bool) -> tuple[Band, ...]:
        words = wording_in(self.form, step.row, "label")
        is_age = meanings().asks_age(step.name, words.en if words else "")
        return bands_of(limits, cuts_tested(self.tests, step.name), is_age=is_age, broken=broken)

    def _constraint(self, step: Step) -> Expression | None:
        try:
            return parse_expression(typed_straight(step.row.says("bind", "constraint")))
        except ExpressionMistake:
            return None

    def _ends(self, step: Step, within: Bounds) -> dict[str, Any]:
        """Give what the ends of a number mean, from our own columns or from labelled ticks."""
        words = meanings().words
        ticks = self.lists.get(within.labels, ())
        ends = [wording_in(self.form, step.row, end) for end in ("low", "high")]
        if len(ticks) > 1 and not all(ends):
            ends = [ticks[0].choice.label, ticks[-1].choice.label]
        if not all(ends):
            self.remarks.note(step.row, f"`{step.name}`: say in `low` and `high` what 0 and 10 mean")
        low, high = (own_words(self.form, one) for one in (words.low, words.high))
        return {"low": ends[0] or low, "high": ends[1] or high}

    def _select(self, step: Step, select: Select) -> Iterator[Built]:
        looks = step.row.says("control", "appearance")
        if select.elsewhere or looks.startswith("search("):
            self.remarks.refuse(
                step.row, f"`{step.name}`: its choices come from {select.elsewhere or 'a file'}"
            )
            return
        options = self.lists.get(select.list, ())
        scale, points = (
            (None, {}) if select.kind != "choose-one" or select.other else self._scale(step, options)
        )
        if scale is not None:
            yield from self.maker.page(step, Plan(scale, choices=points))
            return
        try:
            yield from self._sets(step, select, options)
        except (ExpressionMistake, CannotTakeError) as mistake:
            self.remarks.refuse(step.row, f"`{step.name}` is left out: {mistake}")

    def _scale(self, step: Step, options: Options) -> tuple[Kind | None, Mapping[str, str]]:
        scale, points = scale_kind(options, step.row.says("kind"), step.row.says("control", "appearance"))
        if scale and any(name != point for name, point in points.items()):
            self.remarks.note_once(step.row, f"this scale is asked with coprod's own `{scale}` words")
        return scale, points

    def _sets(self, step: Step, select: Select, options: Options) -> Iterator[Built]:
        """Ask a list once, or once for each set of choices that its filter leaves."""
        choices = {one.name: own_choice(one.name, one.choice, select).id for one in options}
        if select.other:
            choices.setdefault("other", SOMETHING_ELSE)
        text = step.row.says("choice_filter")
        sets = tuple(filtered(options, text, self.scope)) if text else ((options, None),)
        if len(sets) > 1:
            what = f"`{step.name}`: its `choice_filter` is unrolled into a question for each set of choices"
            self.remarks.note(step.row, what)
        ids: list[str] = []
        for number, (left, when) in enumerate(sets, start=1):
            if len(left) < 2 and len(sets) > 1:
                what = f"`{step.name}`: where its `choice_filter` leaves one choice there is nothing to ask"
                self.remarks.note_once(step.row, what)
                continue
            part = (
                f" {left[0].row.says(filter_column(text))}" if len(sets) > 1 and filter_column(text) else ""
            )
            suffix = part or (f" {number}" if len(sets) > 1 else "")
            fields = fields_of_list(step, select, left)
            plan = Plan(kind_of_list(step, select), fields, when=when, choices=choices, suffix=suffix)
            for built in self.maker.page(step, plan):
                ids.append(built.page.id)
                yield built
        if ids:
            self.scope[step.name] = Asked(tuple(ids), choices, many=select.kind != "choose-one")


def _limits(bounds: Bounds | None) -> Limits | None:
    return None if bounds is None else Limits(bounds.low, bounds.high)
