"""To authors who know XLSForm: its expressions mean here what they mean there, and mistakes have a place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.evaluation import evaluate, is_true
from surveys.questionnaires.expressions import (
    DEEPEST,
    FUNCTIONS,
    LONGEST,
    ExpressionMistake,
    Reference,
    parse_expression,
    references_in,
)
from surveys.questionnaires.patterns import matches_whole, pattern_mistake

ANSWERS = {"colour": "red", "places": "gp camhs school", "score": "7", "skipped": "", "words": "Hello"}
VALUES = [
    ("true()", True),
    ("false()", False),
    ("not(true())", False),
    ("not(${skipped})", True),
    ("1 + 2 * 3", 7.0),
    ("(1 + 2) * 3", 9.0),
    ("7 div 2", 3.5),
    ("7 mod 2", 1.0),
    ("-7 mod 2", -1.0),
    ("1 - 2 - 3", -4.0),
    ("2--3", 5.0),
    ("- - 3", 3.0),
    ("1 div 0", math.inf),
    (".5 + .5", 1.0),
    ("${colour} = 'red'", True),
    ("'red' != ${colour}", False),
    ("${score} >= 7", True),
    ("${score} = 7.0", True),
    ("${score} < 10", True),
    ("'10' < '9'", False),
    ("${skipped} < 5", False),
    ("${skipped} >= 0", False),
    ("${skipped} = ''", True),
    ("${skipped} != 5", True),
    ("${never-asked} = ''", True),
    ("1 = 1 and 2 = 2", True),
    ("1 = 2 or 2 = 2 and 3 = 4", False),
    ("1 = 1 or 2 = 2 and 3 = 4", True),
    ("1 < 2 = true()", True),
    ("selected(${places}, 'camhs')", True),
    ("selected(${places}, 'cam')", False),
    ("selected(${skipped}, '')", False),
    ("selected-at(${places}, 1)", "camhs"),
    ("selected-at(${places}, 9)", ""),
    ("selected-at(${places}, -1)", ""),
    ("count-selected(${places})", 3.0),
    ("count-selected(${skipped})", 0.0),
    ("count-selected(.) <= 2", True),
    ("if(${score} > 5, 'high', 'low')", "high"),
    ("coalesce(${skipped}, 'none')", "none"),
    ("coalesce(${colour}, 'none')", "red"),
    ("regex(${colour}, '[a-z]{3}')", True),
    ("regex(${colour}, 're')", False),
    ("regex(${words}, '[A-Z][a-z]+')", True),
    ("int(3.9)", 3.0),
    ("int(-3.9)", -3.0),
    ("int('7')", 7.0),
    ("number('2.5') + 1", 3.5),
    ("string-length(${words})", 5.0),
    ('string-length("it\'s")', 4.0),
    ("concat(${colour}, '-', 1, '-', 2.5, '-', true())", "red-1-2.5-true"),
    ("concat(1 div 0, 0 div 0)", "InfinityNaN"),
    (" \n true( ) ", True),
    ("jr:choice-name(${colour}, '${colour}')", "Red"),
    ("jr:choice-name(${skipped}, '${colour}')", ""),
    ("jr:choice-name(selected-at(${places}, 1), '${ places }') = 'CAMHS'", True),
]
LABELS = {("colour", "red"): "Red", ("places", "camhs"): "CAMHS"}


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_an_expression_means_what_it_means_in_xlsform(text, value):
    found = evaluate(parse_expression(text), ANSWERS, "a b", LABELS)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["number('x')", "number('')", "int('')", "0 div 0", "1 mod 0", "number('1_0')"]
)
def test_what_is_no_number_is_never_true_nor_less_nor_more(text):
    assert math.isnan(evaluate(parse_expression(text), {}))
    assert not is_true(parse_expression(text), {})
    assert not is_true(parse_expression(f"{text} < 1 or {text} >= 1"), {})


MISTAKES = [
    ("", 0, "ends too early"),
    ("1 +", 3, "ends too early"),
    ("1 2", 2, "`2` is not expected"),
    ("(1", 0, "not closed"),
    ("selected(${a}, 'b'", 0, "not closed"),
    ("${a} = 'b", 7, "no partner"),
    ("${a", 0, "not finished"),
    ("a = 1", 0, "stands alone"),
    ("1 = ; ", 4, "means nothing"),
    ("true", 0, "stands alone"),
    ("1 + pulldata('x')", 4, "the function `pulldata`"),
    ("jr:itext('x')", 0, "the function `jr:itext`"),
    ("not(1, 2)", 0, "`not` has 2 values"),
    ("regex(${a}, ${b})", 0, "is not a text"),
    ("regex(${a}, '(')", 12, "cannot be used"),
    ("jr:choice-name(${a}, 'a')", 0, "whose choice"),
    ("jr:choice-name(${a}, ${a})", 0, "whose choice"),
    ("* 3", 0, "`*` is not expected"),
    ("x" * (LONGEST + 1), 0, "characters"),
    ("(" * (DEEPEST + 1) + "1", DEEPEST, "nests too deeply"),
    (" + ".join(["1"] * 102), 402, "over 100 operators"),
    ("__import__('os')", 0, "means nothing"),
]


@pytest.mark.parametrize(("text", "at", "said"), MISTAKES)
def test_what_cannot_be_read_is_told_with_its_place(text, at, said):
    with pytest.raises(ExpressionMistake) as caught:
        parse_expression(text)
    assert caught.value.at == at
    assert said in caught.value.what
    assert caught.value.mend


def test_an_unknown_function_comes_with_the_known_ones():
    with pytest.raises(ExpressionMistake) as caught:
        parse_expression("now()")
    assert all(name in caught.value.mend for name in FUNCTIONS)


def test_every_question_named_is_found_with_its_place():
    tree = parse_expression("if(${a} = 1, -${b}, concat(., jr:choice-name(${a}, '${c}')))")
    assert list(references_in(tree)) == [
        Reference("a", 3),
        Reference("b", 14),
        Reference("", 27),
        Reference("a", 45),
        Reference("c", 52),
    ]


def test_the_longest_chain_that_is_taken_has_a_value():
    assert evaluate(parse_expression("+".join(["1"] * 101)), {}) == 101


@given(st.text(max_size=60))
def test_no_text_makes_the_parser_do_anything_but_give_a_tree_or_a_mistake(text):
    at = 0
    try:
        evaluate(parse_expression(text), {})
    except ExpressionMistake as mistake:
        at = mistake.at
    assert 0 <= at <= len(text)


PARTS = st.recursive(
    st.sampled_from(["1", "2.5", "'a'", "''", "${a}", "${b}", ".", "true()", "0"]),
    lambda inner: st.one_of(
        st.tuples(
            inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "<", ">=", "!=", "and", "or"]), inner
        ).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"not({part})"),
        inner.map(lambda part: f"-{part}"),
        st.tuples(inner, inner, inner).map(lambda parts: f"if({', '.join(parts)})"),
        st.tuples(inner, inner).map(lambda parts: f"selected-at({', '.join(parts)})"),
        inner.map(lambda part: f"int({part})"),
    ),
    max_leaves=8,
)


@given(PARTS, st.sampled_from(["", "a", "a b", "7", "-0", "1e9", "²"]))
def test_every_expression_that_can_be_written_has_a_value(text, answer):
    assert isinstance(evaluate(parse_expression(text), {"a": answer}, answer), str | float | bool)


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|a)*b", r"(.)\1", "(?=a)", "a*" * 6, "a?" * 30, "a{1,200}" * 5]
)
def test_a_pattern_that_could_run_on_and_on_is_refused(pattern):
    assert pattern_mistake(pattern)


@pytest.mark.parametrize(
    "pattern", ["[A-Z]{2}[0-9]{1,4}", "(red|blue)", r"\d{3}\.\d", "[^()*+]+", "a*b*c*", r"\(a\)*"]
)
def test_an_ordinary_pattern_is_taken(pattern):
    assert pattern_mistake(pattern) == ""


def test_the_worst_pattern_that_is_taken_ends_soon_on_the_worst_text():
    assert pattern_mistake("a*a*a*b") == ""
    assert not matches_whole("a" * 200, "a*a*a*b")
    assert not matches_whole("a" * 201, "a*")
