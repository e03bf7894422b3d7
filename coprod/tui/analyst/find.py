"""Words where they stand: typed letter by letter, looked for beside the screen, with what is written around them."""

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from coprod.companion import Companion
from coprod.journeys.understanding.in_place import A_PAGE, FoundLine, InPlace, answers_with, lines_with
from coprod.journeys.understanding.reading import Question
from coprod.kernel.problem import CoprodError
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose
from coprod.tui.widgets.rows import Rows

AT_ONCE = 12  # answers that are redacted and drawn before all others: each costs about a millisecond
HOW = "Type a word, its beginning, or words that follow each other. Redacted, as it was decided."


class FoundLines:
    """Lines with the words found under each other, each made when it is drawn."""

    def __init__(self, lines: tuple[FoundLine, ...], width: int) -> None:
        self.lines, self.width = lines, width

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.lines)

    def __getitem__(self, row: int) -> str:
        """Give one line, as much before the words as a third of the width holds."""
        one, room = self.lines[row], max(6, self.width // 3)
        before = one.before
        while cell_len(before) > room:
            before = before[1:]
        return f"{' ' * (room - cell_len(before))}{before}‹{one.found}›{one.after}"


class FindScreen(DeskScreen):
    """A line to type in, what was found under it, and the marked place in full."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", priority=True),
        Binding("up", "move(-1)", "Up", priority=True),
        Binding("pagedown", "turn(1)", "a page down", show=False, priority=True),
        Binding("pageup", "turn(-1)", "a page up", show=False, priority=True),
    ]

    def __init__(self, answers: Answers, question: Question, held: Companion[InPlace]) -> None:
        super().__init__()
        self.answers, self.question, self.held = answers, question, held
        self.lines: tuple[FoundLine, ...] = ()
        self.more_from: int | None = None
        self.wanted, self.answers_found = "", 0

    def body(self) -> Iterable[Widget]:
        """Give the line to type in, what was found, and one place in full."""
        yield Input(placeholder="Words to look for", id="wanted")
        yield Prose(id="before")
        yield Rows(id="rows")
        with VerticalScroll(id="whole", can_focus=False, classes="short"):
            yield Prose(id="text-shown")

    def draw(self) -> None:
        """Begin in the line to type in."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        self.query_one(Input).cursor_blink = False
        self.query_one(Input).focus()
        self._show_lines(self.query_one(Rows).caret)

    def on_unmount(self) -> None:
        """End the process that holds the answers."""
        self.held.close()

    def action_move(self, by: int) -> None:
        """Move along what was found."""
        self.query_one(Rows).action_move(by)

    def action_turn(self, by: int) -> None:
        """Move by a screenful."""
        self.query_one(Rows).action_turn(by)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self.wanted, self.answers_found = message.value, 0
        self._look_for(message.value)

    @work(thread=True, group="finding")
    def _look_for(self, words: str, start: int = 0) -> None:
        """Find a page; for new words the first lines, then the rest of the page, then how many there are in all."""
        try:
            found = self._page(words, start, A_PAGE if start else AT_ONCE)
            if start == 0 and found is not None:
                self._page(words, found, A_PAGE)
                self._count(words)
        except CoprodError:
            return

    def _page(self, words: str, start: int, most: int) -> int | None:
        """Draw a page and give where the next one begins, unless other words are looked for by now."""
        if words != self.wanted:
            return None
        found, more = self.held.ask(lines_with, words, start, most)
        self.app.call_from_thread(self._found, words, start, found, more)
        return more

    def _count(self, words: str) -> None:
        if words == self.wanted:
            answers = self.held.ask(answers_with, words)
            self.app.call_from_thread(self._counted, words, answers)

    def _counted(self, words: str, answers: int) -> None:
        """Say in how many answers the words stand, unless other words are looked for by now."""
        if self.is_attached and self.wanted == words:
            self.answers_found = answers
            self._say()

    def _found(self, words: str, start: int, found: tuple[FoundLine, ...], more: int | None) -> None:
        """Draw what was found, unless other words are looked for by now."""
        if not self.is_attached or self.wanted != words:
            return
        caret = self.query_one(Rows).caret if start else 0
        self.lines = (*self.lines, *found) if start else found
        self.more_from = more
        self._show_lines(caret)

    def _show_lines(self, caret: int) -> None:
        rows = self.query_one(Rows)
        rows.show(FoundLines(self.lines, rows.size.width - 2), caret)
        self._say()
        self._show_whole()

    def _say(self) -> None:
        more = " More come as you go down." if self.more_from is not None else ""
        held = f"In {self.answers_found:,} answers. " if self.answers_found else ""
        none = "Nobody wrote this." if self.wanted else HOW
        said = f"{held}Lines shown: {len(self.lines)}.{more}" if self.lines else none
        self.query_one("#before", Prose).show(("heading", self.question.words), ("quiet", said))

    @on(Rows.Moved)
    def _show_whole(self) -> None:
        rows, more = self.query_one(Rows), self.more_from
        at_the_end = bool(self.lines) and rows.caret >= len(self.lines) - 1
        if at_the_end and more is not None and rows.caret:
            self.more_from = None
            self._look_for(self.wanted, more)
        one = self.lines[rows.caret] if self.lines else None
        shown = f"… {one.before}‹{one.found}›{one.after} …" if one else ""
        self.query_one("#text-shown", Prose).show(("body", shown))
