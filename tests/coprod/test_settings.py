"""What stands in `coprod.toml` can be changed one thing at a time, and nothing wrong gets into it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coprod.journeys import settings as setting
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.settings import OwnContact
from coprod.kernel.contacts import AUDIENCES
from coprod.kernel.problem import BadInputError
from coprod.workspace import MixGoal, Workspace, load_workspace

DAY = date(2026, 11, 22)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return begin_workspace(tmp_path / "riverside", "Riverside", "england")


def test_every_change_is_on_disk_and_changes_nothing_else(workspace: Workspace) -> None:
    changed = setting.with_line(workspace, "opener", " Sam\tRees ")
    changed = setting.with_nation(changed, "wales")
    changed = setting.with_languages(changed, "en cy")
    changed = setting.with_days(changed, "3")
    changed = setting.with_small_counts(changed, "rounded")
    on_disk = load_workspace(workspace.root)
    assert on_disk == changed
    now, before = on_disk.settings, workspace.settings
    assert (now.opener, now.nation, now.languages) == ("Sam Rees", "wales", ("en", "cy"))
    assert (now.open_within_days, now.small_counts) == (3, "rounded")
    assert (now.name, now.withdrawal_salt, now.quorum) == (
        before.name,
        before.withdrawal_salt,
        before.quorum,
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: setting.with_line(one, "opener", "  "), "nothing is written"),
        (lambda one: setting.with_nation(one, "france"), "none of them"),
        (lambda one: setting.with_days(one, "0"), "no number from 1 to 28"),
        (lambda one: setting.with_days(one, "soon"), "no number"),
        (lambda one: setting.with_quorum(one, ("4", "5", "5", "5"), ""), "no number from 5"),
        (lambda one: setting.with_quorum(one, ("5", "5", "5", "5"), "two boys"), "a number and who"),
        (lambda one: setting.with_contact(one, OwnContact("", "01632 960001"), DAY), "no name"),
        (lambda one: setting.with_contact(one, OwnContact("Quay line"), DAY), "nobody can reach it"),
        (lambda one: setting.with_contact(one, OwnContact("Quay line", "01632 96"), DAY), "has 7 digits"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    workspace: Workspace, change: Callable[[Workspace], Workspace], says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        change(workspace)
    assert load_workspace(workspace.root) == workspace


def test_a_panel_can_need_more_people_for_one_audience_and_some_among_them(workspace: Workspace) -> None:
    changed = setting.with_quorum(workspace, ("6", "6", "8", "6"), "2: used services like ours; 1: under 16")
    quorum = load_workspace(workspace.root).settings.quorum
    assert changed.settings.quorum == quorum
    assert [quorum.people_for(one) for one in AUDIENCES] == [6, 6, 8, 6]
    assert quorum.mix == {"young-people": (MixGoal("used services like ours", 2), MixGoal("under 16", 1))}
    assert setting.quorum_typed(changed)[1] == "2: used services like ours; 1: under 16"


def test_a_help_line_of_ones_own_is_there_unconfirmed_and_can_be_taken_out(workspace: Workspace) -> None:
    typed = OwnContact("Quay line", "01632 960001", hours="Monday to Friday, 9am to 5pm", cost="free")
    with_it = setting.with_contact(workspace, typed, DAY)
    (own,) = load_workspace(workspace.root).settings.local_contacts
    assert (own.id, own.call, own.nations) == ("quay-line", "01632 960001", ("england",))
    assert "quay-line" not in with_it.settings.confirmed
    assert setting.settings_of(with_it)[-1].value == "Quay line"
    with pytest.raises(BadInputError, match="there is one of this name"):
        setting.with_contact(with_it, typed, DAY)
    assert setting.without_contact(with_it, "quay-line").settings == workspace.settings
