"""Choosing a material."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.checking.editing import begin_material, how_far, starters
from coprod.journeys.overview import materials_of
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace


class MaterialsScreen(DeskScreen):
    """Every material of the workspace."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New"),
        Binding("c", "any_file", "Check anything"),
        Binding("r", "rules", "Rules"),
        Binding("v", "verify", "Verify a file or a code", show=False),
        Binding("a", "approver", "Who signs materials off", show=False),
    ]

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
        none = "" if names else "None yet. N begins one."
        self.query_one("#before", Prose).show(("heading", "Which material?"), ("quiet", none))
        choices = tuple(Shown(name, f"{name}   {how_far(self.workspace, name)}") for name in names)
        self.show_choices(choices)

    def action_new(self) -> None:
        """Begin a material from a starter."""
        choices = (Shown(one.name, one.title) for one in starters(self.workspace))
        self.open_over(Pick("Begin with what?", *choices), self._starter_picked)

    def action_any_file(self) -> None:
        """Check a leaflet, a page, a folder or pasted words that are no material of this workspace."""
        from coprod.tui.campaign.anyfile import check_anything

        check_anything(self, self.workspace)

    def action_rules(self) -> None:
        """Read the rules."""
        from coprod.tui.campaign.rules import RulesScreen

        self.open_over(RulesScreen())

    def action_verify(self) -> None:
        """Check a drawn file, or the code on a wall."""
        from coprod.tui.campaign.verifying import verify_form

        self.open_over(verify_form(self.workspace), lambda said: self.tell(*said) if said else None)

    def action_approver(self) -> None:
        """Make a key with which somebody signs materials off."""
        from coprod.tui.campaign.verifying import approver_form

        self.open_over(approver_form(self.workspace), lambda said: self.tell(*said) if said else None)

    def _starter_picked(self, starter: str | None) -> None:
        if starter is not None:
            field = Field("Its name, such as not-your-fault", name="name")
            self.open_over(
                Filling(
                    "A new material",
                    (field,),
                    lambda typed: begin_material(self.workspace, starter, typed[0], today()),
                ),
                self._begun,
            )

    def _begun(self, name: str | None) -> None:
        from coprod.tui.campaign.editor import editor_for

        if name is not None:
            self.draw()
            listed = self.query_one(ChoiceList)
            listed.action_move([one.id for one in listed.choices].index(name) - listed.caret)
            self.open_over(editor_for(self.workspace, name))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.campaign.findings import FindingsScreen

        self.open_over(FindingsScreen(self.workspace, message.choice))
