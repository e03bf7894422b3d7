"""The facilitator at the desk: a questionnaire built, a session from its promise to the stick, all without a command line."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from textual.screen import Screen
from textual.widgets import Input

from coprod.journeys.asking import standing
from coprod.journeys.asking.batches import open_boxes
from coprod.journeys.asking.building import begun, toggled
from coprod.journeys.asking.sessions import bundle_session, end_session, save_interview
from coprod.journeys.asking.standing import Standing
from coprod.machine import Check
from coprod.tui.desk import Desk
from coprod.tui.desk_ends import Aside
from coprod.tui.desk_screen import MOST_KEYS, DeskScreen
from coprod.tui.facilitator import batches, building, preparing, questionnaires, sessions
from coprod.tui.facilitator.bank import BankScreen
from coprod.tui.facilitator.batches import BatchesScreen
from coprod.tui.facilitator.board import BoardScreen, PausedScreen
from coprod.tui.facilitator.building import BuildScreen
from coprod.tui.facilitator.preparing import PreparingScreen
from coprod.tui.facilitator.questionnaires import QuestionnairesScreen
from coprod.tui.facilitator.sessions import SessionsScreen
from coprod.tui.handover import Board
from coprod.tui.service.device import DeviceScreen, device_lines
from coprod.tui.widgets.actionbar import ActionBar
from coprod.workspace import Workspace, save_settings
from surveys.boxes.keys import Identity
from surveys.boxes.session import SessionPlan, load_plan, staff_word_hash
from surveys.questionnaires.bank import bank, themes
from surveys.questionnaires.questionnaire import load_questionnaire
from surveys.questionnaires.schema import questionnaire_schema
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import keyed, keys_at_once, settled, until
from tests.surveys.ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    a_plan,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    keys_at_once(monkeypatch)


@pytest.fixture
def holders() -> tuple[Identity, ...]:
    return (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holders: tuple[Identity, ...]) -> Workspace:
    for module in (preparing, questionnaires, sessions, building, batches):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    made = ready_workspace(tmp_path, monkeypatch, holders)
    monkeypatch.chdir(made.root)
    return made


def first_at(place: str) -> str:
    from surveys.questionnaires.bank import bank

    return next(one.page.id for one in bank() if one.place == place)


def checks() -> tuple[Check, ...]:
    return (
        Check("terminal", "ok", "80 by 24"),
        Check("disk encrypted", "missing", "no", "turn it on"),
        Check("offline", "look", "connected (wlan0)", "turn Wi-Fi off"),
        Check("chromium", "look", "not here", "install it"),
    )


def screens(workspace: Workspace) -> Iterator[tuple[str, Screen[None]]]:
    asked = begun("our-drop-in", "Our drop-in", "Riverside")
    builder = BuildScreen(workspace, asked, is_new=True)
    for place in ("start", "text", "end"):
        asked = toggled(asked, first_at(place))
    yield "building", BuildScreen(workspace, asked, is_new=True)
    yield "bank", BankScreen(builder)
    session = started(workspace)
    yield "board", BoardScreen(Board(session))
    yield "sessions", SessionsScreen(workspace)
    yield "batches", BatchesScreen(workspace)
    yield "device", DeviceScreen(workspace)
    yield "paused", PausedScreen("")


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_of_a_facilitator_looks_as_it_was_looked_at(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setattr("coprod.doctor.examine", lambda **_: checks())
    app = Desk(workspace)
    async with app.run_test(size=SIZES[size]) as pilot:
        for name, screen in screens(workspace):
            await app.push_screen(screen)
            check_snapshot(f"desk-{size}-{name}", await settled(pilot))
            if isinstance(screen, DeskScreen):
                assert len(screen.query_one(ActionBar).chips) <= MOST_KEYS
            app.pop_screen()
            await pilot.pause()


async def test_a_questionnaire_is_built_changed_taken_back_and_saved(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "n", *"our drop-in", "enter", "enter", "enter", "enter")
        await until(pilot, "Empty so far")
        await pilot.press("w")
        await until(pilot, "What kind of question?")
        await pilot.press("1", *"How was it here today?", "enter", "enter")
        await until(pilot, "How was it here today? (five faces)")
        await pilot.press("a", "1")
        await until(pilot, "[x]")
        await pilot.press("escape")
        await until(pilot, "2 questions")
        await pilot.press("d")
        await until(pilot, "1 question,")
        await pilot.press("u")
        await until(pilot, "2 questions")
        await pilot.press("plus", "minus", "s")
        await until(pilot, "surveys/our-drop-in.yaml")
        await pilot.press("escape", "escape")
        await until(pilot, "Which questionnaire?")
    asked = load_questionnaire(workspace.surveys / "our-drop-in.yaml")
    assert "How was it here today?" in [page.ask.en for page in asked.pages]


async def test_choices_are_changed_and_a_question_is_asked_only_after_some_answers(
    workspace: Workspace,
) -> None:
    app = Desk(workspace)
    screen = BuildScreen(workspace, begun("our-drop-in", "Our drop-in", "Us"), is_new=True)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(screen)
        await pilot.press("w", "4", *"Did you see a nurse?", "enter", "enter", *"Yes; No", "enter")
        await until(pilot, "Did you see a nurse? (one choice)")
        await pilot.press("e", "down", "down", "down", "down", "down", *"Not sure", "enter")
        await until(pilot, "Did you see a nurse?")
        await pilot.press("w", "1", *"How was she?", "enter", "enter")
        await until(pilot, "How was she? (five faces)")
        await pilot.press("i")
        await until(pilot, "Who is asked this question?")
        await pilot.press("2")
        await until(pilot, "After which of these answers")
        await pilot.press("1", "3", "s")
        await until(pilot, "you ticked “Yes” or “Not sure” at question 1")
        await pilot.press("i", "1")
        await until(pilot, "How was she? (five faces)")
        await pilot.press("u", "s")
        await until(pilot, "surveys/our-drop-in.yaml")
    first, second = load_questionnaire(workspace.surveys / "our-drop-in.yaml").pages
    assert [one.label.en for one in first.choices] == ["Yes", "No", "Not sure"]  # type: ignore[union-attr]
    assert second.relevant == "selected(${own-1}, 'choice-1') or selected(${own-1}, 'choice-3')"


async def test_what_is_not_saved_is_not_lost_by_leaving(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(40, 24)) as pilot:
        await app.push_screen(BuildScreen(workspace, begun("our-drop-in", "", ""), is_new=True))
        await pilot.press("w", "1", *"How was it?", "enter", "enter")
        await until(pilot, "How was it? (five faces)")
        await pilot.press("escape")
        await until(pilot, "It is not saved yet")
        await pilot.press("escape", "enter")
        await until(pilot, "Reword it")
        await pilot.press("1", *" And why?", "enter", "enter", "enter")
        await until(pilot, "And why? (five faces)")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("2")
        await until(pilot, "Next")
    assert not (workspace.surveys / "our-drop-in.yaml").is_file()


async def test_a_day_that_cannot_be_promised_is_refused_where_it_was_typed(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = PreparingScreen(workspace, workspace.surveys / "after-a-visit.yaml", "after-a-visit")
        await app.push_screen(screen)
        await pilot.press("o", *"Sam Rees", "enter", *"2026-12-24", "enter", "enter", "enter", "enter")
        await until(pilot, "answers must be opened by")
        await pilot.press("escape")
        await pilot.press("o", *"Sam Rees", "enter", *"soon", "enter", "enter", "enter", "enter")
        await until(pilot, "is no day")
        await pilot.press("ctrl+u", *"2026-11-25", "enter", "enter", "enter", "enter")
        await until(pilot, "Sam Rees opens the answers by")
        assert screen.plan.opener == "Sam Rees"


async def test_a_long_list_is_found_in_by_a_word(workspace: Workspace) -> None:
    asked = begun("our-drop-in", "Our drop-in", "Us")
    builder = BuildScreen(workspace, asked, is_new=True)
    wanted = next(one for one in bank() if one.theme == themes()[-1].id)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(builder)
        await app.push_screen(BankScreen(builder))
        await pilot.press("slash")
        app.screen.query_one(Input).value = wanted.page.ask.en
        await pilot.pause()
        await pilot.press("enter")
        shown = await until(pilot, f"({len(themes())} of {len(themes())})")
        marked = next(line for line in shown.splitlines() if "▸" in line)
        assert wanted.page.ask.en[:30] in marked


async def test_what_stands_in_the_way_is_mended_from_where_it_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coprod.tui.service.service.today", lambda: TODAY)
    unnamed = save_settings(workspace, replace(workspace.settings, opener="", safeguarding_lead=""))
    app = Desk(unnamed)
    async with app.run_test(size=(80, 36)) as pilot:
        path = workspace.surveys / "after-a-visit.yaml"
        await app.push_screen(PreparingScreen(unnamed, path, "after-a-visit"))
        await until(pilot, "name who will open the answers")
        await pilot.press("m", "s", "4", *"Sam Rees", "enter")
        await until(pilot, "Who opens the answers: Sam Rees")
        await pilot.press("5", *"Lee, room 2", "enter")
        await until(pilot, "Safeguarding lead: Lee, room 2")
        await pilot.press("escape", "escape")
        await until(pilot, "Sam Rees opens the answers by")
        assert "name the safeguarding lead" not in screen_text(app)


async def test_a_session_is_handed_over_paused_ended_and_carried_to_a_stick(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "sticks", lambda: ())
    stick = tmp_path / "stick"
    stick.mkdir()
    session = started(workspace)
    word = staff_word_hash("kingfisher")
    board_of = Board(type(session)(session.workspace, a_plan_with(word), session.questionnaire, session.box))
    app = Desk(workspace, board_of)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "READY for the next person")
        await pilot.press("p", *"wrong", "enter")
        await until(pilot, "not the staff word")
        assert "READY" not in screen_text(app)
        await pilot.press(*"Kingfisher", "enter")
        await until(pilot, "READY for the next person")
        await pilot.press("e", *"ten", "enter", *"8", "enter", *"2: no interpreter", "enter")
        await until(pilot, "is no count")
        await pilot.press("ctrl+u", *"10", "enter", "enter", "enter")
        await until(pilot, "The session is closed")
        await pilot.press("escape")
        await until(pilot, "No stick is plugged in")
        await pilot.press("1")
        await until(pilot, "No stick is plugged in")
        await pilot.press("2")
        await until(pilot, "into which folder?")
        await keyed(pilot, f"={stick}", "enter")
        await until(pilot, "It was read back and is whole")
    assert (stick / "monday.bundle").read_bytes() == (workspace.boxes / "monday.bundle").read_bytes()
    plan = load_plan(workspace.boxes / "monday.session")
    assert (plan.attendance.invited, plan.attendance.attended) == (10, 8)


def a_plan_with(word: str) -> SessionPlan:
    return replace(a_plan(), staff_word=word)


async def test_paper_and_tablets_step_aside_for_the_command_that_does_them(workspace: Workspace) -> None:
    started(workspace)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(SessionsScreen(workspace))
        await pilot.press("1")
        await until(pilot, "Go on with it")
        await pilot.press("3")
        await pilot.pause()
    assert isinstance(app.return_value, Aside)
    assert app.return_value.arguments[-2:] == ("--type-in", "monday")
    tablets = await _aside(
        PreparingScreen(workspace, workspace.surveys / "after-a-visit.yaml", "x"), "t", "10.0.0.2"
    )
    assert tablets.arguments[0] == "serve"
    assert tablets.arguments[-4:] == ("--host", "10.0.0.2", "--certificate", "10.0.0.2")


async def _aside(screen: Screen[None], key: str, typed: str) -> Aside:
    """Press a key, type the same into the first two fields it asks for, and give what the desk steps aside for."""
    app = Desk(None)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(screen)
        await pilot.press(key, *typed, "enter", *typed, "enter", "enter")
        await pilot.pause()
    assert isinstance(app.return_value, Aside)
    return app.return_value


async def test_a_preview_in_lines_or_on_tablets_steps_aside_for_its_command(workspace: Workspace) -> None:
    for key, command in (("l", "surveys"), ("b", "serve")):
        app = Desk(workspace)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("1")
            await until(pilot, "Which questionnaire?")
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app.return_value, Aside)
        assert app.return_value.arguments[0] == command


async def test_a_batch_is_destroyed_only_when_its_name_was_typed(
    workspace: Workspace, holders: tuple[Identity, ...]
) -> None:
    opened(workspace, holders)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(BatchesScreen(workspace))
        await pilot.press("1", *"mondays", "enter", *"Sam Rees", "enter")
        await until(pilot, "The name was not typed")
        assert (workspace.analysis / "monday.batch").exists()
        await pilot.press("ctrl+u", *"monday", "enter", "enter")
        await until(pilot, "Certificate of destruction")
    assert not (workspace.analysis / "monday.batch").exists()
    assert (workspace.out / "destroyed-monday.txt").is_file()


def opened(workspace: Workspace, holders: tuple[Identity, ...]) -> None:
    session = started(workspace)
    for _ in range(5):
        save_interview(session, an_interview(session))
    end_session(session)
    bundle_session(workspace, "monday")
    box = workspace.boxes / "monday.box"
    open_boxes(
        workspace, [box], holders[0], "monday", today=OPENING_DAY, keep_until=KEEP_UNTIL, opened_here="a test"
    )


def test_where_a_session_stands_is_said_by_what_can_be_done_with_it(
    workspace: Workspace,
) -> None:
    assert standing.sessions_of(workspace) == ()
    started(workspace)
    assert [one.state for one in standing.sessions_of(workspace)] == ["open"]
    bundle_session(workspace, "monday")
    assert [one.state for one in standing.sessions_of(workspace)] == ["ended"]
    assert (
        Standing(a_plan(), "ended").words(date(2026, 11, 27))
        == "ended, not copied yet, Sam opens it 2 days late"
    )


def test_what_a_device_lacks_stands_first_with_its_mend() -> None:
    words = [text for _, text in device_lines(checks())]
    assert words[0] == "Mend these before a session"
    assert words[1:3] == ["!!  disk encrypted: no", "    turn it on"]
    assert words.index("??  offline: connected (wlan0)") < words.index("??  chromium: not here")


async def test_the_schema_of_questionnaires_is_written_for_an_editor(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QuestionnairesScreen(workspace))
        await pilot.press("s")
        assert "questionnaire.schema.json" in await until(pilot, "Written")
    written = json.loads((workspace.out / "questionnaire.schema.json").read_text("utf-8"))
    assert written == msgspec.json.decode(msgspec.json.encode(questionnaire_schema()))
