"""What each kind of page promises whoever answers it, and what of it a record may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, Declined, MainRecord, NotShown, Skipped
from surveys.interviews.choices import choices_of
from surveys.interviews.composed import composed_ids, pairs_of
from surveys.interviews.events import (
    Back,
    Choose,
    ChooseEnd,
    Continue,
    Decline,
    Event,
    GoToEnd,
    MarkWord,
    Rate,
    Send,
    Skip,
    SwitchLanguage,
)
from surveys.interviews.interview import Interview, begin, page, records, step
from surveys.interviews.phrases import phrases
from surveys.questionnaires.minutes import ANSWERING, minutes_needed
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from surveys.questionnaires.questions import KINDS

TOP = """format: 1
survey: kinds
title: {en: Kinds, cy: Mathau}
made_by: the tests
purpose: {en: To test, cy: I brofi}
minutes: 9
ages: [11-15, 16-25]
pages:
"""
PLACE = """- ask: {en: Where did you go?, cy: Ble est ti?}
  id: place
  kind: choose-one
  choices:
  - {id: clinic, label: {en: the clinic, cy: y clinig}}
  - {id: school, label: {en: school, cy: yr ysgol}}
"""
REPEATS = """- ask: {en: "How was ${place}?", cy: "Sut oedd ${place}?"}
  id: again
  kind: faces
"""
THREE = """  choices:
  - {id: time, label: {en: More time, cy: Mwy o amser}}
  - {id: door, label: {en: A quiet door, cy: Drws tawel}}
  - {id: same, label: {en: The same worker, cy: Yr un gweithiwr}}
"""
BEST = "- ask: {en: Which matters?, cy: Beth sy'n bwysig?}\n  id: best\n  kind: best-worst\n" + THREE
PAIRED = "- ask: {en: Which of these?, cy: Pa un?}\n  id: two\n  kind: paired\n" + THREE
CARDS = "- ask: {en: Which line?, cy: Pa linell?}\n  id: line\n  kind: cards\n" + THREE
LIGHT = """- ask: {en: Which words?, cy: Pa eiriau?}
  id: light
  kind: highlighter
  passage: It is never your fault.
"""
REST = "- {ask: {en: Take a breath, cy: Anadla}, id: rest, kind: break}\n"
HARD = """- ask: {en: How safe?, cy: Pa mor ddiogel?}
  id: safe
  kind: number
  sensitive: safety
  low: {en: Not, cy: Dim}
  high: {en: Very, cy: Iawn}
