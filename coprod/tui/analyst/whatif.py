"""May I publish this? Asked of the rules and the ledger, with nothing recorded; and then, on a typed yes, released."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.journeys.understanding.reading import publish_table, what_if
from coprod.kernel.released import ReleasedTable
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.dialogs import Ask, Field
from coprod.tui.pick import Pick
from coprod.tui.widgets.bars import STATUS_WORDS, TableBars
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.understanding.tables import Answer

HOW: tuple[tuple[Voice, str], ...] = (
    ("quiet", "Enter asks about the marked question. B asks about it broken down by another."),
    ("quiet", "Asking records nothing and shows no number. R releases what was asked about."),
)


class WhatIfScreen(OpenedScreen):
    """Questions on the left; on the right how each cell would be shown and why, or why not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "by", "Break down by"),
        Binding("r", "release", "Release it"),
    ]

    def __init__(self, workspace: Workspace, answers: Answers, marked: str = "") -> None:
        super().__init__(workspace, answers)
        self.begin_at = marked
        self.asked_of: tuple[str, str] = ("", "")
        self.answer: Answer | None = None

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="themes")

    def on_mount(self) -> None:
        """Begin at the question one came from."""
        listed = self.query_one("#choices", ChoiceList)
        place = next((at for at, one in enumerate(listed.choices) if one.id == self.begin_at), 0)
        listed.action_move(place - max(0, listed.caret))

    def draw(self) -> None:
        """Draw the questions that can be tables, and the answer."""
        self.show_head("May I publish this?")
        chosen = [one for one in self.answers.read.questions if one.kind != "written"]
        self.show_choices(tuple(Shown(one.key, one.words) for one in chosen))
        if self.answer is None:
            self.query_one(TableBars).show(None)
            self.query_one("#themes", Prose).show(*HOW)

    def action_by(self) -> None:
        """Ask about the marked question broken down by another."""
        question = self.marked_question()
        if question is not None:
            others = [
                Shown(one.key, one.words)
                for one in self.answers.read.questions
                if one.kind != "written" and one.key != question.key
            ]
            self.open_over(
                Pick("Break it down by", *others), lambda by: self.ask(question.key, by) if by else None
            )

    def ask(self, question: str, by: str) -> None:
        """Ask the rules and the ledger."""
        held, source = self.answers.held, self.answers.source
        self.asked_of = question, by
        self.open_over(
            Waiting(
                "Asking the rules and the ledger",
                lambda: held.ask(what_if, self.workspace, source, question, by),
            ),
            self._answered,
        )

    def action_release(self) -> None:
        """Release what was asked about, on a typed yes."""
        if self.answer is None or self.answer.why_not:
            self.tell("Ask first", "Enter asks whether the marked table may be published.")
            return
        field = Field("Type yes. It is recorded for good, and later tables are held against it")
        self.open_over(Ask("Release this table?", field), self._said)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self.ask(message.choice, "")

    def _answered(self, answer: "Answer | None") -> None:
        if answer is not None:
            self.answer = answer
            self.query_one(TableBars).show(None)
            self.query_one("#themes", Prose).show(*answer_lines(answer, self._words()))
            self.query_one("#right", VerticalScroll).scroll_home(animate=False)

    def _said(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None and typed[0].lower() in {"y", "yes"}:
            held, source = self.answers.held, self.answers.source
            self.open_over(
                Waiting(
                    "Holding it against what was released before",
                    lambda: held.ask(publish_table, self.workspace, source, *self.asked_of),
                ),
                self._released,
            )

    def _released(self, done: tuple[ReleasedTable, str] | None) -> None:
        if done is not None:
            self.query_one(TableBars).show(done[0])
            self.query_one("#themes", Prose).show(("quiet", f"Released: {done[1]}."))
            self.tell("Released", "Publish it exactly as it is shown here.", done[1])

    def _words(self) -> str:
        words = [found.words for key in self.asked_of if key and (found := self.question(key))]
        return ", by ".join(words)


def answer_lines(answer: "Answer", words: str) -> tuple[tuple[Voice, str], ...]:
    """Give an answer in lines: no with every reason, or yes with how each cell would be shown."""
    if answer.why_not:
        return (
            ("heading", words),
            ("notice", "No."),
            *(("body", f"• {reason}") for reason in answer.why_not),
        )
    lines: list[tuple[Voice, str]] = [("heading", words), ("big", "Yes, shown like this:")]
    for cell in answer.cells:
        name = f"{cell.by}: {cell.value}" if cell.by else cell.value
        lines.append(("body", f"{name}: {STATUS_WORDS[cell.status] or 'as it is'}"))
    reasons = dict.fromkeys(cell.reason for cell in answer.cells if cell.reason)
    return (*lines, *(("quiet", reason) for reason in reasons), ("quiet", "R releases it."))
