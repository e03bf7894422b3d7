"""What every box over a screen has: at its foot what its keys do, each a place to tap."""

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.screen import ModalScreen

from coprod.tui.widgets.actionbar import ActionBar, Chip

Got = TypeVar("Got")


class Foot(ActionBar, can_focus=False):
    """The ways out of a box. Tab passes it by: its keys work wherever the focus is."""


class Box(ModalScreen[Got], Generic[Got], inherit_bindings=False):
    """A box over a screen. `WAYS` are its actions with their keys; subclasses yield `self.foot()` last."""

    WAYS: ClassVar[tuple[Chip, ...]] = ()

    def foot(self) -> Foot:
        """Give the bar of ways out."""
        bar = Foot(id="ways")
        bar.show(self.WAYS)
        return bar

    @on(ActionBar.Wanted)
    async def _tapped(self, message: ActionBar.Wanted) -> None:
        await self.run_action(message.target)