"""
GOOD = "- {ask: {en: What was good?, cy: Beth oedd yn dda?}, id: good, kind: text}\n"


def asked(*pages: str, top: str = TOP) -> Questionnaire:
    return parse_questionnaire(top + "".join(pages), "kinds.yaml")


def after(questionnaire: Questionnaire, *events: Event) -> Interview:
    interview = begin(questionnaire, languages=("en", "cy"))
    for event in (Continue(), Continue(), Continue(), *events):
        interview = step(interview, event)
    return interview


def replies(interview: Interview) -> dict[str, object]:
    main, *_ = records(step(step(interview, GoToEnd()), Send()), "sha")
    assert isinstance(main, MainRecord)
    return dict(main.replies)


# --- composed answers ---


def test_of_several_one_is_most_and_one_is_least_and_none_is_both():
    interview = after(asked(BEST), ChooseEnd("most", "door"), ChooseEnd("least", "time"))
    assert [(one.id, one.end) for one in page(interview).choices] == [
        ("time", "least"),
        ("door", "most"),
        ("same", None),
    ]
    assert replies(interview)["best"] == Chosen(("most.door", "least.time"))
    assert replies(step(interview, ChooseEnd("least", "door")))["best"] == Chosen(("least.door",))
    assert replies(step(interview, ChooseEnd("most", "")))["best"] == Chosen(("least.time",))
    assert step(interview, ChooseEnd("most", "unheard-of")) == interview


def test_one_end_alone_is_an_answer_and_none_is_asked_about_once():
    assert replies(after(asked(BEST), ChooseEnd("least", "same")))["best"] == Chosen(("least.same",))
    none = after(asked(BEST, GOOD), ChooseEnd("most", "door"), ChooseEnd("most", ""), Continue())
    assert page(none).notice
    assert replies(step(none, Continue()))["best"] == Skipped()


def test_pairs_come_one_after_another_and_each_is_one_choice():
    interview = after(asked(PAIRED, GOOD))
    seen = []
    for _ in range(3):
        shown = page(interview)
        assert shown.question == "two"
        seen.append(tuple(one.id for one in shown.choices))
        interview = step(step(interview, Choose(shown.choices[0].id)), Continue())
    assert page(interview).question == "good"
    assert {frozenset(pair) for pair in seen} == {
        frozenset(pair) for pair in pairs_of(("time", "door", "same"))
    }
    assert replies(interview)["two"] == Chosen(tuple(sorted((f"{a}.over.{b}" for a, b in seen), key=_place)))


def _place(one: str) -> int:
    return composed_ids("paired", ("time", "door", "same")).index(one)


def test_a_pair_can_be_passed_over_changed_and_gone_back_to():
    interview = after(asked(PAIRED), Continue())
    assert page(interview).notice
    assert "pair 1 of 3" in page(interview).progress
    interview = step(step(step(interview, Continue()), Choose("same")), Choose("time"))
    assert "pair 2 of 3" in page(interview).progress
    assert replies(interview)["two"] == Chosen(("time.over.same",))
    assert "pair 1 of 3" in page(step(interview, Back())).progress
    assert replies(step(interview, Decline()))["two"] == Declined()
    assert page(step(after(asked(PAIRED)), Skip())).stage == "look-back"


def test_pairs_and_their_sides_come_in_any_order_and_no_record_tells_which():
    shuffled = asked(PAIRED + "  shuffle: true\n")
    sent = []
    for turn in (lambda one: one, lambda one: one[::-1]):
        interview = begin(shuffled, shuffled=turn)
        for _ in range(3):
            interview = step(interview, Continue())
        while page(interview).stage == "questions":
            best = min((one.id for one in page(interview).choices), key=("same", "door", "time").index)
            interview = step(step(interview, Choose(best)), Continue())
        sent.append(replies(interview))
    assert sent[0] == sent[1]


def test_words_are_marked_to_keep_to_lose_or_as_confusing():
    interview = after(asked(LIGHT), MarkWord(5, "keep"), MarkWord(3, "lose"), MarkWord(3, "confusing"))
    assert [(one.word, one.mark) for one in page(interview).passage][2:] == [
        ("never", "confusing"),
        ("your", None),
        ("fault.", "keep"),
    ]
    assert replies(interview)["light"] == Chosen(("3.confusing", "5.keep"))
    assert replies(step(step(interview, MarkWord(3, None)), MarkWord(5, None)))["light"] == NotShown()
    for outside in (0, 6, -1):
        assert step(interview, MarkWord(outside, "keep")) == interview
    assert page(step(interview, SwitchLanguage("cy"))).passage[0].word == "It", "as it will be printed"


def test_every_composed_answer_has_words_of_its_own_in_both_languages():
    for page_of_kind in asked(BEST, PAIRED, LIGHT).pages:
        known = choices_of(page_of_kind)
        names = [one.id for one in getattr(page_of_kind, "choices", ())]
        assert [one.id for one in known] == list(
            composed_ids(
                next(kind for kind, shape in KINDS.items() if isinstance(page_of_kind, shape)),
                names,
                getattr(page_of_kind, "passage", ""),
            )
        )
        for language in ("en", "cy"):
            assert len({one.label.into(language) for one in known}) == len(known)


def test_skip_logic_speaks_of_composed_answers_and_their_misspelling_is_found():
    follow = GOOD.replace("kind: text", "kind: text, relevant: \"selected(${best}, 'most.door')\"")
    questionnaire = asked(BEST, follow)
    assert page(step(after(questionnaire, ChooseEnd("most", "door")), Continue())).question == "good"
    assert page(step(after(questionnaire, ChooseEnd("most", "time")), Continue())).stage == "look-back"
    with pytest.raises(BadInputError, match=r"most\.dor.*did you mean `most\.door`"):
        asked(BEST, follow.replace("most.door", "most.dor"))


def test_looking_back_says_composed_answers_in_words():
    interview = after(asked(BEST, LIGHT), ChooseEnd("most", "door"), ChooseEnd("least", "time"), Continue())
    interview = step(step(interview, MarkWord(1, "lose")), GoToEnd())
    assert [one.answer for one in page(interview).answers] == [
        "Most: A quiet door; Least: More time",
        "You marked 1 words",
    ]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (CARDS + "".join(f"  - {{id: x{n}, label: X{n}}}\n" for n in range(2)), "cannot have 5 choices"),
        (PAIRED + "".join(f"  - {{id: x{n}, label: X{n}}}\n" for n in range(3)), "cannot have 6 choices"),
        (
            BEST.replace("  - {id: time, label: {en: More time, cy: Mwy o amser}}\n", ""),
            "cannot have 2 choices",
        ),
        (LIGHT.replace("It is", "It is " + "so " * 60), "this passage has 65 words"),
        (GOOD + "- {ask: Help, id: a, kind: help-card, relevant: \"${good} = ''\"}\n", "is for everybody"),
        (
            "- {ask: N, id: n, kind: note, covers: [a]}\n- {ask: H, id: a, kind: help-card}\n" + GOOD,
            "is for everybody",
        ),
        (
            "- {ask: H, id: a, kind: help-card}\n- {ask: H, id: b, kind: help-card}\n" + GOOD,
            "a second help card",
        ),
        (GOOD.replace("id: good", "id: help-card"), "is the id of coprod's own help card"),
        (GOOD.replace("kind: text", "kind: text, by_age: [{ages: 11-15}]"), "no wording of its own"),
        (
            GOOD.replace("kind: text", "kind: text, by_age: [{ages: 11-15, ask: A}, {ages: 11-15, ask: B}]"),
            "comes twice here",
        ),
        (HARD + REPEATS.replace("${place}", "${safe}"), "`safe` is sensitive"),
        (BEST + REPEATS.replace("${place}", "${best}"), "does not read well in a sentence"),
        (PLACE + '- {ask: "H ${place}", id: a, kind: help-card}\n', "the same for everybody"),
    ],
)
def test_a_page_that_would_not_work_is_told_to_its_author(pages, said):
    with pytest.raises(BadInputError, match=said):
        asked(pages)


# --- repeating an answer, and words for one age band ---


def test_a_closed_answer_is_repeated_in_the_language_of_the_page():
    interview = after(asked(PLACE, REPEATS), Choose("clinic"), Continue())
    assert page(interview).heading == "How was the clinic?"
    assert page(step(interview, SwitchLanguage("cy"))).heading == "Sut oedd y clinig?"
    assert page(step(interview, GoToEnd())).answers[1].asked == "How was the clinic?"


def test_a_page_that_repeats_an_answer_is_left_out_where_there_is_none():
    for event in (Skip(), Decline()):
        assert page(after(asked(PLACE, REPEATS, GOOD), event)).question == "good"
    interview = after(asked(PLACE, REPEATS), Choose("clinic"), Continue(), Choose("good"), Back(), Decline())
    assert replies(interview)["again"] == NotShown()


BY_AGE = """- ask: {en: How did staff treat you?, cy: Sut oedd y staff?}
  id: staff
  kind: faces
  by_age:
  - {ages: 11-15, ask: {en: Were people kind?, cy: Oedd pobl yn garedig?}}
