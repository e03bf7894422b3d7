"""The staff app: what each role sees, what is refused and why, and that nothing on it is markup or an escape code."""

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from textual.screen import Screen

from campaigns.panels.panel import seen_in
from campaigns.panels.panelfile import panel_result_bytes
from coprod.jobs import StoppedError
from coprod.journeys.asking.before import said_aloud
from coprod.journeys.asking.visit_words import written_date
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.checking.draft import Draft, DraftAnswer, DraftCheck, DraftWaiver, draft_text
from coprod.journeys.service import confirm_contacts
from coprod.journeys.understanding import reading
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.released import ReleasedCell, ReleasedTable
from coprod.kernel.yamlfile import load_yaml_text
from coprod.tui import home
from coprod.tui.analyst import sources
from coprod.tui.analyst.sources import answers_kept
from coprod.tui.campaign import findings
from coprod.tui.campaign.deciding import DecidingScreen
from coprod.tui.campaign.findings import FindingsScreen
from coprod.tui.campaign.gallery import GalleryScreen
from coprod.tui.campaign.panel_said import PanelSaidScreen
from coprod.tui.campaign.steps import StepsScreen
from coprod.tui.desk import Desk
from coprod.tui.desk_ends import Preview
from coprod.tui.desk_screen import MOST_KEYS, DeskScreen
from coprod.tui.dialogs import Message, plain_reasons
from coprod.tui.facilitator import preparing, questionnaires
from coprod.tui.facilitator.preparing import PreparingScreen
from coprod.tui.service import service
from coprod.tui.service.keys import KeysScreen
from coprod.tui.service.own_key import OwnKeyScreen
from coprod.tui.service.settings import SettingsScreen
from coprod.tui.widgets.actionbar import ActionBar
from coprod.tui.widgets.bars import bar_of, number_in, shares_of
from coprod.tui.widgets.choices import ChoiceList
from coprod.workspace import Workspace, load_workspace
from surveys.boxes.withdrawal import new_words
from surveys.questionnaires import library
from surveys.questionnaires.questionnaire import questionnaire_hash
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import settled, until

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}
DAY = date(2026, 11, 22)
SOME = ("after-a-prevention-session", "experience-of-health-services", "parents-and-carers")
HOSTILE = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07 \u202egnp"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for module in (home, preparing, findings, sources, service):
        monkeypatch.setattr(module, "today", lambda: DAY)
    monkeypatch.setattr(preparing, "now", lambda: datetime(2026, 11, 23, 14, 0))  # noqa: DTZ001  a wall clock
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    on_shelf = library.shelf
    monkeypatch.setattr(
        questionnaires, "shelf", lambda folder: tuple(one for one in on_shelf(folder) if one.name in SOME)
    )
    made = begin_workspace(tmp_path / "riverside", "Riverside", "england")
    for path in made.surveys.iterdir():
        if path.stem not in SOME:
            path.unlink()
    return made


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    listened = ["Always"] * 21 + ["Often"] * 11 + ["Never"] * 2
    said = [f"Staff were kind to me, visit {'long' if n % 2 else 'short'}" for n in range(33)] + [HOSTILE]
    pl.DataFrame({"Listened": listened, "Said": said}).write_csv(path)
    return path


RESULT = PanelResult(
    "0" * 64, "0" * 64, enough=True, reviewers="between 5 and 9", harm_raised=True,
    tables=(ReleasedTable("clear", "Is it clear?", "5 to 9", (ReleasedCell("Yes", "most or all", "banded", ""),)),),
    comments=(PanelComment("What would you change?", f"Bigger numbers {HOSTILE}"),), simulated=True,
)  # fmt: skip


