"""What a panel said: whether it was enough, whether it could harm, each question's table, and the comments."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.kernel.panel_result import PanelResult
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.bars import TableBars
from coprod.tui.widgets.prose import Prose, Voice


class PanelSaidScreen(DeskScreen):
    """One long page; the arrows and page keys turn it."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "turn(2)", "Down"),
        Binding("up", "turn(-2)", "Up"),
        Binding("pagedown,space", "turn(16)", "a page down", show=False),
        Binding("pageup", "turn(-16)", "a page up", show=False),
    ]

    def __init__(self, name: str, result: PanelResult) -> None:
        super().__init__()
        self.material_name, self.result = name, result

    def body(self) -> Iterable[Widget]:
        """Give the summary, the comments, and a table for each question."""
        yield Prose(id="before")
        for _ in self.result.tables:
            yield TableBars()

    def draw(self) -> None:
        """Draw what the panel handed over."""
        result = self.result
        self.show_head(self.material_name, "MAKE-BELIEVE" if result.simulated else "")
        self.query_one("#before", Prose).show(*said_lines(result))
        for bars, table in zip(self.query(TableBars), result.tables, strict=True):
            bars.show(table)

    def action_turn(self, by: int) -> None:
        """Turn the page."""
        self.query_one("#middle", VerticalScroll).scroll_relative(y=by, animate=False)


def said_lines(result: PanelResult) -> tuple[tuple[Voice, str], ...]:
    """Give a panel's result in lines, without its tables."""
    harm: tuple[Voice, str] = (
        ("notice", "!!  Somebody said this could harm someone. Answer that before anything else.")
        if result.harm_raised
        else ("body", "ok  Nobody said this could harm someone.")
    )
    enough = "" if result.enough else "   not enough: at least 5 review it together"
    comments: list[tuple[Voice, str]] = []
    for comment in result.comments:
        comments += [("quiet", comment.about), ("body", f"“{comment.text}”")]
    return (
        ("heading", f"{result.reviewers} reviewed it{enough}"),
        harm,
        ("body", ""),
        ("heading", "What they wrote, in no order"),
        *(comments or [("quiet", "Nobody wrote a comment.")]),
        ("body", ""),
    )
