"""Showing tables: through the disclosure rules, and through the ledger of the workspace one stands in."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from analysis.inputs.answers import answers_to
from analysis.inputs.responses import LARGEST, Responses
from analysis.publishing.disclosure import Policy
from analysis.publishing.ledger import LEDGER_FILE, Entry, Reissue, Release, check, read_ledger, record_all
from analysis.publishing.tables import release_breakdown, release_table
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedTable, Status
from coprod.workspace import Workspace

NOT_AUDITED = "not audited against earlier releases"


class Asked(Struct, frozen=True):
    """Which table somebody wants: a question, the groups to break it down by, and what they say of it.

    `not_sensitive` is a reason, for a column of a file only. `reissue` is for a table that was released
    from other data before.
    """

    question: str
    by: str = ""
    not_sensitive: str = ""
    reissue: Reissue | None = None


class Shown(Struct, frozen=True):
    """A table that may be shown, and its entry in the ledger; none outside a workspace."""

    table: ReleasedTable
    entry: Entry | None

    @property
    def audit(self) -> str:
        """Give in words what the table was held against."""
        if self.entry is None:
            return NOT_AUDITED
        return f"{self.entry.id}; held against earlier releases of this table, not against other tables"


def policy_of(workspace: Workspace | None) -> Policy:
    """Give how the workspace shows small counts; outside one, they are rounded."""
    return Policy(workspace.settings.small_counts) if workspace else Policy("rounded")


def show_table(responses: Responses, file: Path, asked: Asked, workspace: Workspace | None) -> Shown:
    """Give a question's table, recorded as released in the workspace's ledger where there is one.

    Raises RefusedError for a breakdown the rules do not allow, or a table that was released otherwise before,
    and BadInputError for a question that is not there or a ledger that was edited. Then nothing is recorded.
    """
    return show_tables(responses, file, (asked,), workspace)[0]


def show_tables(
    responses: Responses, file: Path, wanted: Sequence[Asked], workspace: Workspace | None
) -> tuple[Shown, ...]:
    """Give several tables, recorded all or none. Raises as `show_table` does."""
    policy = policy_of(workspace)
    tables = [_table(responses, asked, policy) for asked in wanted]
    if workspace is None:
        return tuple(Shown(table, None) for table in tables)
    data = hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()
    releases = [
        Release(data, table, asked.by, asked.not_sensitive, asked.reissue)
        for asked, table in zip(wanted, tables, strict=True)
    ]
    entries = record_all(ledger_path(workspace), releases)
    return tuple(Shown(table, entry) for table, entry in zip(tables, entries, strict=True))


class Answer(Struct, frozen=True):
    """Whether a table may be published: why not, or else how its cells would be shown. It holds no number."""

    why_not: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()


def may_publish(responses: Responses, file: Path, asked: Asked, workspace: Workspace | None) -> Answer:
    """Tell whether a table may be published, without showing or recording it.

    Raises BadInputError for a question that is not there or a ledger that was edited.
    """
    try:
        table = _table(responses, asked, policy_of(workspace))
        if workspace is not None:
            data = hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()
            check(ledger_path(workspace), Release(data, table, asked.by, asked.not_sensitive, asked.reissue))
    except RefusedError as refused:
        return Answer(refused.reasons)
    return Answer(statuses=tuple(sorted({cell.status for cell in table.cells})))


def ledger_path(workspace: Workspace) -> Path:
    """Give where a workspace keeps its ledger."""
    return workspace.analysis / LEDGER_FILE


def releases_of(workspace: Workspace) -> tuple[Entry, ...]:
    """Give all that was ever released from a workspace. Raises BadInputError when the ledger was edited."""
    return read_ledger(ledger_path(workspace))


def _table(responses: Responses, asked: Asked, policy: Policy) -> ReleasedTable:
    answers = answers_to(responses, asked.question, asked.not_sensitive)
    if not asked.by:
        return release_table(answers, policy)
    return release_breakdown(answers, answers_to(responses, asked.by, asked.not_sensitive), policy)
