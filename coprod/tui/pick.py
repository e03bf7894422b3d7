"""Choosing one of a few things to do, over a screen."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from coprod.tui.box import Box
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.choices import ChoiceList, Marks, Shown
from coprod.tui.widgets.prose import Prose, Voice


class Pick(Box[str | None], inherit_bindings=False):
    """Gives the id of what was picked, or None. Digits, arrows with Enter, or a tap. `said` stands above the choices."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)"), Binding("enter", "pick")]
    MARKS: ClassVar[Marks] = "none"
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("pick", "Enter", "Pick"), Chip("dismiss(None)", "Esc", "Back"))

    def __init__(self, heading: str, *choices: Shown, said: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.heading, self.choices, self.said = heading, choices, said

    def compose(self) -> ComposeResult:
        """Give the list in a box."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Prose(id="heading")
            yield ChoiceList(id="choices")
            yield self.foot()

    def on_mount(self) -> None:
        """Show the choices, the first one marked."""
        more: list[tuple[Voice, str]] = [("quiet", line) for line in self.said]
        self.query_one("#heading", Prose).show(("heading", self.heading), *more, ("body", ""))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(self.choices, self.MARKS, same=False)
        listed.action_move(1)
        listed.focus(scroll_visible=False)

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

    @on(ChoiceList.Pending)
    def _moved(self) -> None:
        """Show what the choices are about again, once the caret is back on the first of them."""
        if self.query_one(ChoiceList).caret == 0:
            self.call_after_refresh(self.query_one(".box").scroll_home, animate=False)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if self.app.screen is self:
            self.dismiss(message.choice)
