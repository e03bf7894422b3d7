"""What every staff screen has: who and where at the top, the work, at most five keys at the bottom, `?` for the rest."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Label

from coprod.kernel.problem import CoprodError
from coprod.kernel.text import clean_line
from coprod.tui.widgets.actionbar import ActionBar, Chip
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.prose import Prose, Voice

Got = TypeVar("Got")
MOST_KEYS = 5
KEY_NAMES = {"escape": "Esc", "question_mark": "?", "enter": "Enter", "down": "↓", "up": "↑"}


class DeskScreen(Screen[None], inherit_bindings=False):
    """One staff screen. Subclasses set `ROLE`, give `body`, and bind keys to actions with a description."""

    ROLE = ""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "the next part", show=False),
        Binding("shift+tab", "app.focus_previous", "the part before", show=False),
        Binding("enter", "enter", "choose", show=False),
        Binding("escape", "leave", "Back"),
        Binding("question_mark", "keys", "Keys"),
    ]

    def compose(self) -> ComposeResult:
        """Give the frame and the body in it."""
        yield Prose(id="head")
        with VerticalScroll(id="middle", can_focus=False):
            yield from self.body()
        yield ActionBar(id="bar")

    def body(self) -> Iterable[Widget]:
        """Give the widgets of the working area."""
        return ()

    def on_mount(self) -> None:
        """Draw the frame and then the work."""
        self.show_keys()
        self.draw()

    def draw(self) -> None:
        """Draw the work; called again whenever it may have changed."""

    def on_screen_resume(self) -> None:
        """Look again at what may have changed meanwhile."""
        if self.is_mounted:
            self.draw()

    def show_head(self, *words: str) -> None:
        """Show the role, and what is being worked on."""
        head = "   ".join(word for word in ("coprod", self.ROLE, *words) if word)
        self.query_one("#head", Prose).show(("big", head))

    def show_keys(self) -> None:
        """Show at most five keys, those of this screen first."""
        shown = [one for one in self._own_bindings() if one.show][:MOST_KEYS]
        self.query_one("#bar", ActionBar).show(
            tuple(Chip(one.action, key_name(one.key), one.description) for one in shown)
        )

    def action_leave(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    def action_keys(self) -> None:
        """Show every key of this screen."""
        lines = [f"{key_name(one.key):<7} {one.description}" for one in self._own_bindings()]
        self.tell("Keys", *lines)

    def action_enter(self) -> None:
        """Do what is marked."""
        if isinstance(self.focused, ActionBar):
            self.focused.press()
        elif isinstance(self.focused, ChoiceList):
            self.focused.action_pick()

    @on(ActionBar.Wanted)
    async def _wanted(self, message: ActionBar.Wanted) -> None:
        await self.run_action(message.target)

    def on_key(self, event: object) -> None:
        """Let digits pick from the list that has the focus."""
        character = getattr(event, "character", None) or ""
        if character.isdecimal() and isinstance(self.focused, ChoiceList):
            self.focused.pick_number(int(character))

    def tell(self, heading: str, *lines: str) -> None:
        """Show a message over the screen until a key is pressed."""
        self.app.push_screen(Message(heading, lines))

    def attempt(self, work: Callable[[], Got]) -> Got | None:
        """Give what the work gives; where it is refused or meets a problem, show exactly why and give None."""
        try:
            return work()
        except CoprodError as error:
            self.tell("This cannot be done yet", *plain_reasons(str(error)))
            return None

    def _own_bindings(self) -> list[Binding]:
        """Give the keys of this screen first, then those that every screen has."""
        every = [binding for bindings in self._bindings.key_to_bindings.values() for binding in bindings]
        common = {one.key for one in DeskScreen.BINDINGS if isinstance(one, Binding)}
        return sorted(every, key=lambda binding: binding.key in common)


def plain_reasons(text: str) -> tuple[str, ...]:
    """Give each line of an error as a point, with paths told from the folder one stands in."""
    here = f"{Path.cwd()}{os.sep}"
    return tuple(f"• {line.replace(here, '')}" for line in text.split("\n"))


def key_name(key: str) -> str:
    """Give a key as people say it."""
    return KEY_NAMES.get(key, key.upper() if len(key) == 1 else key.replace("+", " ").capitalize())


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
