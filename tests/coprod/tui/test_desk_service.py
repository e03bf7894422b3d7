"""The service at the desk: keys, rehearsal, settings, help lines of its own, all without a command line."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coprod.journeys.beginnings import begin_workspace
from coprod.kernel.problem import BadInputError
from coprod.machine import Check
from coprod.tui.desk import Desk
from coprod.tui.service import key_forms
from coprod.tui.service.changing import put_back
from coprod.tui.service.device import DeviceScreen
from coprod.tui.service.keys import KeysScreen
from coprod.tui.service.own_key import OwnKeyScreen
from coprod.tui.service.settings import SettingsScreen
from coprod.workspace import Workspace, load_workspace
from surveys.boxes import keys
from tests.coprod.tui.waiting import until
from tests.surveys.ready import make_identity

PASSPHRASE = "samosa rhubarb oatmeal waffle"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return begin_workspace(tmp_path / "riverside", "Riverside", "england")


def fill(app: Desk, *typed: str) -> None:
    """Write into the fields of a form, as pasting does."""
    for field, text in zip(app.screen.query(Input), typed, strict=False):
        field.value = text


async def test_a_key_holder_needs_no_workspace_to_make_a_key_and_to_know_it_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    del workspace
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await until(pilot, "You hold a key")
        assert isinstance(app.screen, OwnKeyScreen)
        await pilot.press("1")
        fill(app, str(tmp_path / "my.key"), PASSPHRASE, "another one")
        await pilot.press("enter", "enter", "enter", "enter")
        await until(pilot, "The two are not the same")
        fill(app, str(tmp_path / "my.key"), PASSPHRASE, PASSPHRASE)
        await pilot.click("#ways", offset=(2, 0))
        made = await until(pilot, "Your key is made")
        words = made.partition("Four words to know it by:")[2].splitlines()[0].strip(" │")
        await pilot.press("escape", "2")
        fill(app, str(tmp_path / "my.key"), PASSPHRASE)
        await pilot.press("enter", "enter")
        assert words in await until(pilot, "The four words of this key")
    assert keys.fingerprint(keys.read_public_half(tmp_path / "my.pub")) == words


async def test_two_who_open_only_together_are_named_as_one_key_holder(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = keys.write_public_half(tmp_path / "other.key", make_identity().public_key)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(KeysScreen(workspace))
        await pilot.press("1")
        fill(app, str(tmp_path / "my.key"), PASSPHRASE, PASSPHRASE, str(other))
        await pilot.click("#ways", offset=(2, 0))
        await until(pilot, "make a spare pair")
        await pilot.press("escape", "2")
        fill(app, "Ann and Bo", f"{tmp_path / 'my.pub'}+{other}")
        await pilot.press("enter", "enter")
        await until(pilot, "Ann and Bo may open answers")
        await pilot.press("escape", "u")
        await until(pilot, "At least 2 people")
    assert load_workspace(workspace.root).settings.key_holders == ()


async def name_holder(app: Desk, pilot: Pilot[Any], public: Path) -> None:
    """Name somebody in the workspace whose keys are on the screen."""
    await pilot.press("2")
    fill(app, public.stem, str(public))
    await pilot.press("enter", "enter")
    await until(pilot, f"{public.stem} may open answers")
    await pilot.press("escape")


async def test_a_rehearsal_goes_round_at_the_desk_and_the_device_is_known_at_the_key_holders(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holders = {name: make_identity() for name in ("ann", "bo")}
    monkeypatch.setattr(key_forms, "identity_of", lambda typed: holders[typed.key])
    theirs = begin_workspace(tmp_path / "theirs", "Riverside", "england", simulated=True)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(KeysScreen(workspace))
        for name, identity in holders.items():
            await name_holder(
                app, pilot, keys.write_public_half(tmp_path / f"{name}.key", identity.public_key)
            )
        await pilot.press("6")
        fill(app, "tablet one", str(tmp_path / "rehearsal"))
        await pilot.press("enter", "enter")
        await until(pilot, "Step 1 is done")
        await pilot.press("escape")
        app.pop_screen()
        await app.push_screen(KeysScreen(theirs))
        await pilot.press("7")
        fill(app, str(tmp_path / "rehearsal"), "ann", PASSPHRASE, str(tmp_path / "token"))
        await pilot.click("#ways", offset=(2, 0))
        await until(pilot, "tablet one is known here now")
        await pilot.press("escape")
        app.pop_screen()
        await app.push_screen(KeysScreen(workspace))
        await pilot.press("8")
        fill(app, str(tmp_path / "token"))
        await pilot.press("enter")
        await until(pilot, "Still to come: bo")
    assert [one.name for one in load_workspace(theirs.root).settings.devices] == ["tablet one"]


async def test_settings_are_changed_and_the_last_change_is_taken_back(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(SettingsScreen(workspace))
        await pilot.press("2", "2")
        await until(pilot, "apply: Wales")
        await pilot.press("3", "2")
        await until(pilot, "English and Welsh")
        await pilot.press("7", "2")
        await until(pilot, "to the nearest 5")
        await pilot.press("6", "ctrl+u", "x", "enter")
        await until(pilot, "is no number")
        await pilot.press("ctrl+u", "4", "enter")
        await until(pilot, "4 working days")
        await pilot.press("8", "enter", "enter", "enter", "enter", *"2: boys", "enter")
        await pilot.press("9")
        fill(app, "Quay line", "01632 960001")
        await pilot.click("#ways", offset=(2, 0))
        await until(pilot, "area: Quay line")
        await pilot.press("9", "2")
        await until(pilot, "area: none yet")
        await pilot.press("u")
        await until(pilot, "area: Quay line")
    now = load_workspace(workspace.root).settings
    assert (now.nation, now.languages, now.open_within_days) == ("wales", ("en", "cy"), 4)
    assert [goal.who for goal in now.quorum.mix["young-people"]] == ["boys"]


def test_a_change_made_elsewhere_meanwhile_is_not_undone_over(workspace: Workspace) -> None:
    from coprod.journeys.settings import with_line

    was = workspace.settings
    then = with_line(workspace, "opener", "Sam").settings
    with_line(workspace, "opener", "Lee")
    with pytest.raises(BadInputError, match="changed again since"):
        put_back(workspace, was, then)


async def test_the_device_can_be_looked_at_before_there_is_a_workspace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[object] = []

    def examine(workspace: Workspace | None) -> tuple[Check, ...]:
        looked.append(workspace)
        return ()

    monkeypatch.setattr("coprod.doctor.examine", examine)
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await until(pilot, "Everything is right")
        assert isinstance(app.screen, DeviceScreen)
    assert looked[0] is None
