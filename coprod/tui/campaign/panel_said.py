"""What a panel said: whether it was enough, whether it could harm, the comments, and each question's table."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.problem import CoprodError
from coprod.kernel.text import clean_line
from coprod.tui.campaign.page import LongPage
from coprod.tui.widgets.bars import TableBars
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.rounds import IsMet, PanelNow

MARKS: "dict[IsMet, tuple[Voice, str]]" = {
    "met": ("body", "ok  "),
    "not met": ("notice", "!!  NOT MET: "),
    "not noted": ("quiet", "··  not noted yet: "),
}
NO_COMMENT: tuple[Voice, str] = ("quiet", "Nobody wrote a comment.")


class PanelSaidScreen(LongPage):
    """One long page: goals and harm first, then comments, then a table for each question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "Answer"),
        Binding("s", "shown_back", "Show the panel"),
    ]

    def __init__(self, name: str, result: PanelResult, workspace: Workspace) -> None:
        super().__init__()
        self.material_name, self.result, self.workspace = name, result, workspace

    def body(self) -> Iterable[Widget]:
        """Give the summary, the comments, and a table for each question."""
        yield Prose(id="before")
        for _ in self.result.tables:
            yield TableBars()

    def draw(self) -> None:
        """Draw what the panel handed over, and where the round stands when that has been looked at."""
        result = self.result
        self.show_head(self.material_name, "MAKE-BELIEVE" if result.simulated else "")
        self.query_one("#before", Prose).show(*said_lines(result, None))
        for bars, table in zip(self.query(TableBars), result.tables, strict=True):
            bars.show(table)
        self._look()

    @work(thread=True, exclusive=True, group="look")
    def _look(self) -> None:
        from coprod.journeys.checking.rounds import panel_now

        try:
            now = panel_now(self.workspace, self.material_name, today())
        except CoprodError as error:
            self.app.call_from_thread(self.explain, str(error))
        else:
            lines = said_lines(self.result, now)
            self.app.call_from_thread(self.query_one("#before", Prose).show, *lines)

    def action_answer(self) -> None:
        """Answer the comments, one by one."""
        from coprod.tui.campaign.deciding import DecidingScreen

        self.open_over(DecidingScreen(self.workspace, self.material_name))

    def action_shown_back(self) -> None:
        """Show the panel what was done with what it said."""
        from coprod.tui.campaign.showing import show_back

        show_back(self, self.workspace, self.material_name)


def said_lines(result: PanelResult, now: "PanelNow | None") -> tuple[tuple[Voice, str], ...]:
    """Give a panel's result in lines, without its tables; with where the round stands once that is known."""
    enough = "" if result.enough else "   not enough for the quorum"
    return (
        ("heading", f"{result.reviewers} reviewed it{enough}"),
        *(_standing_lines(now) if now is not None else ()),
        _harm_line(result, now),
        ("body", ""),
        ("heading", "What they wrote, in no order and tied to nobody"),
        *(tuple(comment_lines(result.comments)) or (NO_COMMENT,)),
        ("body", ""),
    )


def _standing_lines(now: "PanelNow") -> Iterator[tuple[Voice, str]]:
    if not now.saw_this:
        yield ("notice", "!!  The words have changed since: a panel has to see them as they are now.")
    for goal in now.goals:
        voice, mark = MARKS[goal.is_met]
        yield (voice, f"{mark}{goal.words}")
    answers = now.answers
    if answers.comments:
        done = answers.answered == answers.comments
        counted = f"{answers.answered} of {answers.comments} comments are answered"
        yield ("body", f"ok  {counted}") if done else ("notice", f"▸▸  {counted}. A answers them")
        if done:
            back = (
                "ok  the panel was shown what was done"
                if answers.shown_back
                else "▸▸  S shows the panel what was done"
            )
            yield ("body" if answers.shown_back else "notice", back)


def _harm_line(result: PanelResult, now: "PanelNow | None") -> tuple[Voice, str]:
    if not result.harm_raised:
        return ("body", "ok  Nobody said this could harm someone.")
    if now is not None and now.answers.harm_answered:
        return ("body", "ok  Somebody said this could harm someone, and that is answered.")
    return ("notice", "!!  Somebody said this could harm someone. Answer that before anything else.")


def comment_lines(comments: Iterable[PanelComment]) -> Iterator[tuple[Voice, str]]:
    """Give comments under the questions they answer, by alphabet, so that their order says nothing."""
    known = sorted(comments, key=lambda one: (one.about, one.text))
    for about, written in groupby(known, key=lambda one: one.about):
        yield ("quiet", clean_line(about))
        yield from (("body", f"“{clean_line(one.text)}”") for one in written)
