"""The panel's questionnaire promises young people a short, skippable review that shows exactly what will be printed."""

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.materials.material import load_material, parse_material
from campaigns.panels.comparing import comparison_questionnaire
from campaigns.panels.panel import HARM_CHOICES, HARM_QUESTION, MOST_CONTESTED, panel_questionnaire, seen_in
from campaigns.panels.parts import MOST_HIGHLIGHTED, MOST_VIEWS, parts_of, reach_of
from campaigns.panels.yousaid import you_said_document
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.signoff import CommentAnswer, HarmAnswer, comment_id
from campaigns.render import draw
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.problem import RefusedError
from coprod.kernel.record import Chosen, MainRecord, Wrote, record_to_bytes
from surveys.interviews.choices import choices_of
from surveys.questionnaires.questionnaire import languages_offered, parse_questionnaire
from surveys.questionnaires.questions import Cards, ChooseMany, ChooseOne, FreeText, Highlighter, Note

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


@pytest.mark.parametrize("paragraphs", [9, 12, 17, 33])
def test_a_very_long_material_is_shown_whole_and_asked_about_some_parts_at_a_time(paragraphs):
    questionnaire = made(
        "# Hi\n\n" + "\n\n".join(f"Paragraph {n}. " + "Words of it. " * 30 for n in range(paragraphs))
    )
    shown = [page.id for page in questionnaire.pages if re.fullmatch(r"part-\d+", page.id)]
    together = [page for page in questionnaire.pages if isinstance(page, ChooseMany)]
    assert len(shown) >= paragraphs
    assert [choice.id for page in together for choice in page.choices] == shown
    assert max(len(page.choices) for page in together) <= MOST_VIEWS
    assert all("long" in page.help.en for page in together if page.help)
    assert not any(page.id.endswith("-view") for page in questionnaire.pages)


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


def test_a_short_text_has_its_words_marked_by_those_who_would_not_keep_a_part():
    questionnaire = made("# Head\n\nOne two three.\n\n## Next\n\nFour five six.\n")
    marked = [page for page in questionnaire.pages if isinstance(page, Highlighter)]
    assert "One two three." in marked[0].passage
    assert marked[0].relevant.startswith("selected(${part-1-view}, 'change')")
    assert "confusing" in marked[0].relevant
    assert "keep" not in marked[0].relevant.replace("part-1-view", "")


def test_a_longer_text_has_some_parts_marked_by_words_and_the_rest_by_lines():
    body = "# Head\n\nOne two three.\n\n## Next\n\n" + "\n".join(
        f"- line number {number} has a few words in it" for number in range(30)
    )
    questionnaire = made(body)
    marked = [page.id for page in questionnaire.pages if isinstance(page, Highlighter)]
    picked = [page for page in questionnaire.pages if page.id.endswith("-lines")]
    assert {"part-1-words", "part-2-words"} <= set(marked)
    labels = [choice.label.en for page in picked for choice in page.choices]
    for number in range(30):
        assert f"- line number {number} has a few words in it" in labels
    assert all(page.help and "not single words" in page.help.en for page in picked)