def _screens(workspace: Workspace) -> dict[str, Screen[None]]:
    return {
        "facilitator": home.role_screen("facilitator", workspace),
        "campaign": home.role_screen("campaign", workspace),
        "findings": FindingsScreen(workspace, "not-your-fault"),
        "preparing": PreparingScreen(
            workspace, workspace.surveys / "after-a-prevention-session.yaml", "after-a-visit"
        ),
        "steps": StepsScreen(workspace, "not-your-fault"),
        "deciding": DecidingScreen(workspace, "not-your-fault"),
        "gallery": GalleryScreen(workspace, "not-your-fault"),
        "panel-said": PanelSaidScreen("not-your-fault", RESULT, workspace),
        "service": home.role_screen("service", workspace),
        "keys": KeysScreen(workspace),
        "settings": SettingsScreen(workspace),
        "own-key": OwnKeyScreen(),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_every_staff_screen_looks_as_it_was_looked_at(workspace: Workspace, size: str) -> None:
    app = Desk(workspace)
    async with app.run_test(size=SIZES[size]) as pilot:
        check_snapshot(f"desk-{size}-home", await settled(pilot))
        for name, screen in _screens(workspace).items():
            await app.push_screen(screen)
            check_snapshot(f"desk-{size}-{name}", await settled(pilot))
            assert not set(screen_text(app)) & set("\x1b\x07\u202e")
            assert len(screen.query_one(ActionBar).chips) <= MOST_KEYS
            app.pop_screen()
            await pilot.pause()


async def test_without_a_workspace_home_offers_the_demo_and_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        check_snapshot("desk-80x24-beginning", screen_text(app))
        await pilot.press("2", *"Quay", "enter", *"quay", "enter", "enter")
        await until(pilot, "start coprod in that folder")
        assert (tmp_path / "quay" / "coprod.toml").is_file()
        await pilot.press("escape")
        await until(pilot, "In this workspace")
        assert "Quay" in screen_text(app)


async def test_no_session_starts_before_everything_was_said_and_every_gate_is_open(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(
            PreparingScreen(workspace, workspace.surveys / "after-a-prevention-session.yaml", "after-a-visit")
        )
        await pilot.press("h")
        assert isinstance(app.screen, Message)
        assert "at least 2 people must be" in screen_text(app)
        # Even where the screen saw no gate shut, the session itself looks again.
        monkeypatch.setattr(preparing, "reasons_not_to_start", lambda *_: ())
        await pilot.press("escape", "h")
        assert "Say every line aloud" in screen_text(app)
        await pilot.press("escape", *(str(number) for number in range(1, len(said_aloud()) + 1)))
        await pilot.press("h", *"word", "enter", *"word", "enter")
        await until(pilot, "at least 2 people must be")
        assert not list(workspace.boxes.iterdir())


async def test_release_says_exactly_why_not(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(StepsScreen(workspace, "not-your-fault"))
        await until(pilot, "Release: draw it")
        await pilot.press("8")
        await until(pilot, "there is no sign-off for this material")
        assert isinstance(app.screen, Message)
        assert not list(workspace.out.iterdir())


async def test_a_panel_is_prepared_and_answered_at_the_desk(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(StepsScreen(workspace, "not-your-fault"))
        await until(pilot, "The panel's questions")
        await pilot.press("1")
        await until(pilot, "Every page can be skipped")
        folder = workspace.campaigns / "not-your-fault"
        assert (folder / "panel.yaml").is_file()
        await pilot.press("escape", "4")
        await until(pilot, "No panel's answers have been opened")
        keep_result(folder)
        await pilot.press("escape", "4")
        assert "“Make the numbers bigger.”" in await until(pilot, "in no order")
        await pilot.press("escape", "5")
        await until(pilot, "6 still to decide")
        await pilot.press("1", *"Cam Campaigns", "enter")
        await until(pilot, "5 still to decide")
        await pilot.press("u")
        await until(pilot, "6 still to decide")
        await pilot.press("1", *"Cam Campaigns", "enter")
        await until(pilot, "5 still to decide")
        await pilot.press("5")
        await until(pilot, "Partly: we did part of it")
        await pilot.press("1", *"They are", "enter")
        await until(pilot, "fewer than 20 letters")
        await pilot.press(*" twice as big now", "enter")
        await until(pilot, "4 still to decide")
    decided = (folder / "decisions.yaml").read_text("utf-8")
    assert 'reason: "They are twice as big now"' in decided


def keep_result(folder: Path) -> None:
    """Put a simulated panel's result beside a material."""
    text = (folder / "panel.yaml").read_text("utf-8")
    comment = PanelComment("What would you change?", "Make the numbers bigger.")
    result = PanelResult(
        seen_in(text), questionnaire_hash(text), enough=True, reviewers="between 5 and 9",
        harm_raised=False, tables=(), comments=(comment,), simulated=True,
    )  # fmt: skip
    (folder / "panel-result.json").write_bytes(panel_result_bytes(result))


def test_a_decisions_file_half_filled_in_reads_back_as_it_was_written() -> None:
    hostile = 'a "quote": {x} # no\\ comment'
    draft = Draft(
        approver="Cam Campaigns",
        safeguarding=DraftCheck("Sal Safe", DAY),
        comments=(DraftAnswer("a" * 16, "done", hostile),),
        waivers=(DraftWaiver("b" * 16, hostile, DAY, ("One Person", "Two Person")),),
    )
    assert load_yaml_text(draft_text(draft, ()), "decisions.yaml", Draft).value == draft


async def test_what_was_drawn_is_listed_and_a_text_is_shown(workspace: Workspace) -> None:
    folder = workspace.out / "not-your-fault"
    folder.mkdir(parents=True)
    (folder / "not-your-fault-text.txt").write_text(f"Talk to someone {HOSTILE}", "utf-8")
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(GalleryScreen(workspace, "not-your-fault"))
        await pilot.press("1")
        shown = await until(pilot, "Talk to someone")
        assert not set(shown) & set("\x1b\x07\u202e")


async def test_words_that_are_in_no_box_here_are_remembered(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        words = new_words("en").spoken()
        await pilot.press("1", "w", *words, "enter")
        shown = await until(pilot, "last day")
        assert words not in shown


async def test_a_material_with_hostile_text_is_only_text(workspace: Workspace) -> None:
    path = workspace.campaigns / "not-your-fault" / "material.md"
    path.write_text(path.read_text("utf-8") + f"\n{HOSTILE} She shows risky behaviour.\n", "utf-8")
    app = Desk(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(FindingsScreen(workspace, "not-your-fault"))
        await until(pilot, "reading age")
        for _ in range(12):
            await pilot.press("down")
            if "[/] [@click" in screen_text(app):
                break
        shown = screen_text(app)
        assert "[/] [@click=app.exit]x[/]" in shown
        assert "~~~~" in shown
        assert not set(shown) & set("\x1b\x07\u202e")


async def test_a_preview_leaves_the_desk_with_a_plan_that_keeps_nothing(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "down", "p")
        await pilot.pause()
    assert isinstance(app.return_value, Preview)
    assert app.return_value.plan.label == "preview"
    assert app.return_value.plan.save((), "en") is None


def test_every_key_of_the_desk_says_what_it_does(workspace: Workspace) -> None:
    for screen in (home.HomeScreen(None), *_screens(workspace).values()):
        assert isinstance(screen, DeskScreen)
        assert all(binding.description for binding in screen._own_bindings())


async def test_capitals_do_what_small_letters_do_since_keys_are_shown_as_capitals(
    workspace: Workspace,
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "M")
        await until(pilot, "What needs no opened answers")
        await pilot.press("J")
        await until(pilot, "The journal")


def test_bars_say_no_more_than_the_words_beside_them() -> None:
    cells = tuple(
        ReleasedCell("v", shown, "rounded", "")
        for shown in ("about 20", "about 10", "fewer than 5", "few or none", "about half", "hidden")
    )
    assert shares_of(cells) == [1.0, 0.5, None, 0.1, 0.5, None]
    assert number_in("fewer than 5") is None
    assert bar_of(0.5, 4) == "██"
    assert bar_of(2.0, 4) == "████"


async def test_keys_pressed_fast_open_one_dialog(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        for _ in range(5):
            app.screen.post_message(ChoiceList.Picked("x"))
            app.simulate_key("f")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, sources.SourcesScreen)


async def test_a_problem_names_a_file_shortly_and_anything_else_not_at_all(workspace: Workspace) -> None:
    assert plain_reasons("staff word:1:1: the two were not the same; type them again") == (
        "• The two were not the same; type them again",
    )
    assert plain_reasons(f"{workspace.boxes}/a.box:1:1: this session exists; choose another name") == (
        "• boxes/a.box: this session exists; choose another name",
    )
    assert plain_reasons("surveys/a.yaml:3:5: no such kind; say faces") == (
        "• surveys/a.yaml, line 3: no such kind; say faces",
    )


async def test_a_contact_is_confirmed_from_the_desk(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await until(pilot, "never checked here")
        await pilot.press("1")
        await until(pilot, "Read on")
        await pilot.press("2", "1")
        await until(pilot, "Not yet")
        await pilot.press("1")
        await until(pilot, f"checked {written_date(DAY, 'en')}")
        assert load_workspace(workspace.root).settings.confirmed == {"emergency": DAY}
        await pilot.press("u")
        await until(pilot, "999: never checked here")
    assert load_workspace(workspace.root).settings.confirmed == {}


async def test_a_contact_checked_too_long_ago_says_what_to_do(workspace: Workspace) -> None:
    confirm_contacts(workspace, ["childline"], DAY - timedelta(days=181))
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("4")
        assert "!!  Childline" in await until(pilot, "; check it again")


def test_answers_live_in_a_process_that_ends_when_they_are_closed(answers: Path) -> None:
    kept = answers_kept(answers, lambda companion: companion.keep(reading.read_file, str(answers)))
    assert [one.key for one in kept.read.questions] == ["Listened", "Said"]
    assert len(kept.held.ask(reading.texts_of, "Said")) == 34
    with pytest.raises(StoppedError, match="there is no text column"):
        kept.held.ask(reading.texts_of, "Nothing")
    kept.close()
    with pytest.raises(StoppedError, match="Open them again"):
        kept.held.ask(reading.about)


def test_a_file_that_cannot_be_read_leaves_no_process_behind(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"missing\.csv"):
        answers_kept(tmp_path, lambda companion: companion.keep(reading.read_file, "missing.csv"))
