"""Building a questionnaire without touching its file: every step keeps it one that can be asked."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.journeys.asking import building, skipping
from coprod.journeys.asking.building import Own, Words
from coprod.journeys.beginnings import begin_workspace
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.interviews.events import Choose, Continue
from surveys.interviews.interview import begin, page, step
from surveys.questionnaires.bank import bank
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire
from surveys.questionnaires.questions import Note

DAY = date(2026, 11, 22)
START, TEXT, END = (
    next(one.page.id for one in bank() if one.place == place) for place in ("start", "text", "end")
)
SENSITIVE = next(one.page.id for one in bank() if getattr(one.page, "sensitive", None) == "safety")


def made(*ids: str) -> Questionnaire:
    asked = building.begun("our-drop-in", "Our drop-in", "Riverside")
    for one in ids:
        asked = building.toggled(asked, one)
    return asked


def ids_of(asked: Questionnaire) -> list[str]:
    return [page.id for page in building.questions_in(asked)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return begin_workspace(tmp_path / "riverside", "Riverside", "england")


def test_a_question_of_the_bank_goes_where_it_stands_best_and_a_second_pick_takes_it_out() -> None:
    asked = made(END, TEXT, START)
    assert ids_of(asked) == [START, TEXT, END]
    assert ids_of(building.toggled(asked, TEXT)) == [START, END]


def test_a_sensitive_question_brings_its_content_note_and_takes_it_along() -> None:
    with_it = made(START, END, SENSITIVE)
    assert any(isinstance(page, Note) and SENSITIVE in page.covers for page in with_it.pages)
    assert not any(isinstance(page, Note) for page in building.removed(with_it, SENSITIVE).pages)


def test_a_reworded_question_loses_the_welsh_that_would_say_something_else() -> None:
    asked = made(START, END)
    page = building.questions_in(asked)[0]
    assert page.ask.cy
    words = building.words_of_question(page)
    other = Words("What was it like here?", words.welsh, words.help, words.choices)
    changed = building.questions_in(building.reworded(asked, START, other))[0]
    assert (changed.ask.en, changed.ask.cy) == ("What was it like here?", None)
    same = building.questions_in(building.reworded(asked, START, words))[0]
    assert same.ask == page.ask


def test_the_check_is_heard_while_building_and_names_its_question(workspace: Workspace) -> None:
    own = Own(Words("Don't you agree that staff are great and kind?"), "faces")
    asked = building.with_own(made(START, END), own)
    assert ids_of(asked) == [START, "own-1", END]
    remarks = building.remarks_on(asked, workspace, DAY)
    assert "own-1" in {one.question for one in remarks}
    assert building.remarks_on(made(), workspace, DAY) == ()


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (Own(Words("How was it?"), "essay"), "is no kind here"),
        (Own(Words("How was it?", choices=("One",)), "choose-one"), "fewer than two"),
        (Own(Words("  "), "faces"), "there are no words"),
        (Own(Words("How was it?"), "faces", "gossip"), "gossip"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_words(own: Own, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        building.with_own(made(START, END), own)


def test_what_is_saved_is_a_questionnaire_and_never_replaces_another(workspace: Workspace) -> None:
    asked = building.with_own(
        made(START, SENSITIVE, END),
        Own(Words("What do you need?", choices=("[/] a: b", 'A "lift"')), "choose-one"),
    )
    path = building.save_built(workspace, asked, is_new=True)
    assert load_questionnaire(path) == asked
    with pytest.raises(BadInputError, match="there is a questionnaire"):
        building.save_built(workspace, asked, is_new=True)
    other = building.with_head(asked, "Another title", "", "Us", "11-15,16-25")
    building.save_built(workspace, other, is_new=False)
    assert load_questionnaire(path).title.en == "Another title"
    with pytest.raises(BadInputError, match="are no ages"):
        building.with_head(asked, "Another title", "", "Us", "young")


def test_choices_can_be_added_and_taken_out_but_two_stay() -> None:
    own = Own(Words("What do you need?", choices=("Time", "A lift")), "choose-one")
    asked = building.with_own(made(), own)
    words = Words("What do you need?", choices=("", "A lift", "Food", ""))
    changed = building.questions_in(building.reworded(asked, "own-1", words))[0]
    assert [(one.id, one.label.en) for one in getattr(changed, "choices", ())] == [
        ("choice-2", "A lift"),
        ("choice-3", "Food"),
    ]
    with pytest.raises(BadInputError, match="fewer than two choices are left"):
        building.reworded(asked, "own-1", Words("What do you need?", choices=("Time", "")))


@pytest.mark.parametrize("kind", ["choose-one", "choose-many", "faces", "frequency", "likert"])
def test_a_question_is_asked_only_after_some_answers_to_an_earlier_one(
    workspace: Workspace, kind: str
) -> None:
    choices = ("Yes", "No") if kind.startswith("choose") else ()
    asked = building.with_own(made(), Own(Words("Did it help?", choices=choices), kind))
    asked = building.with_own(asked, Own(Words("What helped?"), "faces"))
    first, second = building.questions_in(asked)
    assert skipping.deciders(asked, first.id) == ()
    assert skipping.deciders(asked, second.id) == (first,)
    answers = [one.id for one in skipping.answers_of(asked, first.id)]
    only = skipping.asked_only_if(asked, second.id, first.id, answers[:2])
    assert load_questionnaire(building.save_built(workspace, only, is_new=True)) == only
    assert set(skipping.conditions_in_words(only)) == {second.id}
    assert "question 1" in skipping.conditions_in_words(only)[second.id]
    assert asks_second(only, answers[0])
    assert not asks_second(only, answers[-1] if len(answers) > 2 else "")
    assert skipping.asked_only_if(only, second.id) == asked


def asks_second(asked: Questionnaire, answer: str) -> bool:
    """Tell whether the second question comes after an answer to the first; none is skipped."""
    interview = begin(asked, "en", contacts=())
    while "Did it help?" not in page(interview).heading:
        interview = step(interview, Continue())
    interview = step(interview, Choose(answer)) if answer else interview
    interview = step(step(interview, Continue()), Continue())
    return "What helped?" in page(interview).heading


def test_a_check_knows_how_many_come_and_when(workspace: Workspace) -> None:
    path = workspace.surveys / "experience-of-health-services.yaml"
    assert building.expected_typed("8", "", "") == (8, None)
    group, on = building.expected_typed("6", "2027-03-05", "19:00")
    late = building.check_lines(path, workspace, DAY, group, on)
    assert any("Friday" in line for line in late)
    assert not any("Friday" in line for line in building.check_lines(path, workspace, DAY))
    assert not any("line " in line for line in late), "a worker never sees the file"
    for typed in (("none", "", ""), ("6", "soon", "")):
        with pytest.raises(BadInputError):
            building.expected_typed(*typed)


@pytest.mark.parametrize("name", ["", "../up", "é", "a/b", "--"])
def test_a_name_that_can_be_no_file_is_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="cannot be the name"):
        building.begun(name, "", "")


@given(st.data())
def test_whatever_the_steps_no_question_is_lost_or_doubled_and_minutes_are_kept(data: st.DataObject) -> None:
    names = [one.page.id for one in bank()]
    asked = made(*data.draw(st.lists(st.sampled_from(names), unique=True, min_size=2, max_size=6)))
    for _ in range(data.draw(st.integers(0, 5))):
        name = data.draw(st.sampled_from(ids_of(asked)))
        before = sorted(ids_of(asked))
        asked = building.moved(asked, name, data.draw(st.integers(-3, 3)))
        assert sorted(ids_of(asked)) == before
    notes = [page for page in asked.pages if isinstance(page, Note)]
    covered = [name for note in notes for name in note.covers]
    assert len(covered) == len(set(covered))
    assert asked.minutes >= 2
