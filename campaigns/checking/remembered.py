"""Checks remembered by the exact bytes and settings they came from, so that what has not changed is not read again.

A remembered check is never a reason to release anything: the gate checks again. What cannot be read back is
forgotten and checked afresh. Files are private to their owner; records about young people are never remembered.
"""

import contextlib
import hashlib
import os
from pathlib import Path

import msgspec

from campaigns.checking.check import CheckResult
from campaigns.checking.stored import version
from coprod.kernel.shapes import from_packed

MOST_SETTINGS = 4


class Remembered:
    """Checks made with one set of settings, in a folder of their own."""

    def __init__(self, folder: Path, settings: bytes) -> None:
        """Use `folder` for checks made with these settings (any bytes that name all of them)."""
        self.folder = folder / hashlib.sha256(settings + version()).hexdigest()[:32]

    def recall(self, raw: bytes, path: str) -> CheckResult | None:
        """Give the check of exactly these bytes at this path, if it was made before."""
        try:
            return from_packed((self.folder / _name(raw, path)).read_bytes(), CheckResult)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            return None

    def keep(self, raw: bytes, path: str, result: CheckResult) -> None:
        """Remember a check. A folder that cannot be written is no fault, nor a file's name that is not in UTF-8."""
        with contextlib.suppress(OSError, UnicodeEncodeError):
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _forget_old(self.folder.parent)
            target = self.folder / _name(raw, path)
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_bytes(msgspec.msgpack.encode(result))
            draft.replace(target)


def _name(raw: bytes, path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape") + b"\0" + raw).hexdigest()


def _forget_old(folder: Path) -> None:
    """Keep the newest settings only."""
    others = sorted((one for one in folder.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
    for old in others[:-MOST_SETTINGS]:
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
