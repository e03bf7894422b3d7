"""The map of the pathway tells nothing that the tables beside it do not, and says where nobody has looked."""

from pathlib import Path

import pytest

from analysis.publishing.disclosure import Count, Policy, Tally, release
from analysis.reports.pathway import (
    NOBODY_LOOKED,
    Look,
    PathwayParts,
    PointTables,
    TeamAudit,
    hard_share,
    load_team_audit,
    map_rows,
    pathway_document,
    shipped_pathway,
    started_audit,
)
from coprod.kernel.document import Heading, PathwayMap, Table, text_of
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import ReleasedTable

HARD = frozenset({"hard"})
POINTS = shipped_pathway().access_points


def table(hard: int, easy: int) -> ReleasedTable:
    tally = Tally("q", "How was the wait?", hard + easy, (Count("hard", hard), Count("easy", easy)))
    return release(tally, Policy("rounded"))


def points(first: ReleasedTable | None) -> tuple[PointTables, ...]:
    return (PointTables(POINTS[0], HARD, first), *(PointTables(point) for point in POINTS[1:]))


def parts(**more: object) -> PathwayParts:
    plain = {"title": "Pathway", "service": "Riverside", "answered": "about 40", "sessions": (), "known": (),
             "points": points(table(30, 10)), "team": TeamAudit(), "barriers": (), "methods": ("Asked.",)}  # fmt: skip
    return PathwayParts(**(plain | more))


@pytest.mark.parametrize(
    ("hard", "easy", "words"),
    [
        (32, 8, "Hard for most"),
        (20, 20, "Hard for about half"),
        (10, 31, "Hard for some"),
        (2, 38, "Hard for few"),
    ],
)
def test_a_share_is_said_in_words(hard: int, easy: int, words: str) -> None:
    together = map_rows(points(table(hard, easy)), TeamAudit())[0]
    assert together.cells[0].words == words


def test_two_tables_that_print_alike_make_the_same_cell() -> None:
    alike = {hard_share(table(hard, 40 - hard).cells, HARD, "about 40") for hard in (23, 24, 25, 26, 27)}
    assert len(alike) == 1


def test_a_table_too_small_to_show_makes_no_share() -> None:
    small = table(2, 1)
    assert hard_share(small.cells, HARD, small.answered) is None
    assert map_rows(points(small), TeamAudit())[0].cells[0].words == "Too few to show"


def test_a_gap_the_team_found_weighs_more_and_what_nobody_looked_at_says_so() -> None:
    look = Look("camhs", POINTS[1].id, "gap", "Service lead")
    rows = {row.label: row for row in map_rows(points(None), TeamAudit(audit=(look,)))}
    camhs = rows["Mental health support (CAMHS)"]
    assert (camhs.cells[1].words, camhs.cells[1].tone) == ("Team: a gap", "shut")
    assert camhs.cells[0].words == NOBODY_LOOKED


def test_the_map_has_a_text_alternative_and_a_table_with_every_cell() -> None:
    document = pathway_document(parts())
    drawn = next(block for block in document.blocks if isinstance(block, PathwayMap))
    twin = next(block for block in document.blocks if isinstance(block, Table) and "same" in block.caption)
    assert [row[1:] for row in twin.rows] == [tuple(cell.words for cell in row.cells) for row in drawn.rows]
    assert all(row.label in drawn.alt for row in drawn.rows)


def test_who_is_missing_comes_before_the_map() -> None:
    heads = [
        text_of(block.inline) for block in pathway_document(parts()).blocks if isinstance(block, Heading)
    ]
    assert heads.index("Who is missing") < heads.index("The map")


def test_the_file_a_team_fills_in_is_sound_and_a_setting_there_is_not_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pathway.yaml"
    path.write_text(started_audit(), "utf-8")
    assert load_team_audit(path) == TeamAudit()
    path.write_text("format: 1\naudit:\n- {setting: cahms, point: rules, found: gap, source: Sam}\n", "utf-8")
    with pytest.raises(BadInputError, match=r"pathway.yaml:3:\d+: there is no setting `cahms`.*camhs"):
        load_team_audit(path)
