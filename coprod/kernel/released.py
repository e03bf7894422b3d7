"""Released counts: the only numbers that may leave the room where answers are."""

from typing import Literal

from msgspec import Struct

Status = Literal["ok", "rounded", "banded", "hidden-small", "hidden-protect", "withheld"]
SmallCounts = Literal["bands", "rounded", "exact"]  # how counts of a survey are shown where few answered


class ReleasedCell(Struct, frozen=True):
    """One cell as it may be printed. `shown` is words or a rounded number, never the true count.

    `percent` is as printed ("35%") and empty where the rules allow none.
    """

    value: str
    shown: str
    status: Status
    reason: str
    by: str | None = None
    percent: str = ""


class ReleasedTable(Struct, frozen=True):
    """One question's cells. `answered` is a string as printed: "fewer than 5", "about 15".

    `apart` holds who did not answer: rather not say, skipped, not shown. `average` is a sentence or empty; `median` is the name of an answer or empty.
    """

    question: str
    wording: str
    answered: str
    cells: tuple[ReleasedCell, ...]
    apart: tuple[ReleasedCell, ...] = ()
    average: str = ""
    median: str = ""


class CitableRelease(Struct, frozen=True):
    """A table that left, by the id a claim cites it by: `release-12`.

    `again_as` are the ids under which the same question was later released with other numbers.
    """

    id: str
    table: ReleasedTable
    again_as: tuple[str, ...] = ()
