"""What leaves from opened answers: one table through the ledger, or the whole report."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.journeys.understanding.reading import Question, packed, publish_table, write_report_from
from coprod.kernel.released import ReleasedTable
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.working import Waiting, Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.understanding.reports import WrittenReport


class ReleasingScreen(DeskScreen):
    """A screen with opened answers, of which the marked question's table or a report may be released."""

    ROLE = "analyst"

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        super().__init__()
        self.workspace, self.answers = workspace, answers
        self.shown = ""

    def on_unmount(self) -> None:
        """Let go of the answers."""
        self.answers.close()

    def show_table(self, table: ReleasedTable) -> None:
        """Draw a table."""

    def action_publish(self) -> None:
        """Ask the ledger whether the marked question's table may be published, and record it if so."""
        question = self.marked_question()
        if question is None or question.kind == "written":
            self.tell("This is no table", "What was written leaves as themes and quotes, in the report.")
            return
        held, source = self.answers.held, self.answers.source
        self.open_over(
            Ask(
                "Release this table? It is recorded for good, and later ones are held against it.",
                Field(f"Type yes for: {question.words[:50]}"),
            ),
            lambda typed: self._publishing(
                typed, lambda: held.ask(publish_table, self.workspace, source, question.key)
            ),
        )

    def action_report(self) -> None:
        """Write the report."""
        fields = (
            Field("What the files are called", value=self.answers.source.stem),
            Field("Title", value="What young people told us"),
            Field("Who has read every quote (blank: no new quotes)"),
            Field("Who else agrees that they leave"),
        )
        self.open_over(Ask("Write the report into out/", *fields), self._report_typed)

    def _publishing(
        self,
        typed: tuple[str, ...] | None,
        work: Callable[[], tuple[ReleasedTable, str]],
    ) -> None:
        if typed is None or typed[0].lower() not in {"y", "yes"}:
            return
        self.open_over(
            Waiting("Holding it against what was released before", work),
            self._published,
        )

    def _published(self, done: tuple[ReleasedTable, str] | None) -> None:
        if done is not None:
            self.show_table(done[0])
            self.tell("Released", "Yes. Publish it exactly as it is shown.", done[1])

    def with_packed(self, then: Callable[[bytes], None]) -> None:
        """Go on with the answers as bytes for a job of their own."""

        def go_on(held: bytes | None) -> None:
            if held is not None:
                then(held)

        self.open_over(Waiting("Getting the answers ready", lambda: self.answers.held.ask(packed)), go_on)

    def _report_typed(self, typed: tuple[str, ...] | None) -> None:
        if typed is None:
            return
        from coprod.journeys.understanding.reports import LetOut, ReportRequest

        name, title, reader, other = typed
        let_out = LetOut(reader, other, today()) if reader or other else None
        request = ReportRequest(name, title, let_out=let_out)
        self.with_packed(
            lambda held: self.open_over(
                Working(
                    "Writing the report",
                    write_report_from,
                    held,
                    self.workspace,
                    self.answers.source,
                    request,
                    if_stopped="tables may stand in the ledger by then",
                ),
                self._report_written,
            )
        )

    def _report_written(self, written: "WrittenReport | None") -> None:
        if written is not None:
            tables = len(written.releases)
            self.tell(
                "The report is written",
                f"out/{written.page.name}   to read in a browser",
                f"out/{written.pdf.name}   to print or send",
                "beside them: a Word file, and a workbook with every table and its reasons",
                f"{tables} tables went into the ledger of releases.",
            )

    def marked_question(self) -> Question | None:
        """Give the question the caret is on."""
        return self.question(self.marked_choice())

    def question(self, key: str) -> Question | None:
        """Give a question by its key."""
        return next((one for one in self.answers.read.questions if one.key == key), None)