@given(st.lists(st.integers(1, 90), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_what_can_be_marked_by_words_fits_and_nothing_else_would_have(lengths):
    body = "# Hi\n\n" + "\n\n".join("word " * length for length in lengths)
    parts = parts_of(parse_material(FRONT + body, "material.md"), None)
    reach = reach_of(parts)
    by_words = sum(len(part.words.split()) for part in parts if part.marks == "words")
    assert reach.parts == len(parts)
    assert by_words <= MOST_HIGHLIGHTED
    assert bool(reach.together) == (reach.parts > MOST_VIEWS)
    for part in parts:
        assert part.marks != "lines" or by_words + len(part.words.split()) > MOST_HIGHLIGHTED


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_whoever_marks_every_word_is_sealed_in_as_many_bytes_as_whoever_marks_none(path):
    questionnaire = parse_questionnaire(panel_questionnaire(load_material(path)), "panel.yaml")
    assert len(record_to_bytes(MainRecord("a" * 64, dict(longest_replies(questionnaire))))) <= 4_092


def longest_replies(questionnaire):
    for page in questionnaire.pages:
        if isinstance(page, Note):
            continue
        ids = () if isinstance(page, FreeText) else [choice.id for choice in choices_of(page)]
        if isinstance(page, FreeText):
            yield page.id, Wrote()
        elif isinstance(page, Highlighter):
            yield page.id, Chosen(tuple(one for one in ids if one.endswith("confusing")))
        else:
            yield page.id, Chosen(tuple(ids) if isinstance(page, ChooseMany) else (max(ids, key=len),))


def versions(before, after):
    return [parse_material(FRONT + text, "material.md") for text in (before, after)]


def test_two_versions_stand_beside_each_other_in_an_order_drawn_for_each_person():
    first, second = versions("# Hi\n\nSame.\n\nOld words.\n", "# Hi\n\nSame.\n\nNew words.\n\nMore.\n")
    questionnaire = parse_questionnaire(comparison_questionnaire(first, second), "comparison.yaml")
    pairs = [page for page in questionnaire.pages if isinstance(page, Cards)]
    assert [[choice.label.en for choice in page.choices][:2] for page in pairs] == [
        ["Old words.", "New words."],
        ["(Leave this out)", "More."],
    ]
    assert all(page.shuffle for page in pairs)
    assert {"harm", "what-could-harm", "words-to-change"} <= {page.id for page in questionnaire.pages}
    assert any("campaign team reads" in page.ask.en for page in questionnaire.pages)


def test_the_order_of_versions_is_by_chance_and_is_not_written_down():
    first, second = versions("# Hi\n\nOld words.\n", "# Hi\n\nNew words.\n")
    text = comparison_questionnaire(first, second)
    assert text == comparison_questionnaire(first, second), "the file itself holds no order and no seed"
    assert "seed" not in text


def test_versions_that_say_the_same_or_too_much_else_are_not_compared():
    same = versions("# Hi\n\nWords.\n", "# Hi\n\nWords.\n")
    with pytest.raises(RefusedError, match="nothing to compare"):
        comparison_questionnaire(*same)
    many = [f"# Hi\n\n{''.join(f'{word} {n}.{chr(10) * 2}' for n in range(12))}" for word in ("Old", "New")]
    with pytest.raises(RefusedError, match="12 pieces differ"):
        comparison_questionnaire(*versions(*many))


def test_one_answer_to_several_comments_stands_once_under_them_all():
    said = tuple(PanelComment("Best part?", f"It is short {n} (simulated).") for n in range(3))
    answers = tuple(CommentAnswer(comment_id(one), "done", "We kept it as short as it was.") for one in said)
    result = PanelResult("a" * 64, "b" * 64, True, "about 10", False, (), said)  # noqa: FBT003  the fields in order
    document = you_said_document(result, answers, None, (), "en")
    text = draw(document, "report-text").decode()
    assert text.count("We kept it as short as it was.") == 1
    assert all(one.text in text for one in said)
    assert "We did it." in text
    assert "Nothing is printed yet." in " ".join(text.split())


def test_the_page_for_the_panel_begins_with_harm_and_ends_with_help():
    result = PanelResult("a" * 64, "b" * 64, True, "about 10", True, (), ())  # noqa: FBT003  the fields in order
    harm = HarmAnswer("We took the line out and asked again.", "Ada Example")
    helps = tuple(one for one in shipped_contacts().contacts if one.id == "childline")
    text = draw(you_said_document(result, (), harm, helps, "en"), "report-text").decode()
    assert text.index("could harm someone") < text.index("0800 1111")
    assert "We took the line out" in text
    assert "Drafft" in draw(you_said_document(result, (), harm, helps, "cy"), "report-text").decode()
