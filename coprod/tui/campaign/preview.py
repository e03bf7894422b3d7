"""A material as its reader meets it, block after block. Nothing is drawn into a file."""

from coprod.journeys.checking.editing import Tone, preview_of, written_material
from coprod.tui.campaign.page import LongPage, voiced
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace


class PreviewScreen(LongPage):
    """The words of a material, its contacts filled in."""

    def __init__(self, name: str, lines: tuple[tuple[Tone, str], ...]) -> None:
        super().__init__()
        self.material_name, self.said = name, lines

    def draw(self) -> None:
        """Draw the blocks."""
        self.show_head(self.material_name, "preview: not checked, not drawn")
        self.query_one("#before", Prose).show(*voiced(self.said))


def preview_over(screen: DeskScreen, workspace: Workspace, name: str, text: str) -> None:
    """Show a text of a material as its reader would meet it; where it cannot be read, say why."""
    lines = screen.attempt(lambda: preview_of(workspace, written_material(text)))
    if lines is not None:
        screen.open_over(PreviewScreen(name, lines))
