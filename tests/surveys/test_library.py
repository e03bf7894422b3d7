"""What a service, a young person and a Welsh reader are promised about the ready-made questionnaires."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct, structs

from campaigns.checking.check import check_text
from campaigns.checking.readability import readability_of_texts
from campaigns.checking.resembling import RULE as TAUGHT_ON_MATERIALS
from campaigns.checking.syllables import syllables
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.wording import Wording
from surveys.questionnaires.questionnaire import Questionnaire, is_asked, load_questionnaire
from surveys.questionnaires.questions import SOMETHING_ELSE, Break, FreeText, Note, QuestionPage, kind_of

LIBRARY = Path(__file__).parents[2] / "surveys/library"
FILES = sorted(LIBRARY.glob("*.yaml"))
FOR_YOUNG_PEOPLE = (
    "experience-of-health-services",
    "experience-of-a-specialist-service",
    "review-of-a-material",
    "access-points-along-the-pathway",
    "after-a-prevention-session",
    "peer-health-advocates",
    "health-services-easy-read",
    "specialist-service-easy-read",
)
EASY_READ = {
    "health-services-easy-read": "experience-of-health-services",
    "specialist-service-easy-read": "experience-of-a-specialist-service",
}
FOR_ADULTS = ("parents-and-carers", "health-staff-confidence")
SETTINGS = {
    "gp",
    "school-nurse",
    "sexual-health",
    "emergency",
    "walk-in",
    "camhs",
    "self-harm",
    "drug-alcohol",
}
SECONDS_FOR_A_CHOICE, SECONDS_FOR_WRITING, WORDS_A_SECOND = 10, 50, 2.0
ENDS_WELL = re.compile(r"\b(best|helped|good|proud|well)\b")


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    return load_questionnaire(request.param)


def named(name: str) -> Questionnaire:
    return load_questionnaire(LIBRARY / f"{name}.yaml")


def wordings(part: object) -> Iterator[Wording]:
    """Give every wording anywhere in a questionnaire, in the order a respondent meets them."""
    if isinstance(part, Wording):
        yield part
    elif isinstance(part, Struct):
        for value in structs.asdict(part).values():
            yield from wordings(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from wordings(value)


def questions(questionnaire: Questionnaire) -> list[QuestionPage]:
    return [page for page in questionnaire.pages if is_asked(page)]


def labels(page: QuestionPage) -> list[str]:
    return [choice.label.en for choice in getattr(page, "choices", ())]


def test_a_service_finds_the_questionnaires_the_briefing_calls_for():
    assert {path.stem for path in FILES} == {*FOR_YOUNG_PEOPLE, *FOR_ADULTS}


def test_a_file_is_named_after_its_survey():
    assert [path.stem for path in FILES] == [load_questionnaire(path).survey for path in FILES]


def test_every_health_setting_of_the_briefing_can_be_chosen():
    places = next(page for page in named("experience-of-health-services").pages if page.id == "places")
    assert {choice.id for choice in places.choices} - {"none"} == SETTINGS


def test_a_panel_is_asked_every_construct_of_pretesting_and_blame_safety_and_recognition():
    ids = {page.id for page in named("review-of-a-material").pages}
    comprehension, attraction, acceptance, involvement = (
        {"main-idea", "easy-to-understand"},
        {"stop-and-look"},
        {"respect"},
        {"my-age"},
    )
    inducement, ours = {"would-do"}, {"blame", "harm", "like-me"}
    assert ids >= comprehension | attraction | acceptance | involvement | inducement | ours


def test_every_wording_has_welsh_that_is_marked_a_draft(questionnaire):
    assert [wording.en for wording in wordings(questionnaire) if not (wording.cy or "").strip()] == []
    assert questionnaire.read_by == ""


def test_welsh_is_not_english_left_standing(questionnaire):
    same = [wording.en for wording in wordings(questionnaire) if wording.cy == wording.en]
    assert same == []


def prompts(questionnaire: Questionnaire) -> list[str]:
    """Give what a respondent reads in sentences; choices are too short to count as such."""
    shown = (questionnaire.purpose, *(part for page in questionnaire.pages for part in (page.ask, page.help)))
    return [wording.en for wording in shown if wording is not None]


def test_the_english_can_be_read_at_eleven_or_by_adults_at_fourteen(questionnaire):
    """NHS style asks for a reading age of 9 to 11. A reading age is about a school grade plus five."""
    read = readability_of_texts(prompts(questionnaire))
    assert not read.is_too_short
    assert read.grade_high + 5 <= (14 if questionnaire.survey in FOR_ADULTS else 11)


def test_no_sentence_is_long(questionnaire):
    read = readability_of_texts([wording.en for wording in wordings(questionnaire)])
    longest = max(sentence.words for sentence in read.longest_sentences)
    assert longest <= (22 if questionnaire.survey in FOR_ADULTS else 16)


def test_young_people_meet_no_word_of_four_syllables():
    for name in FOR_YOUNG_PEOPLE:
        assert [hard.word for hard in readability_of_texts(prompts(named(name))).hard_words] == [], name


def test_the_campaign_check_finds_nothing_that_blames_or_frightens_or_promises_too_much(questionnaire):
    audience = "professionals" if questionnaire.survey == "health-staff-confidence" else "young-people"
    text = "\n\n".join(wording.en for wording in wordings(questionnaire))
    result = check_text(text, shipped_contacts(), date(2026, 11, 22), audience=audience)
    worded = [one for one in result.findings if one.text and one.rule != TAUGHT_ON_MATERIALS]
    assert [(finding.rule, finding.text) for finding in worded] == []


def test_sensitive_questions_come_neither_first_nor_last(questionnaire):
    asked = questions(questionnaire)
    assert [page.id for page in (asked[0], asked[-1]) if page.sensitive] == []


def test_a_sensitive_question_says_why_and_only_then(questionnaire):
    for page in questions(questionnaire):
        assert bool(page.sensitive) == bool(page.sensitive_because), page.id


def test_every_sensitive_part_is_announced_and_can_be_skipped_as_a_whole(questionnaire):
    """The one exception is the two wide age bands, which need no warning."""
    covered = {name for page in questionnaire.pages if isinstance(page, Note) for name in page.covers}
    sensitive = {page.id for page in questions(questionnaire) if page.sensitive}
    assert sensitive - covered <= {"age"}


def test_a_note_covers_what_follows_it_at_once(questionnaire):
    ids = [page.id for page in questionnaire.pages]
    for page in questionnaire.pages:
        if isinstance(page, Note) and page.covers:
            after = ids.index(page.id) + 1
            assert tuple(ids[after : after + len(page.covers)]) == page.covers


def test_every_questionnaire_ends_on_something_good(questionnaire):
    last = questionnaire.pages[-1]
    assert isinstance(last, FreeText)
    assert ENDS_WELL.search(last.ask.en.lower())


def test_nobody_is_asked_what_was_done_to_them(questionnaire):
    probing = re.compile(
        r"what happened|who (hurt|abused|did)|tell your story|were you (abused|hurt|raped)|why did(n't)? you"
    )
    found = [
        wording.en
        for wording in wordings(questionnaire)
        if probing.search(wording.en.lower()) and "do not need to say" not in wording.en.lower()
    ]
    assert found == []


def test_every_free_text_asks_for_no_names_or_needs_none(questionnaire):
    for page in questions(questionnaire):
        if isinstance(page, FreeText):
            assert page.help is not None, page.id


def test_identity_is_asked_in_two_bands_at_most_and_no_more_than_one_way():
    for name in FOR_YOUNG_PEOPLE:
        about_self = [
            page
            for page in questions(named(name))
            if page.sensitive == "identity" and re.search(r"old|gender|live|born|boy|girl", page.ask.en)
        ]
        assert len(about_self) <= 1, name
        assert all(len(page.choices) == 2 for page in about_self), name


def test_the_minutes_promised_are_at_most_twelve_and_are_kept(questionnaire):
    assert questionnaire.minutes <= 12
    read = sum(len(wording.en.split()) for wording in wordings(questionnaire.pages)) / WORDS_A_SECOND
    asked = questions(questionnaire)
    writing = sum(isinstance(page, FreeText) for page in asked)
    seconds = read + writing * SECONDS_FOR_WRITING + (len(asked) - writing) * SECONDS_FOR_A_CHOICE
    assert seconds / 60 <= questionnaire.minutes


def test_choices_cannot_be_mistaken_for_one_another(questionnaire):
    for page in questions(questionnaire):
        shown = [label.casefold() for label in labels(page)]
        assert len(set(shown)) == len(shown), page.id
        assert SOMETHING_ELSE not in {choice.id for choice in getattr(page, "choices", ())}, page.id


def test_wording_fits_a_small_screen(questionnaire):
    """A question with all its choices fits 24 lines of 80 characters."""
    for page in questionnaire.pages:
        assert len(page.ask.en) <= 160, page.id
        assert len(getattr(page, "choices", ())) <= 9, page.id
        assert all(len(label) <= 60 for label in labels(page)), page.id


@pytest.mark.parametrize("name", EASY_READ)
def test_easy_read_has_one_idea_a_sentence_in_short_words(name):
    """Stricter than the rest: a reading age of 7, ten words a sentence, nothing joined, no word of three syllables."""
    easy = named(name)
    read = readability_of_texts(prompts(easy))
    assert read.grade_high + 5 <= 7
    assert read.words / read.sentences <= 6.5
    assert max(sentence.words for sentence in read.longest_sentences) <= 10
    joined = re.compile(r",|;|\b(and|but|because|which|although|unless)\b")
    assert [text for text in prompts(easy) if joined.search(text)] == []
    long_words = {
        word for text in prompts(easy) for word in re.findall(r"[A-Za-z]+", text) if syllables(word) > 2
    }
    assert long_words == set()


@pytest.mark.parametrize(("name", "main"), EASY_READ.items())
def test_easy_read_is_shorter_than_its_twin_with_a_rest_and_no_order_or_number_to_give(name, main):
    easy, twin = named(name), named(main)
    assert len(questions(easy)) < len(questions(twin))
    assert easy.minutes < twin.minutes
    assert any(isinstance(page, Break) for page in easy.pages)
    assert {kind_of(page) for page in questions(easy)} <= {
        "choose-one",
        "choose-many",
        "faces",
        "frequency",
        "text",
    }
    assert [page.relevant for page in easy.pages if page.relevant] == []
