"""What staff are told and asked over a screen."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import work as _in_thread
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label

from coprod.kernel.problem import CoprodError
from coprod.kernel.text import clean_line
from coprod.tui.box import Box
from coprod.tui.desk_ways import at_the_desk
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.prose import Prose, Voice

Got = TypeVar("Got")
MANY = 4  # fields that fill a screen of 24 lines when each has a frame


def plain_reasons(text: str) -> tuple[str, ...]:
    """Give each line of an error as a point: of a file its short path, of anything else only what and what to do.

    Where it names a command it says what to press instead.
    """
    return tuple(f"• {_plain_reason(line)}" for line in text.split("\n"))


def _plain_reason(line: str) -> str:
    line = re.sub(r"`([^`]*)`", r"“\1”", at_the_desk(line))
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


class Message(Box[None], inherit_bindings=False):
    """A heading and lines; any key or a tap closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "dismiss"),
        Binding("down", "scroll(1)"),
        Binding("up", "scroll(-1)"),
    ]
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("dismiss", "Esc", "Close"),)

    def __init__(self, heading: str, lines: Iterable[str]) -> None:
        super().__init__()
        self.heading, self.lines_to_show = heading, tuple(lines)

    def compose(self) -> ComposeResult:
        """Give a box in the middle."""
        with VerticalScroll(classes="box"):
            yield Prose(id="message")
            yield self.foot()

    def on_mount(self) -> None:
        """Show the words."""
        body: list[tuple[Voice, str]] = [("body", line) for line in self.lines_to_show]
        self.query_one(Prose).show(("heading", self.heading), ("body", ""), *body)

    def action_scroll(self, by: int) -> None:
        """Move the text."""
        self.query_one(".box").scroll_relative(y=2 * by, animate=False)

    def on_click(self) -> None:
        """Close."""
        self.dismiss()


class Field:
    """One thing to type: its words, and whether it is hidden while typing. `name` is what a problem with it is of."""

    def __init__(self, label: str, *, value: str = "", hidden: bool = False, name: str = "") -> None:
        self.label, self.value, self.hidden, self.name = label, value, hidden, name


class Filling(Box[Got | None], Generic[Got], inherit_bindings=False):
    """Asks for a few things at once and does the work with them; Esc gives None.

    Where the work is refused it says why, and what was typed stays to be mended.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave"),
        Binding("tab,down", "app.focus_next"),
        Binding("shift+tab,up", "app.focus_previous"),
    ]
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("go_on", "Enter", "Go on"), Chip("leave", "Esc", "Back"))

    def __init__(self, heading: str, fields: Sequence[Field], work: Callable[[tuple[str, ...]], Got]) -> None:
        super().__init__()
        self.heading, self.fields, self.work = heading, tuple(fields), work
        self.is_busy = False

    def compose(self) -> ComposeResult:
        """Give the fields under each other."""
        close = " -many" if len(self.fields) >= MANY else ""
        with VerticalScroll(classes=f"box{close}", can_focus=False):
            yield Label(Content.styled(self.heading, "bold"))
            for field in self.fields:
                yield Label(Content(field.label))
                yield Input(value=field.value, password=field.hidden)
                yield Prose(classes="wrong")
            yield Prose(id="problem")
            yield self.foot()

    def on_mount(self) -> None:
        """Begin at the first field."""
        self._say()
        self.query(Input).first().focus()

    def action_leave(self) -> None:
        """Go back; not in the middle of the work."""
        if not self.is_busy:
            self.dismiss(None)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to the next field, or do the work."""
        inputs = list(self.query(Input))
        if message.input is not inputs[-1]:
            inputs[inputs.index(message.input) + 1].focus()
        else:
            self.action_go_on()

    def action_go_on(self) -> None:
        """Do the work with what is typed, from whichever field."""
        inputs = list(self.query(Input))
        if not self.is_busy:
            self.submit(tuple(one.value if one.password else clean_line(one.value) for one in inputs))

    def submit(self, typed: tuple[str, ...]) -> None:
        """Do the work beside the screen's own."""
        self.is_busy = True
        self._say(("quiet", "This takes a moment."))
        self._do(typed)

    @_in_thread(thread=True, exclusive=True)
    def _do(self, typed: tuple[str, ...]) -> None:
        try:
            done = self.work(typed)
        except CoprodError as error:
            self.app.call_from_thread(self._refused, sorted_by_field(error, self.fields, typed))
        else:
            self.app.call_from_thread(self.dismiss, done)

    def _refused(self, reasons: dict[int, list[str]]) -> None:
        self.is_busy = False
        self._say(*(("notice", reason) for reason in reasons.pop(-1, ())))
        for place, beside in enumerate(self.query(".wrong").results(Prose)):
            beside.show(*(("notice", reason) for reason in reasons.get(place, ())))
        at = min(reasons, default=0)
        wrong = self.query(Input)[at]
        wrong.focus()
        said = self.query(".wrong").results(Prose) if reasons else [self.query_one("#problem", Prose)]
        if not wrong.password:  # what is seen is mended; what is hidden is typed again, and is marked for it
            self.call_after_refresh(wrong.action_end)
        self.call_after_refresh(list(said)[at].scroll_visible, animate=False)

    def _say(self, *lines: tuple[Voice, str]) -> None:
        for beside in self.query(".wrong").results(Prose):
            beside.show()
        self.query_one("#problem", Prose).show(*lines)


def sorted_by_field(
    error: CoprodError, fields: Sequence[Field], typed: Sequence[str]
) -> dict[int, list[str]]:
    """Give the reasons of an error by the place of the field that each is about, those about none at -1.

    A problem is about a field when its path is the field's name, or the very thing that was typed there.
    """
    reasons: dict[int, list[str]] = {}
    for problem in getattr(error, "problems", None) or (None,):
        said = plain_reasons(str(error if problem is None else problem))
        about = -1 if problem is None else _field_of(problem.path, fields, typed)
        reasons.setdefault(about, []).extend(said)
    return reasons


def _field_of(path: str, fields: Sequence[Field], typed: Sequence[str]) -> int:
    """Give the place of the field that a problem is about, or -1. What is hidden is compared with nothing."""
    for place, (field, value) in enumerate(zip(fields, typed, strict=True)):
        if field.name == path and path:
            return place
        if value and not field.hidden and path in {value, str(Path(value).expanduser())}:
            return place
    return -1


class Ask(Filling[tuple[str, ...]]):
    """Asks for a few things at once; Enter on the last gives them, Esc gives None."""

    def __init__(self, heading: str, *fields: Field) -> None:
        super().__init__(heading, fields, tuple)

    def submit(self, typed: tuple[str, ...]) -> None:
        """Give what was typed."""
        self.dismiss(typed)
