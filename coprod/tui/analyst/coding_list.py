"""A question's answers with one coder's codes on them, and the writing of each decision behind the screen's back."""

from collections import deque
from collections.abc import Iterable

from textual import work
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.clock import today
from coprod.companion import Companion
from coprod.journeys.understanding.coding_room import CodingRoom, Decision, Sheet, decide, sheet_of
from coprod.journeys.understanding.reading import Question
from coprod.kernel.problem import CoprodError
from coprod.tui.analyst.reading_list import FROM_FILE, ReadingList, quotable
from coprod.tui.analyst.so_far import SoFar
from coprod.tui.analyst.sources import Answers
from coprod.tui.widgets.codegrid import CodeGrid
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.widgets.rows import Rows


class CodingList(ReadingList):
    """A decision shows at once; the line above the list says `saving` until it is on the disk."""

    def __init__(
        self, answers: Answers, question: Question, room: Companion[CodingRoom], sheet: Sheet
    ) -> None:
        super().__init__(answers.read.source, sheet.texts, simulated=answers.read.simulated)
        self.answers, self.question, self.room = answers, question, room
        self.ids, self.may_quote = sheet.ids, sheet.may_quote
        self.so_far = SoFar(sheet)
        self.waiting: deque[Decision] = deque()
        self.is_saving = False

    def body(self) -> Iterable[Widget]:
        """Give the list, the whole of one answer, and the codes."""
        yield Prose(id="before")
        yield Rows(id="rows")
        with VerticalScroll(id="whole", can_focus=False, classes="short"):
            yield Prose(id="text-shown")
        yield CodeGrid(id="codes")

    def on_unmount(self) -> None:
        """End the process that held the sitting."""
        self.room.close()

    @property
    def response(self) -> str:
        """Give the id of the answer under the caret, or nothing where none is listed."""
        return self.ids[self.place] if self.places else ""

    def heading(self) -> str:
        """Give the question's words."""
        return self.question.words

    def progress(self) -> str:
        """Give whose codes these are, how many answers are judged, and whether that is on the disk."""
        grid = self.query_one(CodeGrid)
        page = f" Codes {grid.page + 1}/{grid.pages}." if grid.pages > 1 else ""
        saved = "saving …" if self.is_saving else "saved"
        return f"{self.answers.coder}: {len(self.so_far.judged)} of {len(self.ids)} judged, {saved}.{page}"

    def mark(self, place: int) -> str:
        """Give whether an answer has codes or was read."""
        return self.so_far.mark(self.ids[place])

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give the text and whether it may be quoted."""
        allowed = FROM_FILE if self.answers.read.is_file else quotable(may_quote=self.may_quote[place])
        return ("quiet", allowed), ("body", self.read_texts[place])

    def show_whole(self) -> None:
        """Draw the answer under the caret and its codes."""
        super().show_whole()
        response, so_far = self.response, self.so_far
        self.query_one(CodeGrid).show(so_far.codes, so_far.codes_of(response), so_far.hints(response))

    def action_leave(self) -> None:
        """Go back, once everything is on the disk."""
        if not self.is_saving:
            self.dismiss()

    def save(self, decision: Decision) -> None:
        """Write a decision after those that wait, and draw it."""
        self.waiting.append(decision)
        if not self.is_saving:
            self.is_saving = True
            self._write()
        self.list_from(self.query_one(Rows).caret)

    def take(self, sheet: Sheet | None) -> None:
        """Show what is truly on the disk."""
        if sheet is not None:
            self.so_far.take(sheet)
            self.list_from(self.query_one(Rows).caret)

    @work(thread=True, group="saving")
    def _write(self) -> None:
        while self.waiting:
            try:
                self.room.ask(decide, self.waiting.popleft(), today())
            except CoprodError as error:
                self.app.call_from_thread(self._not_saved, str(error))
                return
        self.app.call_from_thread(self._saved)

    def _saved(self) -> None:
        self.is_saving = bool(self.waiting)
        if self.waiting:
            self._write()
        self.show_whole()

    def _not_saved(self, why: str) -> None:
        self.waiting.clear()
        self.is_saving = False
        self.explain(why)
        self.take(self.attempt(lambda: self.room.ask(sheet_of)))
