"""A panel's round at the desk: questions, handing round, what was said, answers, showing back, two versions, files drawn."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen

from campaigns.panels.panelfile import load_panel_result
from campaigns.render import draw
from coprod.journeys.asking.sessions import end_session_named, save_interview, start_session
from coprod.journeys.checking import editing
from coprod.journeys.checking.checks import CheckBrief, check_paths
from coprod.journeys.checking.comparing import prepare_comparison
from coprod.journeys.checking.deciding import deciding_of
from coprod.journeys.checking.panels import open_panel, prepare_panel, run_panel
from coprod.journeys.checking.rounds import panel_now
from coprod.kernel.document import Document, Heading, Paragraph, plain
from coprod.tui.campaign.anyfile import CheckedFilesScreen
from coprod.tui.campaign.caring import CareScreen
from coprod.tui.campaign.comparing import ComparingScreen
from coprod.tui.campaign.deciding import DecidingScreen
from coprod.tui.campaign.drawn import DrawnScreen
from coprod.tui.campaign.editor import PastedScreen
from coprod.tui.campaign.gallery import GalleryScreen
from coprod.tui.campaign.panel_said import PanelSaidScreen
from coprod.tui.campaign.questions import QuestionsScreen, way_back
from coprod.tui.campaign.showing import ShownBackScreen
from coprod.tui.campaign.steps import StepsScreen
from coprod.tui.desk import Desk
from coprod.tui.desk_ends import HandOver, Preview
from coprod.tui.desk_screen import MOST_KEYS, DeskScreen
from coprod.tui.widgets.actionbar import ActionBar
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.picture import Picture
from coprod.workspace import Workspace, save_settings
from surveys.boxes.keys import Identity
from surveys.boxes.session import Attendance
from surveys.interviews.interview import records
from tests.campaigns.sample_cases import good_folder
from tests.coprod.test_panels import interview_with
from tests.coprod.tui.campaign_desk import copied, on_day
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import keyed, settled, until
from tests.surveys.ready import OPENING_DAY, TODAY, a_plan, make_identity, ready_workspace

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}
NAME = "not-your-fault"
LATER = OPENING_DAY + timedelta(days=9)
CANARY = "The heron-colour is too dark (simulated)."
HOSTILE = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07 \u202egnp"


@pytest.fixture(scope="module")
def holders() -> tuple[Identity, Identity]:
    return make_identity(), make_identity()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, holders: tuple[Identity, Identity]) -> Path:
    """The folder of a workspace that is ready for a panel, made once."""
    folder = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patched:
        made = ready_workspace(folder, patched, holders)
        good_folder(made.campaigns)
        save_settings(made, replace(made.settings, opener="Sam Opener"))
    return folder


@pytest.fixture
def workspace(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return copied(ready, tmp_path, monkeypatch, TODAY)


def reviewed(workspace: Workspace, holders: tuple[Identity, Identity], *answers: dict[str, str]) -> None:
    """Have people answer the panel's questions in a session, and open what they said."""
    run_panel(
        workspace,
        NAME,
        lambda asked: [interview_with(asked, one) for one in answers],
        a_plan("panel"),
        holders[0],
        TODAY,
    )


CALM = {"harm": "could-not", "verdict": "use-it"}


