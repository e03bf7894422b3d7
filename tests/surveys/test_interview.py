"""What the interview promises a young person, whatever they press and whatever is asked."""

import pickle
import re
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.record import (
    Chosen,
    Declined,
    MainRecord,
    NotShown,
    Rated,
    Skipped,
    TextRecord,
    Wrote,
    record_to_bytes,
)
from surveys.interviews.events import (
    Back,
    Change,
    Choose,
    CloseHelp,
    Continue,
    Decline,
    Event,
    GoToEnd,
    Help,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    WantWords,
    Write,
)
from surveys.interviews.interview import Interview, begin, page, records, step, words_wanted
from surveys.interviews.phrases import phrases
from surveys.interviews.state import (
    LONGEST_LINKED,
    LONGEST_WORDS,
    answer_as_text,
    keeps_constraint,
    shown_pages,
)
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from surveys.questionnaires.questions import FreeText, SaidPage
from tests.surveys.random_questionnaires import ENDINGS, EVENTS, questionnaires

TOP = """format: 1
survey: small
title: {en: Small, cy: Bach}
made_by: the tests
purpose: {en: To test, cy: I brofi}
minutes: 2
ages: [11-15]
pages:
"""
COLOUR = """- ask: {en: Which colour?, cy: Pa liw?}
  id: colour
  kind: choose-one
  choices:
  - {id: red, label: {en: Red, cy: Coch}}
  - {id: blue, label: {en: Blue, cy: Glas}}
"""
WHY = """- ask: {en: Why red?, cy: Pam coch?}
  id: why
  kind: text
  relevant: selected(${colour}, 'red')
"""
SCORE = """- ask: {en: How good?, cy: Pa mor dda?}
  id: score
  kind: number
  low: {en: Not at all, cy: Dim o gwbl}
  high: {en: Very, cy: Iawn}
"""
MANY = """- ask: {en: Which of these?, cy: Pa rai?}
  id: many
  kind: choose-many
  something_else: true
  constraint: count-selected(.) <= 2
  constraint_help: {en: Choose two at most., cy: Dewisa ddau ar y mwyaf.}
  choices:
  - {id: a, label: {en: A, cy: A1}}
  - {id: b, label: {en: B, cy: B1}}
  - {id: c, label: {en: C, cy: C1}}
  - {id: none, label: {en: None of these, cy: Dim un}, alone: true}
"""
ORDER = """- ask: {en: What matters?, cy: Beth sy'n bwysig?}
  id: order
  kind: ranking
  shuffle: true
  choices:
  - {id: x, label: {en: X, cy: X1}}
  - {id: y, label: {en: Y, cy: Y1}}
  - {id: z, label: {en: Z, cy: Z1}}
"""
CAREFUL = """- ask: {en: The next part is hard., cy: Mae'r rhan nesaf yn anodd.}
  id: careful
  kind: note
  covers: [colour, why]
"""
HIDDEN = re.compile("CANARY")
START = (Continue(), Continue(), Continue())
# The age page, three told ones, three questions that answer back before they go on.
PAST_THE_FIRST_PAGES = (Continue(),) * 10
# Most runs begin somewhere behind the first pages: chance alone seldom gets past them.
RUNS = st.builds(
    lambda first, events: (Continue(),) * first + tuple(events),
    st.integers(0, 10),
    st.lists(EVENTS, max_size=40),
)


def asked(*pages: str) -> Questionnaire:
    return parse_questionnaire(TOP + "".join(pages), "small.yaml")


def after(questionnaire: Questionnaire, *events: Event) -> Interview:
    interview = begin(questionnaire, languages=("en", "cy"))
    for event in (*START, *events):
        interview = step(interview, event)
    return interview


def replies(interview: Interview) -> dict[str, object]:
    main, *_ = records(step(step(interview, GoToEnd()), Send()), "sha")
    assert isinstance(main, MainRecord)
    return dict(main.replies)


# --- whatever is asked and whatever is pressed ---


@given(questionnaires(), RUNS, ENDINGS)
@settings(max_examples=150, deadline=None)
def test_it_never_gets_stuck_never_shows_what_is_irrelevant_and_never_keeps_its_answer(
    questionnaire, events, ending
):
    interview = begin(questionnaire, shuffled=lambda choices: choices[::-1], languages=("en", "cy"))
    for event in events:
        interview = step(interview, event)
        _is_honest(interview)
    _can_be_left(interview)
    for event in (CloseHelp(), *PAST_THE_FIRST_PAGES, GoToEnd(), ending):
        interview = step(interview, event)
    assert interview.stage == ("sent" if ending == Send() else "erased")
    assert interview.stage == "sent" or not interview.answers
    assert page(interview).actions == ()
    assert not interview.band
    assert not interview.picked


