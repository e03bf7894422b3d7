"""Writing a pathway audit: what young people answered at each access point, beside what the team found."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from analysis.inputs.responses import Responses
from analysis.reports.answered import tables_document
from analysis.reports.audiences import concerns
from analysis.reports.involvement import known_words
from analysis.reports.pathway import (
    PATHWAY_FILE,
    AccessPoint,
    PathwayParts,
    PointTables,
    Speaks,
    TeamAudit,
    load_team_audit,
    pathway_document,
    shipped_pathway,
    started_audit,
)
from coprod.journeys.understanding.involvement import involvement_of
from coprod.journeys.understanding.methods import methods_of, releases_named
from coprod.journeys.understanding.reports import (
    TABLES_NOTE,
    Composed,
    Format,
    WrittenReport,
    answered_words_of,
    is_simulated,
    sessions_of,
    stem_of,
    write_composed,
)
from coprod.journeys.understanding.tables import Asked, Shown, may_publish, show_tables
from coprod.kernel.document import Document
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.released import ReleasedTable
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

BARRIERS = ("barriers", "hardest-steps", "rule-about", "finding-help", "passed-on")
Tables = dict[str, ReleasedTable]


def start_pathway(workspace: Workspace) -> Path:
    """Write the file in which a team says what it found. Raises BadInputError when it is there already."""
    path = workspace.analysis / PATHWAY_FILE
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "fill it in, or move it away first")
    write_whole(path, started_audit().encode())
    return path


def team_audit_of(workspace: Workspace) -> TeamAudit:
    """Give what the team found; nothing where there is no file yet."""
    path = workspace.analysis / PATHWAY_FILE
    return load_team_audit(path) if path.exists() else TeamAudit()


def write_pathway(
    workspace: Workspace, source: Path, responses: Responses, name: str, formats: tuple[Format, ...]
) -> WrittenReport:
    """Write `out/NAME-pathway` in every format asked for, its tables recorded as released.

    Raises RefusedError when nothing in the batch speaks of an access point and the team has written nothing down either.
    """
    stem = f"{stem_of(name)}-pathway"
    composed = compose_pathway(workspace, source, responses)
    return write_composed(workspace, composed, stem, formats, simulated=is_simulated(workspace, responses))


def compose_pathway(workspace: Workspace, source: Path, responses: Responses) -> Composed:
    """Give the audit and its tables as documents, and the tables in them as they were recorded."""
    team = team_audit_of(workspace)
    speaking = {point.id: _speaking(responses, point) for point in shipped_pathway().access_points}
    if not any(speaking.values()) and not team.audit:
        raise RefusedError(
            "nothing that was asked here speaks of an access point; ask `access-points-along-the-pathway`, "
            "or write down what the team found: `coprod analysis pathway start`"
        )
    barriers = tuple(key for key in _keys(responses) if concerns(key, BARRIERS))
    which = next((key for key in _keys(responses) if concerns(key, shipped_pathway().which)), "")
    wanted = [Asked(key) for key in (*(found[0] for found in speaking.values() if found), *barriers)]
    by = [Asked(found[0], which) for found in speaking.values() if found and which]
    wanted += [one for one in by if not may_publish(responses, source, one, workspace).why_not]
    shown = show_tables(responses, source, wanted, workspace)
    together = {
        one.table.question: one.table for one, asked in zip(shown, wanted, strict=True) if not asked.by
    }
    ids = _settings(responses, which)
    by_setting = {
        one.table.question: _by_id(one.table, ids)
        for one, asked in zip(shown, wanted, strict=True)
        if asked.by
    }
    parts = PathwayParts(
        title="Access points along the care pathway",
        service=workspace.settings.name,
        answered=answered_words_of(responses),
        sessions=sessions_of(source),
        known=known_words(involvement_of(workspace)),
        points=tuple(
            _point(responses, point, speaking[point.id], together, by_setting)
            for point in shipped_pathway().access_points
        ),
        team=team,
        barriers=tuple(together[key] for key in barriers),
        methods=methods_of(workspace, responses, shown, texts=False),
        command="coprod analysis pathway draw FILE",
        simulated=is_simulated(workspace, responses),
    )
    return Composed(pathway_document(parts), _workbook(parts, shown), shown, quotes=False)


def _workbook(parts: PathwayParts, shown: tuple[Shown, ...]) -> Document:
    held = [(one.table, one.entry.id if one.entry else "") for one in shown]
    return tables_document(
        parts.title, (*TABLES_NOTE, releases_named(shown)), held, "simulated" if parts.simulated else ""
    )


def _keys(responses: Responses) -> Iterable[str]:
    if responses.about is None:
        return tuple(responses.frame.columns)
    return tuple(one.key for one in responses.about.questions)


def _speaking(responses: Responses, point: AccessPoint) -> tuple[str, Speaks] | None:
    """Give the first question of an access point that was asked, and what in it tells that it was hard."""
    for speaks in point.questions:
        for key in _keys(responses):
            if concerns(key, (speaks.question,)):
                return key, speaks
    return None


def _point(
    responses: Responses,
    point: AccessPoint,
    found: tuple[str, Speaks] | None,
    together: Tables,
    by_setting: Tables,
) -> PointTables:
    if found is None:
        return PointTables(point)
    key, speaks = found
    return PointTables(point, _labels(responses, key, speaks), together.get(key), by_setting.get(key))


def _settings(responses: Responses, which: str) -> dict[str, str]:
    """Give the id of each setting by the words young people read for it."""
    if responses.about is None or not which:
        return {}
    question = next(one.question for one in responses.about.questions if one.key == which)
    return {clean_line(choice.label): choice.id for choice in question.choices}


def _by_id(table: ReleasedTable, ids: dict[str, str]) -> ReleasedTable:
    """Give a breakdown with the ids of settings instead of their words, which differ between questionnaires."""
    cells, apart = (
        tuple(replace(cell, by=ids.get(cell.by or "", cell.by)) for cell in part)
        for part in (table.cells, table.apart)
    )
    return replace(table, cells=cells, apart=apart)


def _labels(responses: Responses, key: str, speaks: Speaks) -> frozenset[str]:
    """Give the answers that tell that it was hard, as they are printed."""
    if responses.about is None:
        return frozenset(speaks.hard)
    question = next(one.question for one in responses.about.questions if one.key == key)
    return frozenset(clean_line(choice.label) for choice in question.choices if choice.id in speaks.hard)
