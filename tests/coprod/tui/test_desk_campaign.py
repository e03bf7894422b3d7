"""The campaign team at the desk: writing with findings, keeping a warning with two names, rules, any file, preview."""

import time
from datetime import date
from pathlib import Path

import pytest
from textual.screen import Screen

from campaigns.materials.material import parse_material
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.checking import editing
from coprod.journeys.checking.checks import CheckBrief, check_paths
from coprod.journeys.checking.editing import begin_material, body_line, check_written, save_written, source_of
from coprod.kernel.problem import BadInputError
from coprod.tui.campaign.anyfile import AnyFileScreen, CheckedFilesScreen
from coprod.tui.campaign.editor import EditorScreen, PastedScreen, editor_for, findings_in
from coprod.tui.campaign.findings import FindingsScreen
from coprod.tui.campaign.materials import MaterialsScreen
from coprod.tui.campaign.preview import PreviewScreen
from coprod.tui.campaign.rules import RulesScreen
from coprod.tui.desk import Desk
from coprod.tui.desk_screen import MOST_KEYS, DeskScreen
from coprod.tui.widgets.actionbar import ActionBar
from coprod.tui.widgets.material_text import MaterialText
from coprod.workspace import Workspace
from tests.coprod.tui.campaign_desk import copied
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import keyed, settled, until

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}
DAY = date(2026, 11, 22)
HOSTILE = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07 \u202egnp"
BLAMING = "She put herself at risk."


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    begin_workspace(folder / "riverside", "Riverside", "england")
    return folder


