"""Home: beginning without a command line, and a mistake that costs nothing that was typed."""

from pathlib import Path

import pytest
from textual.widgets import Input

from coprod.tui.desk import Desk
from coprod.tui.dialogs import Filling
from tests.coprod.tui.pictures import screen_text
from tests.coprod.tui.waiting import until


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


async def test_a_mistake_in_a_new_workspace_keeps_what_was_typed(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "here.txt").write_text("x", "utf-8")
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", *"Quay", "enter", *"taken", "enter", "enter")
        await until(pilot, "The folder taken is not empty")
        assert isinstance(app.screen, Filling)
        assert [one.value for one in app.screen.query(Input)] == ["Quay", "taken", "england"]
        assert app.focused is app.screen.query(Input)[1]
        await pilot.press(*"-2", "enter", "enter")
        await until(pilot, "start coprod in that folder")
    assert (tmp_path / "taken-2" / "coprod.toml").is_file()


async def test_a_nation_that_is_none_is_mended_where_it_was_typed(tmp_path: Path) -> None:
    app = Desk(None)
    async with app.run_test(size=(40, 24)) as pilot:
        await pilot.press("2", *"Quay", "enter", *"quay", "enter", *"x", "enter")
        await until(pilot, "is no nation here")
        assert app.focused is app.screen.query(Input)[2]
        await pilot.press("escape")
        await pilot.pause()
        assert "Start a workspace" in screen_text(app)
    assert not (tmp_path / "quay" / "coprod.toml").is_file()


async def test_a_workspace_in_another_folder_is_opened_from_home(tmp_path: Path) -> None:
    from coprod.journeys.beginnings import begin_workspace

    begin_workspace(tmp_path / "quay", "Quay", "england")
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", *"nowhere", "enter")
        await until(pilot, "No workspace is there")
        await pilot.press("ctrl+u", *"quay/surveys", "enter")
        assert "Quay" in await until(pilot, "In this workspace")
