"""A material as its reader meets it, block after block. Nothing is drawn into a file."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.journeys.checking.editing import Tone, preview_of, written_material
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

VOICES: dict[Tone, Voice] = {"title": "big", "heading": "heading", "body": "body", "quiet": "quiet"}


class PreviewScreen(DeskScreen):
    """One long page; the arrows and page keys turn it."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "turn(2)", "Down"),
        Binding("up", "turn(-2)", "Up"),
        Binding("pagedown,space", "turn(16)", "a page down", show=False),
        Binding("pageup", "turn(-16)", "a page up", show=False),
    ]

    def __init__(self, name: str, lines: tuple[tuple[Tone, str], ...]) -> None:
        super().__init__()
        self.material_name, self.said = name, lines

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        yield Prose(id="before")

    def draw(self) -> None:
        """Draw the blocks."""
        self.show_head(self.material_name, "preview: not checked, not drawn")
        self.query_one("#before", Prose).show(*((VOICES[tone], words) for tone, words in self.said))

    def action_turn(self, by: int) -> None:
        """Turn the page."""
        self.query_one("#middle", VerticalScroll).scroll_relative(y=by, animate=False)


def preview_over(screen: DeskScreen, workspace: Workspace, name: str, text: str) -> None:
    """Show a text of a material as its reader would meet it; where it cannot be read, say why."""
    lines = screen.attempt(lambda: preview_of(workspace, written_material(text)))
    if lines is not None:
        screen.open_over(PreviewScreen(name, lines))
