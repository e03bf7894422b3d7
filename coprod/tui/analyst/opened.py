"""A screen over opened answers: which question is marked, and how work on its answers is begun."""

from collections.abc import Callable
from typing import Any

from coprod.journeys.understanding.at_the_desk import Desk
from coprod.journeys.understanding.reading import Question, packed
from coprod.tui.analyst.bench import OnBench
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import DeskScreen, Got
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.working import Waiting
from coprod.workspace import Workspace


class OpenedScreen(DeskScreen):
    """A screen with opened answers and a list of their questions."""

    ROLE = "analyst"

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        super().__init__()
        self.workspace, self.answers = workspace, answers

    def marked_question(self) -> Question | None:
        """Give the question the caret is on."""
        return self.question(self.marked_choice())

    def question(self, key: str) -> Question | None:
        """Give a question by its key."""
        return next((one for one in self.answers.read.questions if one.key == key), None)

    def written(self) -> list[Question]:
        """Give the questions that people wrote to."""
        return [one for one in self.answers.read.questions if one.kind == "written"]

    def with_written(self, then: Callable[[Question], None]) -> None:
        """Go on with the marked question where people wrote; where it is another, ask which of those is meant."""
        marked = self.marked_question()
        written = self.written()
        if marked is not None and (marked in written or (marked.kind == "either" and not written)):
            then(marked)
            return

        def picked(key: str | None) -> None:
            question = self.question(key) if key else None
            if question is not None:
                then(question)

        may_be = [*written, *(one for one in self.answers.read.questions if one.kind == "either")]
        if may_be:
            choices = [Shown(one.key, one.words) for one in may_be]
            self.open_over(Pick("Which of the questions that people wrote to?", *choices), picked)
        else:
            self.tell("Nobody wrote anything", "None of these questions was answered in words.")

    def on_desk(self, question: Question | None, then: Callable[[Desk], None]) -> None:
        """Go on with the answers to a question, as a job of their own can take them."""

        def go_on(held: bytes | None) -> None:
            if held is not None:
                self.answers.packed = held
                then(self._desk(question))

        if self.answers.packed:
            then(self._desk(question))
        else:
            self.open_over(Waiting("Getting the answers ready", lambda: self.answers.held.ask(packed)), go_on)

    def work_on(
        self,
        question: Question | None,
        what: str,
        function: Callable[..., Got],
        *more: Any,
        then: Callable[[Got], None],
        if_stopped: str = "nothing is changed then",
    ) -> None:
        """Do a job with the desk first and `more` after it, where it can be stopped, and go on with what it gives."""

        def done(got: Got | None) -> None:
            if got is not None:
                then(got)

        def begin(desk: Desk) -> None:
            bench = self.answers.bench
            self.open_over(OnBench[Got](what, bench, desk, function, *more, if_stopped=if_stopped), done)

        self.on_desk(question, begin)

    def _desk(self, question: Question | None) -> Desk:
        """Give the desk with a question on it, the same one where it is laid out already."""
        key = question.key if question else ""
        laid = self.answers.bench.desk
        if laid is not None and laid.question == key:
            return laid
        return Desk(self.answers.packed, self.answers.source, key, self.workspace)

    def as_coder(self, then: Callable[[], None]) -> None:
        """Go on once somebody said whose work this is; they are asked once."""
        if self.answers.coder:
            then()
            return

        def go_on(coder: str | None) -> None:
            if coder is not None:
                self.answers.coder = coder
                then()

        field = Field("Your initials, such as AB: whose codes and themes these are", name="initials")
        self.open_over(Filling("Whose work is this?", (field,), lambda typed: initials(typed[0])), go_on)


def said_yes(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed. Raises BadInputError where the last field is no yes: for what cannot be taken back."""
    from coprod.kernel.problem import BadInputError

    if typed[-1].strip().casefold() not in {"y", "yes"}:
        raise BadInputError.of("yes", "this is no yes, so nothing was done", "type yes, or press Esc")
    return typed


def initials(typed: str) -> str:
    """Give initials as they are kept. Raises BadInputError for what can be none."""
    from coprod.kernel.problem import BadInputError

    wanted = typed.strip().upper()
    if not wanted.isalpha() or len(wanted) > 4:
        raise BadInputError.of("initials", "these are no initials", "type one to four letters, such as AB")
    return wanted
