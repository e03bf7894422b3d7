"""Where each session stands: being asked, ended, carried away, opened."""

from datetime import date
from typing import Literal

from msgspec import Struct

from coprod.journeys.asking.batches import batch_headers, waiting_sessions
from coprod.journeys.asking.carrying import Copied, copied_of
from coprod.journeys.asking.sessions import BOX, BUNDLE, PLAN
from coprod.journeys.asking.visit_words import written_date
from coprod.kernel.files import named_like
from coprod.workspace import Workspace
from surveys.boxes.session import SessionPlan, load_plan

State = Literal["open", "ended", "opened"]
COPIES: dict[Copied, str] = {
    "not yet": "not copied yet",
    "as it is": "copied",
    "before a change": "CHANGED SINCE IT WAS COPIED: copy it again",
}


class Standing(Struct, frozen=True):
    """One session: `open` on this device, `ended` with its bundle made, or `opened` into a batch."""

    plan: SessionPlan
    state: State
    copied: Copied = "not yet"

    def words(self, today: date) -> str:
        """Give where it stands, with the day that counts."""
        plan = self.plan
        if self.state == "opened":
            return "opened"
        days = (plan.open_by - today).days
        by = (
            f"by {written_date(plan.open_by, 'en')}"
            if days > 0
            else "today"
            if days == 0
            else f"{-days} days late"
        )
        if self.state == "open":
            return f"not ended yet, {plan.opener} opens it {by}"
        return f"ended, {COPIES[self.copied]}, {plan.opener} opens it {by}"


def sessions_of(workspace: Workspace) -> tuple[Standing, ...]:
    """Give every session with where it stands, those that go on first, then by the day they are opened."""
    waiting = {plan.name for plan in waiting_sessions(workspace)}
    plans = [load_plan(path) for path in named_like(workspace.boxes, f"*{PLAN}")]
    standing = [
        Standing(plan, _state(workspace, plan.name, waiting), copied_of(workspace, plan.name))
        for plan in plans
    ]
    order = ("open", "ended", "opened")
    return tuple(sorted(standing, key=lambda one: (order.index(one.state), one.plan.open_by, one.plan.name)))


def to_copy_again(workspace: Workspace) -> tuple[str, ...]:
    """Give the names of sessions whose copy was made before something in the box changed; a batch holds none of them."""
    names = sorted(plan.name for plan in waiting_sessions(workspace))
    return tuple(name for name in names if copied_of(workspace, name) == "before a change")


def batches_kept(workspace: Workspace) -> tuple[tuple[str, date], ...]:
    """Give each batch with the day until which it is kept, the soonest first."""
    return tuple(
        sorted(((one.name, one.keep_until) for one in batch_headers(workspace)), key=lambda one: one[1])
    )


def _state(workspace: Workspace, name: str, waiting: set[str]) -> State:
    if name not in waiting:
        return "opened"
    has_box = (workspace.boxes / f"{name}{BOX}").exists()
    return "open" if has_box and not (workspace.boxes / f"{name}{BUNDLE}").exists() else "ended"
