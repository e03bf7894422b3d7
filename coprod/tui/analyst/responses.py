"""Answers, one question at a time: a table that keeps the disclosure rules, or themes of what was written."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget

from coprod.journeys.understanding.reading import (
    Question,
    ReadableTheme,
    Written,
    table_of,
    texts_of,
    themes_in,
)
from coprod.kernel.problem import CoprodError
from coprod.kernel.released import ReleasedTable
from coprod.tui.analyst.releasing import ReleasingScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.widgets.bars import TableBars, bar_of
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting, Working
from coprod.workspace import Workspace

REST = 0.15  # seconds on a question before it is counted
HOW: tuple[tuple[Voice, str], ...] = (
    (
        "quiet",
        "Rest on a question to see its table, Enter reads what was written, T finds themes in what was written.",
    ),
    ("quiet", "Nothing is released by looking. P asks whether a table may be published, and records it."),
    ("quiet", "W writes the report: every table of the batch, themes, who was missing."),
)


class ResponsesScreen(ReleasingScreen):
    """Questions on the left; the table or the themes of the marked one on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "themes", "Themes"),
        Binding("p", "publish", "May I publish it?"),
        Binding("w", "report", "Report"),
        Binding("pageup", "page(-1)", "up", show=False),
        Binding("pagedown", "page(1)", "down", show=False),
    ]

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        super().__init__(workspace, answers)
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="themes")

    def draw(self) -> None:
        """Draw the list of questions."""
        read = self.answers.read
        self.show_head(read.source, "MAKE-BELIEVE" if read.simulated else "")
        self.show_choices(
            tuple(
                Shown(one.key, f"{one.words}{'  (written)' if one.kind == 'written' else ''}")
                for one in read.questions
            )
        )
        if not self.shown:
            self.query_one("#themes", Prose).show(*HOW)
            self.query_one(TableBars).show(None)

    def action_page(self, by: int) -> None:
        """Turn the right half."""
        right = self.query_one("#right", VerticalScroll)
        right.scroll_relative(y=by * (right.size.height - 2), animate=False)

    def action_themes(self) -> None:
        """Find themes in the marked question."""
        question = self.marked_question()
        if question is not None and question.kind == "chosen":
            self.tell("Nothing was written here", "Themes are found in questions marked (written).")
        elif question is not None:
            self.with_packed(
                lambda held: self.open_over(
                    Working("Finding themes", themes_in, held, question.key),
                    lambda themes: self._found(question, themes),
                )
            )

    @on(ChoiceList.Pending)
    def _moved(self) -> None:
        """Show the table of the question one rests on."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._show_marked)

    def _show_marked(self) -> None:
        question = self.marked_question()
        if question is None or question.key == self.shown:
            return
        if question.kind == "written":
            self.shown = question.key
            self.query_one(TableBars).show(None)
            self.query_one("#themes", Prose).show(
                ("heading", question.words), ("quiet", "Enter reads what was written. T finds themes in it.")
            )
        else:
            self._count(question)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        question = self.question(message.choice)
        if question is None:
            return
        held = self.answers.held
        if question.kind == "written":
            self.open_over(
                Waiting("Reading", lambda: held.ask(texts_of, question.key)),
                lambda texts: self._show_texts(question, texts),
            )
        else:
            self._count(question)

    @work(thread=True, exclusive=True, group="table")
    def _count(self, question: Question) -> None:
        """Count in the other process, and draw the table when it comes."""
        try:
            table = self.answers.held.ask(table_of, self.workspace, question.key)
        except CoprodError as error:
            self.app.call_from_thread(self.explain, str(error))
        else:
            self.app.call_from_thread(self._counted, table)

    def _counted(self, table: ReleasedTable) -> None:
        """Draw a table that was asked for, unless the caret has gone on meanwhile."""
        question = self.marked_question()
        if question is not None and question.key == table.question:
            self.show_table(table)

    def _show_texts(self, question: Question, texts: tuple[Written, ...] | None) -> None:
        from coprod.tui.analyst.texts import TextsScreen

        if texts:
            self.open_over(TextsScreen(self.answers, question, texts))
        elif texts is not None:
            self.tell("Nobody wrote anything here")

    def show_table(self, table: ReleasedTable) -> None:
        """Draw a table."""
        self.shown = table.question
        self.query_one(TableBars).show(table)
        self.query_one("#themes", Prose).show()
        self.query_one("#right", VerticalScroll).scroll_home(animate=False)

    def _found(self, question: Question, themes: tuple[ReadableTheme, ...] | None) -> None:
        if themes is not None:
            self.shown = question.key
            self.query_one(TableBars).show(None)
            self.query_one("#themes", Prose).show(*theme_lines(themes))
            self.query_one("#right", VerticalScroll).scroll_home(animate=False)


def theme_lines(themes: tuple[ReadableTheme, ...]) -> tuple[tuple[Voice, str], ...]:
    """Give themes as lines: a bar, the name and phrases, then examples."""
    lines: list[tuple[Voice, str]] = [
        ("quiet", "Sorted by machine from words that stand together. A person reads every answer."),
    ]
    for theme in themes:
        lines += [
            ("body", ""),
            ("heading", f"{theme.name}"),
            ("big", f"{bar_of(theme.share, 24)} {theme.size}"),
            ("quiet", ", ".join(theme.phrases)),
            *(("body", f"“{example}”") for example in theme.examples),
        ]
    return tuple(lines) if themes else (*lines, ("body", "Too little was written to find themes."))
