"""To a service with forms from another tool: what can be asked is taken, what could harm is told by sheet and row."""

import re
from pathlib import Path

import pytest

from coprod.kernel.record import Chosen
from coprod.kernel.wording import Wording
from surveys.interviews.state import shown_pages
from surveys.questionnaires.evaluation import is_true
from surveys.questionnaires.expressions import FUNCTIONS, parse_expression
from surveys.questionnaires.questions import ChooseMany, ChooseOne, FreeText, Likert, Note, Number, Ranking
from surveys.xlsform.meanings import meanings
from surveys.xlsform.sheets import Remark
from tests.surveys.xlsform.features import FEATURES, cells
from tests.surveys.xlsform.forms import CHOICES, excel, form_of, imported, old_excel

DOCUMENT = (Path(__file__).parents[3] / "docs" / "xlsform.md").read_text("utf-8")


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_fares_as_the_document_says(feature):
    fate, form = FEATURES[feature]
    outcome, _ = imported(form)
    usual = "say who made it"
    changed = [one for one in outcome.noted if not one.what.startswith(usual)]
    fates = {"refused": outcome.refused, "stripped": outcome.stripped, "changed": changed}
    assert next((name for name, remarks in fates.items() if remarks), "taken") == fate
    assert re.search(rf"^\| {re.escape(feature)} \| {fate} \| .+ \|$", DOCUMENT, re.MULTILINE)


def test_the_document_lists_nothing_that_is_not_tested():
    listed = re.findall(r"^\| (.+?) \| (?:taken|changed|stripped|refused) \|", DOCUMENT, re.MULTILINE)
    assert listed == list(FEATURES)


def test_the_document_names_every_function_and_every_type():
    assert all(f"`{name}`" in DOCUMENT for name in FUNCTIONS)
    shown = {
        "text",
        "note",
        "acknowledge",
        "integer",
        "decimal",
        "range",
        "calculate",
        "geopoint",
        "image",
        "barcode",
    }
    assert all(meanings().of_type(name) for name in shown)
    assert all(f"`{name}`" in DOCUMENT for name in shown)


def test_everything_stripped_and_refused_has_its_sheet_and_row():
    form = cells(
        "label | relevant | image",
        "start | start | | |",
        "geopoint | place | Where? | |",
        "select_one yn | met | Met? | | a.png",
        "begin_repeat | each | Each | |",
        "text | who | Who? | |",
        "integer | age | Age? | |",
        "end_repeat | | | |",
        "text | now | Now? | once(1) = 1 |",
    )
    outcome, questionnaire = imported(form)
    assert [(one.sheet, one.row) for one in outcome.stripped] == [("survey", 2), ("survey", 3), ("survey", 4)]
    assert outcome.refused == (
        Remark("survey", 5, "the repeat `each` and the 2 questions in it: coprod asks everything once"),
        Remark("survey", 9, "`now` is left out: in its `relevant`, the function `once` is not known"),
    )
    assert [page.id for page in questionnaire.pages] == ["met"]


def test_rows_count_as_the_spreadsheet_does_over_empty_rows_and_in_every_kind_of_file():
    rows = [["type", "name", "label"], ["text", "a", "A?"], ["", "", ""], ["today", "t", ""]]
    for content, name in ((excel({"survey": rows}), "a.xlsx"), (old_excel({"survey": rows}), "a.xls")):
        outcome, _ = imported(content, name)
        assert [(one.sheet, one.row) for one in outcome.stripped] == [("survey", 4)]


