"""What is in a workspace and what to do next: the home screen in words, with no count of young people."""

from datetime import date

from msgspec import Struct

from coprod.journeys.batches import batch_headers, waiting_sessions
from coprod.journeys.panels import MATERIAL_FILE
from coprod.journeys.sessions import plan_session, reasons_not_to_start
from coprod.workspace import Workspace


class Overview(Struct, frozen=True):
    """Lines for the home screen: what is here, and what needs doing, most pressing first."""

    here: tuple[str, ...]
    next: tuple[str, ...]


def overview_of(workspace: Workspace, today: date) -> Overview:
    """Give what a workspace holds and what to do next. Raises BadInputError for a broken file in it."""
    return Overview(_here(workspace), _next(workspace, today) or ("Nothing is waiting.",))


def materials_of(workspace: Workspace) -> tuple[str, ...]:
    """Give the names of the workspace's materials."""
    return tuple(sorted(path.parent.name for path in workspace.campaigns.glob(f"*/{MATERIAL_FILE}")))


def _here(workspace: Workspace) -> tuple[str, ...]:
    surveys = sorted(path.stem for path in workspace.surveys.glob("*.yaml"))
    groups = (
        ("Questionnaires", surveys),
        ("Sealed sessions", [plan.name for plan in waiting_sessions(workspace)]),
        ("Opened batches", [header.name for header in batch_headers(workspace)]),
        ("Materials", list(materials_of(workspace))),
    )
    return tuple(f"{name}: {_some(names)}" for name, names in groups)


def _some(names: list[str]) -> str:
    """Give the first few names."""
    if not names:
        return "none yet"
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _next(workspace: Workspace, today: date) -> tuple[str, ...]:
    due = []
    for plan in waiting_sessions(workspace):
        days = (plan.open_by - today).days
        when = "today" if days == 0 else f"{-days} days late" if days < 0 else f"by {plan.open_by}"
        due.append(f"Open the answers of {plan.name}: {when} ({plan.opener})")
    plan = plan_session(workspace, "next", "next", today)
    gates = reasons_not_to_start(workspace, plan, today)
    return (*due, *(f"Before a session: {reason}" for reason in gates))
