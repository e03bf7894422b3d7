"""Reading what people give us and writing whole files or nothing."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from coprod.kernel.problem import BadInputError

LARGEST_TEXT = 10_000_000


@contextlib.contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Give a file open for reading bytes. Raises BadInputError when it is missing, a folder, a device, or unreadable."""
    try:
        with _opened(path) as file:
            yield file
    except FileNotFoundError:
        raise BadInputError.of(path, "there is no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise BadInputError.of(path, "this is a folder", "name a file in it") from None
    except PermissionError:
        raise BadInputError.of(path, "this file may not be read", "ask its owner for access") from None
    except OSError as error:
        reason = (error.strerror or "the disk refused").lower()
        raise BadInputError.of(path, f"could not be read: {reason}", "check the name and the disk") from None


def _opened(path: Path) -> BinaryIO:
    """Open a file, or a pipe that somebody writes to already; nothing that could go on for ever, or never begin."""
    mode = path.stat().st_mode
    if stat.S_ISFIFO(mode):
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise BadInputError.of(path, "this is a device and no file", "name a file")
    return path.open("rb")


def read_bytes(path: Path, largest: int = LARGEST_TEXT) -> bytes:
    """Give the bytes of a file. Raises BadInputError as `reading` does, or when it has over `largest` bytes."""
    with reading(path) as file:
        size = os.fstat(file.fileno()).st_size
        content = b"" if size > largest else file.read(largest + 1)
    if max(size, len(content)) > largest:
        told = f"{size:,}" if size > largest else f"over {largest:,}"
        raise BadInputError.of(path, f"the file has {told} bytes", f"the most is {largest:,}; split it")
    return content


def read_text(path: Path, largest: int = LARGEST_TEXT) -> str:
    """Give a UTF-8 file as text, without a byte-order mark. Raises BadInputError with the place of a bad byte."""
    raw = read_bytes(path, largest).removeprefix(b"\xef\xbb\xbf")
    return decoded(raw, path)


def decoded(raw: bytes, path: Path | str) -> str:
    """Give UTF-8 bytes as text. Raises BadInputError for binary or wrongly encoded content."""
    if b"\x00" in raw:
        raise BadInputError.of(path, "this is not a text file", "save it as plain text in UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"line {line} is not in UTF-8"
        raise BadInputError.of(path, what, "save the file as UTF-8 text") from None


def named_like(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Give what in a folder has a name like `*.yaml`, in order, without what is hidden.

    On a USB stick a Mac puts a file `._NAME` beside each file NAME; it holds nothing of ours.
    """
    return tuple(path for path in sorted(folder.glob(pattern)) if not path.name.startswith("."))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after a crash there is the old one or the new one, never half.

    Raises BadInputError when the disk is full or read-only, or for a device or a pipe; what was there then stays.
    """
    with written_together({path: content}):
        pass


@contextlib.contextmanager
def written_together(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write files of which either all are there in the end, or none: they take their names when the block is done.

    Raises BadInputError as `write_whole` does. Where that or anything in the block fails, what was there stays.
    """
    drafts: dict[Path, Path] = {}
    made: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            _refuse_to_replace(path)
            made += _make_folder(path.parent)
            _write_draft(path, content, drafts)
        yield
        for path in files:
            drafts[path].replace(path)
            del drafts[path]
        for folder in dict.fromkeys(path.parent for path in files):
            _flush_folder(folder)
    except OSError as error:
        reason = (error.strerror or "the disk refused").lower()
        raise BadInputError.of(
            path, f"could not be written: {reason}", "make room or choose another folder"
        ) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # what holds a file stays
                folder.rmdir()


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with those above it, and give those that were not there, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _write_draft(path: Path, content: bytes, drafts: dict[Path, Path]) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    drafts[path] = Path(draft)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_to_replace(path: Path) -> None:
    """Keep a device or a pipe (`/dev/null`, `/dev/stdout`) from being replaced by a file, as an administrator could."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise BadInputError.of(path, "this is no file that could be replaced", "name a file")


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system offers it (Windows does not)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
