"""Ending a session: who was missing, the box closed, its bundle made."""

from coprod.journeys.asking.sessions import bundle_session, end_session_named
from coprod.journeys.asking.visit_words import written_date
from coprod.kernel.problem import BadInputError
from coprod.tui.dialogs import Field, Filling
from coprod.workspace import Workspace
from surveys.boxes.session import Attendance, SessionPlan, read_left_out

MOST = 10_000


def ending_form(workspace: Workspace, plan: SessionPlan) -> Filling[tuple[str, ...]]:
    """Give the form that ends a session and gives what to do next; what was typed stays when a count is none."""
    fields = (
        Field("How many were invited", name="invited"),
        Field("How many came", name="came"),
        Field("Left out, and why (such as 2: no interpreter; 1: ill)", name="left out"),
    )
    return Filling(
        "Who was missing? Leave blank what you do not know.",
        fields,
        lambda typed: ended(workspace, plan, attendance_typed(typed)),
    )


def attendance_typed(typed: tuple[str, ...]) -> Attendance:
    """Give who was there as it was typed. Raises BadInputError for a count that is none."""
    return Attendance(_count("invited", typed[0]), _count("came", typed[1]), read_left_out(typed[2]))


def ended(workspace: Workspace, plan: SessionPlan, attendance: Attendance) -> tuple[str, ...]:
    """Close a session, write its bundle, and give what to do next."""
    end_session_named(workspace, plan.name, attendance)
    path = bundle_session(workspace, plan.name)
    return (
        f"The sealed answers are in {path.parent.name}/{path.name}.",
        f"{plan.opener} opens them by {written_date(plan.open_by, 'en')}.",
        "Next: copy them to a stick. Sessions, then this one, does it later too.",
    )


def _count(name: str, text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > MOST:
        raise BadInputError.of(name, f"`{text}` is no count", "type a number, or leave it blank")
    return int(text)
