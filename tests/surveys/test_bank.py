"""What a youth worker gets who makes a questionnaire from the bank."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from coprod.cli.main import main
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Wording
from coprod.workspace import new_workspace
from surveys.questionnaires.bank import Banked, Making, bank, chosen, made_of, themes
from surveys.questionnaires.craft import craft_findings
from surveys.questionnaires.placed import placed_questionnaire, worded_in
from surveys.questionnaires.questionnaire import Questionnaire, languages_offered, load_questionnaire
from surveys.questionnaires.questions import FreeText, Note
from surveys.questionnaires.writing import questionnaire_text

OURS = Making("ours", Wording("Our place", "Ein lle"), Wording("Riverside youth panel"))
STARTS = [one for one in bank() if one.place == "start"]
ENDS = [one for one in bank() if one.place == "end"]
SELECTIONS = some.tuples(
    some.sampled_from(STARTS),
    some.sampled_from(ENDS),
    some.lists(some.sampled_from(bank()), max_size=12, unique_by=lambda one: one.page.id),
)


def made(selection: tuple[Banked, Banked, list[Banked]]) -> Questionnaire:
    first, last, more = selection
    return made_of(list({one.page.id: one for one in (*more, last, first)}.values()), OURS)


def test_every_theme_has_questions_and_every_question_has_its_own_id_and_welsh():
    assert {one.theme for one in bank()} == {theme.id for theme in themes()}
    assert len(bank()) >= 35
    assert len({one.page.id for one in bank()}) == len(bank())
    whole = made_of(bank(), OURS)
    assert [one.steps for one in worded_in(whole) if not one.wording.cy] == []


def test_a_question_of_the_bank_stands_alone_and_says_why_it_is_sensitive():
    for one in bank():
        assert one.page.relevant == "", one.page.id
        assert "${" not in one.page.ask.en
        assert bool(one.page.sensitive) == bool(one.page.sensitive_because), one.page.id


@settings(deadline=None, max_examples=60)
@given(SELECTIONS)
def test_whatever_is_chosen_makes_a_questionnaire_that_passes_its_check(selection):
    """Length is the only thing a long selection may be warned of."""
    text = questionnaire_text(made(selection))
    found = [one.rule for one in craft_findings(placed_questionnaire(text, "ours.yaml"))]
    assert set(found) <= {"too-long"}


@settings(deadline=None, max_examples=60)
@given(SELECTIONS)
def test_sensitive_parts_stand_in_the_middle_behind_one_note_that_names_them(selection):
    pages = made(selection).pages
    needs = [page.id for page in pages if getattr(page, "sensitive", None) not in {None, "identity"}]
    covered = [name for page in pages if isinstance(page, Note) for name in page.covers]
    assert covered == needs
    assert sum(isinstance(page, Note) for page in pages) == bool(needs)
    assert getattr(pages[0], "sensitive", None) is None
    assert isinstance(pages[-1], FreeText)


def test_without_an_easy_start_or_a_good_end_the_worker_is_told_what_to_add():
    with pytest.raises(BadInputError, match=r"add one of: .*waiting-room"):
        made_of(chosen(["trust", "best-thing"]), OURS)
    with pytest.raises(BadInputError, match=r"add one of: .*best-thing"):
        made_of(chosen(["waiting-room", "trust"]), OURS)


def test_an_id_that_is_none_gives_the_nearest_and_a_doubled_one_is_said():
    with pytest.raises(BadInputError, match="did you mean `waiting-room`"):
        chosen(["wating-room"])
    with pytest.raises(BadInputError, match="comes twice"):
        chosen(["trust", "trust"])


def test_the_command_writes_a_file_that_says_who_made_it_and_never_over_another(
    tmp_path, monkeypatch, capsys
):
    workspace = new_workspace(tmp_path / "riverside", "Riverside", "england")
    monkeypatch.chdir(workspace.root)
    ids = "waiting-room,trust,feel-safe,one-change,best-thing"
    command = [
        "surveys",
        "make",
        "our-drop-in",
        "--from",
        ids,
        "--welsh-title",
        "Ein lle",
        "--made-by",
        "Riverside panel",
    ]
    assert main(command) == 0
    asked = load_questionnaire(workspace.surveys / "our-drop-in.yaml")
    assert asked.made_by.en == "Riverside panel. Young people have not tried it yet"
    assert languages_offered(asked, unread=True) == ("en", "cy")
    assert main(["surveys", "check", "our-drop-in", "--fail-on", "ask"]) == 0
    assert main(command) == 2
    assert "this file exists" in capsys.readouterr().err


def test_the_list_can_be_read_by_theme(capsys):
    assert main(["surveys", "bank", "list", "--theme", "trust"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"  trust: I can trust my worker\. \(likert, middle\)", said)
    assert "waiting-room" not in said
    assert main(["surveys", "bank", "list", "--theme", "trusst"]) == 2
