"""One interview at a page without script: the same answers give the same records as anywhere else."""

from msgspec.structs import replace

from coprod.kernel.record import record_to_bytes
from coprod.web.server import Server
from surveys.interviews.events import Choose, ChooseEnd, Continue, MarkWord, Rank, Rate, Send, Skip, Write
from surveys.interviews.interview import begin, page, records, step
from tests.coprod.web.conftest import WORDS, Browser, heading, to_questions

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


def test_every_newer_kind_of_question_gives_the_same_records_too(more_kinds, kept):
    interview = begin(more_kinds.questionnaire)
    for event in (
        Choose("16-25"),
        *(Continue() for _ in range(3)),
        *(Skip() for _ in range(3)),
        Continue(),
        Choose("busy"),
        Continue(),
        ChooseEnd("most", "same"),
        ChooseEnd("least", "door"),
        Continue(),
    ):
        interview = step(interview, event)
    pairs = []
    while page(interview).kind == "paired":
        pairs.append(page(interview).choices[1].id)
        interview = step(step(interview, Choose(pairs[-1])), Continue())
    for event in (Continue(), MarkWord(2, "lose"), MarkWord(8, "keep"), Continue(), Continue(), Send()):
        interview = step(interview, event)
    server = Server(more_kinds, lambda _: None)
    server.start()
    try:
        one = Browser(server.new_link())
        one.get()
        newer_kinds(one, len(pairs))
    finally:
        server.stop()
    written = [sorted(map(record_to_bytes, one)) for one in kept.records]
    assert written == [sorted(map(record_to_bytes, records(interview, "0" * 64)))]


def newer_kinds(one, pairs):
    one.press("Start")
    one.press("English")
    one.press("Continue")
    one.press("Continue", ("choice", "01"))
    while heading(one) != "Which card is nearest to how it was?":
        buttons = one.seen.buttons
        one.press(next(name for name in ("Skip this one", "Start", "Continue") if name in buttons))
    one.press("Continue", ("choice", "01"))
    one.press("Continue", ("end0", "02"), ("end1", "01"))
    for _ in range(pairs):
        one.press("Continue", ("choice", "01"))
    one.press("Continue")
    marks = ["00"] * 8
    marks[1], marks[7] = "02", "01"
    one.press("Continue", *(("mark", mark) for mark in marks))
    one.press("Continue")
    one.press("Send")


def test_the_understanding_check_says_what_is_true_before_it_goes_on(more_kinds):
    server = Server(more_kinds, lambda _: None)
    server.start()
    try:
        one = Browser(server.new_link())
        one.get()
        for onward in ("Start", "English", "Continue", "Continue", "Continue", "Continue"):
            one.press(onward)
        asked = heading(one)
        one.press("Continue", ("choice", "00"))
        assert heading(one) == asked
        assert 'class="notice" id="notice"' in one.html
        one.press("Continue", ("choice", "00"))
        assert heading(one) != asked
    finally:
        server.stop()


def test_what_cannot_stand_together_is_shown_again_before_it_counts(browser):
    to_questions(browser)
    browser.press("Skip")
    browser.press("Continue", *browser.pick("A nurse", "Nobody"))
    assert "cannot go together" in browser.seen.text
    assert heading(browser) == "Who listened to you?"
    browser.press("Continue", *browser.pick("Nobody"))
    browser.press("Continue", ("place", "01"), ("place", "01"), ("place", "00"))
    assert "same place" in browser.seen.text
    browser.press("Continue", ("place", "01"), ("place", "02"), ("place", "00"))
    assert heading(browser) == "How easy was it to get there?"


def test_a_page_says_how_to_hide_a_page(browser):
    for onward in ("Start", "English", "Continue", "Continue", "Continue"):
        browser.press(onward)
    assert "Tap Hide at the top" in browser.seen.text
    assert "F12" not in browser.seen.text


def test_what_was_typed_stays_when_the_language_changes_or_somebody_goes_back(browser):
    to_questions(browser)
    for _ in range(4):
        browser.press("Skip")
    browser.press("Cymraeg", ("words", "one\r\ntwo"), ("quote", "01"))
    assert ">\none\ntwo</textarea>" in browser.html
    browser.press("Yn ôl", ("words", "one\r\ntwo"), ("quote", "01"))
    browser.press("Ymlaen", ("choice", "03"))
    assert ">\none\ntwo</textarea>" in browser.html
    assert "checked" in browser.html.partition('name="quote"')[2][:30]


def test_make_believe_and_unread_welsh_say_so_on_every_page(plan):
    server = Server(replace(plan, label="simulated"), lambda _: None)
    server.start()
    try:
        one = Browser(server.new_link())
        assert "MAKE-BELIEVE" in one.get().text
        assert "MAKE-BELIEVE" in one.press("Start").text
        assert "ESGUS" in one.press("Cymraeg").text
        assert "Cymraeg drafft" in one.seen.text
    finally:
        server.stop()


def test_a_plain_colour_asks_the_worker_over_and_keeps_what_was_answered(browser):
    to_questions(browser)
    browser.press("Plain colour", ("choice", "03"))
    assert 'class="colour"' in browser.html
    assert "How did" not in browser.html
    browser.press("Back")
    assert "checked" in browser.html.partition('value="03"')[2][:20]


def test_nobody_sees_who_stopped_early(browser):
    to_questions(browser)
    browser.press("Stop and throw it away")
    browser.press("Yes")
    browser.press("Something to pass the time")
    browser.press("Another one")
    assert "Finish" in browser.seen.buttons


def test_what_is_passed_over_does_not_count_even_with_something_filled_in(browser, kept):
    to_questions(browser)
    browser.press("Skip", ("choice", "03"))
    browser.press("I'd rather not say", ("choice", "00"))
    browser.press("Go to the end")
    browser.press("Send")
    replies = kept.records[0][0].replies
    assert [type(replies[name]).__name__ for name in ("felt", "who")] == ["Skipped", "Declined"]


def test_the_start_page_shows_the_words_of_every_key_card(plan):
    sealed_to = (("Ann", "maple lantern river"), ("Bo", "button teapot puffin"))
    server = Server(replace(plan, sealed_to=sealed_to), lambda _: None)
    server.start()
    try:
        shown = Browser(server.new_link()).get().text
    finally:
        server.stop()
    for name, words in sealed_to:
        assert name in shown
        assert words in shown
