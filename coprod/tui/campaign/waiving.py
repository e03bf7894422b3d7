"""Letting one warning stay in one material: a reason, and two people who say so."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaigns.checking.rules import who_may_waive
from campaigns.releasing.gate import fingerprint
from coprod.clock import today
from coprod.journeys.checking.deciding import decide
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling, Message
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from campaigns.checking.rules import WaivedBy
    from coprod.journeys.checking.looking import Look

REASON = "Why it stays, for half a year"
FIRST, SECOND = "Who says so, and their role: Ana Field, campaign lead", "Who else says so, in another role"
WHY_NOT = {
    "block": (
        "A MUST is mended, never waived",
        "E writes in the material. Nothing is released while it stands.",
    ),
    "ask": ("Nothing to waive", "This asks a person, and the panel, to look. It holds no release up."),
}


def waiver_fields(waived_by: "WaivedBy", before: Sequence[str] = ("", "", "")) -> tuple[Field, ...]:
    """Give the fields for a reason and as many people as a rule asks for, with what was typed before."""
    people = (FIRST,) if waived_by == "one-role" else (FIRST, SECOND)
    labels = ((REASON, "reason"), *((label, "name") for label in people))
    return tuple(
        Field(label, value=value, name=name) for (label, name), value in zip(labels, before, strict=False)
    )


def waive_over(screen: DeskScreen, workspace: Workspace, name: str, look: "Look", at: int) -> None:
    """Ask for a reason and two names for a warning; say why where a finding is none."""
    finding = look.check.findings[at]
    if finding.severity != "warn":
        heading, line = WHY_NOT[finding.severity]
        screen.open_over(Message(heading, (line,)))
        return
    waived_by = who_may_waive(finding.rule)
    if waived_by == "nobody":
        screen.open_over(Message("Nobody may let this stay", ("E writes in the material: mend the words.",)))
        return
    mark = fingerprint(look.case, finding)
    fields = waiver_fields(waived_by)

    def waived(typed: tuple[str, ...]) -> bool:
        decide(workspace, name, f"waiver {mark}", typed, today())
        return True

    def told(done: bool | None) -> None:  # noqa: FBT001  what a form gives
        if done:
            screen.tell("It may stay", f"Written into campaigns/{name}/decisions.yaml, with who says so.")

    screen.open_over(Filling(f"Keep “{finding.text or finding.rule}”?", fields, waived), told)
