"""A list beside what is told of its marked line: the shape of most of the analyst's screens."""

from collections.abc import Iterable

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.prose import Prose


def two_halves() -> Iterable[Widget]:
    """Give the words before, the list on the left (`#choices`) and its marked line's page on the right (`#told`)."""
    yield Prose(id="before")
    with Horizontal(id="halves"):
        with VerticalScroll(id="left", can_focus=False):
            yield ChoiceList(id="choices")
        with VerticalScroll(id="right", can_focus=False):
            yield Prose(id="told")
