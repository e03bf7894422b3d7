"""Reading what young people wrote to one question, every one of them: a list, the whole text below it, and finding words."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.journeys.understanding.reading import Question, Written, redacted
from coprod.kernel.text import clean_line
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.prose import Prose
from coprod.tui.widgets.rows import Rows
from coprod.tui.working import Waiting


class TextsScreen(DeskScreen):
    """Every text, with a tick at those that have been on this screen since it was opened."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find"),
        Binding("u", "unread", "Next unread"),
        Binding("r", "redact", "As it could leave"),
        Binding("x", "forget_find", "all of them again", show=False),
    ]

    def __init__(self, answers: Answers, question: Question, texts: tuple[Written, ...]) -> None:
        super().__init__()
        self.answers, self.question, self.texts = answers, question, texts
        self.lines = [clean_line(one.text) for one in texts]
        self.folded = [line.casefold() for line in self.lines]
        self.places: list[int] = list(range(len(texts)))
        self.seen: set[int] = set()
        self.words = ""
        self.safe: tuple[str, ...] = ()
        self.is_safe = False

    def body(self) -> Iterable[Widget]:
        """Give the question, the list, and the whole of one text."""
        yield Prose(id="before")
        yield Rows(id="rows")
        with VerticalScroll(id="whole", can_focus=False):
            yield Prose(id="text-shown")

    def draw(self) -> None:
        """Draw the list, and the text under the caret."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        rows = self.query_one(Rows)
        self._list(rows.caret)
        rows.focus()

    def action_find(self) -> None:
        """Show only texts with some words in them."""
        self.open_over(Ask("Find answers with these words", Field("Words", value=self.words)), self._typed)

    def action_forget_find(self) -> None:
        """Show every text again."""
        self.find("")

    def action_unread(self) -> None:
        """Go to the next text that has not been on this screen."""
        rows = self.query_one(Rows)
        after = [*range(rows.caret + 1, len(self.places)), *range(rows.caret)]
        place = next((one for one in after if self.places[one] not in self.seen), None)
        if place is None:
            self.tell("Every one of these has been on the screen", "Whether it was read, only you know.")
        else:
            rows.action_move(place - rows.caret)

    def action_redact(self) -> None:
        """Change between a text as it was sent and as it could leave."""
        if self.safe or self.is_safe:
            self._redacted(self.safe)
            return
        asked = self.question.key
        self.open_over(
            Waiting("Taking out names, places and numbers", lambda: self.answers.held.ask(redacted, asked)),
            self._redacted,
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_whole()

    def _typed(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.find(typed[0])

    def find(self, words: str) -> None:
        """List the texts that have all of these words in them."""
        self.words = words.strip()
        places = list(range(len(self.folded)))
        for word in self.words.casefold().split():
            places = [place for place in places if word in self.folded[place]]
        self.places = places
        self._list(0)

    def _redacted(self, safe: tuple[str, ...] | None) -> None:
        if safe is not None:
            self.safe, self.is_safe = safe, not self.is_safe
            self._show_whole()

    def _list(self, caret: int) -> None:
        self.query_one(Rows).show([self.lines[place] for place in self.places], caret)
        self._show_whole()

    def _show_whole(self) -> None:
        rows, shown = self.query_one(Rows), self.query_one("#text-shown", Prose)
        if not self.places:
            shown.show(("body", "No answer has these words. X shows all of them again."))
        else:
            place = self.places[rows.caret]
            self.seen.add(place)
            shown.show(("quiet", self._about(place)), ("body", self._text(place)))
        self.query_one("#whole", VerticalScroll).scroll_home(animate=False)
        found = f"   with “{self.words}”: {len(self.places)} (X: all)" if self.words else ""
        self.query_one("#before", Prose).show(
            ("heading", self.question.words),
            ("quiet", f"{len(self.seen)} of {len(self.texts)} have been on this screen.{found}"),
        )

    def _about(self, place: int) -> str:
        allowed = "may be quoted" if self.texts[place].may_quote else "NOT to be quoted"
        if self.question.kind == "either":
            allowed = "from a file: nobody here asked whether it may be quoted"
        form = "as it could leave, redacted by machine: look again" if self.is_safe else "as it was sent"
        return f"{allowed} · {form}"

    def _text(self, place: int) -> str:
        return self.safe[place] if self.is_safe else self.texts[place].text
