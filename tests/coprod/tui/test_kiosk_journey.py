"""A young person's whole way through the kiosk, and what is left of them afterwards: nothing."""

import gc
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from coprod.journeys.asking.drafts import pause_words
from coprod.journeys.asking.visit import (
    AskingIfStill,
    ComingBack,
    Covered,
    KioskPlan,
    NotSaved,
    Paused,
    Practising,
    Ready,
    Receipt,
    Saved,
    Saving,
    StaffDoor,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, MainRecord, Rated, Record, TextRecord
from coprod.kernel.wording import Language
from coprod.tui.kiosk import QUIET_SECONDS, Kiosk
from coprod.tui.widgets.actionbar import ActionBar
from coprod.tui.widgets.prose import Prose
from surveys.boxes import withdrawal
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.coprod.tui.conftest import HERE, Kept
from tests.coprod.tui.pictures import screen_text
from tests.coprod.tui.waiting import keys_at_once, settled, until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    keys_at_once(monkeypatch)


def _holders(word: str) -> list[str]:
    """Give every place in this process that still holds a text with the word in it."""
    gc.collect()
    found = []
    for one in gc.get_objects():
        for held in gc.get_referents(one):
            # The test itself knows the bare word; what was typed had an x before it.
            if isinstance(held, str) and f"x{word}" in held:
                found.append(f"{type(one).__module__}.{type(one).__name__}")  # noqa: PERF401  reads better
    return found


async def _nobody_holds(word: str, pilot: Pilot[Any]) -> None:
    """Wait until nothing holds the word any more: forgetting begins once the ready page is painted."""
    held = _holders(word)
    for _ in range(20):
        if not held:
            return
        await pilot.pause(0.1)
        held = _holders(word)
    pytest.fail(f"still held by {held}")


async def test_a_whole_visit_by_keys_and_touch_reaches_the_box_and_nothing_stays(
    plan: KioskPlan, kept: Kept, canary: str
) -> None:
    word = canary
    app = Kiosk(plan)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#before", offset=(4, 6))
        await pilot.press("1", "4", "enter", "enter", "enter", "enter")
        await pilot.press("4", "enter")  # faces, by number
        await pilot.press("down", "space", "enter")  # choose many, by arrow
        await pilot.press("2", "1", "enter")  # ranking, in the order pressed
        await until(pilot, "Very easy")
        await pilot.click("#numbers", offset=(62, 2))  # 10, by touch
        await pilot.press("enter")
        await pilot.press("x", *word)
        await pilot.press("tab", "space", "tab", "enter")
        await pilot.press("enter")
        assert word not in screen_text(app)
        await pilot.press("y")
        await until(pilot, "lantern")
        await pilot.press("enter", "enter", "enter")
        assert isinstance(app.visit, Ready)
        main, text = kept.records.pop()
        assert isinstance(main, MainRecord)
        assert main.replies["felt"] == Chosen(("good",))
        assert main.replies["who"] == Chosen(("nurse",))
        assert main.replies["order"] == Chosen(("door", "time"))
        assert main.replies["easy"] == Rated(10)
        assert text == TextRecord("0" * 64, "change", f"x{word}", may_quote=True)
        del main, text
        await _nobody_holds(word, pilot)


async def test_it_hides_when_another_window_comes_to_the_front(plan: KioskPlan) -> None:
    async with (app := Kiosk(plan, clock=lambda: 0.0)).run_test() as pilot:
        await pilot.press("enter", "1", "enter")
        await app.on_app_blur()
        assert isinstance(app.visit, Ready)
        await pilot.press("enter")
        assert isinstance(app.visit, Ready), "a key right after hiding opens nothing"


async def test_stillness_warns_covers_and_the_picture_brings_the_answers_back(plan: KioskPlan) -> None:
    time = [0.0]
    app = Kiosk(plan, clock=lambda: time[0])
    async with app.run_test() as pilot:
        await pilot.press("enter", "1", "4", "enter", "enter", "enter", "enter", "2")
        time[0] += plan.warn_after
        await app.look_at_the_clock()
        assert isinstance(app.visit, AskingIfStill)
        time[0] += plan.cover_after - plan.warn_after
        await app.look_at_the_clock()
        assert isinstance(app.visit, Covered)
        await pilot.pause()
        covered = screen_text(app)
        time[0] += QUIET_SECONDS
        await pilot.press("enter", "4")
        assert "2  ●    (._.)" in screen_text(app)
        await pilot.press("f12")
        time[0] += QUIET_SECONDS
        await pilot.pause()
        assert screen_text(app) == covered


async def test_hiding_while_it_is_being_saved_saves_once_and_the_picture_brings_the_words(
    plan: KioskPlan, kept: Kept
) -> None:
    may_save = threading.Event()

    def slow(records: tuple[Record, ...], words_in: Language | None) -> Receipt | None:
        may_save.wait(10)
        return kept.save(records, words_in)

    time = [0.0]
    app = Kiosk(replace(plan, save=slow), clock=lambda: time[0])
    async with app.run_test() as pilot:
        await pilot.press("enter", "1", "4", "enter", "enter", "enter", "enter", "1", "e", "y", "f12")
        covered = await until(pilot, "Ready / Barod")
        time[0] += QUIET_SECONDS
        await pilot.press("enter", "4")
        assert isinstance(app.visit, Saving)
        await pilot.press("f12")
        may_save.set()
        await settled(pilot)
        time[0] += QUIET_SECONDS
        assert await until(pilot, "Ready / Barod") == covered
        await pilot.press("enter", "4")
        await until(pilot, "lantern")
    assert len(kept.records) == 1


async def test_a_full_disk_is_told_and_can_be_tried_again(plan: KioskPlan, kept: Kept) -> None:
    def refuse(*_: object) -> None:
        raise BadInputError.of(Path("box"), "could not be written", "make room")

    app = Kiosk(replace(plan, save=refuse))
    async with app.run_test() as pilot:
        await pilot.press("enter", "1", "enter", "enter", "enter", "enter", "1", "e", "y")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.visit, NotSaved)
        app.plan = replace(plan, save=kept.save)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.visit, Saved)
        assert len(kept.records) == 1


