"""What follows from what at the kiosk, without a screen."""

from datetime import date
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod.journeys.asking.turns import after_writing, interview_in, language_of, turn
from coprod.journeys.asking.visit import (
    Act,
    Asking,
    AskingIfStill,
    Button,
    CameBack,
    ChoosingLanguage,
    ColourCard,
    ComingBack,
    Confirming,
    Covered,
    GoneQuiet,
    GoneStill,
    Helping,
    Hide,
    KeptDraft,
    KeptFailed,
    KeptSafe,
    KioskPlan,
    Leaving,
    Move,
    NotSaved,
    Paused,
    PauseWords,
    Pausing,
    Pick,
    Practising,
    Press,
    Ready,
    Recalling,
    Receipt,
    Saved,
    Saving,
    StaffDoor,
    Visit,
)
from coprod.tui.respondent.views import view_of
from surveys.interviews.events import (
    Back,
    Continue,
    Decline,
    GoToEnd,
    Help,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    Write,
)
from surveys.interviews.interview import page


def _go(plan: KioskPlan, *acts: Act, start: Visit | None = None) -> Visit:
    visit = start or Ready()
    for act in acts:
        visit = turn(visit, act, plan)
    return visit


TO_QUESTIONS = (Press("start"), Pick("en"), Pick("fish"), Press("go-on"), Continue(), Continue(), Continue())


def test_one_visit_from_ready_to_ready(plan: KioskPlan) -> None:
    visit = _go(
        plan, *TO_QUESTIONS, Pick("good"), Continue(), Pick("nurse"), Continue(), Pick("same"), Pick("time")
    )
    assert isinstance(visit, Asking)
    assert [choice.rank for choice in page(visit.interview).choices] == [2, 0, 1]
    visit = _go(plan, Move("time", -1), GoToEnd(), Send(), start=visit)
    assert isinstance(visit, Saving)
    receipt = plan.save((), "en")
    for kind in (Saved, Saved, Saved, Ready):
        visit = turn(visit, KeptSafe(receipt), plan) if isinstance(visit, Saving) else visit
        assert isinstance(visit, kind)
        visit = turn(visit, Press("written" if getattr(visit, "shown", 2) < 2 else "finish"), plan)


def test_a_ranked_choice_moves_and_can_be_taken_out_again(plan: KioskPlan) -> None:
    visit = _go(
        plan, *TO_QUESTIONS, Skip(), Skip(), Pick("time"), Pick("door"), Move("door", -1), Pick("time")
    )
    assert isinstance(visit, Asking)
    assert [choice.rank for choice in page(visit.interview).choices] == [0, 1, 0]


def test_hiding_erases_everywhere_but_on_the_page_where_it_is_practised(plan: KioskPlan) -> None:
    practising = _go(plan, Press("start"), Pick("en"))
    assert _go(plan, Hide(), Press("start"), start=practising) == Practising("en", is_tried=True)
    asking = _go(plan, *TO_QUESTIONS, Pick("good"))
    look_back = turn(asking, GoToEnd(), plan)
    saving = turn(look_back, Send(), plan)
    for visit in (
        asking,
        look_back,
        turn(asking, Stop(), plan),
        turn(saving, KeptFailed(), plan),
        turn(saving, KeptSafe(None), plan),
        turn(asking, GoneQuiet(), plan),
        turn(asking, GoneStill(), plan),
    ):
        assert turn(visit, Hide(), plan) == Ready()


RECEIPT = Receipt(("maple", "lantern", "river", "button"), date(2026, 12, 4))


