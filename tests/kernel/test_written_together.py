"""Files that belong together are all written or none, however the disk behaves."""

import errno
import os
from pathlib import Path

import pytest

from coprod.kernel.files import write_whole, written_together
from coprod.kernel.problem import BadInputError


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_all_are_there_when_the_block_is_done_and_none_before(tmp_path: Path) -> None:
    files = {tmp_path / "out" / "a.txt": b"a", tmp_path / "out" / "b.txt": b"b"}
    with written_together(files):
        assert not any(path.exists() for path in files)
    assert everything(tmp_path) == {"out": None, "out/a.txt": b"a", "out/b.txt": b"b"}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_disk_that_is_full_in_the_middle_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write_whole(tmp_path / "b.txt", b"before")
    before = everything(tmp_path)
    calls = iter(range(1, 9))
    kept = os.fsync

    def full(handle: int) -> None:
        if next(calls) == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(handle)

    monkeypatch.setattr(os, "fsync", full)
    files = {tmp_path / "new" / "a.txt": b"a", tmp_path / "b.txt": b"b", tmp_path / "c.txt": b"c"}
    with pytest.raises(BadInputError, match="could not be written: no space left"), written_together(files):
        pytest.fail("the block is never reached")
    assert everything(tmp_path) == before


def test_whatever_fails_in_the_block_leaves_what_was_there(tmp_path: Path) -> None:
    before = everything(tmp_path)
    with pytest.raises(KeyError), written_together({tmp_path / "deep" / "er" / "a.txt": b"a"}):
        raise KeyError
    assert everything(tmp_path) == before
