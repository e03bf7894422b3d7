"""Tables at the desk: how they are asked for, the table of somebody's codes, and writing tables to a file."""

from collections.abc import Sequence
from pathlib import Path

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, shown_path, work_on
from coprod.journeys.understanding.codings import count_codes
from coprod.journeys.understanding.exports import check_target, write_tables
from coprod.journeys.understanding.reading import TableAsked
from coprod.journeys.understanding.signed import reissue_and_override
from coprod.journeys.understanding.tables import Answer, Asked, Counted, answer_of, let_out, show_tables
from coprod.kernel.released import ReleasedTable


def as_asked(asked: TableAsked) -> Asked:
    """Give a table as the rules and the ledger take it."""
    return Asked(asked.question, asked.by, asked.not_sensitive, *reissue_and_override(asked.signed))


def may_publish_codes(desk: Desk, asked: TableAsked) -> Answer:
    """Tell whether the table of a coder's codes may be published; nothing is shown or recorded.

    Raises BadInputError for a coder who coded nothing.
    """
    return answer_of(lambda: _counted(desk, asked), desk.workspace)


def publish_codes(desk: Desk, asked: TableAsked) -> tuple[ReleasedTable, str]:
    """Record the table of a coder's codes as released; give it and how it was audited. Raises as `release_codes` does."""
    shown = let_out(desk.workspace, [_counted(desk, asked)])[0]
    return shown.table, shown.audit


def tables_to_file(desk: Desk, wanted: Sequence[TableAsked], to: str) -> tuple[str, ...]:
    """Release tables and write them to a file named from the workspace's folder; give it and how each was audited.

    Raises as `show_tables` and `write_sheets` do; a file of no kind coprod writes is refused before anything is recorded.
    """
    path = desk.workspace.root / Path(to).expanduser()
    check_target(path)
    held, asked = responses_on(desk), [as_asked(one) for one in wanted]
    shown = show_tables(held, desk.source, asked, desk.workspace)
    write_tables(shown, asked, held, path)
    return shown_path(desk.workspace, path), *dict.fromkeys(one.audit for one in shown)


def _counted(desk: Desk, asked: TableAsked) -> Counted:
    said = asked.not_sensitive, *reissue_and_override(asked.signed)
    return count_codes(work_on(desk), asked.coder, desk.workspace, *said)
