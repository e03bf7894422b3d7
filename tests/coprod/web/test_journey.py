"""One interview at a page without script: the same answers give the same records as anywhere else."""

from coprod.kernel.record import record_to_bytes
from surveys.events import Choose, Continue, Rank, Rate, Send, Write
from surveys.interview import begin, records, step
from tests.coprod.web.conftest import WORDS, to_questions

ANSWERED = (
    *(Continue() for _ in range(3)),
    Choose("good"),
    Continue(),
    Choose("nurse"),
    Continue(),
    Rank(("same", "time")),
    Continue(),
    Rate(10),
    Continue(),
    Write("They let me talk.\nThank you & bye <3", may_quote=True),
    Continue(),
    Continue(),
    Send(),
)


def answer_everything(browser):
    to_questions(browser)
    browser.press("Continue", *browser.pick("Good"))
    browser.press("Continue", *browser.pick("A nurse"))
    browser.press("Continue", ("place", "02"), ("place", "00"), ("place", "01"))
    browser.press("Continue", *browser.pick("10"))
    browser.press("Continue", ("words", "They let me talk.\r\nThank you & bye <3"), ("quote", "01"))
    browser.press("Continue")


def test_the_same_answers_give_the_same_records_at_a_page_and_in_the_state_machine(browser, plan, kept):
    interview = begin(plan.questionnaire)
    for event in ANSWERED:
        interview = step(interview, event)
    answer_everything(browser)
    browser.press("Send")
    written = [sorted(map(record_to_bytes, one)) for one in kept.records]
    assert written == [sorted(map(record_to_bytes, records(interview, "0" * 64)))]


def test_the_four_words_are_shown_twice_and_never_again(browser):
    answer_everything(browser)
    browser.press("Send")
    assert all(word in browser.seen.text for word in WORDS)
    browser.press("I have written them down")
    assert all(word in browser.seen.text for word in WORDS)
    browser.press("Continue")
    assert not any(word in browser.seen.text for word in WORDS)
    assert "Childline" in browser.seen.text
    browser.press("Finish")
    assert browser.status == 404
    browser.get()
    assert not any(word in browser.html for word in WORDS)
