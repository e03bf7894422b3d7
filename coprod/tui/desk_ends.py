"""Why the desk ended: to show a preview, to hand the device over, or to let a command have the terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.kernel.unshown import Unshown

if TYPE_CHECKING:
    from coprod.journeys.asking.visit import KioskPlan
    from coprod.tui.handover import Board

# Gives the screens over home, the topmost last; Textual's own type is not known where nothing of it is loaded.
Back = Callable[[], tuple[Any, ...]]


class Preview(Unshown, frozen=True):
    """Show a questionnaire as a young person sees it, then come back; `back` gives the screens to come back to."""

    plan: "KioskPlan"
    back: Back | None = None


class HandOver(Unshown, frozen=True):
    """Run the kiosk for a session, then come back to its board; `back` gives the screens under it."""

    board: "Board"
    back: Back | None = None


class Aside(Unshown, frozen=True):
    """Run one of coprod's commands in this terminal, in the workspace's folder, then come back."""

    root: Path
    arguments: tuple[str, ...]


DeskEnd = Preview | HandOver | Aside
