"""How a panel was looked after: four things to tick, each for the panel as a whole."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from campaigns.releasing.signoff import PRACTICE
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose

TICKS = {
    "paid": "They were paid",
    "worker": "A worker was in the room",
    "rest": "There was a break",
    "support": "Somebody stayed for support after",
}
GO_ON = Shown("go-on", "That is how it was: go on", mark="▸▸")


class CareScreen(ModalScreen[str | None], inherit_bindings=False):
    """Gives `yes` or `no` for each of the four, with blanks between; Esc gives None. Nothing is ticked beforehand."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)"), Binding("enter", "pick")]

    def __init__(self, before: Sequence[str]) -> None:
        super().__init__()
        self.ticked = {field for field, said in zip(PRACTICE, before, strict=False) if said == "yes"}

    def compose(self) -> ComposeResult:
        """Give the ticks in a box."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Prose(id="heading")
            yield ChoiceList(id="choices")
            yield Prose(id="foot")

    def on_mount(self) -> None:
        """Show the four, and the line that goes on."""
        self.query_one("#heading", Prose).show(
            ("heading", "How was the panel looked after?"),
            ("quiet", "Tick what was so. A reason is asked for the rest. Nothing of one person is kept."),
            ("body", ""),
        )
        self.query_one("#foot", Prose).show(("body", ""), ("quiet", "Enter ticks or goes on, Esc goes back"))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        self._show()
        listed.action_move(1)
        listed.focus()

    def on_key(self, event: object) -> None:
        """Let digits tick."""
        character = getattr(event, "character", None) or ""
        if character.isdecimal():
            self.query_one(ChoiceList).pick_number(int(character))

    def action_pick(self) -> None:
        """Tick what is marked."""
        self.query_one(ChoiceList).action_pick()

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if message.choice == GO_ON.id:
            self.dismiss(" ".join("yes" if field in self.ticked else "no" for field in PRACTICE))
        else:
            self.ticked ^= {message.choice}
            self._show()

    def _show(self) -> None:
        ticks = (Shown(field, TICKS[field], field in self.ticked) for field in PRACTICE)
        self.query_one(ChoiceList).show((*ticks, GO_ON), "many", same=True)
