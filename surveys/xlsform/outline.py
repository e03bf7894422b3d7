"""The order of a form: its questions with the groups around them, without what is never asked."""

import re
from collections.abc import Iterator

from msgspec import Struct

from coprod.kernel.wording import Wording
from surveys.questionnaires.expressions import Expression, ExpressionMistake, parse_expression
from surveys.xlsform.meanings import ColumnMeaning, meanings
from surveys.xlsform.reading import typed_straight
from surveys.xlsform.remarks import Remarks
from surveys.xlsform.sheets import Form, Row, wording_in

_BORDER = re.compile(r"(begin|end)[\s_]+(group|repeat|loop|lgroup|looped group)\b.*", re.IGNORECASE)
_NO = {"", "no", "false", "false()"}


class Step(Struct, frozen=True):
    """One row that may become a page, inside `groups`. `heading` is what a table says above its rows.

    `opens` is set where the row is the start of a group, whose words become a note.
    """

    row: Row
    groups: tuple[Row, ...] = ()
    heading: Wording | None = None
    opens: bool = False

    @property
    def name(self) -> str:
        """Give the form's name for it."""
        return self.row.says("name")

    @property
    def type(self) -> str:
        """Give the type, its blanks run together."""
        return " ".join(self.row.says("type").split())


def steps_of(form: Form, remarks: Remarks) -> Iterator[Step]:
    """Give the rows of the survey sheet in order; what stands in a repeat is refused as one."""
    groups: list[Row] = []
    repeat: list[Row] = []
    for row in form.survey:
        border = _BORDER.fullmatch(row.says("type"))
        if row.says("disabled").lower() not in _NO or not row.says("type"):
            continue
        if border is None:
            if repeat:
                repeat.append(row)
                continue
            remark_columns(row, remarks)
            yield Step(row, tuple(groups), _heading(form, groups))
        elif border[1].lower() == "begin":
            if repeat or border[2].lower() != "group":
                repeat.append(row)
            groups.append(row)
            if not repeat:
                yield Step(row, tuple(groups), None, opens=True)
        else:
            closed = groups.pop()
            if repeat and repeat[0] is closed:
                _refuse_repeat(repeat, remarks)
                repeat = []


def tests_in(form: Form) -> Iterator[Expression]:
    """Give every test and calculation of the survey sheet that can be read."""
    for row in form.survey:
        for column in ("relevant", "constraint", "calculate"):
            try:
                yield parse_expression(typed_straight(row.says("bind", column)))
            except ExpressionMistake:
                continue  # told where the row itself is built


def remark_columns(row: Row, remarks: Remarks) -> None:
    """Tell what the columns of a row say that coprod leaves out."""
    for column in meanings().columns:
        cells = {header: text for header, text in row.cells.items() if _under(header, column)}
        for text in [text for text in cells.values() if text.lower() not in _NO][:1]:
            if column.header == ("control", "appearance"):
                _note_look(row, text, remarks)
            elif column.stripped:
                remarks.strip(row, f"{column.stripped}: `{text[:60]}`")
            else:
                remarks.note_once(row, column.noted)


def is_table(group: Row) -> bool:
    """Tell whether a group is a table: one list of choices for several rows."""
    return "table-list" in group.says("control", "appearance").split()


def _under(header: tuple[str, ...], column: ColumnMeaning) -> bool:
    return header[: len(column.header)] == column.header


def _note_look(row: Row, look: str, remarks: Remarks) -> None:
    if look.startswith("search("):
        return
    for word in look.split():
        if word not in meanings().quiet_looks:
            remarks.note_once(row, f"coprod has one look for each kind, so `{word[:40]}` is not kept")


def _heading(form: Form, groups: list[Row]) -> Wording | None:
    return wording_in(form, groups[-1], "label") if groups and is_table(groups[-1]) else None


def _refuse_repeat(rows: list[Row], remarks: Remarks) -> None:
    begin, inside = rows[0], len(rows) - 1
    asked = f" and the {inside} {'question' if inside == 1 else 'questions'} in it" if inside else ""
    what = f"the repeat `{begin.says('name')}`{asked}: coprod asks everything once"
    remarks.refuse(begin, what)
