"""The pathway audit: settings by access points, from what young people answered and what the team found.

Every share is worked out from what is printed, so the map tells nothing that the tables beside it do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from analysis.reports.answered import BAND_SHARES, SHOWN, number_in, table_blocks
from analysis.reports.audiences import Id
from analysis.reports.missing import missing_blocks
from analysis.reports.parts import BRIEFING, Attended, KnownWords
from analysis.reports.report import AGAIN, ROUNDING, SIMULATED, STANDING_CAUTION
from coprod.kernel.document import (
    Block,
    Code,
    Document,
    Heading,
    ItemList,
    MapCell,
    MapRow,
    Paragraph,
    PathwayMap,
    Table,
    plain,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import ReleasedCell, ReleasedTable
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml, load_yaml_text, nearest

PATHWAY_FILE = "pathway.yaml"
TOGETHER = "All services together"
Tone = Literal["open", "mixed", "hard", "shut", "unknown"]
Found = Literal["there", "partly", "gap"]
FOUND_WORDS: dict[Found, str] = {"there": "there", "partly": "only in part", "gap": "a gap"}
HARD_WORDS: tuple[tuple[float, str, Tone], ...] = (
    (2 / 3, "hard for most", "hard"),
    (0.4, "hard for about half", "mixed"),
    (0.2, "hard for some", "mixed"),
    (0.0, "hard for few", "open"),
)
NOBODY_LOOKED = "Nobody has looked"
NOT_SHOWN = "Too few to show"
HOW_TO_READ = (
    "Each cell says in words how it was: what young people answered, where enough of them did, and what the team found "
    "when it looked. Colours only repeat the words. “Hard for most” means more than two thirds of those who answered."
)
WHY_TOGETHER = (
    "Answers are shown for one setting only where at least 60 answered and at least 10 of them had that setting in mind, "
    "so most of what young people said stands in the row for all services together."
)
STARTED = """\
# The team's own part of the pathway audit: what you found at each setting and access point when you looked.
# found: there, partly or gap. What nobody has looked at stays on the map as such.
# settings: {settings}
# points: {points}
format: 1
audit: []
# - {{setting: camhs, point: the-wait, found: gap, note: Nobody keeps in touch while they wait., source: Service lead, on: 2026-11-02}}
"""


class Speaks(Struct, frozen=True, forbid_unknown_fields=True):
    """A question that speaks of an access point, and the choices that tell that it was hard."""

    question: Id
    hard: tuple[str, ...]


class AccessPoint(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the pathway, what the audit asks of it, and the questions that speak of it."""

    id: Id
    name: str
    asks: str
    questions: tuple[Speaks, ...]


