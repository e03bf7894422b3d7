"""To analysts: answers in parts open, pool and become tables like every other answer."""

from random import Random

from analysis.inputs.answers import answers_to
from analysis.inputs.batchfile import batch_to_parquet, record_fits
from analysis.inputs.responses import responses_from_batch
from analysis.publishing.disclosure import Policy
from analysis.publishing.tables import release_table
from coprod.journeys.asking.batches import survey_info
from coprod.kernel.record import MainRecord
from surveys.interviews.events import Choose, ChooseEnd, Continue, MarkWord, Send
from surveys.interviews.interview import begin, page, records, step
from tests.surveys.test_kinds import BEST, CARDS, GOOD, HARD, LIGHT, PAIRED, PLACE, REPEATS, REST, asked

REPEATED = asked(PLACE, REPEATS)
QUESTIONNAIRE = asked(CARDS, BEST, REST, PAIRED, LIGHT, HARD, GOOD)


def _record(chance: Random) -> MainRecord:
    interview = begin(QUESTIONNAIRE)
    while page(interview).stage not in {"look-back", "sent"}:
        shown = page(interview)
        events = {
            "cards": [Choose(chance.choice(("time", "door")))],
            "paired": [Choose(chance.choice(shown.choices).id)] if shown.choices else [],
            "best-worst": [ChooseEnd("most", "door"), ChooseEnd("least", chance.choice(("time", "same")))],
            "highlighter": [MarkWord(3, chance.choice(("keep", "lose")))],
        }.get(shown.kind, [])
        for event in (*events, Continue(), Continue())[: len(events) + 1]:
            interview = step(interview, event)
        if page(interview).notice:
            interview = step(interview, Continue())
    (main, *_) = records(step(interview, Send()), "sha")
    assert isinstance(main, MainRecord)
    return main


def test_every_answer_in_parts_fits_pools_and_is_released() -> None:
    chance = Random(5)  # noqa: S311  made-up answers
    survey = survey_info("sha", QUESTIONNAIRE)
    mains = [_record(chance) for _ in range(40)]
    assert all(record_fits(main, [survey]) for main in mains)
    assert {one.id: one.kind for one in survey.questions} == {
        "line": "choose-one",
        "best": "choose-many",
        "two": "choose-many",
        "light": "choose-many",
        "safe": "number",
        "good": "text",
    }
    parquet = batch_to_parquet(mains, [], [survey], simulated=True)
    responses = responses_from_batch(parquet, "test")
    for key in ("line", "best", "two", "light"):
        table = release_table(answers_to(responses, key), Policy("rounded"))
        shown = {cell.value: cell.shown for cell in table.cells}
        assert shown, key
        if key == "best":
            assert shown["Most: A quiet door"] == "about 40" or "40" in shown["Most: A quiet door"]


def test_a_question_that_repeats_an_answer_stands_in_tables_without_it() -> None:
    assert survey_info("sha", REPEATED).questions[1].wording == "How was …?"
