"""Reading data never ends the process, however many threads read at once."""

import subprocess
import sys

import msgspec
import pytest

from coprod.kernel.shapes import from_json

MANY_THREADS_READ_NEW_SHAPES = """
import sys, threading, msgspec
from coprod.kernel.shapes import from_plain
sys.setswitchinterval(1e-6)
for number in range(60):
    inner = msgspec.defstruct(f"Inner{number}", [(f"f{at}", int | None, None) for at in range(30)])
    middle = msgspec.defstruct(f"Middle{number}", [(f"g{at}", tuple[inner, ...], ()) for at in range(30)])
    outer = msgspec.defstruct(f"Outer{number}", [("a", middle), ("b", dict[str, middle])])
    plain = {"a": {f"g{at}": [{"f1": 1, "f29": 2}] for at in range(30)}, "b": {"x": {"g29": [{"f28": 3}]}}}
    gate = threading.Barrier(4)
    def read():
        gate.wait()
        assert from_plain(plain, outer).b["x"].g29[0].f28 == 3
    threads = [threading.Thread(target=read) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print("all read")
"""


def test_threads_that_first_read_the_same_shape_at_once_all_get_their_value():
    """With msgspec alone this script ends with a segmentation fault nearly always."""
    done = subprocess.run(
        [sys.executable, "-c", MANY_THREADS_READ_NEW_SHAPES], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "all read\n"), done.stderr


def test_bytes_that_are_not_in_utf_8_are_malformed_and_no_error_carries_them(canary):
    with pytest.raises(msgspec.DecodeError) as caught:
        from_json(f'{{"said": "{canary}'.encode() + b'\xff"}', dict[str, str])
    assert (caught.value.__context__, canary in str(caught.value)) == (None, False)


def test_brackets_without_an_end_are_malformed_too():
    for content in ('{"more":' + "[" * 100_000, '{"more":' + '{"x":' * 100_000):
        with pytest.raises(msgspec.DecodeError):
            from_json(content, dict)
