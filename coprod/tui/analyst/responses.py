"""Opened answers, one question at a time: its table by the disclosure rules, and the ways to all work on it."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget

from coprod.journeys.understanding.reading import Question, Written, table_of, texts_of
from coprod.kernel.problem import CoprodError
from coprod.kernel.released import ReleasedTable
from coprod.tui.analyst import more
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import PAGES, key_name
from coprod.tui.pick import Pick
from coprod.tui.widgets.bars import TableBars
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

REST = 0.15  # seconds on a question before it is counted
HOW: tuple[tuple[Voice, str], ...] = (
    ("quiet", "Rest on a question to see its table. Enter reads what was written."),
    (
        "quiet",
        "C codes answers, T finds themes in them, W writes the report, M is everything else; ? shows each key.",
    ),
    ("quiet", "Nothing is released by looking: P asks first whether a table may be published."),
)


class Ways(OpenedScreen):
    """Everything there is to do with opened answers, and closing them."""

    def action_more(self, what: str) -> None:
        """Do one of the things there are to do."""
        more.by_id(what).do(self)

    def action_everything(self) -> None:
        """Show all there is to do with these answers."""
        groups = [Shown(name, name) for name in more.GROUPS]
        self.open_over(Pick("What to do with these answers", *groups), self._group_picked)

    def _group_picked(self, name: str | None) -> None:
        if name is not None:
            choices = [Shown(one.id, one.words, mark=key_name(one.key)) for one in more.GROUPS[name]]
            self.open_over(Pick(name, *choices), lambda what: self.action_more(what) if what else None)

    def action_leave(self) -> None:
        """Close the answers, once somebody says so: opening them again takes a key and a passphrase."""
        self.open_over(
            Pick(
                "Close these answers?",
                Shown("close", "Close them. What was decided is kept"),
                Shown("stay", "Go on with them"),
            ),
            self._left,
        )

    def _left(self, what: str | None) -> None:
        if what == "close":
            self.dismiss()


class ResponsesScreen(Ways):
    """Questions on the left; the table of the marked one on the right. `just_opened` answers are triaged first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "more('code')", "Code"),
        Binding("t", "more('themes')", "Themes"),
        Binding("w", "more('report')", "Report"),
        Binding("m", "everything", "More"),
        *(
            Binding(one.key, f"more('{one.id}')", one.words, show=False)
            for one in more.EVERYTHING
            if one.key not in {"c", "t", "w"}
        ),
        *PAGES,
    ]

    def __init__(self, workspace: Workspace, answers: Answers, *, just_opened: bool = False) -> None:
        super().__init__(workspace, answers)
        self.just_opened = just_opened
        self.shown = ""
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="told")

    def on_mount(self) -> None:
        """Read first what must be read first."""
        if self.just_opened:
            self.call_after_refresh(self.action_more, "triage")

    def on_unmount(self) -> None:
        """Let go of the answers."""
        self.answers.close()

    def draw(self) -> None:
        """Draw the list of questions."""
        read, left = self.answers.read, self.answers.untriaged
        unread = "not triaged: G" if left is None else f"{left} unread: G" if left else ""
        self.show_head(read.source, "MAKE-BELIEVE" if read.simulated else "", unread)
        self.show_choices(
            tuple(
                Shown(one.key, f"{one.words}{'  (written)' if one.kind == 'written' else ''}")
                for one in read.questions
            )
        )
        if not self.shown:
            self.query_one("#told", Prose).show(*HOW)
            self.query_one(TableBars).show(None)

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
            lines: tuple[tuple[Voice, str], ...] = (
                ("heading", question.words),
                ("quiet", "People wrote here. Enter reads it, C codes it, T finds themes, Q picks quotes."),
            )
            self.query_one("#told", Prose).show(*lines)
        else:
            self.query_one("#told", Prose).show()
            self._count(question)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        question = self.question(message.choice)
        if question is None:
            return
        self.query_one("#choices", ChoiceList).redraw()  # a digit moves the caret without drawing it
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
            self.shown = table.question
            self.query_one(TableBars).show(table)
            self.query_one("#told", Prose).show()
            self.action_page(0)

    def _show_texts(self, question: Question, texts: tuple[Written, ...] | None) -> None:
        from coprod.tui.analyst.texts import TextsScreen

        if texts:
            self.open_over(TextsScreen(self.workspace, self.answers, question, texts))
        elif texts is not None:
            self.tell("Nobody wrote anything here")
