"""One drawn file: its page in half blocks, its words below, and the key that opens it in this computer's own program."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widget import Widget

from coprod.kernel.problem import CoprodError
from coprod.tui.campaign.gallery import open_or_say_where
from coprod.tui.campaign.page import LongPage, voiced
from coprod.tui.campaign.verifying import verdict_over
from coprod.tui.widgets.picture import Picture
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.drawn import Shown

WIDEST_DOTS = 110
MARGIN = 4


class DrawnScreen(LongPage):
    """The picture is made from the file's own bytes. Too small to read: its words are below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next_page", "Next page"),
        Binding("o", "open", "Open it"),
        Binding("v", "verify", "Verify"),
    ]

    def __init__(self, workspace: Workspace, path: Path) -> None:
        super().__init__()
        self.workspace, self.path = workspace, path
        self.page, self.pages = 1, 1

    def body(self) -> Iterable[Widget]:
        """Give the picture and the words."""
        yield Prose(id="before")
        yield Picture(id="picture")
        yield Prose(id="said")

    def draw(self) -> None:
        """Draw the file when it has been read, beside the screen's own work."""
        self.show_head(self.path.name)
        self._look(min(WIDEST_DOTS, self.size.width - MARGIN))

    def on_resize(self, event: Resize) -> None:
        """Draw the picture as wide as the window is now."""
        del event
        if self.is_mounted:
            self.draw()

    @work(thread=True, exclusive=True, group="look")
    def _look(self, wide: int) -> None:
        from coprod.journeys.checking.drawn import shown_file

        try:
            shown = shown_file(self.path, self.page, wide)
        except CoprodError as error:
            self.app.call_from_thread(self.explain, str(error))
        else:
            self.app.call_from_thread(self._show, shown)

    def _show(self, shown: "Shown") -> None:
        picture = shown.picture
        self.pages = picture.pages if picture else 1
        where = f"page {self.page} of {self.pages}" if self.pages > 1 else ""
        self.show_head(self.path.name, where)
        self.query_one(Picture).show(picture.rows if picture else ())
        words = voiced(shown.words) or (("quiet", "A picture. What it says is in the text, too."),)
        heading = (("body", ""), ("heading", "Its words")) if picture and shown.words else ()
        self.query_one("#said", Prose).show(*heading, *words)

    def action_next_page(self) -> None:
        """Go to the next page, after the last one to the first."""
        if self.pages > 1:
            self.page = self.page % self.pages + 1
            self.draw()
        else:
            self.tell("One page", "This file has no other page.")

    def action_open(self) -> None:
        """Open it in the program of this computer."""
        open_or_say_where(self, self.path)

    def action_verify(self) -> None:
        """Tell whether it is signed, byte for byte."""
        verdict_over(self, self.workspace, str(self.path))
