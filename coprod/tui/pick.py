"""Choosing one of a few things to do, over a screen."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose


class Pick(ModalScreen[str | None], inherit_bindings=False):
    """Gives the id of what was picked, or None. Digits, arrows with Enter, or a tap."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)"), Binding("enter", "pick")]

    def __init__(self, heading: str, *choices: Shown) -> None:
        super().__init__()
        self.heading, self.choices = heading, choices

    def compose(self) -> ComposeResult:
        """Give the list in a box."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Prose(id="heading")
            yield ChoiceList(id="choices")
            yield Prose(id="foot")

    def on_mount(self) -> None:
        """Show the choices, the first one marked."""
        self.query_one("#heading", Prose).show(("heading", self.heading), ("body", ""))
        self.query_one("#foot", Prose).show(("body", ""), ("quiet", "Enter picks, Esc goes back"))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(self.choices, "none", same=False)
        listed.action_move(1)
        listed.focus()

    def on_key(self, event: object) -> None:
        """Let digits pick, and letters where they stand in front of choices."""
        character = (getattr(event, "character", None) or "").casefold()
        listed = self.query_one(ChoiceList)
        lettered = next((one for one in self.choices if character and one.mark.casefold() == character), None)
        if lettered is not None:
            listed.touched(lettered.id)
        elif character.isdecimal():
            listed.pick_number(int(character))

    def action_pick(self) -> None:
        """Pick what is marked."""
        self.query_one(ChoiceList).action_pick()

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if self.app.screen is self:
            self.dismiss(message.choice)
