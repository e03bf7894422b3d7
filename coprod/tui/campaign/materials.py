"""Choosing a material."""

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from coprod.journeys.overview import materials_of
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace


class MaterialsScreen(DeskScreen):
    """Every material of the workspace."""

    ROLE = "campaign team"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the materials by name."""
        self.show_head(self.workspace.settings.name)
        names = materials_of(self.workspace)
        none = "" if names else "None yet. Put one at campaigns/NAME/material.md."
        self.query_one("#before", Prose).show(("heading", "Which material?"), ("quiet", none))
        choices = tuple(Shown(name, name) for name in names)
        self.show_choices(choices)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.campaign.findings import FindingsScreen

        self.open_over(FindingsScreen(self.workspace, message.choice))