class Setting(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of service."""

    id: Id
    name: str


class Pathway(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings and access points. `which` are the questions by whose choices settings are told apart."""

    format: Literal[1]
    which: tuple[Id, ...]
    settings: tuple[Setting, ...]
    access_points: tuple[AccessPoint, ...]


class Look(Struct, frozen=True, forbid_unknown_fields=True):
    """What a team found at one setting and access point."""

    setting: Id
    point: Id
    found: Found
    source: Annotated[str, Meta(min_length=3)]
    note: str = ""
    on: date | None = None


class TeamAudit(Struct, frozen=True, forbid_unknown_fields=True):
    """The team's own part of the audit."""

    format: Literal[1] = 1
    audit: tuple[Look, ...] = ()


class PointTables(Struct, frozen=True):
    """What was released about one access point: together, and by setting where the rules allow; `hard` holds the answers.

    The cells of `by_setting` name in `by` the id of a setting.
    """

    point: AccessPoint
    hard: frozenset[str] = frozenset()
    together: ReleasedTable | None = None
    by_setting: ReleasedTable | None = None


class PathwayParts(Struct, frozen=True, kw_only=True):
    """All that goes into a pathway audit. `barriers` are tables of what makes it hard, whatever the setting."""

    title: str
    service: str
    answered: str
    sessions: tuple[Attended, ...]
    known: tuple[KnownWords, ...]
    points: tuple[PointTables, ...]
    team: TeamAudit
    barriers: tuple[ReleasedTable, ...]
    methods: tuple[str, ...]
    command: str = ""
    simulated: bool = False


@cache
def shipped_pathway() -> Pathway:
    """Give the pathway that comes with coprod."""
    text = resources.files("analysis.reports").joinpath(PATHWAY_FILE).read_text("utf-8")
    return load_yaml_text(text, PATHWAY_FILE, Pathway).value


def started_audit() -> str:
    """Give the file in which a team writes what it found."""
    pathway = shipped_pathway()
    return STARTED.format(
        settings=", ".join(one.id for one in pathway.settings),
        points=", ".join(one.id for one in pathway.access_points),
    )


def load_team_audit(path: Path) -> TeamAudit:
    """Give what a team found. Raises BadInputError with every mistake, a setting or point there is not too."""
    loaded, pathway = load_yaml(path, TeamAudit), shipped_pathway()
    known = {
        "setting": {one.id for one in pathway.settings},
        "point": {one.id for one in pathway.access_points},
    }
    problems = [
        loaded.problem(
            ("audit", at, field),
            f"there is no {field} `{getattr(look, field)}`",
            nearest(getattr(look, field), sorted(ids)),
        )
        for at, look in enumerate(loaded.value.audit)
        for field, ids in known.items()
        if getattr(look, field) not in ids
    ]
    if problems:
        raise BadInputError(*problems)
    return loaded.value


def pathway_document(parts: PathwayParts) -> Document:
    """Give the audit as a document: who is missing, the map and its twin, gaps, waits, barriers, how it was done."""
    rows = map_rows(parts.points, parts.team)
    blocks = (
        *_opening(parts),
        *missing_blocks(parts.answered, parts.sessions, parts.known),
        *_map(rows, parts.points),
        *_gaps(parts.team, rows),
        *_answered(parts),
        *_method(parts),
    )
    return Document(parts.title, "en", blocks, "simulated" if parts.simulated else "", ROUNDING)


def map_rows(points: Sequence[PointTables], team: TeamAudit) -> tuple[MapRow, ...]:
    """Give the row for all services together, then one for each setting."""
    looks = {(look.setting, look.point): look for look in team.audit}
    together = MapRow(
        TOGETHER, tuple(_cell(_hard_words(one.together, one.hard, None), None) for one in points)
    )
    settings = tuple(
        MapRow(
            setting.name,
            tuple(
                _cell(
                    _hard_words(one.by_setting, one.hard, setting.id), looks.get((setting.id, one.point.id))
                )
                for one in points
            ),
        )
        for setting in shipped_pathway().settings
    )
    return together, *settings


def hard_share(cells: Sequence[ReleasedCell], hard: frozenset[str], answered: str) -> float | None:
    """Give the share of those who answered for whom it was hard, from what is printed; None where that is hidden."""
    found = [cell for cell in cells if cell.value in hard]
    if not found or any(cell.status not in SHOWN for cell in found):
        return None
    total = number_in(answered)
    numbers = [number_in(cell.shown) for cell in found]
    if total and None not in numbers:
        return min(1.0, sum(number or 0 for number in numbers) / total)
    return min(1.0, max(BAND_SHARES.get(cell.shown, 0.0) for cell in found))


def _hard_words(
    table: ReleasedTable | None, hard: frozenset[str], setting: str | None
) -> tuple[str, Tone] | None:
    if table is None:
        return None
    cells = [cell for cell in table.cells if setting is None or cell.by == setting]
    if not cells:
        return None
    sizes: Mapping[str | None, str] = {cell.by: cell.shown for cell in table.apart}
    answered = table.answered if setting is None else sizes.get(setting, "")
    share = hard_share(cells, hard, answered)
    if share is None:
        return NOT_SHOWN, "unknown"
    return next((words.capitalize(), tone) for least, words, tone in HARD_WORDS if share >= least)


def _cell(said: tuple[str, Tone] | None, look: Look | None) -> MapCell:
    """Give one cell in words; what the team found to be a gap weighs more than a share."""
    if look is None:
        words, tone = said or (NOBODY_LOOKED, "unknown")
        return MapCell(words, tone)
    found = f"Team: {FOUND_WORDS[look.found]}"
    tones: dict[Found, Tone] = {"gap": "shut", "partly": "mixed", "there": "open"}
    if said is None or said[1] == "unknown":
        return MapCell(found, tones[look.found])
    return MapCell(f"{said[0]}. {found}", "shut" if look.found == "gap" else said[1])


def _opening(parts: PathwayParts) -> Iterator[Block]:
    yield Heading(1, plain(parts.title))
    yield Paragraph(
        plain(f"Where young people can get in, and what keeps them out, in and around {parts.service}."),
        "lead",
    )
    if parts.simulated:
        yield Paragraph(plain(SIMULATED), "caution")
    yield Paragraph(plain(STANDING_CAUTION), "caution")


def _map(rows: Sequence[MapRow], points: Sequence[PointTables]) -> Iterator[Block]:
    steps = tuple(one.point.name for one in points)
    spoken = " ".join(
        f"{row.label}: "
        + "; ".join(f"{step}, {cell.words.lower()}" for step, cell in zip(steps, row.cells, strict=True))
        + "."
        for row in rows
    )
    yield Heading(2, plain("The map"))
    yield Paragraph(plain(HOW_TO_READ))
    yield PathwayMap(
        "Settings and access points along the pathway", steps, tuple(rows), f"Map as a table. {spoken}"
    )
    yield Paragraph(plain(WHY_TOGETHER), "small")
    table_rows = tuple((row.label, *(cell.words for cell in row.cells)) for row in rows)
    yield Table("The same as a table", ("Setting", *steps), table_rows)
    yield ItemList(tuple(plain(f"{one.point.name}: {one.point.asks}") for one in points))
    yield Paragraph(
        plain(f"After {BRIEFING}, which asks commissioners for an audit of access points."), "small"
    )


def _gaps(team: TeamAudit, rows: Sequence[MapRow]) -> Iterator[Block]:
    pathway = shipped_pathway()
    settings = {one.id: one.name for one in pathway.settings}
    points = {one.id: one.name for one in pathway.access_points}
    yield Heading(2, plain("Gaps"))
    gaps = tuple(
        f"{settings[look.setting]}, {points[look.point].lower()}: {FOUND_WORDS[look.found]}."
        + (f" {clean_line(look.note)}" if look.note else "")
        + f" Source: {clean_line(look.source)}{f', {look.on:%B %Y}' if look.on else ''}."
        for look in team.audit
        if look.found != "there"
    )
    if gaps:
        yield ItemList(tuple(plain(gap) for gap in gaps))
    else:
        yield Paragraph(plain("The team has written down no gap. That is not the same as there being none."))
    unseen = [row.label for row in rows[1:] if all(cell.tone == "unknown" for cell in row.cells)]
    if unseen:
        yield Paragraph(plain(f"Nobody has looked yet at: {', '.join(unseen)}."))


def _answered(parts: PathwayParts) -> Iterator[Block]:
    waits = [one for one in parts.points if one.point.id == "the-wait" and one.together]
    others = [one for one in parts.points if one not in waits and one.together]
    yield Paragraph(plain(ROUNDING), "small")
    for head, found in (("Waits", waits), ("At each access point", others)):
        if found:
            yield Heading(2, plain(head))
        for one in found:
            if one.together:
                yield from table_blocks(one.together, 3)
    if parts.barriers:
        yield Heading(2, plain("Barriers"))
        for table in parts.barriers:
            yield from table_blocks(table, 3)


def _method(parts: PathwayParts) -> Iterator[Block]:
    yield Heading(2, plain("How this was done"))
    yield ItemList(tuple(plain(step) for step in parts.methods), ordered=True)
    if parts.command:
        yield Paragraph(plain(AGAIN))
        yield Code(parts.command)