def test_four_kinds_of_file_give_the_same_questionnaire():
    survey = [
        ["Type", "Name", "Label::English (en)"],
        ["select_one yn", "met", "Met?"],
        ["text", "why", "Why?"],
    ]
    choices = [["list_name", "name", "label::English (en)"], ["yn", "1", "Yes"], ["yn", "0", "No"]]
    sheets = {"survey": survey, "choices": choices}
    table = "\n".join(
        f"| {name} |\n" + "\n".join(f"| | {' | '.join(row)} |" for row in rows)
        for name, rows in sheets.items()
    )
    lines = "\n".join(
        f"{name},,\n" + "\n".join("," + ",".join(row) for row in rows) for name, rows in sheets.items()
    )
    files = {
        "a.xlsx": excel(sheets),
        "a.xls": old_excel(sheets),
        "a.csv": b"\xef\xbb\xbf" + lines.encode(),
        "a.md": table.encode(),
    }
    assert len({imported(content, name)[0].text for name, content in files.items()}) == 1


def test_each_type_becomes_its_kind():
    _, questionnaire = imported(
        form_of(
            "note | hello | Hello",
            "select_one yn | met | Met?",
            "select_multiple places | where | Where?",
            "rank places | order | Order?",
            "range | score | Score",
            "text | why | Why?",
        )
    )
    shapes = [Note, ChooseOne, ChooseMany, Ranking, Number, FreeText]
    assert [type(page) for page in questionnaire.pages] == shapes


def test_a_range_from_1_to_10_keeps_its_bounds():
    _, questionnaire = imported(form_of("range | score | Score"))
    assert questionnaire.pages[0].constraint == ". >= 1 and . <= 10"
    assert questionnaire.pages[0].constraint_help.en == "Please choose a number from 1 to 10."


def test_a_scale_that_is_ours_becomes_ours_and_one_that_is_not_keeps_its_words():
    _, questionnaire = imported(
        cells("label | appearance", "select_one agree | a | Kind | likert", "select_one agree | b | Kind? |")
    )
    ours, theirs = questionnaire.pages
    assert isinstance(ours, Likert)
    assert [choice.label.en for choice in theirs.choices][2] == "Neither"


def test_what_was_compared_with_a_renamed_choice_still_holds_for_it():
    _, questionnaire = imported(
        cells(
            "label | relevant",
            "select_one numbers | Q_1 | Often? |",
            "text | a | A? | ${Q_1} = 1",
            "text | b | B? | selected(${Q_1}, '1')",
            "text | c | C? | ${Q_1} > 0",
            "text | d | D? | int(${Q_1}) + 1 = 2",
        )
    )
    assert [choice.id for choice in questionnaire.pages[0].choices] == ["often-enough", "not-at-all"]
    for page in questionnaire.pages[1:]:
        tree = parse_expression(page.relevant)
        assert is_true(tree, {"q-1": "often-enough"}), page.relevant
        assert not is_true(tree, {"q-1": "not-at-all"}), page.relevant


def test_an_expression_whose_names_stay_is_kept_to_the_letter():
    text = "not( selected(${met},'yes') )  or ${met}=''"
    _, questionnaire = imported(
        cells("label | relevant", "select_one yn | met | Met? |", f"text | why | Why? | {text}")
    )
    assert questionnaire.pages[1].relevant == text


def test_curled_quotes_are_straight_in_expressions_and_stay_in_words():
    _, questionnaire = imported(
        cells(
            "label | relevant",
            "select_one yn | met | Met? |",
            "text | why | It’s “why”? | selected(${met}, ‘yes’)",
        )
    )
    assert questionnaire.pages[1].relevant == "selected(${met}, 'yes')"
    assert questionnaire.pages[1].ask.en == "It’s “why”?"


def test_the_tests_of_groups_and_of_their_questions_must_all_hold():
    _, questionnaire = imported(
        cells(
            "label | relevant",
            "select_one yn | met | Met? |",
            "select_one yn | told | Told? |",
            "begin_group | g | | ${met} = 'yes' or ${told} = 'yes'",
            "begin_group | h | | ${told} != 'no'",
            "text | why | Why? | ${met} != ''",
            "end_group | | |",
            "end_group | | |",
        )
    )
    assert questionnaire.pages[2].relevant == (
        "(${met} = 'yes' or ${told} = 'yes') and ${told} != 'no' and ${met} != ''"
    )


