"""The only place that asks what day it is, or what time; everything below is told."""

from datetime import date, datetime


def today() -> date:
    """Give the calendar day where this machine is."""
    return date.today()  # noqa: DTZ011  a service lives by its own calendar, not by UTC


def now() -> datetime:
    """Give the time on the wall, to warn when help is closed. It is never kept."""
    return datetime.now()  # noqa: DTZ005  opening hours are told by the clock on the wall
