"""A workspace is one folder whose settings a youth worker can edit."""

from datetime import date

import pytest
from msgspec.structs import replace

from coprod.kernel.problem import BadInputError
from coprod.workspace import Device, KeyHolder, find_workspace, load_workspace, new_workspace, save_settings


@pytest.fixture
def workspace(tmp_path):
    return new_workspace(tmp_path / "riverside", "Riverside", "wales")


def test_a_new_workspace_is_found_again_from_any_folder_in_it(workspace):
    inside = workspace.surveys / "deep"
    inside.mkdir()
    assert find_workspace(inside) == workspace
    assert find_workspace(workspace.root.parent) is None


def test_a_folder_that_holds_something_is_never_made_into_a_workspace(workspace):
    with pytest.raises(BadInputError, match="not empty"):
        new_workspace(workspace.root, "Again", "england")


def test_settings_come_back_as_saved_and_a_persons_remarks_stay(workspace):
    path = workspace.root / "coprod.toml"
    path.write_text(path.read_text("utf-8").replace("# Who opens", "# Ask Sam. Who opens"), "utf-8")
    holder = KeyHolder("Sam", "age1" + "q" * 58)
    wanted = replace(
        workspace.settings, key_holders=(holder,), confirmed={"childline": date(2027, 1, 5)}, opener="Sam"
    )
    save_settings(workspace, wanted)
    assert load_workspace(workspace.root).settings == wanted
    assert "# Ask Sam. Who opens" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "replacement", "told"),
    [
        (
            'nation = "wales"',
            'nation = "walse"',
            r"coprod\.toml:9:10: `walse` does not fit here; did you mean `wales`\?",
        ),
        ('opener = ""', 'openr = ""', r"`openr` is not known here; did you mean `opener`\?"),
        ("key_holders = []", 'key_holders = [{name = "Sam", public_key = "x"}]', "copy the whole public key"),
        ('opener = ""', 'opener = ""\nopener = "Sam"', r"coprod\.toml:\d+:\d+: this name comes twice"),
        ("open_within_days = 2", "open_within_days = " + "[" * 3_000, "this nests too deeply"),
        ("open_within_days = 2", "open_within_days = two", r"coprod\.toml:\d+:\d+: this is not TOML"),
        (
            "young_people = 5",
            "young_people = 2",
            r"coprod\.toml:\d+:16: `2` does not fit here; write 5 or more",
        ),
        ('name = "Riverside"', "", "`name` is missing"),
    ],
)
def test_a_slip_in_the_settings_is_told_with_its_line(workspace, line, replacement, told):
    path = workspace.root / "coprod.toml"
    text = path.read_text("utf-8")
    assert line in text
    path.write_text(text.replace(line, replacement), "utf-8")
    with pytest.raises(BadInputError, match=told):
        load_workspace(workspace.root)


def test_two_workspaces_never_share_a_salt(tmp_path):
    salts = {new_workspace(tmp_path / str(n), "x", "england").settings.withdrawal_salt for n in range(5)}
    assert len(salts) == 5


def test_settings_that_change_shape_again_and_again_come_back_as_saved(workspace):
    """A list that was empty, became tables and is empty again must not slip into the table above it."""
    holder = KeyHolder("Sam", "age1" + "q" * 58)
    device = Device("laptop", "0" * 64, (holder.public_key,))
    for holders, devices in [
        ((holder,), (device,)),
        ((), (device,)),
        ((holder, holder), ()),
        ((), ()),
        ((holder,), (device,)),
    ]:
        wanted = replace(workspace.settings, key_holders=holders, devices=devices, opener="Sam")
        save_settings(workspace, wanted)
        assert load_workspace(workspace.root).settings == wanted