"""


def test_an_age_band_chooses_the_words_and_is_in_no_record():
    sent = []
    for pick, said in (("11-15", "Were people kind?"), ("16-25", "How did staff treat you?")):
        interview = begin(asked(BY_AGE))
        assert page(interview).kind == "age"
        assert [one.label for one in page(interview).choices] == ["11 to 15", "16 to 25"]
        interview = step(interview, Choose(pick))
        for _ in range(4):
            interview = step(interview, Continue())
        assert page(interview).heading == said
        sent.append(replies(step(interview, Choose("good"))))
    assert sent[0] == sent[1]


def test_once_sent_neither_the_age_band_nor_the_order_on_the_screen_is_kept():
    shuffled = asked(BY_AGE, CARDS + "  shuffle: true\n")
    interview = begin(shuffled, shuffled=lambda choices: choices[::-1])
    for event in (Choose("11-15"), *(Continue(),) * 4, Choose("good"), GoToEnd(), Send()):
        interview = step(interview, event)
    assert interview.stage == "sent"
    assert not any((interview.band, interview.orders, interview.picked, interview.pair))


def test_nobody_has_to_say_their_age_and_nobody_is_asked_without_need():
    interview = step(begin(asked(BY_AGE)), Decline())
    for _ in range(3):
        interview = step(interview, Continue())
    assert page(interview).heading == "How did staff treat you?"
    assert page(begin(asked(GOOD))).kind == "about"


@pytest.mark.parametrize(
    ("ages", "said"),
    [("[11-15]", "You do not sign"), ("[13-15]", "Pressing Start means yes"), ("[16-25]", "is your consent")],
)
def test_saying_yes_is_explained_for_the_age_and_nothing_is_signed(ages, said):
    interview = begin(asked(GOOD, top=TOP.replace("[11-15, 16-25]", ages)))
    shown = page(step(step(interview, Continue()), Continue()))
    assert said in " ".join(shown.paragraphs)
    assert "we will not know it is you" in " ".join(shown.paragraphs), "the limits, once more, at the start"
    ways = {one.label for one in shown.actions if one.main}
    assert ways == {"Start", "No, thank you"}


# --- the understanding check ---


CHECKED = TOP.replace("pages:", "understanding_check: true\npages:")


def test_whatever_is_answered_the_check_says_what_is_true_and_goes_on():
    questions = phrases().about.understanding.questions
    assert len(questions) == 3
    for one in questions:
        assert sum(choice.right for choice in one.choices) == 1
    for pick in range(4):
        interview = step(step(begin(asked(GOOD, top=CHECKED)), Continue()), Continue())
        for question in questions:
            assert not page(interview).notice
            interview = step(interview, Choose(question.choices[pick].id))
            first_words = question.because.en.split("{")[0].strip()
            assert first_words in page(interview).notice
            assert page(interview).notice.startswith("Yes") == question.choices[pick].right
            interview = step(interview, Continue())
        assert page(interview).heading == "Hide it or stop it"
        assert not interview.picked


def test_going_on_without_an_answer_explains_and_skipping_just_goes_on():
    interview = step(step(begin(asked(GOOD, top=CHECKED)), Continue()), Continue())
    explained = step(interview, Continue())
    assert page(explained).notice
    assert page(step(explained, Continue())).heading != page(interview).heading
    assert page(step(interview, Skip())).heading != page(interview).heading


def test_who_reads_it_is_explained_in_the_questionnaires_own_words():
    own = CHECKED.replace("minutes:", "who_reads: The campaign team reads it.\nminutes:")
    interview = step(step(begin(asked(GOOD, top=own)), Continue()), Continue())
    assert "The campaign team reads it." in page(step(interview, Choose("room"))).notice


# --- pages that only say something ---


def test_a_break_waits_without_a_clock_and_says_how_far_this_is_in_words():
    interview = after(asked(PLACE, REST, GOOD, BEST), Choose("school"), Continue())
    shown = page(interview)
    assert shown.kind == "break"
    assert shown.progress == "You are about half way"
    assert page(step(interview, Continue())).question == "good"
    assert set(replies(interview)) == {"place", "good", "best"}


def test_the_help_card_stands_behind_the_last_sensitive_question_for_everybody():
    for event in (Rate(0), Rate(10)):
        interview = after(asked(HARD, GOOD), event, Continue())
        assert page(interview).kind == "help-card"
        assert page(step(interview, Continue())).question == "good"
    for event in (Skip(), Decline()):
        assert page(after(asked(HARD, GOOD), event)).kind == "help-card"
    assert set(replies(after(asked(HARD, GOOD)))) == {"safe", "good"}
    own = "- {ask: {en: Talk, cy: Siarad}, id: talk, kind: help-card}\n"
    kinds = [one.id for one in begin(asked(own, HARD, GOOD)).questionnaire.pages]
    assert kinds == ["talk", "safe", "good"]


def test_skipping_a_part_weighs_as_much_as_going_on():
    note = "- {ask: {en: Hard, cy: Anodd}, id: hard, kind: note, covers: [safe]}\n"
    shown = page(after(asked(note, HARD, GOOD)))
    assert [one.label for one in shown.actions if one.main] == ["Continue", "Skip this part"]
    end = page(after(asked(GOOD), GoToEnd()))
    assert [one.label for one in end.actions if one.main] == ["Send what I have", "Throw it away"]


def test_whoever_stops_early_gets_the_same_pastimes_as_whoever_finishes():
    from surveys.interviews.events import Stop

    stopped = page(step(after(asked(GOOD)), Stop()))
    sent = page(step(after(asked(GOOD), GoToEnd()), Send()))
    assert stopped.pastimes == sent.pastimes
    assert len(stopped.pastimes) >= 5


# --- minutes ---


def test_minutes_that_not_even_a_quick_reader_can_keep_are_a_mistake_at_their_place():
    many = "".join(PAIRED.replace("id: two", f"id: two-{n}") for n in range(12))
    with pytest.raises(BadInputError) as caught:
        asked(many, top=TOP.replace("minutes: 9", "minutes: 1"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (6, 10)
    assert "minutes, and 1 are promised" in problem.what


@given(
    st.lists(st.sampled_from([PLACE, BEST, PAIRED, CARDS, LIGHT, GOOD, REST, HARD]), min_size=1, max_size=6)
)
def test_a_calm_pace_takes_longer_and_every_page_takes_some_time(pages):
    numbered = [one.replace("id: ", f"id: p{at}-", 1) for at, one in enumerate([PLACE, *pages])]
    quick, calm = (minutes_needed(asked(*numbered).pages, pace) for pace in ("quick", "calm"))
    assert 0 < quick < calm
    assert set(ANSWERING) == set(KINDS)
