"""Looking at opened answers: triage, reading, words in place and counted, redaction, columns."""

from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from analysis.triage.triage import Queued
    from coprod.journeys.understanding.desk_pages import Line
    from coprod.journeys.understanding.in_place import InPlace
    from coprod.journeys.understanding.reading import Question
    from coprod.journeys.understanding.reviewing import ReviewAbout, Reviewed
    from coprod.tui.analyst.opened import OpenedScreen


def triage(screen: "OpenedScreen") -> None:
    """Read every text, most urgent first."""
    from coprod.journeys.understanding.at_the_desk import triage_of
    from coprod.tui.analyst.triage import TriageScreen

    def show(queued: "tuple[Queued, ...]") -> None:
        screen.answers.untriaged = len(queued)
        if queued:
            screen.open_over(TriageScreen(screen.workspace, screen.answers, queued))

    screen.work_on(None, "Putting what was written in order", triage_of, then=show)


def read(screen: "OpenedScreen", question: "Question") -> None:
    """Read what was written to the marked question."""
    from coprod.journeys.understanding.reading import texts_of
    from coprod.tui.analyst.texts import TextsScreen
    from coprod.tui.working import Waiting

    held = screen.answers.held
    screen.open_over(
        Waiting("Reading", lambda: held.ask(texts_of, question.key)),
        lambda texts: (
            screen.open_over(TextsScreen(screen.workspace, screen.answers, question, texts))
            if texts
            else None
        ),
    )


def find(screen: "OpenedScreen", question: "Question") -> None:
    """Look for words where they stand, letter after letter."""
    from coprod.companion import Companion
    from coprod.journeys.understanding.at_the_desk import Desk
    from coprod.journeys.understanding.in_place import open_in_place
    from coprod.tui.analyst.bench import Opening, companion_with
    from coprod.tui.analyst.find import FindScreen

    def show(held: "Companion[InPlace] | None") -> None:
        if held is not None:
            screen.open_over(FindScreen(screen.answers, question, held))

    def begin(desk: Desk) -> None:
        work = Opening(
            "Reading every word once", lambda: companion_with(open_in_place, desk), Companion.close
        )
        screen.open_over(work, show)

    screen.on_desk(question, begin)


def words(screen: "OpenedScreen", question: "Question") -> None:
    """Count words, draw those that keep company, or try how much redaction finds."""
    from coprod.journeys.understanding.desk_pages import network_page, recall_page, words_page

    ways = {
        "count": ("Words that most answers hold", "Counting words", words_page),
        "network": ("Words that stand near each other", "Drawing the network", network_page),
        "recall": ("How much of what was hidden redaction finds", "Hiding and looking", recall_page),
    }

    def go_on(wanted: str | None) -> None:
        if wanted is not None:
            heading, doing, page = ways[wanted]
            screen.work_on(question, doing, page, then=lambda lines: show(heading, lines))

    def show(heading: str, lines: "tuple[Line, ...]") -> None:
        from coprod.tui.analyst.page import PageScreen

        screen.open_over(PageScreen(screen.answers, heading, lines))

    screen.open_over(
        Pick(
            "Words",
            Shown("count", "Count them"),
            Shown("network", "Which stand near each other, drawn into out/"),
            Shown("recall", "How well redaction works here: made-up names hidden in a copy"),
        ),
        go_on,
    )


def redaction(screen: "OpenedScreen", question: "Question") -> None:
    """Decide on what redaction takes out of the marked question."""
    from coprod.journeys.understanding.reviewing import review_of
    from coprod.tui.analyst.redactions import RedactionsScreen

    def show(found: "tuple[ReviewAbout, tuple[Reviewed, ...]]") -> None:
        screen.open_over(RedactionsScreen(screen.answers, *found), lambda _: panel_again(screen))

    def begin() -> None:
        screen.work_on(
            question, "Taking out names, places and numbers", review_of, screen.answers.coder, then=show
        )

    screen.as_coder(begin)


def panel_again(screen: "OpenedScreen") -> None:
    """Let the campaign team read a panel's comments as they were decided on; of other answers nothing is done."""
    from coprod.journeys.checking.panel_comments import comments_again_from

    def told(lines: tuple[str, ...]) -> None:
        if lines:
            screen.tell("The campaign team reads this now", *lines)

    screen.work_on(
        None,
        "Looking whether the campaign team reads these",
        comments_again_from,
        screen.answers.coder,
        today(),
        then=told,
    )


KEPT_WITH = "One left out is needed? In the list of answers: M, F opens the file with it, for a reason."


def columns(screen: "OpenedScreen") -> None:
    """Show what each column of a file was taken for."""
    from coprod.journeys.understanding.reading import columns_of

    found = screen.attempt(lambda: screen.answers.held.ask(columns_of))
    if found is not None:
        none = ("A batch has questions, not columns; none was left out.",)
        screen.tell(
            "What each column was taken for",
            *(f"{name}: {what}" for name, what in found),
            *(("", KEPT_WITH) if found else none),
        )