def test_what_was_sent_is_sent_and_hiding_it_leaves_the_words_to_your_picture(plan: KioskPlan) -> None:
    saving = _go(plan, *TO_QUESTIONS, Pick("good"), GoToEnd(), Send())
    covered = turn(saving, Hide(), plan)
    assert view_of(covered, plan) == view_of(Ready(), plan)
    assert turn(covered, Hide(), plan) == covered
    safe = turn(covered, KeptSafe(RECEIPT), plan)
    assert view_of(safe, plan) == view_of(Ready(), plan), "nothing shows that anybody has sent anything"
    recalling = turn(safe, Press("start"), plan)
    assert "maple" not in str(view_of(recalling, plan))
    shown = turn(recalling, Pick("fish"), plan)
    assert isinstance(shown, Saved)
    assert shown.receipt == RECEIPT
    assert shown.interview.answers == {}, "what is safe in the box is forgotten here"
    assert turn(recalling, Pick("boat"), plan) == Ready()
    assert turn(shown, Hide(), plan) == turn(shown, GoneStill(), plan) == safe
    assert turn(_go(plan, Press("written"), Press("written"), start=shown), Hide(), plan) == Ready()


def test_hiding_while_saving_without_a_picture_leaves_nothing_on_the_device(plan: KioskPlan) -> None:
    no_picture = [act for act in TO_QUESTIONS if act != Pick("fish")]
    saving = _go(plan, *no_picture, Pick("good"), GoToEnd(), Send())
    assert turn(turn(saving, Hide(), plan), KeptSafe(RECEIPT), plan) == Ready()


def test_answers_that_could_not_be_saved_wait_behind_the_picture(plan: KioskPlan) -> None:
    saving = _go(plan, *TO_QUESTIONS, Pick("good"), GoToEnd(), Send())
    failed = turn(saving, KeptFailed(), plan)
    assert isinstance(failed, NotSaved)
    covered = turn(failed, GoneStill(), plan)
    assert _go(plan, Press("start"), Pick("fish"), start=covered) == failed
    behind = _go(plan, Hide(), KeptFailed(), Press("start"), Pick("fish"), start=saving)
    assert behind == failed
    assert turn(behind, Press("again"), plan) == saving


def test_the_start_screen_shows_the_words_of_every_key_card(plan: KioskPlan) -> None:
    sealed = replace(plan, sealed_to=(("Ana", "maple lantern river button"), ("Sal", "boat tree moon star")))
    shown = str(view_of(Ready(), sealed).after)
    assert "Key card, Ana: maple lantern river button" in shown
    assert "Key card, Sal: boat tree moon star" in shown
    covered = Covered(Practising("en"))
    assert view_of(covered, sealed) == view_of(Ready(), sealed)


def test_stillness_warns_then_covers_and_only_the_picture_brings_it_back(plan: KioskPlan) -> None:
    asking = _go(plan, *TO_QUESTIONS, Pick("good"))
    warned = turn(asking, GoneQuiet(), plan)
    assert isinstance(warned, AskingIfStill)
    assert turn(warned, Press("stay"), plan) == asking
    covered = turn(warned, GoneStill(), plan)
    assert isinstance(covered, Covered)
    assert view_of(covered, plan) == view_of(Ready(), plan)
    recalling = turn(covered, Press("start"), plan)
    assert isinstance(recalling, Recalling)
    assert turn(recalling, Pick("fish"), plan) == asking
    assert turn(recalling, Pick("boat"), plan) == Ready()
    assert turn(turn(recalling, GoneQuiet(), plan), Press("start"), plan) == ChoosingLanguage()


def test_without_a_picture_stillness_erases(plan: KioskPlan) -> None:
    no_picture = [act for act in TO_QUESTIONS if act != Pick("fish")]
    assert turn(_go(plan, *no_picture, Pick("good")), GoneStill(), plan) == Ready()


def test_throwing_away_is_asked_about_once_and_nobody_sees_who_stopped(plan: KioskPlan) -> None:
    asking = _go(plan, *TO_QUESTIONS, Pick("good"))
    for event in (Stop(),):
        confirming = turn(asking, event, plan)
        assert isinstance(confirming, Confirming)
        assert turn(confirming, Press("back"), plan) == asking
        gone = turn(confirming, Press("confirm"), plan)
        assert isinstance(gone, Leaving)
        assert not gone.interview.answers
        assert isinstance(_go(plan, Press("another"), Press("another"), start=gone), Leaving)


