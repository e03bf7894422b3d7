"""Showing a panel what was done with what it said, and noting who showed it."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.journeys.checking.deciding import decide, tell_panel_of
from coprod.kernel.files import read_text
from coprod.tui.campaign.gallery import open_or_say_where
from coprod.tui.campaign.page import LongPage
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.drawn_text import preview_lines
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace


class ShownBackScreen(LongPage):
    """The page for the panel, as text; turn the screen to them, or open the page with a bigger type."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "who", "They have seen it"),
        Binding("o", "open_page", "Open the page"),
    ]

    def __init__(self, workspace: Workspace, name: str, paths: tuple[Path, ...]) -> None:
        super().__init__()
        self.workspace, self.material_name, self.paths = workspace, name, paths

    def draw(self) -> None:
        """Draw the page as text, the first language first."""
        self.show_head(self.material_name, "for the panel")
        texts = [path for path in self.paths if path.suffix == ".txt"]
        lines = self.attempt(lambda: [line for path in texts for line in preview_lines(read_text(path))])
        if lines is not None:
            self.query_one("#before", Prose).show(*lines)

    def action_open_page(self) -> None:
        """Open the page in this computer's own program."""
        page = next((path for path in self.paths if path.suffix == ".html"), None)
        if page is not None:
            open_or_say_where(self, page)

    def action_who(self) -> None:
        """Note who showed it, today."""
        workspace, name = self.workspace, self.material_name

        def noted(typed: tuple[str, ...]) -> str:
            decide(workspace, name, "shown", typed, today())
            return typed[0]

        def told(who: str | None) -> None:
            if who is not None:
                self.tell("Noted", f"{who} showed it to the panel today. It is in the history, and stays.")

        fields = (Field("Who showed it to them", name="name"),)
        self.open_over(Filling("The panel has seen this page?", fields, noted), told)


def show_back(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Write the page for a panel and show it; where comments wait for an answer, say so."""
    paths = screen.attempt(lambda: tell_panel_of(workspace, name, today()))
    if paths:
        screen.open_over(ShownBackScreen(workspace, name, paths))
    elif paths is not None:
        screen.tell("Not yet", "No panel's answers have been opened for this material.")
