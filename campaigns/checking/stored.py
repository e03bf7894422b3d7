"""What is made of the shipped rules and lists, kept until one of them or a line of this room's code changes."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from coprod.kernel import stored

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


def made_once(name: str, kind: type[_Kept], make: Callable[[], _Kept]) -> _Kept:
    """Give what was kept under a name since the last change, or make it and keep it."""
    return stored.made_once(name, kind, version(), make)


def recall(name: str, kind: type[_Kept]) -> _Kept | None:
    """Give what was kept under a name since the last change, or None."""
    return stored.recall(name, kind, version())


def keep(name: str, value: object) -> None:
    """Keep something under a name until the next change."""
    stored.keep(name, value, version())