def _is_honest(interview: Interview) -> None:
    shown = page(interview)
    assert shown.heading
    relevant = {one.id: index for index, one in shown_pages(interview.questionnaire, interview.answers)}
    assert set(interview.answers) <= set(relevant), "an answer to a question that became irrelevant was kept"
    if interview.stage == "questions":
        assert interview.place in relevant.values(), "an irrelevant question is shown"
    if interview.stage == "look-back":
        pages = {one.id: one for one in interview.questionnaire.pages}
        assert all(
            keeps_constraint(interview.questionnaire, pages[name], interview.answers)
            for name in interview.answers
        )


def _can_be_left(interview: Interview) -> None:
    """Continue on the first pages and Skip on each question must lead to the last page and out of it."""
    interview = step(interview, CloseHelp())
    steps = 0
    while interview.stage != "look-back":
        interview = step(interview, Skip() if interview.stage == "questions" else Continue())
        steps += 1
        assert steps <= len(interview.questionnaire.pages) + 12, "the interview is stuck"
    assert step(interview, Send()).stage == "sent"


@given(questionnaires(), RUNS)
def test_every_action_a_page_offers_does_something(questionnaire, events):
    interview = begin(questionnaire, languages=("en", "cy"))
    for event in events:
        interview = step(interview, event)
    for action in page(interview).actions:
        assert step(interview, action.event) != interview
        assert action.label


@given(questionnaires(), RUNS)
def test_each_key_means_one_thing_on_a_page(questionnaire, events):
    interview = begin(questionnaire, languages=("en", "cy"))
    for event in events:
        interview = step(interview, event)
        keys = [action.key for action in page(interview).actions]
        assert len(keys) == len(set(keys))


@given(questionnaires(), RUNS)
def test_records_hold_a_reply_to_every_question_and_words_only_of_their_own(questionnaire, events):
    interview = begin(questionnaire)
    for event in (*events, CloseHelp(), *PAST_THE_FIRST_PAGES, GoToEnd(), Send()):
        interview = step(interview, event)
    main, *texts = records(interview, "sha")
    assert isinstance(main, MainRecord)
    assert set(main.replies) == {one.id for one in questionnaire.pages if not isinstance(one, SaidPage)}
    wrote = {name for name, reply in main.replies.items() if reply == Wrote()}
    assert {text.question for text in texts if isinstance(text, TextRecord)} | set(main.linked) == wrote
    linked = {one.id for one in questionnaire.pages if isinstance(one, FreeText) and one.link}
    assert set(main.linked) == wrote & linked
    assert all(len(record_to_bytes(record)) < 15_000 for record in (main, *texts))


@given(questionnaires(), RUNS, st.permutations([0, 1, 2]))
def test_the_order_of_shuffled_choices_is_in_no_record(questionnaire, events, order):
    def shuffled(choices: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(choices[place] for place in order if place < len(choices))

    sent = []
    for one in (begin(questionnaire), begin(questionnaire, shuffled=shuffled)):
        interview = one
        for event in (
            *PAST_THE_FIRST_PAGES[:3],
            *events,
            CloseHelp(),
            *PAST_THE_FIRST_PAGES,
            GoToEnd(),
            Send(),
        ):
            interview = step(interview, event)
        sent.append(records(interview, "sha") if interview.stage == "sent" else ())
    assert sent[0] == sent[1]


# --- four words, wanted or not ---


def test_four_words_are_offered_before_sending_and_can_be_turned_down_and_taken_up_again():
    interview = step(begin(asked(COLOUR), offers_words=True), GoToEnd())
    while page(interview).stage != "look-back":
        interview = step(interview, Continue())
    assert any("you get four words" in line for line in page(interview).paragraphs)
    assert words_wanted(step(interview, Send())) == "en"
    without = step(interview, WantWords(wanted=False))
    assert any("nothing and nobody can take it back" in line for line in page(without).paragraphs)
    assert words_wanted(step(without, Send())) is None
    assert words_wanted(step(without, WantWords(wanted=True))) == "en"


def test_where_no_words_are_given_none_are_spoken_of_or_can_be_asked_for():
    interview = step(after(asked(COLOUR)), GoToEnd())
    assert not any(isinstance(one.event, WantWords) for one in page(interview).actions)
    assert step(interview, WantWords(wanted=True)) == interview
    assert words_wanted(step(interview, Send())) is None


# --- not a word leaks ---


def test_no_repr_shows_an_answer():
    interview = after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("CANARY", may_quote=True))
    events = [Choose("CANARY"), Rank(("CANARY",)), Write("CANARY")]
    sent = step(step(interview, GoToEnd()), Send())
    for value in (interview, page(interview), *events, sent, *records(sent, "sha"), page(sent).answers):
        assert not HIDDEN.search(f"{value!r} {value!s} {value}")
        assert not HIDDEN.search(repr(getattr(value, "__rich_repr__", list)()))