def drawn_pdf(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    words = (Heading(1, plain("Not your fault")), Paragraph(plain("You can talk to somebody.")))
    path = folder / "sheet.pdf"
    path.write_bytes(draw(Document("Not your fault", "en", words), "report-pdf"))
    return path


def screens(workspace: Workspace) -> dict[str, Screen[None]]:
    path = prepare_panel(workspace, NAME, TODAY)
    other = workspace.root / "other.md"
    other.write_text(
        editing.source_of(workspace, NAME).replace("You may have gone back.", "They went back."), "utf-8"
    )
    prepare_comparison(workspace, NAME, str(other), TODAY)
    leaflet = workspace.root / "leaflet.txt"
    leaflet.write_text(f"She shows risky behaviour.\n{HOSTILE}\n", "utf-8")
    told = workspace.root / "you-said-we-did.txt"
    told.write_text(f"You said, we did\n\nWe did it. {HOSTILE}\n", "utf-8")
    return {
        "questions": QuestionsScreen(workspace, path, f"panel-{NAME}", "7 words.", way_back(workspace, NAME)),
        "comparing": ComparingScreen(workspace, NAME),
        "shown-back": ShownBackScreen(workspace, NAME, (told,)),
        "checked-files": CheckedFilesScreen(
            workspace, check_paths([str(leaflet)], workspace, CheckBrief(TODAY))
        ),
        "pasted": PastedScreen(""),
        "drawn": DrawnScreen(workspace, drawn_pdf(workspace.out / NAME)),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_of_a_round_looks_as_it_was_looked_at(workspace: Workspace, size: str) -> None:
    app = Desk(workspace)
    async with app.run_test(size=SIZES[size]) as pilot:
        for name, screen in screens(workspace).items():
            await app.push_screen(screen)
            shown = await settled(pilot)
            check_snapshot(f"desk-{size}-{name}", shown)
            assert not set(shown) & set("\x1b\x07\u202e")
            assert isinstance(screen, DeskScreen)
            assert len(screen.query_one(ActionBar).chips) <= MOST_KEYS
            assert all(one.description for one in screen._own_bindings())
            app.pop_screen()
            await pilot.pause()
        await app.push_screen(CareScreen(("yes", "no", "yes", "no")))
        check_snapshot(f"desk-{size}-care", await settled(pilot))


async def handed_over(workspace: Workspace) -> HandOver:
    """Make a panel's questions, tick what is said aloud, and hand the device over, from the steps."""
    app = Desk(workspace)
    async with app.run_test(size=(100, 50)) as pilot:
        await app.push_screen(StepsScreen(workspace, NAME))
        await until(pilot, "The panel's questions")
        await pilot.press("1")
        await until(pilot, "Every page can be skipped")
        await pilot.press("escape")
        await until(pilot, "▸▸ Hand it round")
        await pilot.press("2")
        await until(pilot, "Say this aloud")
        for one in app.screen.query_one(ChoiceList).choices:
            app.screen.post_message(ChoiceList.Picked(one.id))
        await until(pilot, "Everything is ready")
        await pilot.press("h")
        await until(pilot, "A word only staff know")
        await keyed(pilot, "=heron", "enter", "=heron", "enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if app.return_value is not None:
                break
    assert isinstance(app.return_value, HandOver)
    return app.return_value


async def test_a_panel_is_handed_round_from_the_steps_and_the_desk_comes_back_to_them(
    workspace: Workspace, holders: tuple[Identity, Identity]
) -> None:
    end = await handed_over(workspace)
    session = end.board.session
    for said in ({"words-to-change": CANARY}, *[CALM] * 5):
        end.board.save(records(interview_with(session.questionnaire, said), session.plan.questionnaire), None)
    assert canary_in(workspace) == set(), "only the sealed box holds it"
    app = Desk(workspace, end.board, back=end.back)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Five or more have finished")
        await pilot.press("escape", "escape")
        await until(pilot, "goes on: hand over again, or end it")
        assert isinstance(app.screen, StepsScreen)
        end_session_named(workspace, session.plan.name, Attendance())
        open_panel(workspace, NAME, holders[0], LATER)
        await pilot.press("4")
        await until(pilot, "heron-colour")
    assert all(place.startswith(f"campaigns/{NAME}/") for place in canary_in(workspace))


def canary_in(workspace: Workspace) -> set[str]:
    """Give the files of a workspace, and of the folder around it, that hold the canary's words or are named so."""
    words = "heron-colour"
    around = workspace.root.parent
    return {
        path.relative_to(workspace.root if path.is_relative_to(workspace.root) else around).as_posix()
        for path in around.rglob("*")
        if words in path.name or (path.is_file() and words.encode() in path.read_bytes())
    }


async def test_a_panel_that_saw_harm_is_answered_looked_after_and_shown_its_page(
    workspace: Workspace, holders: tuple[Identity, Identity], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"harm": "perhaps", "words-to-change": CANARY}
    reviewed(workspace, holders, said, *[CALM] * 5)
    on_day(monkeypatch, LATER)
    result = load_panel_result(workspace.campaigns / NAME / "panel-result.json")
    assert result is not None
    app = Desk(workspace)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.push_screen(PanelSaidScreen(NAME, result, workspace))
        shown = await until(pilot, "0 of 1 comments are answered")
        assert "!!  Somebody said this could harm someone" in shown
        assert "··  not noted yet: the panel was paid" in shown
        await pilot.press("a")
        await until(pilot, "7 still to decide")
        await decided_everything(pilot)
        await until(pilot, "1 still to decide")
        await pilot.press("n", "enter")
        await until(pilot, "We did it.")
        await keyed(pilot, "w", "=Pat Worker", "enter")
        await until(pilot, "Pat Worker showed it")
        await pilot.press("escape", "escape")
        await until(pilot, "Everything is decided")
        await pilot.press("escape")
        shown = await until(pilot, "that is answered")
        assert "!!  NOT MET: there was a break" in shown
        assert "ok  the panel was shown what was done" in shown
    assert all(one.is_done for one in deciding_of(workspace, NAME, LATER).open)
    now = panel_now(workspace, NAME, LATER)
    assert now is not None
    assert now.answers.shown_back
    assert now.saw_this


async def decided_everything(pilot: Pilot[Any]) -> None:
    """Take every decision of a panel's round by keys alone; what is asked is known by its place."""
    for place, name in ((1, "Kit Approver"), (2, "Sal Safe"), (3, "Fay Facts")):
        await keyed(pilot, str(place), f"={name}", "enter")
        await until(pilot, f"{7 - place} still to decide")
    await pilot.press("4")
    await until(pilot, "How was the panel looked after?")
    await pilot.press("1", "2", "4", "5")
    await until(pilot, "Who was there")
    await keyed(pilot, "=Pat Worker", "enter", "=Everybody wanted to go on and said so.", "enter")
    await until(pilot, "3 still to decide")
    await keyed(pilot, "5", "=We made the colour lighter for everybody.", "enter", "=Sal Safe", "enter")
    await until(pilot, "2 still to decide")
    await pilot.press("6")
    await until(pilot, "Partly: we did part of it")
    await keyed(pilot, "1", "=It is much lighter now, see the page.", "enter")


async def test_nothing_is_ticked_beforehand_and_a_click_does_what_a_key_does(workspace: Workspace) -> None:
    app = Desk(workspace)
    given: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CareScreen(()), given.append)
        assert "[x]" not in await settled(pilot)
        rows = screen_text(app).splitlines()
        for words in ("They were paid", "There was a break", "That is how it was"):
            at = next(number for number, row in enumerate(rows) if words in row)
            await pilot.click(offset=(20, at))
            await pilot.pause()
    assert given == ["yes no yes no"]


async def test_new_questions_are_never_made_over_sealed_answers_unasked(workspace: Workspace) -> None:
    path = prepare_panel(workspace, NAME, TODAY)
    session = start_session(workspace, path, a_plan("panel"), TODAY)
    save_interview(session, records(interview_with(session.questionnaire, CALM), session.plan.questionnaire))
    before = path.read_text("utf-8")
    text = editing.source_of(workspace, NAME)
    editing.save_written(workspace, NAME, text.replace("gone back", "come back"), text)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(StepsScreen(workspace, NAME))
        await until(pilot, "make them again")
        await pilot.press("1")
        await until(pilot, "are sealed in panel")
        await pilot.press("1")
        await settled(pilot)
        assert path.read_text("utf-8") == before
        await pilot.press("1", "2")
        await until(pilot, "Every page can be skipped")
    assert path.read_text("utf-8") != before


async def test_two_versions_stand_beside_each_other_before_anybody_is_asked(workspace: Workspace) -> None:
    other = workspace.root / "before.md"
    other.write_text(
        editing.source_of(workspace, NAME).replace("You may have gone back.", "They went back."), "utf-8"
    )
    app = Desk(workspace)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.push_screen(StepsScreen(workspace, NAME))
        await until(pilot, "The panel's questions")
        await pilot.press("c")
        await until(pilot, "Nothing is compared yet")
        await pilot.press("2")
        await until(pilot, "First choose the other version")
        await pilot.press("escape", "1")
        await until(pilot, "Beside which other version?")
        await keyed(pilot, "2", f"={other}", "enter")
        shown = await until(pilot, "One pair differs")
        row = next(line for line in shown.splitlines() if "They went back." in line)
        assert "You may have gone back." in row
        await pilot.press("2")
        await until(pilot, "which one says it better?")


async def test_a_preview_of_the_questions_comes_back_to_them(workspace: Workspace) -> None:
    path = prepare_panel(workspace, NAME, TODAY)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QuestionsScreen(workspace, path, "panel", "", way_back(workspace, NAME)))
        await until(pilot, "Every page can be skipped")
        await pilot.press("p")
        await until(pilot, "To come back")
        await pilot.press("enter")
        await pilot.pause()
    assert isinstance(app.return_value, Preview)
    assert app.return_value.back is not None
    again = Desk(workspace, back=app.return_value.back)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Every page can be skipped")
        await pilot.press("escape")
        await until(pilot, "From the check to the wall")


async def test_a_drawn_page_is_shown_as_a_picture_and_as_words(workspace: Workspace) -> None:
    path = drawn_pdf(workspace.out / NAME)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(GalleryScreen(workspace, NAME))
        await pilot.press("1")
        await until(pilot, "▀▀▀▀")
        picture = app.screen.query_one(Picture)
        await settled(pilot)
        assert len(picture.rows[0]) >= 70
        assert len(set(picture.rows[2])) >= 1
        await pilot.press("end")
        await until(pilot, "You can talk to somebody.")
        await pilot.press("o")
        await until(pilot, "is open in its own program")
        await pilot.press("escape", "n")
        await until(pilot, "no other page")
    path.write_bytes(b"%PDF-1.7 broken")
    async with Desk(workspace).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DrawnScreen(workspace, path))
        await until(pilot, "This cannot be done yet")


async def test_what_a_sign_off_from_elsewhere_says_can_be_asked_at_the_desk(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 30)) as pilot:
        await app.push_screen(StepsScreen(workspace, NAME))
        await until(pilot, "The panel's questions")
        await keyed(pilot, "v", "=AAAAA-AAAAA", "enter", "=nothing.json", "enter", "enter")
        await until(pilot, "there is no such file")


async def test_a_decision_is_undone_and_with_nothing_to_undo_it_says_so(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DecidingScreen(workspace, NAME))
        await until(pilot, "3 still to decide")
        await pilot.press("u")
        await until(pilot, "Nothing to undo")
        await keyed(pilot, "escape", "1", "=Kit Approver", "enter")
        await until(pilot, "2 still to decide")
        await pilot.press("u")
        await until(pilot, "3 still to decide")
