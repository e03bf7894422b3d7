"""The framework matrix at the desk: cells that wait for a line, what the case wrote beside them, and the raw way out."""

from collections.abc import Iterable
from textwrap import shorten
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.understanding.framework_desk import (
    Cell,
    MatrixShown,
    export_matrix_from,
    write_cell,
)
from coprod.journeys.understanding.reading import Question
from coprod.tui.analyst.exchanging import RAW_FIELDS
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Ask, Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

LINE = "One line in your words; empty takes it away"
LONGEST_SAID = 400  # characters of what a case wrote that fit above its line
MOST_LISTED = 300  # cells in the list, those that wait first: nobody writes more at one sitting
NOTHING = "No case has a code yet. Code some answers first, or A writes a line for any case and code."


class FrameworkScreen(OpenedScreen):
    """Cells on the left, those that wait first; on the right the case's words and the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "Write"),
        Binding("a", "another_code", "Another code"),
        Binding("n", "next_waiting", "Next waiting"),
        Binding("x", "export", "Export"),
        *PAGES,
    ]

    def __init__(
        self, workspace: Workspace, answers: Answers, question: Question, found: MatrixShown
    ) -> None:
        super().__init__(workspace, answers)
        self.asked, self.found = question, found

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the cells."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        waiting = sum(one.waits for one in self.found.cells)
        said = f"{waiting} cells wait for a line." if waiting else "No cell waits for a line."
        self.query_one("#before", Prose).show(
            ("heading", self.asked.words), ("quiet", f"{said} Lines are in your words; they count as raw.")
        )
        cells = sorted(self.found.cells, key=lambda one: not one.waits)[:MOST_LISTED]
        self.show_choices(
            tuple(Shown(name_of(one), f"{one.case}  {one.code}", mark="..  " if one.waits else "line") for one in cells)
        )  # fmt: skip
        self._show_marked()

    def action_write(self) -> None:
        """Write the line of the marked cell."""
        cell = self.marked_cell()
        if cell is not None:
            self._ask(cell.case, cell.code)

    def action_another_code(self) -> None:
        """Write a line for the marked case, or the first one, and a code it was not given."""
        cell = self.marked_cell()
        case = cell.case if cell else next(iter(self.found.texts), "")
        if case:
            codes = [Shown(name, name) for name in self.found.codes]
            self.open_over(
                Pick(f"A line of {case} for which code?", *codes),
                lambda code: self._ask(case, code) if code else None,
            )

    def action_next_waiting(self) -> None:
        """Go to the next cell that waits for a line."""
        listed = self.query_one("#choices", ChoiceList)
        waiting = {name_of(one) for one in self.found.cells if one.waits}
        places = [at for at, one in enumerate(listed.choices) if one.id in waiting]
        after = [at for at in places if at > listed.caret] or places
        if after:
            listed.action_move(after[0] - listed.caret)

    def action_export(self) -> None:
        """Let the matrix out as a file, on two names and a reason."""
        fields = (
            Field("File, ending in .csv, .xlsx, .html or .pdf", value=f"out/{self.answers.source.stem}-matrix.xlsx"),
            Field("Columns beside each case, parted by ; (may stay empty)"),
            *RAW_FIELDS,
        )  # fmt: skip
        form = Filling(
            "RAW: cases and what was said in them. Two people sign; it is recorded.", fields, tuple
        )
        self.open_over(form, self._export)

    def marked_cell(self) -> Cell | None:
        """Give the cell the caret is on."""
        return next((one for one in self.found.cells if name_of(one) == self.marked_choice()), None)

    def _ask(self, case: str, code: str) -> None:
        said = shorten(self.found.texts.get(case, ""), LONGEST_SAID, placeholder=" …")
        self.open_over(
            Ask(f"{case}, {code}", Field(f"“{said}”\n{LINE}", value=self.found.lines.get((case, code), ""))),
            lambda typed: self._write((case, code), typed[0]) if typed is not None else None,
        )

    def _write(self, cell: tuple[str, str], line: str) -> None:
        coder = self.answers.coder
        self.work_on(
            self.asked, "Writing it down", write_cell, coder, cell, line, today(), then=self._written
        )

    def _written(self, found: MatrixShown) -> None:
        """Draw it, and go on to the next cell that waits: those that do stand first."""
        self.found = found
        at = self.query_one("#choices", ChoiceList).caret
        self.draw()
        waiting = [one for one in self.found.cells if one.waits]
        if waiting:
            self.set_caret_on(name_of(waiting[min(at, len(waiting) - 1)]))

    def _export(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            coder = self.answers.coder
            self.work_on(
                self.asked, "Writing the matrix", export_matrix_from, coder, typed, today(),
                then=lambda told: self.tell("Written", *told),
            )  # fmt: skip

    @on(ChoiceList.Pending)
    def _show_marked(self) -> None:
        cell = self.marked_cell()
        self.query_one("#told", Prose).show(*(cell_lines(cell, self.found) if cell else (("body", NOTHING),)))
        self.action_page(0)

    @on(ChoiceList.Picked)
    def _picked(self) -> None:
        self.action_write()


def name_of(cell: Cell) -> str:
    """Give what a cell is called in the list."""
    return f"{cell.case}\n{cell.code}"


def cell_lines(cell: Cell, found: MatrixShown) -> tuple[tuple[Voice, str], ...]:
    """Give a cell's line, and what its case wrote."""
    line = found.lines.get((cell.case, cell.code), "")
    said: tuple[Voice, str] = ("body", line) if line else ("notice", "waits for a line: W writes it")
    return (
        ("heading", f"{cell.case}: {cell.code}"), said, ("body", ""),
        ("quiet", "What it is made from"), ("body", found.texts.get(cell.case, "")),
    )  # fmt: skip
