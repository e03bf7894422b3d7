"""What to look out for before a session: help that is closed, a bad time, promises that are late. Nothing here stops it."""

from datetime import datetime, timedelta

from coprod.journeys.asking.help_hours import hours_in, is_open
from coprod.journeys.asking.retention import overdue_words
from coprod.journeys.asking.sessions import help_contacts
from coprod.workspace import Workspace

STAY_AFTER = timedelta(minutes=30)
FRIDAY, LATE = 4, 15 * 60 + 30
NEVER_ASK_THEN = "it is {day}, when services are often closed: is somebody there for them tomorrow?"


def session_warnings(workspace: Workspace, begins: datetime, minutes: int) -> tuple[str, ...]:
    """Give what a facilitator should know before a session that begins at a time and takes so many minutes.

    Help must be open while it lasts and for half an hour after. Source for the time of week: NSPCC,
    research with children: avoid times when support is closed.
    """
    lasts = timedelta(minutes=minutes) + STAY_AFTER
    return (*_closed(workspace, begins, lasts), *_bad_time(begins), *overdue_words(workspace, begins.date()))


def _closed(workspace: Workspace, begins: datetime, lasts: timedelta) -> list[str]:
    found = []
    for contact in help_contacts(workspace, begins.date()):
        hours = hours_in(contact.hours.en)
        if hours is None:
            found.append(
                f"coprod cannot read when {contact.name} is open ({contact.hours.en}): look yourself"
            )
        elif not is_open(hours, begins, lasts):
            found.append(
                f"{contact.name} is open {contact.hours.en}: not for all of the session and half an hour after"
            )
    return found


def _bad_time(begins: datetime) -> list[str]:
    if begins.weekday() > FRIDAY:
        return [NEVER_ASK_THEN.format(day="the weekend")]
    if begins.weekday() == FRIDAY and begins.hour * 60 + begins.minute >= LATE:
        return [NEVER_ASK_THEN.format(day="late on a Friday")]
    return []