async def test_the_practice_page_lets_you_try(plan: KioskPlan) -> None:
    time = [0.0]
    app = Kiosk(plan, clock=lambda: time[0])
    async with app.run_test() as pilot:
        await pilot.press("enter", "1", "f12")
        assert isinstance(app.visit, Covered)
        time[0] += QUIET_SECONDS
        await pilot.press("enter")
        back: object = app.visit
        assert back == Practising("en", is_tried=True)


async def test_there_is_no_palette_no_quit_no_picture_no_clipboard(
    plan: KioskPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Kiosk(plan)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+s")
        app.copy_to_clipboard("x")
        app.action_screenshot()
        app.action_suspend_process()
        assert isinstance(app.visit, Ready)
        assert app.clipboard == ""
        assert app.is_running
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240  the app has ended


async def test_one_hand_on_arrows_and_enter_reaches_every_way_and_answers_every_kind(plan: KioskPlan) -> None:
    more = replace(plan, questionnaire=load_questionnaire(HERE / "more_kinds.yaml"), languages=("en",))
    app = Kiosk(more)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *("down",) * 6, "down", "enter")  # past the pictures, to Continue
        await pilot.press("down", "enter", "enter")  # the age band
        await pilot.press("enter", "enter")  # what this is, who reads it
        for _ in range(3):
            await pilot.press("down", "enter", "enter")  # the understanding check
        await pilot.press("enter")  # start
        await pilot.press("right", "right", "enter", "enter")  # cards
        await pilot.press("down", "enter", "down", "enter", "enter")  # best, worst
        await pilot.press("enter")  # a break
        for _ in range(3):
            await pilot.press("right", "enter", "enter")  # pairs
        assert "Which words feel right" in screen_text(app)
        await pilot.press(
            "down", "down", "down", "right", "enter"
        )  # past the passage, to the second way: skip
        assert "The next part" in screen_text(app)
        await pilot.press("down", "right", "enter")
        assert "If you want to talk" in screen_text(app), "the part was skipped"


