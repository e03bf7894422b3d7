"""A facilitator is told what this machine lacks and how to mend it."""

from pathlib import Path

import pytest

from coprod.doctor import examine
from coprod.workspace import new_workspace


def checks(**variables):
    return {check.name: check for check in examine(variables)}


def test_every_check_that_is_not_ok_says_how_to_mend_it():
    assert all(check.mend for check in examine({}) if check.state != "ok")
    assert not any(check.mend for check in examine({}) if check.state == "ok")


def test_packages_with_common_names_are_seen_to_be_ours():
    assert all(
        checks()[f"package {name}"].state == "ok" for name in ("coprod", "surveys", "analysis", "campaigns")
    )


@pytest.mark.parametrize(("variable", "name"), [("TMUX", "tmux"), ("STY", "screen")])
def test_a_terminal_that_keeps_the_last_persons_screen_is_named(variable, name):
    check = checks(TERM="xterm", **{variable: "1"})["clearing the screen"]
    assert (check.state, name in check.found) == ("look", True)


def test_without_a_terminal_the_plain_way_is_offered():
    assert "--plain" in checks(TERM="dumb")["terminal"].mend


def test_a_tool_that_is_not_there_comes_with_its_package(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert "poppler-utils" in checks()["pdftoppm"].mend


def test_a_file_that_this_account_may_not_read_is_no_key_and_stops_nothing(tmp_path, monkeypatch):
    workspace = new_workspace(tmp_path / "w", "Riverside", "england")
    (workspace.out / "theirs.pdf").write_bytes(b"theirs")
    real = Path.read_bytes

    def unreadable(path):
        if path.name == "theirs.pdf":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    found = {check.name: check.state for check in examine({}, workspace)}
    assert found["no key among the answers"] == "ok"
