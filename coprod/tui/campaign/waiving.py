"""Letting one warning stay in one material: a reason, and two people who say so."""

from typing import TYPE_CHECKING

from campaigns.releasing.gate import fingerprint
from coprod.clock import today
from coprod.journeys.checking.deciding import decide
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling, Message
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.looking import Look

WHY_NOT = {
    "block": (
        "A MUST is mended, never waived",
        "E writes in the material. Nothing is released while it stands.",
    ),
    "ask": ("Nothing to waive", "This asks a person, and the panel, to look. It holds no release up."),
}


def waive_over(screen: DeskScreen, workspace: Workspace, name: str, look: "Look", at: int) -> None:
    """Ask for a reason and two names for a warning; say why where a finding is none."""
    finding = look.check.findings[at]
    if finding.severity != "warn":
        heading, line = WHY_NOT[finding.severity]
        screen.open_over(Message(heading, (line,)))
        return
    mark = fingerprint(look.case, finding)
    fields = (
        Field("Why it stays, for half a year", name="reason"),
        Field("First person who says so", name="name"),
        Field("Second person who says so", name="name"),
    )

    def waived(typed: tuple[str, ...]) -> bool:
        decide(workspace, name, f"waiver {mark}", typed, today())
        return True

    def told(done: bool | None) -> None:  # noqa: FBT001  what a form gives
        if done:
            screen.tell("It may stay", f"Written into campaigns/{name}/decisions.yaml, with both names.")

    screen.open_over(Filling(f"Keep “{finding.text or finding.rule}”?", fields, waived), told)
