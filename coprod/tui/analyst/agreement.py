"""Agreement between coders: codes with a figure each, and beside the marked one the answers to talk about."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.journeys.understanding.at_the_desk import AgreedCode, AgreementShown, Apart
from coprod.journeys.understanding.reading import Question
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import FIND, PAGES, DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice

CAUTION = "A reason to talk, not a mark."
NUMBERS = "In front: answers they differ on."
NOBODY = "Nobody coded the same answer differently."
MOST_TEXTS = 100  # answers beside a code: nobody talks about more at one sitting


class AgreementScreen(DeskScreen):
    """Codes on the left, those apart most often first; on the right who gave the marked one and who did not."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [*PAGES, FIND]

    def __init__(self, answers: Answers, question: Question, found: AgreementShown) -> None:
        super().__init__()
        self.answers, self.question, self.found = answers, question, found
        self.codes = codes_in_order(found)

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the codes."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        found = self.found
        judged = f"No figures: {found.why_none}." if found.why_none else f"Judged by two or more: {found.answers} answers."  # fmt: skip
        self.query_one("#before", Prose).show(
            ("heading", self.question.words), ("quiet", f"{judged} {CAUTION} {NUMBERS}")
        )
        self.show_choices(
            tuple(
                Shown(one.name, one.name, mark=f"{len(apart_on(one.name, found)):>3}") for one in self.codes
            )
        )
        self._show_marked()

    @on(ChoiceList.Pending)
    @on(ChoiceList.Picked)
    def _show_marked(self) -> None:
        marked = next((one for one in self.codes if one.name == self.marked_choice()), None)
        lines = code_lines(marked, self.found) if marked else (("body", NOBODY),)
        self.query_one("#told", Prose).show(*lines)
        self.action_page(0)


def codes_in_order(found: AgreementShown) -> tuple[AgreedCode, ...]:
    """Give every code that has a figure or is disputed, those that coders differ on most often first."""
    known = {one.name: one for one in found.codes}
    for one in found.apart:
        known.setdefault(one.code, AgreedCode(one.code, "", ""))
    return tuple(sorted(known.values(), key=lambda one: -len(apart_on(one.name, found))))


def apart_on(code: str, found: AgreementShown) -> tuple[Apart, ...]:
    """Give the answers on which coders differ about a code."""
    return tuple(one for one in found.apart if one.code == code)


def who_said(one: Apart) -> str:
    """Give who found a code in an answer and who did not."""
    return f"{', '.join(one.given_by)} yes; {', '.join(one.not_by)} no"


def code_lines(one: AgreedCode, found: AgreementShown) -> tuple[tuple[Voice, str], ...]:
    """Give the figures of a code, and every answer on which coders differ."""
    apart = apart_on(one.name, found)
    lines: list[tuple[Voice, str]] = [("heading", one.name)]
    if one.alpha:
        lines += [
            ("quiet", f"Krippendorff’s alpha {one.alpha}"),
            ("quiet", f"Cohen’s kappa {one.kappa}"),
        ]
    for answer in apart[:MOST_TEXTS]:
        lines += [("body", ""), ("quiet", who_said(answer)), ("body", answer.text)]
    if not apart:
        lines += [("body", ""), ("body", NOBODY)]
    if len(apart) > MOST_TEXTS:
        lines += [("body", ""), ("quiet", f"{len(apart) - MOST_TEXTS} more. Talk about these first.")]
    return tuple(lines)
