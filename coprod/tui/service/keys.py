"""Keys: making one, naming who may open answers, and the rehearsal in three steps that proves they can."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.journeys.asking.rehearsals import remove_key_holder
from coprod.journeys.service import Holder, holders_of
from coprod.tui.facilitator.printing import print_over
from coprod.tui.pick import Pick
from coprod.tui.service.changing import ChangingScreen
from coprod.tui.service.key_forms import FORMS
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice

KEYS = (
    Shown("make", "Make a key for yourself, on a USB stick"),
    Shown("add", "Name somebody who may open answers"),
    Shown("words", "See the four words of your key file"),
    Shown("card", "Print a card with somebody's four words"),
    Shown("remove", "A key is lost, or somebody has left: seal to them no more"),
    Shown("start", "Rehearse, step 1: write the file to take to the key holders"),
    Shown("answer", "Rehearse, step 2: as a key holder, open that file on your computer"),
    Shown("finish", "Rehearse, step 3: take back what a key holder made"),
)
REMOVED = (
    "Was it the wrong name? U takes it back.",
    "What is sealed already still opens with their key, and with those of the others.",
    "If the key was taken by somebody, not only lost, tell your data protection officer today.",
)


class KeysScreen(ChangingScreen):
    """Who can open answers, and what can be done about it."""

    ROLE = "keys"
    BINDINGS: ClassVar[list[BindingType]] = []

    def body(self) -> Iterable[Widget]:
        """Give the people, then the acts."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the key holders as they are now."""
        self.reload()
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Who can open answers"), *holder_lines(holders_of(self.workspace)), ("body", "")
        )
        self.show_choices(KEYS)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self.action_do(message.choice)

    def action_do(self, which: str) -> None:
        """Do one of KEYS."""
        if which in FORMS:
            self.open_over(FORMS[which](self.workspace), self._told)
        else:
            {"card": self._card, "remove": self._remove}[which]()

    def _card(self) -> None:
        self._pick_holder("Whose card?", lambda name: print_over(self, self.workspace, "card", name))

    def _remove(self) -> None:
        self._pick_holder("Seal to whom no more?", self._removed)

    def _removed(self, name: str) -> None:
        if self.change(lambda: remove_key_holder(self.workspace, name)):
            self.tell(f"Nothing more is sealed to {name}", *REMOVED)

    def _pick_holder(self, heading: str, then: Callable[[str], None]) -> None:
        names = tuple(Shown(one.name, one.name) for one in self.workspace.settings.key_holders)
        if names:
            self.open_over(Pick(heading, *names), lambda name: then(name) if name else None)
        else:
            self.tell("Nobody can open answers yet", "2 names somebody.")

    def _told(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            was = self.workspace.settings
            self.draw()
            if self.workspace.settings != was:
                self.before.append((was, self.workspace.settings))
            self.tell(*said)


def holder_lines(holders: tuple[Holder, ...]) -> tuple[tuple[Voice, str], ...]:
    """Give each key holder with the four words to compare, and what is still to do."""
    lines: list[tuple[Voice, str]] = []
    for one in holders:
        state = "ok" if one.is_rehearsed else "!!"
        rest = "" if one.is_rehearsed else " (not rehearsed on this device)"
        lines.append(("body" if one.is_rehearsed else "notice", f"{state}  {one.name}: {one.words}{rest}"))
    if len(holders) < 2:
        lines.append(("notice", "!!  At least 2 people must be able to open answers."))
    return tuple(lines)
