"""What is made of the shipped rules, kept beside Python's own compiled modules until a rule or a line of code changes.

Only data is kept (msgpack of known types), never code. What cannot be read back is made again, and a folder that
cannot be written is no fault: then it is made afresh every time.
"""

import contextlib
import hashlib
import importlib.util
import os
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_Kept = TypeVar("_Kept")
_SUFFIXES = frozenset({".py", ".yaml", ".json", ".msgpack"})


def depends_on() -> tuple[Path, ...]:
    """Give every file of this room that a check depends on: its code, its rules with their concepts, its lists."""
    folder = Path(str(resources.files("campaigns")))
    found = (file for part in ("checking", "materials", "rules") for file in (folder / part).rglob("*.*"))
    return tuple(
        sorted(file for file in found if file.suffix in _SUFFIXES and "__pycache__" not in file.parts)
    )


@cache
def version() -> bytes:
    """Give what changes whenever a rule, a list or a line of code of this room does."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in depends_on())).digest()


def recall(name: str, kind: type[_Kept]) -> _Kept | None:
    """Give what was kept under a name since the last change, or None."""
    try:
        return msgspec.msgpack.decode(_file(name).read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def keep(name: str, value: Any) -> None:
    """Keep something under a name in place of what was kept before, unless Python is told to write nothing."""
    if sys.dont_write_bytecode:
        return
    file = _file(name)
    with contextlib.suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(msgspec.msgpack.encode(value))
        draft.replace(file)
        for old in file.parent.glob(f"{name}-*.msgpack"):
            if old != file:
                old.unlink()


def _file(name: str) -> Path:
    beside = Path(importlib.util.cache_from_source(__file__)).parent
    return beside / f"{name}-{version().hex()[:32]}.msgpack"
