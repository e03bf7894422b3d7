"""What is made of files that come with coprod, kept beside Python's own compiled modules until a file changes.

Only data is kept (msgpack of known types), never code. What cannot be read back is made again, and a folder that
cannot be written is no fault: then it is made afresh every time.
"""

import contextlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from coprod.kernel.shapes import from_packed

_Kept = TypeVar("_Kept")


def made_once(name: str, kind: type[_Kept], version: bytes, make: Callable[[], _Kept]) -> _Kept:
    """Give what was kept under a name for this version of its files, or make it and keep it."""
    kept = recall(name, kind, version)
    if kept is not None:
        return kept
    made = make()
    keep(name, made, version)
    return made


def recall(name: str, kind: type[_Kept], version: bytes) -> _Kept | None:
    """Give what was kept under a name for this version of its files, or None."""
    try:
        return from_packed(_file(name, version).read_bytes(), kind)
    except (OSError, msgspec.DecodeError):
        return None


def keep(name: str, value: object, version: bytes) -> None:
    """Keep something under a name in place of what was kept before, unless Python is told to write nothing."""
    if sys.dont_write_bytecode:
        return
    file = _file(name, version)
    with contextlib.suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(msgspec.msgpack.encode(value))
        draft.replace(file)
        for old in file.parent.glob(f"{name}-*.msgpack"):
            if old != file:
                old.unlink()


def _file(name: str, version: bytes) -> Path:
    beside = Path(importlib.util.cache_from_source(__file__)).parent
    return beside / f"{name}-{version.hex()[:32]}.msgpack"