def test_the_words_of_a_group_stand_before_it_and_those_of_a_table_beside_each_row():
    _, questionnaire = imported(
        cells(
            "label | hint | appearance",
            "begin_group | g | About staff | |",
            "begin_group | t | Do you agree? | | table-list",
            "select_one agree | kind | They are kind | |",
            "select_one agree | fair | They are fair | All of them |",
            "end_group | | | |",
            "end_group | | | |",
            "begin_group | empty | Nothing follows | |",
            "start | s | | |",
            "end_group | | | |",
        )
    )
    heading, kind, fair = questionnaire.pages
    assert (heading.id, heading.ask.en) == ("g", "About staff")
    assert kind.help == Wording("Do you agree?")
    assert fair.help == Wording("All of them")


def test_a_choice_filter_becomes_one_question_for_each_set_and_later_tests_still_hold():
    _, questionnaire = imported(
        cells(
            "label | choice_filter | relevant",
            "select_one counties | county | County? | |",
            "select_one towns | town | Town? | county = ${county} |",
            "text | why | Why there? | | ${town} = 'bala'",
        )
    )
    county, south, north, why = questionnaire.pages
    assert (south.id, south.relevant) == ("town-glamorgan", "${county} = 'glamorgan'")
    assert [choice.id for choice in north.choices] == ["bangor", "bala"]
    assert is_true(parse_expression(why.relevant), {"county": "gwynedd", "town-gwynedd": "bala"})
    assert not is_true(parse_expression(why.relevant), {"county": "gwynedd", "town-gwynedd": "bangor"})
    assert county.id == "county"


def test_or_other_is_something_else_and_may_be_asked_about():
    _, questionnaire = imported(
        cells(
            "label | relevant",
            "select_one places or_other | where | Where? |",
            "text | which | Which? | ${where} = 'other'",
        )
    )
    assert questionnaire.pages[0].something_else
    assert [choice.id for choice in questionnaire.pages[0].choices] == ["home", "school", "online"]
    assert questionnaire.pages[1].relevant == "${where} = 'something-else'"


def test_a_calculation_is_worked_out_where_it_is_used():
    _, questionnaire = imported(
        cells(
            "label | calculation | relevant",
            "range | a | A? | |",
            "calculate | double | | ${a} * 2 |",
            "calculate | more | | ${double} + 1 |",
            "text | why | Why? | | ${more} > 10",
        )
    )
    assert questionnaire.pages[1].relevant == "${a} * 2 + 1 > 10"


def test_calculations_that_would_grow_without_bound_are_refused():
    growing = [
        f"calculate | c{number} | | ${{c{number - 1}}} + ${{c{number - 1}}} |" for number in range(1, 40)
    ]
    outcome, _ = imported(
        cells(
            "label | calculation | relevant",
            "range | c0 | C? | |",
            *growing,
            "text | why | Why? | | ${c39} > 1",
        )
    )
    assert any("grows too long" in one.what for one in outcome.refused)
    assert any("`c39`" in one.what and one.row == 42 for one in outcome.refused)


def test_free_text_is_never_a_reason_to_ask():
    outcome, _ = imported(
        cells("label | relevant", "text | why | Why? |", "text | more | More? | string-length(${why}) > 3")
    )
    assert [(one.row, "keeps apart" in one.what) for one in outcome.refused] == [(3, True)]


@pytest.mark.parametrize(
    "words",
    [
        "What is your name?",
        "Your full name",
        "Full name:",
        "Name",
        "What’s your name?",
        "E-mail address",
        "Your mobile number, please",
        "Post code",
        "Home address",
        "Date of birth",
        "Your Instagram name",
    ],
)
def test_a_question_for_who_somebody_is_is_stripped(words):
    outcome, _ = imported(form_of(f"text | q | {words}", "text | r | Why?"))
    assert [(one.sheet, one.row) for one in outcome.stripped] == [("survey", 2)]