async def test_the_left_hand_alone_answers_by_number_and_goes_on_by_tab_and_space(plan: KioskPlan) -> None:
    async with (app := Kiosk(plan)).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "1", "tab", "space", "enter", "enter", "enter")
        await pilot.press("4", "tab", "space")
        assert "Who listened to you?" in screen_text(app)
        await pilot.press("1", "tab", "tab", "space")
        assert "What should come first?" in screen_text(app), "the second way: skip"


async def test_whoever_pauses_comes_back_with_four_words_to_where_they_were(  # noqa: PLR0915  a journey is long
    plan: KioskPlan, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: str
) -> None:
    monkeypatch.setattr(withdrawal, "MEMORY_KIBIBYTES", 64)
    time = [0.0]
    shelf = tmp_path / "monday.drafts"
    app = Kiosk(replace(plan, pausing=pause_words(plan, shelf)), clock=lambda: time[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "1", "enter", "enter", "enter", "enter", "4", "enter", "s", "s", "s")
        await pilot.press("x", *canary)
        await pilot.press("tab", "space", "shift+tab")
        pause = next(way for way in app.sheet.view.ways if way.key == "P")
        app.sheet._act(pause.act)
        await pilot.pause()
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.visit, Paused)
        words = " ".join(app.visit.words)
        assert canary.encode() not in shelf.read_bytes()
        await pilot.press("enter")
        assert isinstance(app.visit, Ready)
        await _nobody_holds(canary, pilot)
        time[0] += QUIET_SECONDS
        await pilot.press("f3", *"not the right words", "enter")
        await settled(pilot)
        await pilot.pause()
        assert "open nothing here" in screen_text(app)
        await pilot.press(*words, "enter")
        await settled(pilot)
        await pilot.pause()
        assert f"x{canary}" in screen_text(app)
        await pilot.press("tab", "tab", "enter", "enter", "y")
        await settled(pilot)
        (main, text) = kept.records.pop()
        assert isinstance(main, MainRecord)
        assert main.replies["felt"] == Chosen(("good",))
        assert text == TextRecord("0" * 64, "change", f"x{canary}", may_quote=True)


async def test_one_hand_is_enough_for_a_whole_interview(plan: KioskPlan, kept: Kept) -> None:
    app = Kiosk(plan)
    async with app.run_test(size=(80, 24)) as pilot:

        async def do(action: str) -> None:
            """Go to an action with Tab and an arrow alone, and press Enter on it."""
            bar = app.sheet.query_one(ActionBar)
            for _ in range(4):
                if app.focused is bar:
                    break
                await pilot.press("tab")
            for _ in bar.chips:
                if bar.chips[bar.caret].label.startswith(action):
                    break
                await pilot.press("right")
            assert bar.chips[bar.caret].label.startswith(action), action
            await pilot.press("enter")
            await pilot.pause()

        await pilot.press("enter", "down", "enter", "down", "enter")
        for action in ("Continue", "Continue", "Continue", "Start", "Help", "Back", "I'd rather", "Skip"):
            await do(action)
        await do("Go to the end")
        await do("Send")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.visit, Saved)
    assert len(kept.records) == 1


async def test_the_foot_of_the_ready_page_can_be_tapped_and_both_doors_can_be_left_by_a_tap(
    plan: KioskPlan, tmp_path: Path
) -> None:
    app = Kiosk(replace(plan, pausing=pause_words(plan, tmp_path / "monday.drafts")), clock=lambda: 0.0)
    async with app.run_test(size=(80, 24)) as pilot:
        foot = app.screen.query_one("#notice", Prose)
        shown = next(line for line in screen_text(app).splitlines() if "F2 staff" in line)
        left = foot.content_region.x
        for name, door in (("F2 staff", StaffDoor), ("F3 pause words", ComingBack)):
            app.asleep_until = -1.0
            await pilot.click("#notice", offset=(shown.index(name) - left + 1, 0))
            await pilot.pause()
            assert isinstance(app.visit, door), name
            await pilot.click("#door")
            assert isinstance(app.visit, door), "a tap in the box is for typing"
            await pilot.click("#after")
            await pilot.pause()
            assert isinstance(app.visit, Ready)
        app.asleep_until = -1.0
        await pilot.click("#before", offset=(4, 6))
        await pilot.pause()
        assert not isinstance(app.visit, Ready | StaffDoor | ComingBack)