def test_a_disk_that_refuses_loses_nothing_and_says_so(plan: KioskPlan) -> None:
    failed = _go(plan, *TO_QUESTIONS, Pick("good"), GoToEnd(), Send(), KeptFailed())
    assert isinstance(failed, NotSaved)
    assert any("could not be saved" in text for _, text in view_of(failed, plan).before)
    assert isinstance(turn(failed, Press("again"), plan), Saving)


def test_text_that_was_cut_is_shown_before_going_on(plan: KioskPlan) -> None:
    visit = _go(plan, *TO_QUESTIONS, Skip(), Skip(), Skip(), Skip())
    cut = after_writing(visit, Write("x" * 9000), Continue(), plan)
    assert isinstance(cut, Asking)
    assert page(cut.interview).notice
    assert page(turn(cut, Continue(), plan).interview).kind == "note"  # type: ignore[union-attr]


def test_a_plain_colour_asks_the_worker_over_and_tells_nobody_anything(plan: KioskPlan) -> None:
    asking = _go(plan, *TO_QUESTIONS, Pick("good"), Help())
    colour = turn(asking, Press("colour"), plan)
    view = view_of(colour, plan)
    assert isinstance(colour, ColourCard)
    words = (view.before, view.after, view.left, view.hide, view.notice, view.foot, view.choices)
    assert not any(words)
    assert all(not way.label for way in view.ways)
    assert turn(colour, Press("back"), plan) == asking
    assert turn(colour, Hide(), plan) == Ready()
    assert turn(colour, GoneQuiet(), plan) == colour, "it waits for the worker"


def test_a_plain_colour_left_alone_keeps_its_colour_and_covers_what_is_behind(plan: KioskPlan) -> None:
    asking = _go(plan, *TO_QUESTIONS, Pick("good"), Help())
    left = turn(turn(asking, Press("colour"), plan), GoneStill(), plan)
    assert view_of(left, plan).place == "colour"
    behind = turn(left, Press("back"), plan)
    assert view_of(behind, plan) == view_of(Ready(), plan)
    assert turn(behind, Press("start"), plan) == Recalling(asking)  # type: ignore[arg-type]
    helping = turn(turn(Practising("en"), Press("help"), plan), Press("colour"), plan)
    assert turn(turn(helping, GoneStill(), plan), Press("back"), plan) == Ready()


def _pausing(plan: KioskPlan) -> KioskPlan:
    return replace(plan, pausing=PauseWords(lambda _: ("a", "b", "c", "d"), lambda _: None))


def test_pausing_leaves_only_the_words_and_nothing_comes_back_by_itself(plan: KioskPlan) -> None:
    plan = _pausing(plan)
    asking = _go(plan, *TO_QUESTIONS, Pick("good"))
    assert isinstance(asking, Asking)
    paused = _go(plan, Press("pause"), KeptDraft(("a", "b", "c", "d")), start=asking)
    assert isinstance(paused, Paused)
    assert interview_in(paused) is None, "the answers are out of memory while the words are shown"
    assert turn(paused, Hide(), plan) == turn(paused, Press("written"), plan) == Ready()
    assert turn(paused, GoneStill(), plan) == Ready()
    door = turn(Ready(), Press("come-back"), plan)
    assert door == ComingBack()
    assert turn(door, CameBack(None), plan) == ComingBack(is_wrong=True)
    assert turn(door, Hide(), plan) == turn(door, GoneQuiet(), plan) == Ready()
    assert turn(door, CameBack(asking.interview), plan) == replace(asking, picture="")
    assert turn(Ready(), CameBack(asking.interview), plan) == Ready(), "hidden in the meantime"


def test_a_pause_that_fails_says_so_and_loses_nothing(plan: KioskPlan) -> None:
    plan = _pausing(plan)
    asking = _go(plan, *TO_QUESTIONS, Pick("good"))
    failed = _go(plan, Press("pause"), KeptDraft(()), start=asking)
    assert any("could not be paused" in text for _, text in view_of(failed, plan).before)
    assert turn(failed, Press("back"), plan) == asking


