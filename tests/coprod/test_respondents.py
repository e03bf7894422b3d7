"""Simulated young people: real enough to drive the whole loop, and out of reach of a real session."""

import ast
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from campaigns.materials.material import load_material
from campaigns.panels.panel import HARM_CHOICES, panel_questionnaire
from coprod.journeys.demo.respondents import (
    AGE_BANDS,
    Person,
    simulate_interview,
    simulated_panel,
    simulated_people,
    simulated_stock,
)
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.record import Chosen, Declined, MainRecord, NotShown, Skipped, TextRecord, record_to_bytes
from surveys.interviews.interview import Interview, records
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire, parse_questionnaire
from surveys.questionnaires.questions import Note

ROOT = Path(__file__).parents[2]
LIBRARY = sorted((ROOT / "surveys/library").glob("*.yaml"))
HEALTH = ROOT / "surveys/library/experience-of-health-services.yaml"
DRAMA_NUMBER = "07700 900142"  # one of those Ofcom keeps for film and television
STEADY = Person("age-11-15", content=0.8, skips=0, declines=0, agrees_to_quotes=1)


def session(path: Path, seed: int, count: int = 40) -> list[tuple[Person, Interview]]:
    chance = random.Random(seed)  # noqa: S311  a demo must come out the same each time
    questionnaire = load_questionnaire(path)
    return [
        (person, simulate_interview(questionnaire, person, chance))
        for person in simulated_people(count, chance)
    ]


def sent(seed: int, path: Path = HEALTH) -> list[MainRecord | TextRecord]:
    return [
        record
        for _, interview in session(path, seed)
        if interview.stage == "sent"
        for record in records(interview, "0" * 64)
    ]


def one(questionnaire: Questionnaire, person: Person) -> Interview:
    return simulate_interview(questionnaire, person, random.Random(1))  # noqa: S311  as above


def test_the_same_seed_gives_the_same_answers_whatever_order_choices_were_shown_in():
    """Choices are shuffled afresh for every respondent, so this also shows that their order decides nothing."""
    assert [record_to_bytes(record) for record in sent(7)] == [record_to_bytes(record) for record in sent(7)]
    assert [record_to_bytes(record) for record in sent(7)] != [record_to_bytes(record) for record in sent(8)]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_questionnaire_of_the_library_can_be_answered_to_its_end(path):
    interview = one(load_questionnaire(path), STEADY)
    main = records(interview, "0" * 64)[0]
    asked = {page.id: page for page in interview.questionnaire.pages if not isinstance(page, Note)}
    unasked = {name for name, reply in main.replies.items() if isinstance(reply, NotShown)}
    assert {name for name in unasked if not asked[name].relevant} == set()


def test_a_session_holds_every_way_of_taking_part():
    people = session(HEALTH, 7)
    assert {person.ending for person, _ in people} == {"sends", "sends-early", "stops", "throws-away"}
    assert {person.age for person, _ in people} == set(AGE_BANDS)
    assert any(interview.language == "cy" for _, interview in people)
    kinds = {
        type(reply)
        for record in sent(7)
        if isinstance(record, MainRecord)
        for reply in record.replies.values()
    }
    assert kinds >= {Chosen, Declined, Skipped, NotShown}
    assert {record.may_quote for record in sent(7) if isinstance(record, TextRecord)} == {True, False}


def test_who_stops_or_throws_away_leaves_nothing():
    for person, interview in session(HEALTH, 7):
        assert (interview.stage == "sent") == (person.ending in {"sends", "sends-early"})
        if interview.stage == "erased":
            assert interview.answers == {}


def test_who_goes_early_to_the_end_sends_what_they_have():
    early = Person("age-11-15", 0.5, 0, 0, 1, ending="sends-early", pages_before_leaving=4)
    main = records(one(load_questionnaire(HEALTH), early), "0" * 64)[0]
    replies = Counter(type(reply) for reply in main.replies.values())
    assert replies[Chosen] >= 3
    assert replies[NotShown] > 5


@pytest.mark.parametrize("seed", range(5))
def test_exactly_one_person_takes_the_answers_back_and_that_one_had_sent_them(seed):
    people = simulated_people(12, random.Random(seed))  # noqa: S311  as above
    assert [person.ending for person in people if person.withdraws] == ["sends"]


