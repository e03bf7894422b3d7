"""The only place that asks what day it is; everything below is told."""

from datetime import date


def today() -> date:
    """Give the calendar day where this machine is."""
    return date.today()  # noqa: DTZ011  a service lives by its own calendar, not by UTC
