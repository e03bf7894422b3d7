"""To services that use other survey tools too: a questionnaire goes there and comes back the same."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from coprod.kernel.problem import BadInputError
from surveys.questionnaires.questionnaire import load_questionnaire, parse_questionnaire
from surveys.xlsform.exporting import LONGEST_CELL, Sheets, sheets_of, workbook_of
from surveys.xlsform.importing import import_form
from tests.surveys.random_questionnaires import questionnaires

LIBRARY = sorted((Path(__file__).parents[3] / "surveys" / "library").glob("*.yaml"))
ODD = """format: 1
survey: odd
title: {en: "=1+1", cy: Ŵy}
made_by: {en: us, cy: ni}
purpose: {en: "+44 'quoted' “and” ‘curled’ _x0041_", cy: "<b>&amp;"}
who_reads: {en: "@everyone", cy: pawb}
minutes: 3
ages: [11-15, 16-25]
small_counts: rounded
read_by: Reader
pages:
- ask: {en: "=HYPERLINK(\\"x\\")", cy: "-1"}
  id: likert-scale
  kind: choose-one
  sensitive: health
  sensitive_because: It says, “so”.
  something_else: true
  choices:
  - {id: strongly-disagree, label: {en: Strongly disagree, cy: a}}
  - {id: disagree, label: {en: Disagree, cy: b}}
  - {id: none, label: {en: "TRUE", cy: c}, alone: true}
- ask: {en: "Agree?", cy: Cytuno}
  id: likert
  kind: likert
  relevant: "selected( ${likert-scale}, 'something-else')"
- ask: {en: Why, cy: Pam}
  id: why
  kind: text
  link: true
  link_reason: "so that: it can"
  constraint: "string-length(.) < 20"
  constraint_help: {en: Shorter, cy: Byrrach}
- ask: {en: "Skip\\n- ask:\\nthis", cy: Sgip}
  id: skip
  kind: note
  covers: [how]
- ask: {en: How, cy: Sut}
  id: how
  kind: number
  low: {en: "0", cy: "0"}
  high: {en: "10", cy: "10"}
"""


def round_trip(questionnaire):
    content = workbook_of(sheets_of(questionnaire))
    outcome = import_form(content, "form.xlsx")
    assert outcome.stripped == outcome.refused == outcome.noted == ()
    return parse_questionnaire(outcome.text, "again.yaml")


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_questionnaire_of_the_library_comes_back_the_same(path):
    questionnaire = load_questionnaire(path)
    assert round_trip(questionnaire) == questionnaire


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_pyxform_makes_the_same_xform_of_the_file_and_of_what_is_in_memory(path):
    sheets = sheets_of(load_questionnaire(path))
    warnings: list[str] = []
    written = convert(workbook_of(sheets), file_type=".xlsx", warnings=warnings).xform
    assert written == convert(sheets.by_name()).xform
    assert warnings == []


@settings(max_examples=25, deadline=None)
@given(questionnaires())
def test_every_questionnaire_comes_back_the_same(questionnaire):
    assert round_trip(questionnaire) == questionnaire


def test_odd_words_come_back_as_they_were():
    questionnaire = parse_questionnaire(ODD, "odd.yaml")
    assert round_trip(questionnaire) == questionnaire


def test_no_text_of_a_questionnaire_becomes_a_formula():
    content = workbook_of(sheets_of(parse_questionnaire(ODD, "odd.yaml")))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())


def test_a_text_too_long_for_excel_is_told():
    with pytest.raises(BadInputError, match="a cell of Excel"):
        workbook_of(Sheets(({"type": "note", "name": "a", "label": "x" * (LONGEST_CELL + 1)},), (), ()))
