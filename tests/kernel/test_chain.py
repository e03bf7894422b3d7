"""To whoever answers for what was decided: a line that was not called saved is not there, and none is lost to another."""

import errno
import os
from pathlib import Path

import pytest

from coprod.kernel.chain import Chain, add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.jsonl"


@pytest.fixture
def held(path: Path) -> Chain:
    return add_lines(path, start_chain(path, b'{"format":1}'), [b'{"number":1}', b'{"number":2}'])


def test_a_disk_that_fails_in_the_middle_leaves_the_file_as_it_was(
    path: Path, held: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(BadInputError, match="no space left"):
            add_lines(path, held, [b'{"number":3}'])
    assert path.read_bytes() == before
    assert add_lines(path, held, [b'{"number":3}']) == read_chain(path)


def test_while_another_command_writes_nothing_is_added_or_begun(path: Path, held: Chain) -> None:
    lock = path.with_suffix(".jsonl.lock")
    lock.touch()
    before = path.read_bytes()
    with pytest.raises(BadInputError, match="another command is writing"):
        add_lines(path, held, [b'{"number":3}'])
    assert path.read_bytes() == before
    lock.unlink()
    add_lines(path, held, [b'{"number":3}'])
    assert not lock.exists()


def test_what_somebody_else_added_meanwhile_is_never_written_over(path: Path, held: Chain) -> None:
    theirs = add_lines(path, held, [b'{"number":3,"by":"Bo"}'])
    with pytest.raises(BadInputError, match="somebody else wrote"):
        add_lines(path, held, [b'{"number":3,"by":"Ana"}'])
    assert read_chain(path) == theirs


def test_a_line_that_was_being_written_when_the_power_went_was_never_saved(path: Path, held: Chain) -> None:
    path.write_bytes(path.read_bytes() + b'{"number":3,"seal":"ab')
    assert read_chain(path) == held
    assert read_chain(path).lines == held.lines
    assert add_lines(path, read_chain(path), [b'{"number":3}']) == read_chain(path)


@pytest.mark.parametrize(
    "tampered",
    [
        lambda lines: [lines[0], lines[2], lines[1]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[0], lines[1].replace(b'"number":1', b'"number":9'), lines[2]],
        lambda lines: [*lines, lines[2]],
    ],
    ids=["moved", "taken out", "changed", "added"],
)
def test_a_line_changed_moved_or_taken_out_by_hand_is_found_where_it_stands(
    path: Path, held: Chain, tampered
) -> None:
    assert len(held.lines) == 3
    path.write_bytes(b"".join(tampered(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(BadInputError, match="changed, moved, added or taken out"):
        read_chain(path)