def test_a_panel_reviews_a_material_to_the_end_and_sees_no_harm_in_the_good_one():
    material = load_material(ROOT / "campaigns/starters/not-your-fault.md")
    review = parse_questionnaire(panel_questionnaire(material), "a panel review")
    chance = random.Random(3)  # noqa: S311  as above
    reviews = [simulate_interview(review, person, chance) for person in simulated_panel(8, chance)]
    harm = [records(interview, "0" * 64)[0].replies["harm"] for interview in reviews]
    said = {choice for reply in harm if isinstance(reply, Chosen) for choice in reply.choices}
    assert said
    assert not said & HARM_CHOICES


def test_nobody_is_no_people_and_no_error():
    assert simulated_people(0, random.Random(1)) == ()  # noqa: S311  as above


def test_a_person_keeps_their_own_age_band():
    for age in AGE_BANDS:
        person = Person(age, content=0.5, skips=0, declines=0, agrees_to_quotes=0)
        main = records(one(load_questionnaire(HEALTH), person), "0" * 64)[0]
        assert main.replies["age"] == Chosen((age,))


def test_people_who_were_treated_well_say_so():
    questionnaire = load_questionnaire(HEALTH)
    said = [
        records(one(questionnaire, Person("age-11-15", content, 0, 0, 0)), "0" * 64)[0]
        .replies["helped"]
        .number
        for content in (0.0, 1.0)
    ]
    assert said[0] < said[1]


def test_the_made_up_words_say_that_they_are_made_up():
    text = (ROOT / "coprod/journeys/demo/simulated.yaml").read_text("utf-8")
    assert text.startswith("# SIMULATED. Nobody said any of this.")
    assert simulated_stock().simulated


def test_there_are_enough_different_made_up_sentences():
    sentences = [sentence for subject in simulated_stock().subjects.values() for sentence in subject]
    assert len(set(sentences)) == len(sentences) >= 120
    assert max(len(sentence.split()) for sentence in sentences) <= 20


def test_every_text_is_made_of_those_sentences():
    sentences = {sentence for subject in simulated_stock().subjects.values() for sentence in subject}
    for record in sent(7):
        if isinstance(record, TextRecord):
            left = record.text
            for sentence in sorted(sentences, key=len, reverse=True):
                left = left.replace(sentence, "")
            assert left.strip() == ""


def test_the_made_up_words_identify_nobody():
    """One number made for drama is there on purpose, so that redaction has something to find."""
    sentences = [sentence for subject in simulated_stock().subjects.values() for sentence in subject]
    found = [sentence[one.start : one.end] for sentence in sentences for one in identifiers_in(sentence)]
    assert found == [DRAMA_NUMBER]


def test_the_stock_names_only_subjects_questions_and_choices_that_exist():
    stock = simulated_stock()
    written_about = {subject for subjects in stock.answers_to.values() for subject in subjects}
    assert written_about | set(stock.answers_otherwise) == set(stock.subjects)
    asked = {page.id: page for path in LIBRARY for page in load_questionnaire(path).pages}
    for question, weights in stock.likely.items():
        choices = {choice.id for choice in asked[question].choices}
        assert set(weights) <= choices, question


def test_only_the_demo_may_import_simulated_young_people():
    """A seed that could be reached from a real session would let somebody foretell it."""
    importers = {
        path.relative_to(ROOT).as_posix()
        for package in ("coprod", "surveys", "analysis", "campaigns")
        for path in (ROOT / package).rglob("*.py")
        if "respondents" in _imports(path)
    }
    assert all(importer.startswith("coprod/journeys/demo/") for importer in importers)


def test_nothing_that_asks_or_seals_draws_from_anything_that_can_be_foretold():
    """Only the demo and its people may import Python's seeded randomness; sessions use the system's own."""
    seeded = {
        path.relative_to(ROOT).as_posix()
        for package in ("coprod", "surveys", "campaigns")
        for path in (ROOT / package).rglob("*.py")
        if "random" in _imports(path)
    }
    assert {path for path in seeded if not path.startswith("coprod/journeys/demo/")} <= {
        "coprod/journeys/demo/respondents.py"
    }


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names |= set((node.module or "").split(".")) | {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {part for alias in node.names for part in alias.name.split(".")}
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "journeys.respondents" in node.value
        ):
            names.add("respondents")
    return names


def test_the_command_line_does_not_bring_simulated_young_people_along():
    script = "import sys, coprod.cli.main, surveys.interviews.interview; print('coprod.journeys.demo.respondents' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
