"""One long page of words to be read: the arrows and page keys turn it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.journeys.checking.editing import Tone
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose, Voice

VOICES: dict[Tone, Voice] = {"title": "big", "heading": "heading", "body": "body", "quiet": "quiet"}


class LongPage(DeskScreen):
    """Subclasses draw into `#before` and below it."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "turn(2)", "Down"),
        Binding("up", "turn(-2)", "Up", show=False),
        Binding("pagedown,space", "turn(16)", "a page down", show=False),
        Binding("pageup", "turn(-16)", "a page up", show=False),
        Binding("home", "turn(-100000)", "to the top", show=False),
        Binding("end", "turn(100000)", "to the end", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        yield Prose(id="before")

    def action_turn(self, by: int) -> None:
        """Turn the page."""
        self.query_one("#middle", VerticalScroll).scroll_relative(y=by, animate=False)


def voiced(lines: Iterable[tuple[Tone, str]]) -> tuple[tuple[Voice, str], ...]:
    """Give lines of a document in the voices of a screen."""
    return tuple((VOICES[tone], words) for tone, words in lines)
