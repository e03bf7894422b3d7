"""A question by groups: every cell, group and total together give no count away, or the breakdown stays.

Rounded cells either hold or the breakdown is refused. Among exact counts more cells are hidden, the lowest first, until
the audit finds nothing; a breakdown where no cell could be shown is refused.
"""

from collections.abc import Mapping

from msgspec import structs

from analysis.publishing.audit import LARGEST_SMALL
from analysis.publishing.disclosure import (
    NOT_SHOWN,
    PROTECTS,
    TOO_FEW_TO_NAME,
    Count,
    Policy,
    Tally,
    exact_cell,
    hidden_cell,
    release,
    scheme_for,
)
from analysis.publishing.ledger import Entry, Release
from analysis.publishing.linked import Exposure, exposure
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedCell, ReleasedTable

GIVES_AWAY = (
    "this breakdown and the table of the whole question would together give a small count away; "
    "put groups or answers together in the file"
)
ROUNDING = "Rounded to the nearest 5, so that no single answer shows."
EXACT_SIZE = "The exact number of people in this group who answered."


def protected(
    tallies: Mapping[str, Tally], whole: Release, by: str, total: int, policy: Policy
) -> ReleasedTable:
    """Give the breakdown as it may be shown beside `whole`, the question's own table. `total` is how many answered.

    Raises RefusedError when that cannot be done.
    """
    if policy.small_counts == "exact":
        tallies = {level: _named_as_whole(tally, whole.table) for level, tally in tallies.items()}
    table = ReleasedTable(
        whole.table.question,
        whole.table.wording,
        whole.table.answered,
        tuple(cell for level, tally in tallies.items() for cell in _line(tally, level, policy)),
        tuple(_size(level, tally, policy) for level, tally in tallies.items()),
    )
    while (
        found := exposure(structs.replace(whole, table=table, by=by), total, (Entry(1, whole),))
    ) is not None:
        table = _hide_one_more(table, tallies, found)
    if all(cell.shown == NOT_SHOWN for cell in table.cells):
        raise RefusedError(GIVES_AWAY)
    return table


def _line(tally: Tally, level: str, policy: Policy) -> tuple[ReleasedCell, ...]:
    """Give a group's cells: by the rules for a question of its own, but that exact ones are protected by the audit."""
    if scheme_for(tally.answered, policy) != "exact":
        return release(tally, Policy("rounded") if policy.small_counts == "exact" else policy, level).cells
    return tuple(
        exact_cell(count, tally, "small" if _is_small(count, tally) else "", level) for count in tally.counts
    )


def _named_as_whole(tally: Tally, whole: ReleasedTable) -> Tally:
    """Give a group's tally with the answers that the question's own table names, where only answers name them."""
    if not tally.open_values:
        return tally
    named = {cell.value for cell in whole.cells} - {TOO_FEW_TO_NAME}
    kept = tuple(count for count in tally.counts if count.value in named)
    rest = tally.answered - sum(count.number for count in kept)
    counts = (*kept, Count(TOO_FEW_TO_NAME, rest)) if len(named) < len(whole.cells) else kept
    return structs.replace(tally, counts=counts, open_values=False)


def _is_small(count: Count, tally: Tally) -> bool:
    others = LARGEST_SMALL + 1 if tally.exclusive else tally.answered - count.number
    return min(count.number, others) <= LARGEST_SMALL


def _size(level: str, tally: Tally, policy: Policy) -> ReleasedCell:
    table = release(tally, policy, level)
    exact = table.answered.isdecimal()
    return ReleasedCell(
        "Answered", table.answered, "ok" if exact else "rounded", EXACT_SIZE if exact else ROUNDING, level
    )


def _hide_one_more(table: ReleasedTable, tallies: Mapping[str, Tally], found: Exposure) -> ReleasedTable:
    """Give the table with the lowest exact count hidden in the exposed cell's answer, or else in its group."""
    numbers = {
        (level, count.value): count.number for level, tally in tallies.items() for count in tally.counts
    }
    shown = [cell for cell in table.cells if cell.status == "ok"]
    near = [cell for cell in shown if cell.value == found.value] or [
        cell for cell in shown if cell.by == found.level
    ]
    if not near:
        raise RefusedError(GIVES_AWAY)
    lowest = min(near or shown, key=lambda cell: numbers[cell.by or "", cell.value])
    hidden = hidden_cell(lowest.value, PROTECTS, lowest.by)
    return structs.replace(table, cells=tuple(hidden if cell == lowest else cell for cell in table.cells))
