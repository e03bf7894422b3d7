"""What staff are told and asked over a screen."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from coprod.kernel.text import clean_line
from coprod.tui.widgets.prose import Prose, Voice


def plain_reasons(text: str) -> tuple[str, ...]:
    """Give each line of an error as a point: of a file its short path, of anything else only what and what to do."""
    return tuple(f"• {_plain_reason(line)}" for line in text.split("\n"))


def _plain_reason(line: str) -> str:
    found = re.match(r"(.*?):(\d+):(\d+): (.*)", line)
    if found is None:
        return line
    place, row, column, words = found.groups()
    path = Path(place)
    if not path.suffix and len(path.parts) < 2:
        return f"{words[0].upper()}{words[1:]}"
    name = "/".join(path.parts[-2:]) if len(path.parts) > 2 else place
    where = "" if (row, column) == ("1", "1") else f", line {row}"
    return f"{name}{where}: {words}"


class Message(ModalScreen[None], inherit_bindings=False):
    """A heading and lines; any key or a tap closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "dismiss"),
        Binding("down", "scroll(1)"),
        Binding("up", "scroll(-1)"),
    ]

    def __init__(self, heading: str, lines: Iterable[str]) -> None:
        super().__init__()
        self.heading, self.lines_to_show = heading, tuple(lines)

    def compose(self) -> ComposeResult:
        """Give a box in the middle."""
        with VerticalScroll(classes="box"):
            yield Prose(id="message")

    def on_mount(self) -> None:
        """Show the words."""
        body: list[tuple[Voice, str]] = [("body", line) for line in self.lines_to_show]
        end: list[tuple[Voice, str]] = [("body", ""), ("quiet", "Esc closes this")]
        self.query_one(Prose).show(("heading", self.heading), ("body", ""), *body, *end)

    def action_scroll(self, by: int) -> None:
        """Move the text."""
        self.query_one(".box").scroll_relative(y=2 * by, animate=False)

    def on_click(self) -> None:
        """Close."""
        self.dismiss()


class Field:
    """One thing to type: its words, and whether it is hidden while typing."""

    def __init__(self, label: str, *, value: str = "", hidden: bool = False) -> None:
        self.label, self.value, self.hidden = label, value, hidden


class Ask(ModalScreen[tuple[str, ...] | None], inherit_bindings=False):
    """Asks for a few things at once; Enter on the last gives them, Esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)"),
        Binding("tab,down", "app.focus_next"),
        Binding("shift+tab,up", "app.focus_previous"),
    ]

    def __init__(self, heading: str, *fields: Field) -> None:
        super().__init__()
        self.heading, self.fields = heading, fields

    def compose(self) -> ComposeResult:
        """Give the fields under each other."""
        with Vertical(classes="box"):
            yield Label(Content.styled(self.heading, "bold"))
            for field in self.fields:
                yield Label(Content(field.label))
                yield Input(value=field.value, password=field.hidden)
            yield Label(Content.styled("Enter goes on, Esc goes back", "$quiet"))

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.query(Input).first().focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to the next field, or end."""
        inputs = list(self.query(Input))
        if message.input is not inputs[-1]:
            inputs[inputs.index(message.input) + 1].focus()
            return
        self.dismiss(tuple(one.value if one.password else clean_line(one.value) for one in inputs))