def test_pause_words_are_offered_only_where_they_work(plan: KioskPlan) -> None:
    asking = _go(plan, *TO_QUESTIONS)
    for offered, one in ((False, plan), (True, _pausing(plan))):
        assert any(way.key == "P" for way in view_of(asking, one).ways) == offered
        assert ("pause words" in view_of(Ready(), one).foot) == offered
        assert isinstance(turn(asking, Press("pause"), one), Pausing) == offered
        assert (turn(Ready(), Press("come-back"), one) == ComingBack()) == offered
    first = _go(_pausing(plan), *TO_QUESTIONS[:5])
    assert turn(first, Press("pause"), _pausing(plan)) == first, "there is nothing to pause yet"


def test_whoever_is_done_first_can_pass_the_time_like_whoever_stopped(plan: KioskPlan) -> None:
    sent = _go(plan, *TO_QUESTIONS, GoToEnd(), Send(), KeptSafe(None), Press("another"))
    gone = _go(plan, *TO_QUESTIONS, Stop(), Press("confirm"), Press("another"))
    assert view_of(sent, plan) == view_of(gone, plan)


ACTS: list[Act] = [
    *(Press(button) for button in get_args(Button)),
    *(Pick(choice) for choice in ("en", "cy", "fish", "boat", "good", "nurse", "time", "felt")),
    Move("time", 1),
    Hide(),
    GoneQuiet(),
    GoneStill(),
    KeptSafe(None),
    KeptFailed(),
    KeptDraft(()),
    KeptDraft(("a", "b", "c", "d")),
    CameBack(None),
    Continue(),
    Back(),
    Skip(),
    Decline(),
    GoToEnd(),
    Help(),
    Send(),
    Stop(),
    ThrowAway(),
    Rate(3),
    Write("words"),
    SwitchLanguage("cy"),
    SwitchLanguage("en"),
]


@given(st.lists(st.sampled_from(ACTS), max_size=40))
def test_whatever_is_done_there_is_a_page_with_a_way_on_help_and_a_way_to_hide(acts: list[Act]) -> None:
    visit: Visit = Ready()
    for act in acts:
        visit = turn(visit, act, PLAN)
        view = view_of(visit, PLAN)
        assert view.before or isinstance(visit, ColourCard)
        if not isinstance(
            visit, Ready | Covered | StaffDoor | Saving | ColourCard | Pausing | Paused | ComingBack
        ):
            assert view.hide
            assert view.ways or view.choices
            assert isinstance(visit, AskingIfStill | Helping) or _offers_help(view, visit)
        if isinstance(visit, Ready):
            assert interview_in(visit) is None
            assert language_of(visit) == "en"


@given(st.lists(st.sampled_from(ACTS), max_size=30))
def test_only_send_ever_leads_to_saving(acts: list[Act]) -> None:
    visit: Visit = Ready()
    for act in acts:
        before, visit = visit, turn(visit, act, PLAN)
        if isinstance(visit, Saving) and not isinstance(before, Saving):
            assert act in (Send(), Press("again"))


def _offers_help(view: object, visit: Visit) -> bool:
    if isinstance(visit, Asking) and visit.interview.helping:
        return True
    return any(way.key == "H" for way in view.ways)  # type: ignore[attr-defined]


def _plan() -> KioskPlan:
    from pathlib import Path

    from coprod.kernel.contacts import shipped_contacts
    from surveys.questionnaires.questionnaire import load_questionnaire

    return KioskPlan(
        questionnaire=load_questionnaire(Path(__file__).parent / "every_kind.yaml"),
        sha256="",
        languages=("en", "cy"),
        contacts=shipped_contacts().contacts,
        save=lambda _, __: None,
        is_staff_word=lambda _: False,
        shuffled=lambda choices: choices,
        pausing=PauseWords(lambda _: ("a", "b", "c", "d"), lambda _: None),
    )


PLAN = _plan()