@pytest.mark.parametrize(
    "words",
    [
        "How do you feel about phones?",
        "What did the worker say?",
        "Who was kind, without names?",
        "What helped?",
    ],
)
def test_a_question_for_what_somebody_thinks_is_kept(words):
    outcome, _ = imported(form_of(f"text | q | {words}"))
    assert outcome.stripped == ()


def test_our_own_columns_hold_what_xlsform_has_no_word_for():
    outcome, questionnaire = imported(
        cells(
            "label | sensitive | sensitive_because | covers | link | link_reason",
            "note | part | The next part | | | met why | |",
            "select_one yn | met | Met? | safety | It says whom somebody knows | | |",
            "text | why | Why? | very | | | yes | to read them together",
        )
    )
    part, met, why = questionnaire.pages
    assert part.covers == ("met", "why")
    assert (met.sensitive, met.sensitive_because) == ("safety", "It says whom somebody knows")
    assert (why.sensitive, why.link) == (None, True)
    assert any("say why it is sensitive" in one.what for one in outcome.noted)


def test_a_page_that_would_not_load_is_refused_with_its_reason_and_the_rest_is_kept():
    choices = CHOICES + "| | same | a | Same words | |\n| | same | b | Same words | |\n"
    form = f"| survey |\n| | type | name | label |\n| | select_one same | s | Which? |\n| | text | why | Why? |\n{choices}"
    outcome, questionnaire = imported(form.encode())
    assert [(one.row, "two choices read the same" in one.what) for one in outcome.refused] == [(2, True)]
    assert [page.id for page in questionnaire.pages] == ["why"]


def test_what_the_form_does_not_say_is_said_plainly_and_noted():
    outcome, questionnaire = imported(form_of("text | why | Why?"), "Our Old Form.md")
    assert questionnaire.survey == "our-old-form"
    assert questionnaire.made_by.en == "this service, from a form that was used before"
    assert any("say who made it" in one.what for one in outcome.noted)


def test_the_words_of_a_choice_decide_in_english_whatever_is_on_screen():
    _, questionnaire = imported(
        cells(
            "label | relevant",
            "select_one yn | met | Met? |",
            "text | why | Why? | jr:choice-name(${met}, '${met}') = 'Yes'",
        )
    )
    for choice, shown in (("yes", ["met", "why"]), ("no", ["met"])):
        pages = shown_pages(questionnaire, {"met": Chosen((choice,))})
        assert [page.id for _, page in pages] == shown


def test_columns_without_a_language_are_in_the_forms_own():
    settings = "| settings |\n| | form_title | default_language |\n| | Teitl | Cymraeg (cy) |\n"
    form = form_of(
        "text | why | Pam? | Why?", columns="type | name | label | label::English (en)", more=settings
    )
    _, questionnaire = imported(form)
    assert questionnaire.pages[0].ask == Wording("Why?", "Pam?")
    assert questionnaire.title == Wording("Teitl", "Teitl")


def test_only_welsh_has_no_english_to_fall_back_on():
    outcome, _ = imported(
        cells("label::English (en) | label::Welsh (cy)", "text | a | Why? | Pam?", "text | b | | Sut?")
    )
    assert outcome.refused == (Remark("survey", 3, "`b` has no words in English"),)


def test_hidden_characters_of_a_form_do_not_reach_the_questionnaire():
    _, questionnaire = imported(form_of("text | why | Wh\u202ey\u200b? \x1b[31m"))
    assert questionnaire.pages[0].ask.en == "Why? [31m"


def test_coprod_adds_welsh_of_its_own_only_to_a_form_that_has_welsh():
    _, english = imported(cells("label", "integer | visits | How many?"))
    assert english.made_by.cy is english.pages[0].choices[3].label.cy is None
    _, both = imported(
        cells("label::English (en) | label::Welsh (cy)", "integer | visits | How many? | Sawl gwaith?")
    )
    assert both.made_by.cy
    assert both.pages[0].choices[3].label.cy == "3 i 5"
