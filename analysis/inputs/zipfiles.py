"""Archives from other people, read in memory only: no path outside, no surprise in size."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from coprod.kernel.problem import BadInputError

LARGEST_UNPACKED = 500_000_000
MOST_FILES = 200_000
PIECE = 1 << 20
# What Python says of an archive that is damaged in one way or another; a wrong place in it is a ValueError.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def unpacked(content: bytes, path: Path | str) -> Mapping[str, bytes]:
    """Give the files in a zip archive by name.

    Raises BadInputError, before anything is written anywhere, for what is not a whole zip archive, a name that climbs
    out of it or comes twice, over 200,000 files, and over 500 MB unpacked, whatever the archive says of itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, path)
    except DAMAGED:
        raise BadInputError.of(
            path, "this is not a whole zip archive that can be read", "export it again, without a password"
        ) from None


def _read(archive: zipfile.ZipFile, path: Path | str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise BadInputError.of(path, f"the archive holds over {MOST_FILES:,} files", "split it")
    found: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    for entry in entries:
        _check_name(entry.filename, found, path)
        found[entry.filename] = _bounded(archive, entry, left, path)
        left -= len(found[entry.filename])
    return found


def _check_name(name: str, found: Mapping[str, bytes], path: Path | str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    climbs = not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]
    if climbs or name in found:
        what = (
            "a path in the archive climbs out of it" if climbs else "two files in the archive have one name"
        )
        raise BadInputError.of(path, what, "do not open this archive anywhere; ask who sent it")


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, path: Path | str) -> bytes:
    """Read a file piece by piece and stop as soon as it is too much: the size an archive states may be a lie."""
    pieces, size = [], 0
    with archive.open(entry) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > left:
                what = f"the archive unpacks to over {LARGEST_UNPACKED // 1_000_000} MB"
                raise BadInputError.of(path, what, "split it, or ask who sent it")
            pieces.append(piece)
    return b"".join(pieces)
