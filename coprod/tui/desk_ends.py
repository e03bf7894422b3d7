"""Why the desk ended: to show a preview, to hand the device over, or to let a command have the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

from coprod.kernel.unshown import Unshown

if TYPE_CHECKING:
    from coprod.journeys.asking.visit import KioskPlan
    from coprod.tui.handover import Board


class Preview(Unshown, frozen=True):
    """Show a questionnaire as a young person sees it, then come back."""

    plan: "KioskPlan"


class HandOver(Unshown, frozen=True):
    """Run the kiosk for a session, then come back to its board."""

    board: "Board"


class Aside(Unshown, frozen=True):
    """Run one of coprod's commands in this terminal, in the workspace's folder, then come back."""

    root: Path
    arguments: tuple[str, ...]


DeskEnd = Preview | HandOver | Aside
