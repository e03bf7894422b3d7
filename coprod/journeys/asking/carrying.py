"""Taking sealed answers away: where a stick is, and a copy on it that was read back."""

import os
import string
from collections.abc import Iterator
from pathlib import Path

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError

LARGEST = 500_000_000
# Where Linux desktops, macOS and a plain server put sticks; on Windows they are drive letters after C.
MOUNTS = ("/media", "/run/media", "/Volumes", "/mnt")


def sticks(mounts: tuple[str, ...] = MOUNTS) -> tuple[Path, ...]:
    """Give the folders of sticks and drives that are plugged in and can be written to, by name."""
    found = _drives() if os.name == "nt" else _mounted(mounts)
    return tuple(sorted(path for path in found if os.access(path, os.W_OK)))


def carried(file: Path, folder: Path) -> Path:
    """Copy a file into a folder, read the copy back, and give where it is.

    Raises BadInputError when there is no such folder, another file of this name is there, or what comes back is
    not what went.
    """
    if not folder.is_dir():
        raise BadInputError.of(
            "folder", f"there is no folder {folder}", "plug the stick in, or name another folder"
        )
    content, target = read_bytes(file, LARGEST), folder / file.name
    if target.exists() and read_bytes(target, LARGEST) == content:
        return target
    if target.exists():
        raise BadInputError.of("folder", f"another {file.name} is there already", "name another folder")
    write_whole(target, content)
    if read_bytes(target, LARGEST) != content:
        raise BadInputError.of("folder", "the copy is not what was written", "use another stick")
    return target


def _drives() -> Iterator[Path]:
    letters = (Path(f"{letter}:/") for letter in string.ascii_uppercase[3:])
    return (path for path in letters if path.exists())


def _mounted(mounts: tuple[str, ...]) -> Iterator[Path]:
    """Give what is mounted below the usual folders, one or two steps down."""
    for root in map(Path, mounts):
        try:
            below = [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
            deeper = [one for path in below for one in path.iterdir() if one.is_dir()]
        except PermissionError:
            continue
        yield from (path for path in (*below, *deeper) if path.is_mount())
