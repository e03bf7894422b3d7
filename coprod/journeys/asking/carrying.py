"""Taking sealed answers away: where a stick is, a copy on it that was read back, and what was copied when last."""

import hashlib
import os
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from coprod.journeys.asking.sessions import BOX, bundle_session
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.boxes.box import read_rows
from surveys.boxes.boxfile import flatten_times
from surveys.boxes.bundle import Hex32, rows_hash
from surveys.boxes.jsonfile import decoded_json

LARGEST = 500_000_000
# Where Linux desktops, macOS and a plain server put sticks; on Windows they are drive letters after C.
MOUNTS = ("/media", "/run/media", "/Volumes", "/mnt")
CARRIED = ".carried"
_DAMAGED = ("the note of what was copied is damaged", "remove it, then copy the session again")
Copied = Literal["not yet", "as it is", "before a change"]


class Carried(Struct, frozen=True, forbid_unknown_fields=True):
    """What was copied of one session: the SHA-256 of each bundle, and of the rows in the last. Not where or when."""

    format: Literal[1]
    bundles: tuple[Hex32, ...] = ()
    rows: str = ""


def carry_session(workspace: Workspace, name: str, folder: Path) -> Path:
    """Copy a session's sealed answers into a folder, read the copy back, note what was copied, and give its path.

    A copy of this session that was made before gives way to the new one. Raises BadInputError as `carried` does.
    """
    bundle = bundle_session(workspace, name)
    known = _carried(workspace, name)
    path = carried(bundle, folder, known.bundles)
    copied = hashlib.sha256(read_bytes(bundle, LARGEST)).hexdigest()
    bundles = tuple(dict.fromkeys((*known.bundles, copied)))
    kept = Carried(1, bundles=bundles, rows=rows_hash(read_rows(workspace.boxes / f"{name}{BOX}")))
    note = workspace.boxes / f"{name}{CARRIED}"
    write_whole(note, msgspec.json.encode(kept))
    flatten_times(note)
    return path


def copied_of(workspace: Workspace, name: str) -> Copied:
    """Tell what was copied of a session: nothing yet, all there is, or what was there before something changed."""
    known, box = _carried(workspace, name), workspace.boxes / f"{name}{BOX}"
    if not known.bundles:
        return "not yet"
    return "before a change" if box.exists() and rows_hash(read_rows(box)) != known.rows else "as it is"


def _carried(workspace: Workspace, name: str) -> Carried:
    note = workspace.boxes / f"{name}{CARRIED}"
    return decoded_json(read_bytes(note), str(note), Carried, _DAMAGED) if note.exists() else Carried(1)


def sticks(mounts: tuple[str, ...] = MOUNTS) -> tuple[Path, ...]:
    """Give the folders of sticks and drives that are plugged in and can be written to, by name."""
    found = _drives() if os.name == "nt" else _mounted(mounts)
    return tuple(sorted(path for path in found if os.access(path, os.W_OK)))


def carried(file: Path, folder: Path, known: tuple[str, ...] = ()) -> Path:
    """Copy a file into a folder, read the copy back, and give where it is. `known` are SHA-256 of what it may replace.

    Raises BadInputError when there is no such folder, another file of this name is there, the folder goes away,
    or what comes back is not what went.
    """
    content, target = read_bytes(file, LARGEST), folder / file.name
    try:
        return _copied(content, target, known)
    except OSError as error:
        raise BadInputError.of(
            "folder",
            f"it cannot be read any more: {(error.strerror or 'the disk refused').lower()}",
            "plug the stick in again, or use another; nothing is lost, the answers are still on this device",
        ) from None


def _copied(content: bytes, target: Path, known: tuple[str, ...]) -> Path:
    if not target.parent.is_dir():
        raise BadInputError.of(
            "folder", f"there is no folder {target.parent}", "plug the stick in, or name another folder"
        )
    there = read_bytes(target, LARGEST) if target.exists() else b""
    if there == content:
        return target
    if target.exists() and hashlib.sha256(there).hexdigest() not in known:
        raise BadInputError.of("folder", f"another {target.name} is there already", "name another folder")
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
        below = _folders_in(root)
        deeper = [one for path in below for one in _folders_in(path)]
        yield from (path for path in (*below, *deeper) if path.is_mount())


def _folders_in(folder: Path) -> list[Path]:
    """Give the folders in a folder; none where it is somebody else's, who may have plugged a stick in too."""
    try:
        return [path for path in folder.iterdir() if path.is_dir()]
    except OSError:
        return []
