"""Showing tables: through the disclosure rules, and through the ledger of the workspace one stands in."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, structs

from analysis.inputs.answers import answered_by, answers_to
from analysis.inputs.responses import LARGEST, Responses
from analysis.publishing.disclosure import Policy
from analysis.publishing.ledger import (
    LEDGER_FILE,
    Audit,
    Entry,
    Override,
    Reissue,
    Release,
    check,
    read_ledger,
    record_all,
)
from analysis.publishing.linked import against
from analysis.publishing.tables import release_breakdown, release_of, release_table
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedTable, Status
from coprod.workspace import Workspace

NOT_AUDITED = "not audited against earlier releases"


class Asked(Struct, frozen=True):
    """Which table somebody wants: a question, the groups to break it down by, and what they say of it.

    `not_sensitive` is a reason, for a column of a file only. `reissue` is for a table that was released
    from other data before; `override` for one that the audit holds back.
    """

    question: str
    by: str = ""
    not_sensitive: str = ""
    reissue: Reissue | None = None
    override: Override | None = None


class Shown(Struct, frozen=True):
    """A table that may be shown, and its entry in the ledger; none outside a workspace."""

    table: ReleasedTable
    entry: Entry | None

    @property
    def audit(self) -> str:
        """Give in words what the table was held against."""
        if self.entry is None:
            return NOT_AUDITED
        override = self.entry.release.override
        held = "held against all earlier releases from this workspace that it can be set beside"
        return f"{self.entry.id}; {held}" + ("; OVERRIDDEN by two people" if override else "")


class Counted(Struct, frozen=True):
    """A table that has passed its own rules, and how many truly answered, which is never printed."""

    release: Release
    answered: int

    def __repr__(self) -> str:
        """Give no count: a representation may land in a log."""
        return f"Counted({self.release.table.question!r})"


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
    counted = [_counted(responses, asked, policy_of(workspace)) for asked in wanted]
    if workspace is None:
        return tuple(Shown(one.release.table, None) for one in counted)
    data = data_of(file)
    return let_out(
        workspace, [structs.replace(one, release=structs.replace(one.release, data=data)) for one in counted]
    )


def rehearse_tables(
    responses: Responses, file: Path, wanted: Sequence[Asked], workspace: Workspace
) -> tuple[Shown, ...]:
    """Give tables as they would leave, each held against the ledger, with none recorded. Raises as `show_table` does."""
    counted = [_counted(responses, asked, policy_of(workspace)) for asked in wanted]
    data = data_of(file)
    held = [structs.replace(one, release=structs.replace(one.release, data=data)) for one in counted]
    return rehearse(workspace, held)


def rehearse(workspace: Workspace, counted: Sequence[Counted]) -> tuple[Shown, ...]:
    """Give counted tables as `let_out` would, each held against the ledger, with none recorded. Raises as it does."""
    for one in counted:
        check(ledger_path(workspace), one.release, _audit(counted))
    return tuple(Shown(one.release.table, None) for one in counted)


def let_out(workspace: Workspace, counted: Sequence[Counted]) -> tuple[Shown, ...]:
    """Give tables as they leave: audited beside everything that left before, and recorded, all or none.

    This is the one way out for a table of a workspace. Raises as `show_table` does.
    """
    entries = record_all(ledger_path(workspace), [one.release for one in counted], _audit(counted))
    return tuple(Shown(one.release.table, entry) for one, entry in zip(counted, entries, strict=True))


def data_of(file: Path) -> str:
    """Give what a version of the data is known by: the SHA-256 of its file."""
    return hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()


def _audit(counted: Sequence[Counted]) -> Audit:
    """Give the audit of these tables, which knows how many answered each: one question may stand in two of them."""
    answered = {(one.release.data, one.release.subject): one.answered for one in counted}
    return lambda entries, release: against(release, answered[release.data, release.subject], entries)


class CellAnswer(Struct, frozen=True):
    """How one cell would be shown and why; never what it would show."""

    value: str
    by: str | None
    status: Status
    reason: str


class Answer(Struct, frozen=True):
    """Whether a table may be published: why not, or else how each cell would be shown. It holds no number.

    `is_by_rule` tells that its own rules allow no such table, which no two names can lift.
    """

    why_not: tuple[str, ...] = ()
    cells: tuple[CellAnswer, ...] = ()
    is_by_rule: bool = False


def may_publish(responses: Responses, file: Path, asked: Asked, workspace: Workspace | None) -> Answer:
    """Tell whether a table may be published, without showing or recording it.

    Raises BadInputError for a question that is not there or a ledger that was edited.
    """

    def count() -> Counted:
        counted = _counted(responses, asked, policy_of(workspace))
        return structs.replace(counted, release=structs.replace(counted.release, data=data_of(file)))

    return answer_of(count, workspace)


def answer_of(count: Callable[[], Counted], workspace: Workspace | None) -> Answer:
    """Tell whether what `count` gives, or refuses to give, may be published; nothing is shown or recorded."""
    try:
        counted = count()
    except RefusedError as refused:
        return Answer(refused.reasons, is_by_rule=True)
    try:
        if workspace is not None:
            rehearse(workspace, (counted,))
    except RefusedError as refused:
        return Answer(refused.reasons)
    table = counted.release.table
    return Answer(
        cells=tuple(CellAnswer(cell.value, cell.by, cell.status, cell.reason) for cell in table.cells)
    )


def ledger_path(workspace: Workspace) -> Path:
    """Give where a workspace keeps its ledger."""
    return workspace.analysis / LEDGER_FILE


def releases_of(workspace: Workspace) -> tuple[Entry, ...]:
    """Give all that was ever released from a workspace. Raises BadInputError when the ledger was edited."""
    return read_ledger(ledger_path(workspace))


def _counted(responses: Responses, asked: Asked, policy: Policy) -> Counted:
    """Give a table by its own rules, as it would be recorded. Raises RefusedError where they allow none."""
    answers = answers_to(responses, asked.question, asked.not_sensitive)
    if asked.by:
        table = release_breakdown(answers, answers_to(responses, asked.by, asked.not_sensitive), policy)
    else:
        table = release_table(answers, policy)
    release = structs.replace(
        release_of("", answers, table, policy, asked.by),
        not_sensitive=asked.not_sensitive,
        reissue=asked.reissue,
        override=asked.override,
    )
    return Counted(release, answered_by(answers))
