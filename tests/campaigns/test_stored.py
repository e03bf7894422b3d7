"""What is kept of the shipped rules between two runs is only ever a quicker way to the same check."""

import msgspec
import pytest

from campaigns.checking import stored


@pytest.fixture
def kept_in(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path))
    stored._file("words").parent.mkdir(parents=True)
    return stored._file("words").parent


def test_what_was_kept_comes_back_until_something_changes(kept_in, monkeypatch):
    stored.keep("words", {"child": 1})
    assert stored.recall("words", dict[str, int]) == {"child": 1}
    monkeypatch.setattr(stored, "version", lambda: b"another rule")
    assert stored.recall("words", dict[str, int]) is None
    stored.keep("words", {"child": 2})
    assert [msgspec.msgpack.decode(file.read_bytes()) for file in kept_in.iterdir()] == [{"child": 2}]


@pytest.mark.parametrize("raw", [b"", b"\xc1", b"not msgpack", msgspec.msgpack.encode({"child": "many"})])
def test_what_somebody_wrote_over_is_made_again(kept_in, raw):
    stored.keep("words", {"child": 1})
    (file,) = kept_in.iterdir()
    file.write_bytes(raw)
    assert stored.recall("words", dict[str, int]) is None


def test_nothing_is_kept_where_python_may_not_write(kept_in, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    stored.keep("words", {"child": 1})
    assert list(kept_in.iterdir()) == []
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", "/nowhere/at/all")
    stored.keep("words", {"child": 1})
    assert stored.recall("words", dict[str, int]) is None
