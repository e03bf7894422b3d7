"""Reading what young people wrote to one question, every one of them, as it was sent or as it could leave."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coprod.journeys.understanding.reading import Question, Written, redacted
from coprod.tui.analyst.reading_list import FROM_FILE, ReadingList, quotable
from coprod.tui.analyst.sources import Answers
from coprod.tui.widgets.prose import Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace


class TextsScreen(ReadingList):
    """Every text to one question."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "redact", "As it could leave")]

    def __init__(
        self, workspace: Workspace, answers: Answers, question: Question, texts: tuple[Written, ...]
    ) -> None:
        super().__init__(answers.read.source, [one.text for one in texts], simulated=answers.read.simulated)
        self.workspace, self.answers, self.question, self.texts = workspace, answers, question, texts
        self.safe: tuple[str, ...] = ()
        self.is_safe = False

    def heading(self) -> str:
        """Give the question's words."""
        return self.question.words

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give the text, and whether it may be quoted."""
        text = self.safe[place] if self.is_safe else self.texts[place].text
        return ("quiet", self._about(place)), ("body", text)

    def action_redact(self) -> None:
        """Change between a text as it was sent and as it could leave."""
        if self.safe or self.is_safe:
            self._redacted(self.safe)
            return
        asked, held, source = self.question.key, self.answers.held, self.answers.source
        self.open_over(
            Waiting(
                "Taking out names, places and numbers",
                lambda: held.ask(redacted, self.workspace, source, asked),
            ),
            self._redacted,
        )

    def _redacted(self, safe: tuple[str, ...] | None) -> None:
        if safe is not None:
            self.safe, self.is_safe = safe, not self.is_safe
            self.show_whole()

    def _about(self, place: int) -> str:
        allowed = FROM_FILE if self.answers.read.is_file else quotable(may_quote=self.texts[place].may_quote)
        form = "as it could leave, redacted by machine: look again" if self.is_safe else "as it was sent"
        return f"{allowed} · {form}"
