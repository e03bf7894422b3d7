"""What of opened answers may leave: tables, the ledger, quotes, key words."""

from typing import TYPE_CHECKING

from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from coprod.journeys.understanding.at_the_desk import Offered
    from coprod.journeys.understanding.reading import Question
    from coprod.tui.analyst.opened import OpenedScreen


def publish(screen: "OpenedScreen") -> None:
    """Ask whether a table may be published, with nothing recorded by asking."""
    from coprod.tui.analyst.whatif import WhatIfScreen

    screen.open_over(WhatIfScreen(screen.workspace, screen.answers, screen.marked_choice()))


def ledger(screen: "OpenedScreen") -> None:
    """Show everything that was ever released."""
    from coprod.tui.analyst.ledger import LedgerScreen

    screen.open_over(LedgerScreen(screen.workspace))


def quotes(screen: "OpenedScreen", question: "Question") -> None:
    """Pick quotes of the marked question."""
    from coprod.journeys.understanding.at_the_desk import quotes_of
    from coprod.tui.analyst.quotes import QuotesScreen

    def show(offered: "tuple[Offered, ...]") -> None:
        if offered:
            screen.open_over(QuotesScreen(screen.workspace, screen.answers, question, offered))
        else:
            screen.tell("No quotes", "Nobody who agreed to be quoted wrote something that may leave.")

    screen.work_on(question, "Redacting what was written, and looking who agreed", quotes_of, then=show)


def key_words(screen: "OpenedScreen", question: "Question") -> None:
    """Show the words one group writes more than all others."""
    from coprod.journeys.understanding.at_the_desk import is_linked, key_words_of
    from coprod.tui.analyst.page import PageScreen
    from coprod.tui.analyst.page import key_word_lines as lines_of

    def show(by: str, found: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        screen.open_over(PageScreen(screen.answers, f"Key words by {by}", lines_of(found)))

    def go_on(by: str | None) -> None:
        if by is not None:
            screen.work_on(question, "Comparing groups", key_words_of, by, then=lambda found: show(by, found))

    if not screen.attempt(lambda: screen.answers.held.ask(is_linked, question.key)):
        return
    groups = [
        Shown(one.key, one.words)
        for one in screen.answers.read.questions
        if one.kind != "written" and one.key != question.key
    ]
    screen.open_over(Pick("Compare the groups of which question?", *groups), go_on)
