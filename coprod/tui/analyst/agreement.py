"""Agreement between coders: figures a code at a time, and the answers to talk about."""

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.journeys.understanding.at_the_desk import AgreementShown, Apart
from coprod.journeys.understanding.reading import Question
from coprod.tui.analyst.reading_list import ReadingList
from coprod.tui.analyst.sources import Answers
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.widgets.rows import Rows

CAUTION = "A reason to talk, not a mark. Reflexive analysis does without figures like these."


class AgreementScreen(ReadingList):
    """Figures above; below them each answer on which coders differ."""

    def __init__(self, answers: Answers, question: Question, found: AgreementShown) -> None:
        super().__init__(
            answers.read.source, [one.text for one in found.apart], simulated=answers.read.simulated
        )
        self.question, self.found = question, found

    def body(self) -> Iterable[Widget]:
        """Give the figures, the list, and the whole of one answer."""
        yield Prose(id="before")
        with VerticalScroll(id="figures", can_focus=False):
            yield Prose(id="told")
        yield Rows(id="rows")
        with VerticalScroll(id="whole", can_focus=False, classes="short"):
            yield Prose(id="text-shown")

    def draw(self) -> None:
        """Draw figures and list."""
        super().draw()
        self.query_one("#told", Prose).show(*figure_lines(self.found))
        if not self.found.apart:
            self.query_one("#text-shown", Prose).show(("body", "Nobody coded the same answer differently."))

    def heading(self) -> str:
        """Give the question's words."""
        return self.question.words

    def progress(self) -> str:
        """Give what the figures are worth."""
        return CAUTION

    def mark(self, place: int) -> str:
        """Give the code an answer is disputed for."""
        return f"{self.found.apart[place].code}: "

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give an answer, and who gave the code and who did not."""
        one = self.found.apart[place]
        return ("quiet", who_said(one)), ("body", one.text)


def who_said(one: Apart) -> str:
    """Give who found a code in an answer and who did not."""
    return f"{one.code}: {', '.join(one.given_by)} yes, {', '.join(one.not_by)} no"


def figure_lines(found: AgreementShown) -> tuple[tuple[Voice, str], ...]:
    """Give the figures, a code a line, or why there are none."""
    if found.why_none:
        return (("notice", f"No figures: {found.why_none}."),)
    head: tuple[Voice, str] = ("quiet", f"{found.answers} answers judged by two or more. Krippendorff’s alpha (95 % interval), Cohen’s kappa.")  # fmt: skip
    return (head, *(("body", f"{one.name}: alpha {one.alpha}, kappa {one.kappa}") for one in found.codes))
