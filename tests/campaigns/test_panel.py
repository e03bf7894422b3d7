"""The panel's questionnaire promises young people a short, skippable review that shows exactly what will be printed."""

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.materials.material import load_material, parse_material
from campaigns.panels.panel import HARM_CHOICES, HARM_QUESTION, MOST_CONTESTED, panel_questionnaire, seen_in
from campaigns.releasing.binding import seen_hash
from surveys.questionnaires.questionnaire import languages_offered, parse_questionnaire
from surveys.questionnaires.questions import ChooseOne, FreeText, Note

STARTERS = sorted(Path(str(resources.files("campaigns"))).joinpath("starters").rglob("*.md"))
FRONT = """---
format: 1
title: A title
audience: young-people
nation: england
contacts: [childline]
---
"""


def made(body, **options):
    text = panel_questionnaire(parse_material(FRONT + body, "material.md"), **options)
    return parse_questionnaire(text, "panel.yaml")


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_every_starter_material_becomes_a_questionnaire_of_a_few_minutes(path):
    questionnaire = parse_questionnaire(panel_questionnaire(load_material(path)), "panel.yaml")
    assert questionnaire.minutes <= (15 if path.stem == "lesson-pack" else 10)
    ids = {page.id for page in questionnaire.pages}
    constructs = {"easy-to-understand", "stop-and-look", "respect", "my-age", "would-do"}
    assert constructs | {"blame", "harm", "like-me", "words-to-change"} <= ids


def test_the_first_page_warns_what_is_coming_and_the_welcome_says_who_reads():
    questionnaire = made("# Hello\n\nWords.\n")
    first = questionnaire.pages[0]
    assert isinstance(first, Note)
    assert "sexually exploited" in first.ask.en
    assert questionnaire.who_reads is not None
    assert "campaign team reads the comments" in questionnaire.who_reads.en
    comments = [page.ask.en for page in questionnaire.pages if isinstance(page, FreeText)]
    assert sum("campaign team reads" in ask for ask in comments) == 2


def test_every_word_a_reader_will_see_is_shown_to_the_panel():
    questionnaire = made(
        "# Head\n\nOne **two**.\n\n- three\n- four\n\n## Next\n\n> five\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    shown = "\n".join(page.ask.en for page in questionnaire.pages if isinstance(page, Note))
    for words in ("Head", "One two.", "- three", "- four", "Next", "five", "c; d", "Childline", "0800 1111"):
        assert words in shown


def test_the_safety_question_and_its_choices_are_those_the_result_reads():
    pages = {page.id: page for page in made("# Hi\n\nWords.\n").pages}
    harm = pages[HARM_QUESTION]
    assert isinstance(harm, ChooseOne)
    assert {choice.id for choice in harm.choices} > HARM_CHOICES
    assert harm.sensitive == "safety"


def test_contested_words_become_questions_and_there_are_never_many():
    questionnaire = made(
        "# Hi\n\nWords.\n", contested=("boyfriend", "boyfriend", *(f"word {n}" for n in range(9)))
    )
    asked = [
        page for page in questionnaire.pages if page.id.startswith("words-") and isinstance(page, ChooseOne)
    ]
    assert len(asked) == MOST_CONTESTED
    assert "“boyfriend”" in asked[0].ask.en


def test_a_very_long_material_is_shown_whole_without_a_question_at_every_part():
    questionnaire = made(
        "# Hi\n\n" + "\n\n".join(f"Paragraph {n}. " + "Words of it. " * 30 for n in range(12))
    )
    assert not any(page.id.endswith("-view") for page in questionnaire.pages)
    assert sum(isinstance(page, Note) for page in questionnaire.pages) >= 12


def test_it_is_written_in_both_languages_and_offers_welsh_only_where_that_is_allowed():
    questionnaire = made("# Hi\n\nWords.\n")
    assert languages_offered(questionnaire) == ("en",)
    assert languages_offered(questionnaire, unread=True) == ("en", "cy")


@pytest.mark.parametrize(
    "words",
    [
        "${harm} and selected(${harm}, 'perhaps')",
        '"}, {"en": "x',
        "- ask: {en: Injected}\n  id: x\n  kind: note",
        "{title} {number} {note} {words}",
        "&anchor *alias !!tag %YAML # comment : |",
    ],
)
def test_words_of_a_material_never_become_questions_or_logic(words):
    plain = made("# Hi\n\nWords.\n")
    hostile = made(f"# Hi\n\n```\n{words}\n```\n", contested=(words,))
    assert len(hostile.pages) == len(plain.pages) + 1


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_gives_a_questionnaire_that_loads(words):
    text = panel_questionnaire(parse_material(FRONT + "# Hi\n\nStart " + words + "\n", "material.md"))
    assert parse_questionnaire(text, "panel.yaml").pages


def test_the_questionnaire_remembers_what_it_showed(tmp_path):
    path = tmp_path / "material.md"
    path.write_text(FRONT + "# Hi\n\nWords.\n", "utf-8")
    material = load_material(path)
    seen = seen_hash(material, tmp_path)
    text = panel_questionnaire(material, seen=seen)
    assert seen_in(text) == seen
    assert seen_in(panel_questionnaire(material)) == ""
    assert parse_questionnaire(text, "panel.yaml").pages
