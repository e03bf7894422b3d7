"""Every page of the kiosk, as characters, in three sizes and two languages."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.journeys.asking.visit import (
    Asking,
    AskingIfStill,
    ChoosingLanguage,
    ColourCard,
    ComingBack,
    Confirming,
    Covered,
    Helping,
    KioskPlan,
    Leaving,
    NotSaved,
    Paused,
    PauseWords,
    Pausing,
    Practising,
    Ready,
    Recalling,
    Receipt,
    Saved,
    Saving,
    StaffDoor,
    Visit,
)
from coprod.kernel.wording import Language
from coprod.tui.kiosk import Kiosk
from coprod.tui.respondent.views import view_of
from coprod.tui.widgets.actionbar import ActionBar
from surveys.interviews.events import (
    Choose,
    ChooseEnd,
    Continue,
    GoToEnd,
    Help,
    MarkWord,
    Rank,
    Rate,
    Send,
    ThrowAway,
    Write,
)
from surveys.interviews.interview import begin, step
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.coprod.tui.pictures import check_snapshot, screen_text

MORE = load_questionnaire(Path(__file__).parent / "more_kinds.yaml")
PAUSING = {"ready-pausing", "may-pause"}
SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}


def _visits(plan: KioskPlan, language: Language) -> dict[str, Visit]:
    """Give a visit on each page there is."""
    interview = begin(
        plan.questionnaire, language, languages=plan.languages, contacts=plan.contacts, offers_words=True
    )
    visits: dict[str, Visit] = {
        "ready": Ready(),
        "staff": StaffDoor(),
        "staff-wrong": StaffDoor(is_wrong=True),
        "language": ChoosingLanguage(),
        "practice": Practising(language, "star"),
        "covered": Covered(Practising(language, is_tried=True)),
    }
    for name, events in (
        ("about-1", ()),
        ("about-2", (Continue(),)),
        ("about-3", (Continue(),)),
        ("faces", (Continue(), Choose("good"))),
        ("nothing-chosen", (Continue(), Continue())),
        ("many", (Choose("nurse"), Choose("doctor"))),
        ("ranking", (Continue(), Rank(("same", "time")))),
        ("number", (Continue(), Rate(10))),
        ("text", (Continue(), Write("They were kind.\nMore time please.", may_quote=True))),
        ("note", (Continue(),)),
        ("look-back", (GoToEnd(),)),
        ("help", (Help(),)),
    ):
        for event in events:
            interview = step(interview, event)
        visits[name] = Asking(interview, "star")
    asking = visits["look-back"]
    assert isinstance(asking, Asking)
    sent, gone = step(asking.interview, Send()), step(asking.interview, ThrowAway())
    words = ("maple", "lantern", "river", "button")
    receipt = Receipt(words, date(2026, 12, 4))
    return visits | {
        "confirm": Confirming(asking, ThrowAway()),
        "still": AskingIfStill(asking),
        "recall": Recalling(asking),
        "own-help": Helping(Confirming(asking, ThrowAway())),
        "saving": Saving(sent),
        "not-saved": NotSaved(sent),
        "words": Saved(sent, receipt),
        "words-again": Saved(sent, receipt, 1),
        "goodbye": Saved(sent, None, 2),
        "gone": Leaving(gone),
        "pastime": Leaving(gone, 2),
    }


def _more_visits(plan: KioskPlan, language: Language) -> dict[str, Visit]:
    """Give a visit on each page of the kinds that answer in parts, and on those that only say something."""
    interview = begin(MORE, language, languages=plan.languages, contacts=plan.contacts)
    visits: dict[str, Visit] = {}
    for name, events in (
        ("age", (Choose("11-15"),)),
        ("understanding", (Continue(), Continue(), Continue())),
        ("understood", (Choose("nobody"),)),
        ("cards", (*(Continue(),) * 6, Choose("b"))),
        ("best-worst", (Continue(), ChooseEnd("most", "door"), ChooseEnd("least", "same"))),
        ("break", (Continue(),)),
        ("paired", (Continue(), Choose("time"))),
        (
            "highlighter",
            (*(Continue(),) * 5, MarkWord(3, "keep"), MarkWord(8, "lose"), MarkWord(9, "confusing")),
        ),
        ("content-note", (Continue(),)),
        ("help-card", (Continue(), Rate(4), Continue())),
        ("look-back-more", (GoToEnd(),)),
    ):
        for event in events:
            interview = step(interview, event)
        visits[name] = Asking(interview, "star")
    asking = visits["content-note"]
    assert isinstance(asking, Asking)
    return visits | {
        "colour": ColourCard(asking),
        "pausing": Pausing(asking),
        "pause-failed": Pausing(asking, has_failed=True),
        "paused": Paused(language, ("maple", "lantern", "river", "button")),
        "come-back": ComingBack(),
        "come-back-wrong": ComingBack(is_wrong=True),
        "ready-pausing": Ready(),
        "may-pause": visits["break"],
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "cy"])
async def test_every_page_looks_as_it_was_looked_at(plan: KioskPlan, size: str, language: Language) -> None:
    app = Kiosk(plan, clock=lambda: 0.0)
    async with app.run_test(size=SIZES[size]) as pilot:
        visits = _visits(plan, language) | _more_visits(plan, language)
        pausing = replace(plan, pausing=PauseWords(lambda _: (), lambda _: None))
        for name, visit in visits.items():
            await app.sheet.show(view_of(visit, pausing if name in PAUSING else plan))
            await pilot.pause()
            check_snapshot(f"kiosk-{language}-{size}-{name}", screen_text(app))


@pytest.mark.parametrize("language", ["en", "cy"])
async def test_with_letters_twice_as_big_every_page_still_shows_its_question_and_every_way(
    plan: KioskPlan, language: Language
) -> None:
    """80 by 24 with letters at 200 % is 40 by 12 (WCAG 2.2, 1.4.4)."""
    app = Kiosk(plan, clock=lambda: 0.0)
    async with app.run_test(size=(40, 12)) as pilot:
        for name, visit in (_visits(plan, language) | _more_visits(plan, language)).items():
            view = view_of(visit, plan)
            await app.sheet.show(view)
            await pilot.pause()
            shown = screen_text(app)
            heading = next((text for voice, text in view.before if voice in {"heading", "big"}), "")
            assert heading.split(" ")[0] in shown, name
            bar = app.sheet.query_one(ActionBar)
            if bar.display:
                app.sheet.set_focus(bar)
                await pilot.pause()
                seen = ""
                for _ in view.ways:
                    lines = bar.lines_for(36, 0)
                    assert len(lines) <= 5
                    seen += " ".join(line.content.plain.strip() for line in lines)
                    bar.action_move(1)
                assert all(" ".join(way.label.split()) in " ".join(seen.split()) for way in view.ways), name


async def test_a_window_too_small_says_so_in_one_sentence(plan: KioskPlan) -> None:
    async with (app := Kiosk(plan)).run_test(size=(39, 11)):
        assert screen_text(app).split() == ["Please", "make", "this", "window", "bigger."]


async def test_a_window_made_bigger_in_the_middle_of_a_page_shows_what_it_would_have_shown(
    plan: KioskPlan,
) -> None:
    app = Kiosk(plan, clock=lambda: 0.0)
    async with app.run_test(size=SIZES["40x24"]) as pilot:
        for name, visit in _visits(plan, "en").items():
            await pilot.resize_terminal(*SIZES["40x24"])
            await app.sheet.show(view_of(visit, plan))
            await pilot.pause()
            await pilot.resize_terminal(*SIZES["80x24"])
            await pilot.pause()
            check_snapshot(f"kiosk-en-80x24-{name}", screen_text(app))
