"""What is kept of the shipped rules between two runs is only ever a quicker way to the same check."""

import msgspec
import pytest

from coprod.kernel import stored

NOW, LATER = b"now", b"later"


@pytest.fixture
def kept_in(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path))
    folder = stored._file("words", NOW).parent
    folder.mkdir(parents=True)
    return folder


def test_what_was_kept_comes_back_until_something_changes(kept_in):
    assert stored.made_once("words", dict[str, int], NOW, lambda: {"child": 1}) == {"child": 1}
    assert stored.made_once("words", dict[str, int], NOW, dict) == {"child": 1}
    assert stored.recall("words", dict[str, int], LATER) is None
    stored.keep("words", {"child": 2}, LATER)
    assert [msgspec.msgpack.decode(file.read_bytes()) for file in kept_in.iterdir()] == [{"child": 2}]


@pytest.mark.parametrize("raw", [b"", b"\xc1", b"not msgpack", msgspec.msgpack.encode({"child": "many"})])
def test_what_somebody_wrote_over_is_made_again(kept_in, raw):
    stored.keep("words", {"child": 1}, NOW)
    (file,) = kept_in.iterdir()
    file.write_bytes(raw)
    assert stored.recall("words", dict[str, int], NOW) is None


def test_nothing_is_kept_where_python_may_not_write(kept_in, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    stored.keep("words", {"child": 1}, NOW)
    assert list(kept_in.iterdir()) == []
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", "/nowhere/at/all")
    stored.keep("words", {"child": 1}, NOW)
    assert stored.recall("words", dict[str, int], NOW) is None