def test_no_traceback_with_locals_shows_an_answer():
    interview = after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("CANARY", may_quote=True))
    with pytest.raises(ValueError, match="only after it was sent") as caught:
        records(interview, "sha")
    said = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert not HIDDEN.search("".join(said.format()))


def test_stopping_erases_from_any_page():
    moments = [
        begin(asked(COLOUR, WHY)),
        after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("CANARY")),
        after(asked(COLOUR, WHY), Choose("red"), Help()),
        after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("CANARY"), GoToEnd()),
    ]
    for interview in moments:
        erased = step(interview, Stop())
        assert erased.stage == "erased"
        assert not erased.answers
        assert b"CANARY" not in pickle.dumps(erased)
        assert step(erased, Continue()) == erased


def test_nothing_leaves_before_send_or_after_throwing_away():
    interview = after(asked(COLOUR), Choose("red"), GoToEnd())
    for state in (interview, step(interview, ThrowAway()), step(interview, Stop())):
        with pytest.raises(ValueError, match="only after it was sent"):
            records(state, "sha")


@pytest.mark.parametrize("event", [Send(), ThrowAway()])
def test_sending_and_throwing_away_work_on_the_last_page_only(event):
    for interview in (begin(asked(COLOUR)), after(asked(COLOUR)), after(asked(COLOUR), GoToEnd(), Help())):
        assert step(interview, event) == interview


# --- three ways of not answering ---


def test_rather_not_say_skipped_and_not_shown_are_kept_apart():
    interview = after(asked(COLOUR, WHY, SCORE, MANY), Decline(), Skip(), GoToEnd())
    assert replies(interview) == {
        "colour": Declined(),
        "why": NotShown(),
        "score": Skipped(),
        "many": NotShown(),
    }


def test_an_answer_to_a_question_that_became_irrelevant_is_gone_and_stays_gone():
    interview = after(
        asked(COLOUR, WHY, SCORE), Choose("red"), Continue(), Write("because"), Continue(), Rate(7)
    )
    interview = step(step(step(interview, Back()), Back()), Choose("blue"))
    assert replies(interview) == {"colour": Chosen(("blue",)), "why": NotShown(), "score": Rated(7)}
    assert replies(step(interview, Choose("red")))["why"] == NotShown()


def test_skip_this_part_passes_over_all_it_covers_and_nothing_else():
    interview = after(asked(CAREFUL, COLOUR, WHY, SCORE), Skip())
    assert page(interview).question == "score"
    assert replies(interview) == {"colour": NotShown(), "why": NotShown(), "score": NotShown()}
    labels = [action.label for action in page(after(asked(CAREFUL, COLOUR, WHY, SCORE))).actions]
    assert "Skip this part" in labels


def test_coming_back_and_going_on_undoes_the_skipped_part():
    interview = after(asked(CAREFUL, COLOUR, WHY, SCORE), Skip(), Back(), Continue())
    assert page(interview).question == "colour"


# --- each kind ---


def test_continuing_without_an_answer_asks_once_and_then_skips():
    interview = after(asked(COLOUR, SCORE), Continue())
    assert page(interview).question == "colour"
    assert "not answered" in page(interview).notice
    assert page(step(interview, Continue())).question == "score"


def test_a_choice_can_be_changed_before_and_after_going_on():
    interview = after(asked(COLOUR, SCORE), Choose("red"), Choose("blue"), Continue(), Back(), Choose("red"))
    assert replies(interview)["colour"] == Chosen(("red",))


def test_many_choices_toggle_and_none_of_these_stands_alone():
    assert replies(after(asked(MANY), Choose("b"), Choose("a")))["many"] == Chosen(("a", "b"))
    assert replies(after(asked(MANY), Choose("a"), Choose("b"), Choose("a")))["many"] == Chosen(("b",))
    assert replies(after(asked(MANY), Choose("a"), Choose("none")))["many"] == Chosen(("none",))
    assert replies(after(asked(MANY), Choose("none"), Choose("something-else")))["many"] == Chosen(
        ("something-else",)
    )
    assert replies(after(asked(MANY), Choose("a"), Choose("a")))["many"] == NotShown()


