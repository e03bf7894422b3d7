"""A page of findings to read."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose, Voice

STRENGTH = "The end of a line says how strong the evidence is that this is not chance."
LIMITS = (
    "A word here is a place to look, not a finding: many words were tried, and a word says nothing about why."
)


class PageScreen(DeskScreen):
    """A heading and paragraphs, scrolled by arrows, wheel and page keys."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "Down"),
        Binding("up", "scroll(-1)", "Up"),
        Binding("pagedown", "scroll(15)", "a page down", show=False),
        Binding("pageup", "scroll(-15)", "a page up", show=False),
    ]

    def __init__(self, answers: Answers, heading: str, lines: Iterable[tuple[Voice, str]]) -> None:
        super().__init__()
        self.answers, self.heading, self.page_lines = answers, heading, tuple(lines)

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        with VerticalScroll(id="page", can_focus=False):
            yield Prose(id="text-shown")

    def draw(self) -> None:
        """Draw the page."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        self.query_one("#text-shown", Prose).show(("heading", self.heading), ("body", ""), *self.page_lines)

    def action_scroll(self, by: int) -> None:
        """Move the text."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=by, animate=False)


def key_word_lines(found: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[Voice, str], ...]:
    """Give what each group writes more than all others, as lines."""
    lines: list[tuple[Voice, str]] = [("quiet", LIMITS), ("quiet", STRENGTH)]
    for group, sentences in found:
        lines += [("body", ""), ("heading", group)]
        lines += [("body", sentence) for sentence in sentences or ("No word stands out.",)]
    return tuple(lines)
