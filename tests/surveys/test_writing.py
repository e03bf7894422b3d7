"""To people who edit a questionnaire that coprod wrote: it reads like one by hand, and loads as the same."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.evaluation import evaluate
from surveys.questionnaires.expressions import parse_expression
from surveys.questionnaires.questionnaire import load_questionnaire, parse_questionnaire
from surveys.questionnaires.unparsing import expression_text
from surveys.questionnaires.writing import questionnaire_text
from tests.surveys.random_questionnaires import questionnaires
from tests.surveys.test_expressions import PARTS, VALUES

LIBRARY = sorted((Path(__file__).parents[2] / "surveys" / "library").glob("*.yaml"))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_questionnaire_of_the_library_is_written_back_as_itself(path):
    questionnaire = load_questionnaire(path)
    assert parse_questionnaire(questionnaire_text(questionnaire), "again.yaml") == questionnaire


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_every_questionnaire_is_written_back_as_itself(questionnaire):
    assert parse_questionnaire(questionnaire_text(questionnaire), "again.yaml") == questionnaire


def test_words_that_yaml_could_mistake_are_kept_as_words():
    text = """format: 1
survey: odd
title: {en: "yes", cy: "3"}
made_by: "- a: b # c"
purpose: "true"
minutes: 2
ages: [11-15]
pages:
- ask: "line one\\n  line two: {x} \\n"
  id: odd
  kind: text
"""
    questionnaire = parse_questionnaire(text, "odd.yaml")
    assert parse_questionnaire(questionnaire_text(questionnaire), "odd.yaml") == questionnaire


@given(PARTS)
def test_an_expression_written_back_has_the_same_value(text):
    tree = parse_expression(text)
    again = parse_expression(expression_text(tree))
    answers = {"a": "7 b", "b": "2"}
    assert repr(evaluate(again, answers, "3")) == repr(evaluate(tree, answers, "3"))


@pytest.mark.parametrize("text", [text for text, _ in VALUES])
def test_an_expression_written_back_is_stable(text):
    once = expression_text(parse_expression(text))
    assert expression_text(parse_expression(once)) == once


@given(st.sampled_from(["1 - (2 - 3)", "-(1 + 2)", "not(1 = 2 or 3 = 3)", "(1 = 2 or 1 = 1) and 2 = 3"]))
def test_brackets_stay_where_they_matter(text):
    assert evaluate(parse_expression(expression_text(parse_expression(text))), {}) == evaluate(
        parse_expression(text), {}
    )