def test_a_constraint_is_explained_in_words_and_never_locks_anyone_in():
    three = after(asked(MANY, SCORE), Choose("a"), Choose("b"), Choose("c"), Continue())
    assert page(three).notice == "Choose two at most."
    assert page(three).question == "many"
    assert page(step(three, Skip())).question == "score"
    assert page(step(step(three, Choose("c")), Continue())).question == "score"
    assert replies(step(three, GoToEnd()))["many"] == NotShown(), "what broke its rule is not recorded"


def test_a_ranking_takes_all_or_some_best_first():
    assert replies(after(asked(ORDER), Rank(("z", "x"))))["order"] == Chosen(("z", "x"))
    for wrong in (("z", "z"), ("z", "w")):
        assert after(asked(ORDER), Rank(wrong)) == after(asked(ORDER))
    ranks = {one.id: one.rank for one in page(after(asked(ORDER), Rank(("z", "x")))).choices}
    assert ranks == {"x": 2, "y": 0, "z": 1}


def test_choices_that_stand_alone_or_were_added_stay_last_when_shuffled():
    questionnaire = asked(MANY.replace("something_else: true", "something_else: true\n  shuffle: true"))
    interview = begin(questionnaire, shuffled=lambda choices: choices[::-1])
    for event in START:
        interview = step(interview, event)
    assert [one.id for one in page(interview).choices] == ["c", "b", "a", "none", "something-else"]


@pytest.mark.parametrize("number", [-1, 11, 100])
def test_numbers_run_from_0_to_10(number):
    assert after(asked(SCORE), Rate(number)) == after(asked(SCORE))


@pytest.mark.parametrize("kind", ["faces", "likert", "frequency"])
def test_scales_are_symmetric_words_first_and_nothing_is_chosen_for_you(kind):
    interview = after(asked(f"- {{ask: How?, id: how, kind: {kind}}}\n"))
    shown = page(interview).choices
    assert len(shown) == 5
    assert not any(one.chosen for one in shown)
    assert all(one.label and one.face.isascii() for one in shown)
    assert all(bool(one.face) == (kind == "faces") for one in shown)
    lengths = {len(one.face) for one in shown}
    assert len(lengths) == 1, "no face is bigger than another"


def test_words_are_cleaned_at_the_door_and_bounded_and_the_writer_is_told():
    interview = after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("\x1b[2Jhi\u202e", may_quote=True))
    assert page(interview).text == "[2Jhi"
    long = step(interview, Write("🙂" * (LONGEST_WORDS + 1)))
    assert len(page(long).text) == LONGEST_WORDS
    assert "very long" in page(long).notice
    _, text = records(step(step(long, GoToEnd()), Send()), "s" * 64)
    assert len(record_to_bytes(text)) < 15_000


@pytest.mark.parametrize("filling", ["🙂", '"', "\\", "\n", "é"])
def test_linked_words_fit_their_main_record_together(filling):
    linked = "".join(
        f"- {{ask: W{n}, id: {'w' * 39}{n}, kind: text, link: true, link_reason: to test}}\n"
        for n in range(4)
    )
    interview = after(asked(linked))
    for _ in range(4):
        interview = step(step(interview, Write(f"x{filling * LONGEST_LINKED}x")), Continue())
    (main,) = records(step(interview, Send()), "s" * 64)
    assert isinstance(main, MainRecord)
    assert len(main.linked) == 4
    assert len(record_to_bytes(main)) < 15_000


def test_blank_words_are_no_answer_and_outer_blanks_do_not_travel():
    questionnaire = asked(COLOUR, WHY)
    blank = after(questionnaire, Choose("red"), Continue(), Write(" \n ", may_quote=True))
    assert "not answered" in page(step(blank, Continue())).notice
    sent = step(step(step(blank, Write("  yes \n")), GoToEnd()), Send())
    assert [record.text for record in records(sent, "sha") if isinstance(record, TextRecord)] == ["yes"]


def test_the_writer_alone_is_asked_about_words_that_could_show_who_somebody_is():
    interview = after(asked(COLOUR, WHY), Choose("red"), Continue(), Write("call 07700 900123"))
    assert page(interview).hint
    assert not page(step(interview, Write("she listened"))).hint
    assert page(step(interview, Continue())).stage == "look-back", "it is a hint, not a lock"


