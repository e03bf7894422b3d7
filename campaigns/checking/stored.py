"""What is made of the shipped rules and lists, kept until one of them or a line of this room's code changes."""

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from coprod import __version__
from coprod.kernel import stored

_Kept = TypeVar("_Kept")
_ROOM = Path(__file__).parent.parent
_PARTS = ("checking", "materials", "rules")
_SUFFIXES = (".py", ".yaml", ".json", ".msgpack")


def depends_on() -> list[os.DirEntry[str]]:
    """Give every file of this room that a check depends on: its code, its rules with their concepts, its lists."""
    return [file for part in _PARTS for file in _files_in(str(_ROOM / part))]


def _files_in(folder: str) -> Iterator[os.DirEntry[str]]:
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.is_dir():
            yield from _files_in(entry.path)
        elif entry.name.endswith(_SUFFIXES):
            yield entry


@cache
def version() -> bytes:
    """Give what changes whenever a rule, a list or a line of code of this room does.

    As with Python's own compiled modules, what tells is when a file was changed and how long it is.
    """
    stamps = [__version__]
    for file in depends_on():
        known = file.stat()
        stamps.append(f"{file.path} {known.st_size} {known.st_mtime_ns} {known.st_ctime_ns}")
    return hashlib.sha256("\n".join(stamps).encode("utf-8", "surrogateescape")).digest()


def made_once(name: str, kind: type[_Kept], make: Callable[[], _Kept]) -> _Kept:
    """Give what was kept under a name since the last change, or make it and keep it."""
    return stored.made_once(name, kind, version(), make)


def recall(name: str, kind: type[_Kept]) -> _Kept | None:
    """Give what was kept under a name since the last change, or None."""
    return stored.recall(name, kind, version())


def keep(name: str, value: object) -> None:
    """Keep something under a name until the next change."""
    stored.keep(name, value, version())
