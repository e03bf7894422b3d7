"""Words where they stand: answers read once and held by a process of their own, to be searched letter after letter."""

from typing import TYPE_CHECKING

from coprod.journeys.understanding.at_the_desk import Desk, responses_on
from coprod.journeys.understanding.redactions import decided_in
from coprod.kernel.problem import BadInputError
from coprod.kernel.unshown import Unshown

if TYPE_CHECKING:
    from analysis.words.concordance import Index


A_PAGE = 50


class InPlace:
    """The answers to one question, every word of them found once."""

    def __init__(self, index: "Index") -> None:
        self.index = index

    def __repr__(self) -> str:
        """Give nothing of the answers."""
        return "InPlace()"


class FoundLine(Unshown, frozen=True):
    """One place where words stand: what is before, the words, what is after; redacted as it was decided."""

    before: str
    found: str
    after: str


def open_in_place(desk: Desk) -> InPlace:
    """Give the answers to a question to be searched. Raises BadInputError for decisions on redaction edited by hand."""
    from analysis.words.concordance import index_of

    held = responses_on(desk)
    decided = decided_in(desk.workspace, desk.source, held, desk.question)
    opened = InPlace(index_of(held.texts(desk.question), decided))
    lines_with(
        opened, "a", most=1
    )  # the first search makes all patterns ready: nobody should wait for it at a key
    return opened


def lines_with(
    held: InPlace, words: str, start: int = 0, most: int = A_PAGE
) -> tuple[tuple[FoundLine, ...], int | None]:
    """Give places where words stand, in at most so many answers from candidate `start` on, and where to go on, if anywhere.

    None for no words.
    """
    from analysis.words.concordance import search

    try:
        page = search(held.index, words, start, most)
    except BadInputError:
        return (), None
    return tuple(FoundLine(one.before, one.found, one.after) for one in page.lines), page.more_from


def answers_with(held: InPlace, words: str) -> int:
    """Give in how many answers words stand. Only for the analyst's own screen."""
    from analysis.words.concordance import count_answers

    try:
        return count_answers(held.index, words)
    except BadInputError:
        return 0