@pytest.fixture
def workspace(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return copied(begun, tmp_path, monkeypatch, DAY)


def screens(workspace: Workspace) -> dict[str, Screen[None]]:
    text = source_of(workspace, "not-your-fault")
    material = parse_material(text, "material.md")
    leaflet = workspace.root / "leaflet.txt"
    leaflet.write_text(f"{BLAMING} She shows risky behaviour.\n{HOSTILE}\n", "utf-8")
    (checked,) = check_paths([str(leaflet)], workspace, CheckBrief(DAY))
    begin_material(workspace, "blank", "our-bus", DAY)
    written = source_of(workspace, "our-bus") + f"\n{BLAMING} She shows risky behaviour.\n"
    return {
        "materials": MaterialsScreen(workspace),
        "editor": EditorScreen(workspace, "our-bus", written),
        "preview": PreviewScreen("not-your-fault", editing.preview_of(workspace, material)),
        "rules": RulesScreen(),
        "anyfile": AnyFileScreen(workspace, checked),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_of_a_campaign_team_looks_as_it_was_looked_at(
    workspace: Workspace, size: str
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=SIZES[size]) as pilot:
        for name, screen in screens(workspace).items():
            await app.push_screen(screen)
            await settled(pilot)
            if name == "editor":
                await pilot.press("f3")
            if name == "rules":
                await keyed(pilot, "slash", "=risky-behaviour", "enter")
            shown = await settled(pilot)
            check_snapshot(f"desk-{size}-{name}", shown)
            assert not set(shown) & set("\x1b\x07\u202e")
            assert isinstance(screen, DeskScreen)
            assert len(screen.query_one(ActionBar).chips) <= MOST_KEYS
            app.pop_screen()
            await pilot.pause()


async def test_a_material_is_begun_written_with_findings_and_saved(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(MaterialsScreen(workspace))
        await pilot.press("n")
        await until(pilot, "Begin with what?")
        await keyed(pilot, "1", "=not-your-fault", "enter")
        await until(pilot, "There is a material")
        await keyed(pilot, "=for the bus", "enter")
        await until(pilot, "for-the-bus")
        await until(pilot, "MUST")
        await pilot.press("ctrl+end", "enter", *"She shows risky behaviour.")
        await until(pilot, "not saved yet")
        await settled(pilot)
        await pilot.press("left", "left", "left")
        await until(pilot, "Source:")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "not saved yet" not in screen_text(app)
        await pilot.press("ctrl+z", "escape")
        await until(pilot, "It is not saved yet")
        await pilot.press("2")
        await until(pilot, "Which material?")
    assert "She shows risky behaviour." in source_of(workspace, "for-the-bus")


async def test_what_is_found_is_underlined_where_it_stands(workspace: Workspace) -> None:
    app = Desk(workspace)
    text = source_of(workspace, "not-your-fault") + "\nShe shows risky behaviour.\n"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = EditorScreen(workspace, "not-your-fault", text)
        await app.push_screen(screen)
        await settled(pilot)
        area = screen.query_one(MaterialText)
        line = text.split("\n").index("She shows risky behaviour.")
        spans = area.get_line(line).spans
        assert any("risky behaviour" in area.get_line(line).plain[one.start : one.end] for one in spans)
        assert not area.get_line(line + 1).spans


async def test_what_is_copied_in_the_editor_stays_in_it_and_what_is_pasted_is_cleaned(
    workspace: Workspace,
) -> None:
    from textual.events import Paste

    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = editor_for(workspace, "not-your-fault")
        await app.push_screen(screen)
        await pilot.press("ctrl+end")
        area = screen.query_one(MaterialText)
        area.post_message(Paste(HOSTILE))
        await settled(pilot)
        assert not set(area.text) & set("\x1b\x07\u202e")
        await pilot.press("shift+home", "ctrl+c", "ctrl+end", "ctrl+v")
        assert app.clipboard == ""
        await pilot.press("ctrl+z", "ctrl+z")


async def test_a_mistake_in_the_front_matter_is_said_and_nothing_typed_is_lost(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = editor_for(workspace, "not-your-fault")
        await app.push_screen(screen)
        await settled(pilot)
        screen.query_one(MaterialText).move_cursor((2, 0))
        await pilot.press("x")
        await until(pilot, "The front matter has a mistake")
        before = screen.text
        await pilot.press("ctrl+s")
        await until(pilot, "This cannot be done yet")
        await pilot.press("escape")
        await settled(pilot)
        assert screen.text == before
    assert "xtitle" not in source_of(workspace, "not-your-fault")


async def test_a_warning_stays_only_with_a_reason_and_two_people(workspace: Workspace) -> None:
    path = workspace.campaigns / "not-your-fault" / "material.md"
    path.write_text(source_of(workspace, "not-your-fault") + "\nShe chose to go back.\n", "utf-8")
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = FindingsScreen(workspace, "not-your-fault")
        await app.push_screen(screen)
        await settled(pilot)
        assert screen.look is not None
        weights = [one.severity for one in screen.look.check.findings]
        if "block" in weights:
            screen.at = weights.index("block")
            await pilot.press("w")
            await until(pilot, "never waived")
            await pilot.press("escape")
        if "warn" in weights:
            screen.at = weights.index("warn")
            await keyed(pilot, "w", "=short", "enter", "=Ann One, lead", "enter", "=ann one, worker", "enter")
            await until(pilot, "names one person twice")
            assert not (path.parent / "decisions.yaml").exists()
            await keyed(pilot, "tab", "=Bob Two, worker", "enter")
            await until(pilot, "fewer than 20 letters")
            await keyed(pilot, "=It is a young person's own word", "enter", "enter", "enter")
            await until(pilot, "It may stay")
            assert (path.parent / "decisions.yaml").is_file()
            await pilot.press("escape")
            await until(pilot, "1 kept, as decided")
            await until(pilot, "It stays, by Ann One, lead and Bob Two, worker.")
        assert {"block", "warn"} & set(weights)


async def test_a_rule_is_found_by_a_word_and_explained(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(RulesScreen())
        await until(pilot, "Instead:")
        await keyed(pilot, "slash", "=RISKY behaviour", "enter")
        shown = await until(pilot, "with “RISKY behaviour”")
        assert "Source:" in shown


async def test_any_file_is_checked_and_one_that_is_none_says_so(workspace: Workspace) -> None:
    (workspace.root / "leaflet.txt").write_text("She shows risky behaviour.\n", "utf-8")
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(MaterialsScreen(workspace))
        await pilot.press("c")
        await until(pilot, "Check what?")
        await keyed(pilot, "1", "=nothing.txt", "enter", "enter", "enter")
        await until(pilot, "no file or folder")
        await keyed(pilot, f"={workspace.root / 'leaflet.txt'}", "enter", "=martians", "enter", "enter")
        await until(pilot, "is none")
        await keyed(pilot, "=professionals", "enter", "enter")
        shown = await until(pilot, "~~~~")
        assert "risky behaviour" in shown
        await pilot.press("w")
        await until(pilot, "check-1.html")
    assert "risky behaviour" in (workspace.out / "checks" / "check-1.html").read_text("utf-8")


async def test_words_are_found_in_the_text_one_place_after_the_other(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = editor_for(workspace, "not-your-fault")
        await app.push_screen(screen)
        await settled(pilot)
        places = []
        for _ in range(2):
            await pilot.press("ctrl+f")
            await until(pilot, "Find in the text")
            await keyed(pilot, "=YOUR FAULT", "enter")
            await settled(pilot)
            places.append(screen.query_one(MaterialText).cursor_location)
        lines = screen.text.casefold().split("\n")
        assert all(lines[row][column:].startswith("your fault") for row, column in places)
        assert places[0] != places[1]
        await pilot.press("ctrl+f")
        await until(pilot, "Find in the text")
        await keyed(pilot, "=heron-colour", "enter")
        await until(pilot, "does not stand in this text")


async def test_a_folder_is_checked_with_the_worst_file_first(workspace: Workspace) -> None:
    folder = workspace.root / "leaflets"
    folder.mkdir()
    (folder / "a-good.txt").write_text("You are not to blame.\n", "utf-8")
    (folder / "b-bad.txt").write_text("She shows risky behaviour.\n", "utf-8")
    checked = check_paths([str(folder)], workspace, CheckBrief(DAY))
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CheckedFilesScreen(workspace, checked))
        shown = await until(pilot, "2 files, 1 with a MUST")
        assert shown.index("b-bad.txt") < shown.index("a-good.txt")
        await pilot.press("1")
        await until(pilot, "~~~~")


async def test_nothing_of_a_record_about_a_young_person_is_written(workspace: Workspace) -> None:
    referral = workspace.root / "referral.txt"
    referral.write_text("She shows risky behaviour.\n", "utf-8")
    (checked,) = check_paths([str(referral)], workspace, CheckBrief(DAY, kind="record"))
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(AnyFileScreen(workspace, checked, is_record=True))
        await pilot.press("w")
        await until(pilot, "Nothing of a record is kept")
    assert not (workspace.out / "checks").exists()


async def test_pasted_words_are_checked_as_they_stand_and_kept_nowhere(workspace: Workspace) -> None:
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(PastedScreen(""))
        await pilot.press(*"She shows risky behaviour.")
        await until(pilot, "Source:")
        await pilot.press("f5")
        await until(pilot, "Leaves alone:")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, PastedScreen)
    assert before == {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}


async def test_every_finding_can_be_gone_to_also_those_about_the_whole_text(workspace: Workspace) -> None:
    begin_material(workspace, "blank", "our-bus", DAY)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = editor_for(workspace, "our-bus")
        await app.push_screen(screen)
        await settled(pilot)
        seen = []
        for _ in findings_in(screen.written):
            await pilot.press("f2")
            seen.append(screen.current)
        found = findings_in(screen.written)
        assert len(found) >= 2
        assert set(seen) == set(found)
        await pilot.press("f3")
        assert screen.current == seen[-2]


def test_a_leaflet_is_checked_in_the_time_of_a_keystroke(workspace: Workspace) -> None:
    text = source_of(workspace, "not-your-fault")
    check_written(workspace, text, DAY)
    times = []
    for number in range(8):
        begun = time.perf_counter()
        check_written(workspace, f"{text}\nAnother line, number {number}.\n", DAY)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.05


def test_a_material_never_loses_its_front_matter_by_a_slip(workspace: Workspace) -> None:
    before = source_of(workspace, "not-your-fault")
    assert before.split("\n")[body_line(before)].startswith("# ")
    slipped = f"x{before}"
    assert check_written(workspace, slipped, DAY).problems
    with pytest.raises(BadInputError, match="not there any more"):
        save_written(workspace, "not-your-fault", slipped, before)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(workspace: Workspace) -> None:
    before = source_of(workspace, "not-your-fault")
    save_written(workspace, "not-your-fault", before + "\nOne.\n", before)
    with pytest.raises(BadInputError, match="somebody has changed the file"):
        save_written(workspace, "not-your-fault", before + "\nTwo.\n", before)


@pytest.mark.parametrize("starter", ["blank", "health-staff", "lesson-pack"])
def test_every_starter_begins_a_material_that_can_be_checked(workspace: Workspace, starter: str) -> None:
    name = begin_material(workspace, starter, "A new One", DAY)
    assert name == "a-new-one"
    assert check_written(workspace, source_of(workspace, name), DAY).check is not None
    with pytest.raises(BadInputError, match="there is a material"):
        begin_material(workspace, starter, name, DAY)