def test_the_tick_belongs_to_its_own_words():
    two = asked(COLOUR, WHY, "- {ask: Else?, id: else, kind: text}\n")
    interview = after(two, Choose("red"), Continue(), Write("one", may_quote=True), Continue(), Write("two"))
    texts = records(step(step(interview, GoToEnd()), Send()), "sha")[1:]
    assert [(one.question, one.may_quote) for one in texts if isinstance(one, TextRecord)] == [
        ("why", True),
        ("else", False),
    ]


# --- pages around the questions ---


def test_the_limits_are_said_before_the_first_question_in_both_languages():
    for language, words in (
        ("en", "Nobody reads the answers today, not even the worker in this room."),
        ("cy", "Does neb yn darllen yr atebion heddiw, dim hyd yn oed y gweithiwr yn yr ystafell hon."),
    ):
        interview = begin(asked(COLOUR), language, languages=("en", "cy"))
        said = []
        while interview.stage == "about":
            said += page(interview).paragraphs
            interview = step(interview, Continue())
        assert words in said
        assert page(interview).question == "colour"
    limits = " ".join(one.en for one in phrases().about.limits)
    for promised in ("not know it is you", "fewer than five", "may be weeks", "help now, press Help"):
        assert promised in limits


def test_who_reads_can_be_said_by_the_questionnaire():
    text = TOP.replace("minutes: 2", "minutes: 2\nwho_reads: The campaign team reads your comments.")
    interview = step(begin(parse_questionnaire(text + COLOUR, "q")), Continue())
    assert page(interview).paragraphs[0] == "The campaign team reads your comments."


def test_help_is_on_every_page_and_comes_back_to_the_same_page():
    contacts = shipped_contacts().contacts
    interview = begin(asked(COLOUR, SCORE), contacts=contacts)
    for event in (Continue(), Continue(), Continue(), Choose("red"), Continue(), Rate(3), Continue()):
        assert Help() in [action.event for action in page(interview).actions]
        helping = step(interview, Help())
        assert page(helping).kind == "help"
        assert any("0800 1111" in line for one in page(helping).contacts for line in one.reach)
        assert step(helping, Continue()) == helping
        assert page(step(helping, CloseHelp())).heading == page(interview).heading
        interview = step(interview, event)
    assert page(step(interview, Send())).contacts


def test_the_language_switches_on_any_page_and_keeps_the_answer():
    interview = step(after(asked(COLOUR), Choose("red")), SwitchLanguage("cy"))
    assert page(interview).heading == "Pa liw?"
    assert [one.label for one in page(interview).choices if one.chosen] == ["Coch"]
    assert step(step(interview, SwitchLanguage("en")), SwitchLanguage("cy")) == interview


def test_a_language_that_is_not_on_offer_is_not_spoken():
    interview = begin(asked(COLOUR))
    assert step(interview, SwitchLanguage("cy")) == interview
    with pytest.raises(ValueError, match="not on offer"):
        begin(asked(COLOUR), "cy")


def test_progress_is_in_words_and_never_promises_what_skip_logic_may_change():
    interview = after(asked(COLOUR, WHY, SCORE))
    assert page(interview).progress == "Question 1 of about 2"
    interview = step(step(interview, Choose("red")), Continue())
    assert page(interview).progress == "Question 2 of 3"
    assert page(step(interview, Skip())).progress == "Question 3, the last one"


def test_looking_back_shows_answers_but_never_repeats_free_text():
    interview = after(
        asked(COLOUR, WHY, SCORE), Choose("red"), Continue(), Write("CANARY"), Continue(), Decline()
    )
    shown = page(interview)
    assert [one.answer for one in shown.answers] == ["Red", "You wrote something", "You would rather not say"]
    labels = [action.label for action in shown.actions]
    assert labels[:2] == ["Send what I have", "Throw it away"]


def test_changing_one_answer_leads_only_through_what_is_new():
    interview = after(asked(COLOUR, WHY, SCORE), Choose("blue"), Continue(), Rate(3), Continue())
    interview = step(step(step(interview, Change("colour")), Choose("red")), Continue())
    assert page(interview).question == "why"
    assert page(step(interview, Skip())).stage == "look-back"


def test_going_back_to_change_does_not_drag_anyone_through_what_they_left_out():
    interview = after(asked(COLOUR, SCORE, MANY), Choose("blue"), GoToEnd(), Change("colour"), Continue())
    assert page(interview).stage == "look-back"


def test_enter_never_sends():
    interview = after(asked(COLOUR), GoToEnd())
    assert step(interview, Continue()) == interview
    assert "" not in [action.key for action in page(interview).actions]


def test_expressions_see_nothing_where_nothing_was_answered():
    assert [answer_as_text(one) for one in (Skipped(), Declined(), None)] == ["", "", ""]
