"""For whoever holds a key, on their own computer: no workspace is needed there."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Filling
from coprod.tui.service.key_forms import Said, answer_form, key_form, words_form
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice

ACTS = (
    Shown("make", "Make a key for yourself"),
    Shown("words", "See the four words of your key, to read out or compare"),
    Shown("answer", "Rehearse: open the file that was brought from the device for sessions"),
)
FORMS: dict[str, Callable[[], Filling[Said]]] = {
    "make": key_form,
    "words": words_form,
    "answer": lambda: answer_form(None),
}
ABOUT: tuple[tuple[Voice, str], ...] = (
    ("heading", "You hold a key"),
    ("body", "Answers are sealed on the device that goes round. Only key holders open them, somewhere else."),
    ("quiet", "1  Make a key here, or on a USB stick. Never on the device for sessions."),
    (
        "quiet",
        "2  Send the file that ends in .pub to whoever runs the sessions, and read out your four words.",
    ),
    ("quiet", "3  Rehearse once with each device: then it is sure that you can open what it seals."),
    ("body", ""),
)


class OwnKeyScreen(DeskScreen):
    """What a key holder does without a workspace."""

    ROLE = "your key"
    BINDINGS: ClassVar[list[BindingType]] = []

    def body(self) -> Iterable[Widget]:
        """Give what it is about, and what can be done."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw both."""
        self.show_head()
        self.query_one("#before", Prose).show(*ABOUT)
        self.show_choices(ACTS)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self.open_over(FORMS[message.choice](), self._told)

    def _told(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.tell(*said)
