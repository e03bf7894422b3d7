"""Whole passages: what a careful reviewer flags is found, and good, hard texts are left alone."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from benchmarks.found import PASSAGE_SETS, RUN_ONCE
from campaigns.checking.check import check_material
from campaigns.materials.material import parse_material
from coprod.kernel.contacts import Audience, Nation, shipped_contacts
from coprod.kernel.yamlfile import load_yaml

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "cases"


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    audience: Audience
    text: str
    expect: tuple[str, ...]
    nation: Nation | None = None


class CaseFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    cases: tuple[Case, ...]


CASES = [
    case
    for file in sorted(FOLDER.glob("*.yaml"))
    if file.name.split("-")[0] not in (*PASSAGE_SETS, RUN_ONCE)
    for case in load_yaml(file, CaseFile).value.cases
]


def checked(case: Case):
    material = parse_material(case.text, "case.md")
    return check_material(material, shipped_contacts(), {}, TODAY, case.audience, case.nation)


@pytest.mark.parametrize("case", [case for case in CASES if case.expect], ids=lambda case: case.name)
def test_what_a_careful_reviewer_flags_is_found(case: Case):
    assert set(case.expect) <= {finding.rule for finding in checked(case).findings}


@pytest.mark.parametrize("case", [case for case in CASES if not case.expect], ids=lambda case: case.name)
def test_a_good_text_is_not_blocked_and_gets_at_most_one_note(case: Case):
    found = checked(case).findings
    assert not [finding for finding in found if finding.severity == "block"]
    assert len(found) <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_finding_points_at_the_words_it_names(case: Case):
    """Findings come in reading order, and each place holds the first and last letter of its text."""
    result = checked(case)
    lines = parse_material(case.text, "case.md").source.split("\n")
    places = [(finding.line, finding.column) for finding in result.findings]
    assert places == sorted(places)
    for finding in (*result.findings, *result.mentions):
        if finding.text:
            assert lines[finding.line - 1][finding.column - 1] == finding.text[0]
            assert lines[finding.end_line - 1][finding.end_column - 2] == finding.text[-1]


STARTERS = sorted((Path(__file__).parents[2] / "campaigns" / "starters").glob("*.md"))


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_starter_materials_pass(path: Path):
    result = check_material(parse_material(path.read_text("utf-8"), path.name), shipped_contacts(), {}, TODAY)
    assert not result.at_least("block")
    assert len(result.findings) <= 1
