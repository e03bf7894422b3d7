"""What is due: sessions to be opened and batches to be destroyed, by the days that young people were told."""

from datetime import date
from typing import Literal

from msgspec import Struct

from coprod.journeys.asking.batches import batch_headers, waiting_sessions
from coprod.workspace import Workspace


class Due(Struct, frozen=True):
    """One thing to do by a day. `who` is the opener of a session, and empty for a batch."""

    task: Literal["open", "destroy"]
    name: str
    by: date
    who: str = ""

    def is_overdue(self, today: date) -> bool:
        """Tell whether the day has passed."""
        return self.by < today


def due(workspace: Workspace) -> tuple[Due, ...]:
    """Give everything that has a day, the soonest first."""
    opening = [Due("open", plan.name, plan.open_by, plan.opener) for plan in waiting_sessions(workspace)]
    destroying = [Due("destroy", header.name, header.keep_until) for header in batch_headers(workspace)]
    return tuple(sorted((*opening, *destroying), key=lambda one: (one.by, one.task, one.name)))


def overdue_words(workspace: Workspace, today: date) -> tuple[str, ...]:
    """Give a sentence for each promise whose day has passed, with what mends it."""
    return tuple(_late(one) for one in due(workspace) if one.is_overdue(today))


def _late(one: Due) -> str:
    if one.task == "open":
        return (
            f"{one.name} was to be opened by {one.by}: young people were told so. {one.who} opens it with "
            "`coprod surveys open`, or tells them why not"
        )
    return f"{one.name} was to be destroyed by {one.by}: `coprod surveys dispose {one.name} --by NAME`"
