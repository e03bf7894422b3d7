"""To services that use other survey tools too: a questionnaire goes there and comes back the same."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs
from pyxform.xls2xform import convert

from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean
from coprod.kernel.wording import Wording
from surveys.questionnaires.questionnaire import (
    Questionnaire,
    load_questionnaire,
    parse_questionnaire,
    wordings_in,
)
from surveys.questionnaires.questions import Number, SaidPage
from surveys.questionnaires.writing import questionnaire_text
from surveys.xlsform.exporting import LONGEST_CELL, Sheets, sheets_of, workbook_of
from surveys.xlsform.importing import import_form
from tests.surveys.random_questionnaires import questionnaires

WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)  # to make a whole questionnaire small takes minutes
LIBRARY = sorted((Path(__file__).parents[3] / "surveys" / "library").glob("*.yaml"))
STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # pyxform makes quotes straight where it reads a file
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


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9).filter(
    lambda text: clean(text) == text and "$" not in text
)
WORDINGS = st.builds(Wording, WORDS, WORDS)


@st.composite
def dressed(draw: st.DrawFn) -> Questionnaire:
    """Give a questionnaire in which everything a file may hold is there or not."""
    plain = draw(questionnaires())
    said = "".join(wording.en for wording in wordings_in(plain))
    pages = [_dressed_page(draw, page, is_shown=f"${{{page.id}}}" in said) for page in plain.pages]
    changed = structs.replace(
        plain,
        pages=tuple(pages),
        title=draw(WORDINGS),
        who_reads=draw(st.none() | WORDINGS),
        purpose=draw(WORDINGS),
        made_by=draw(WORDINGS),
        minutes=draw(st.integers(9, 60)),
        small_counts=draw(st.sampled_from(["bands", "rounded", "exact"])),
        read_by=draw(st.just("") | WORDS),
    )
    return parse_questionnaire(questionnaire_text(changed), "dressed.yaml")


def _dressed_page(draw, page, *, is_shown):
    more = {"help": draw(st.none() | WORDINGS)}
    if not isinstance(page, SaidPage) and not is_shown:
        more["sensitive"] = draw(st.sampled_from([None, "safety", "abuse", "health", "identity"]))
        more["sensitive_because"] = draw(WORDS) if more["sensitive"] else ""
    if isinstance(page, Number):
        more |= {"low": draw(WORDINGS), "high": draw(WORDINGS)}
        more |= draw(
            st.sampled_from([{}, {"constraint": ". > 2", "constraint_help": Wording("More", "Mwy")}])
        )
    return structs.replace(page, **more)


@settings(max_examples=40, deadline=None, phases=WITHOUT_SHRINKING)
@given(dressed())
def test_every_questionnaire_comes_back_the_same(questionnaire):
    assert round_trip(questionnaire) == questionnaire


@settings(max_examples=15, deadline=None, phases=WITHOUT_SHRINKING)
@given(dressed())
def test_pyxform_takes_every_questionnaire_from_the_file_as_from_memory(questionnaire):
    sheets = sheets_of(questionnaire)
    written = convert(workbook_of(sheets), file_type=".xlsx").xform
    assert written.translate(STRAIGHT) == convert(sheets.by_name()).xform.translate(STRAIGHT)


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
