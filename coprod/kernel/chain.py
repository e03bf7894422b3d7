"""A chain: a file of JSON lines, only ever added to, each sealed by a SHA-256 over itself and the seal before it.

A changed, moved or missing line is found when the file is read; that the last lines were cut off is not, and
somebody who can work out a SHA-256 can make a new chain: it guards against a slip, not against a forger.
A last line without its end was being written when the power went: it was never called saved, so it is left out.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.shapes import from_json

Shape = TypeVar("Shape", bound=Struct)
LARGEST = 200_000_000
START = "0" * 64
MEND = "such a file is never edited by hand: put back a copy of it"
_SEAL = re.compile(rb',"seal":"([0-9a-f]{64})"}$')
_SEAL_LENGTH = len(',"seal":""}') + 64


class Chain(Struct, frozen=True):
    """What a file held when it was read: its lines as JSON objects without their seals, and how it ended."""

    lines: tuple[bytes, ...]
    seal: str = START
    size: int = 0


def read_chain(path: Path) -> Chain:
    """Give the lines of a file. Raises BadInputError at the first one that was changed, moved or added by hand."""
    content = read_bytes(path, LARGEST)
    whole = content[: content.rfind(b"\n") + 1]
    lines, seal = [], START
    for number, line in enumerate(whole.split(b"\n")[:-1], start=1):
        found = _SEAL.search(line)
        bare = line[:-_SEAL_LENGTH] + b"}"
        if found is None or found[1].decode() != _seal(seal, bare):
            what = "this line, or one before it, was changed, moved, added or taken out"
            raise BadInputError(Problem(str(path), number, 1, what, MEND))
        lines.append(bare)
        seal = found[1].decode()
    return Chain(tuple(lines), seal, len(whole))


def start_chain(path: Path, first: bytes) -> Chain:
    """Write a new file with its first line. Raises BadInputError when there is one already."""
    sealed, seal = _sealed([first], START)
    with alone(path):
        if path.exists():
            raise BadInputError.of(path, "this file is there already", "go on with it, or give another name")
        write_whole(path, sealed)
    return Chain((first,), seal, len(sealed))


def append_line(path: Path, line: bytes) -> None:
    """Add a line (a JSON object) to a file, or begin the file with it. Raises as `add_lines` does."""
    if path.exists():
        add_lines(path, read_chain(path), [line])
    else:
        start_chain(path, line)


def lines_as(path: Path, shape: type[Shape], what: str) -> tuple[Shape, ...]:
    """Give each line of a file as a value; none where there is no file.

    Raises BadInputError for a file edited by hand, and for a line of another shape (`what` says that it is).
    """
    found = []
    for number, line in enumerate(read_chain(path).lines if path.exists() else (), start=1):
        try:
            found.append(from_json(line, shape))
        except msgspec.DecodeError:
            raise BadInputError(Problem(str(path), number, 1, what, MEND)) from None
    return tuple(found)


def seals_of(held: Chain) -> tuple[str, ...]:
    """Give the seal after each line, in order: what another record may hold to show which lines came before it."""
    seals, seal = [], START
    for line in held.lines:
        seal = _seal(seal, line)
        seals.append(seal)
    return tuple(seals)


def add_lines(path: Path, held: Chain, new: Sequence[bytes]) -> Chain:
    """Add lines (JSON objects with at least one field) after those `held`; they are on the disk when this returns.

    Raises BadInputError, and adds nothing, when the file has changed since it was read or cannot be written.
    """
    added, seal = _sealed(new, held.seal)
    with alone(path):
        try:
            with path.open("r+b", buffering=0) as file:
                _check_end(file, held, path)
                _write_or_take_back(file, added, held.size)
        except OSError as error:
            raise _unwritten(path, error) from None
    return Chain((*held.lines, *new), seal, held.size + len(added))


def _write_or_take_back(file: RawIOBase, added: bytes, start: int) -> None:
    """Write all from `start` on, or leave the file ending there and raise the disk's error."""
    file.truncate(start)
    file.seek(start)
    left = memoryview(added)
    try:
        while left:
            left = left[file.write(left) or 0 :]
        os.fsync(file.fileno())
    except OSError:
        file.truncate(start)
        raise


def _check_end(file: RawIOBase, held: Chain, path: Path) -> None:
    """Tell by the last seal that the file is the one read: every seal stands on all before it."""
    file.seek(max(0, held.size - _SEAL_LENGTH - 1))
    end = file.read() or b""
    last, beyond = end[: _SEAL_LENGTH + 1], end[_SEAL_LENGTH + 1 :]
    if held.seal.encode() not in last or b"\n" in beyond:
        raise BadInputError.of(path, "somebody else wrote to this file meanwhile", "open it again")


def _sealed(lines: Sequence[bytes], seal: str) -> tuple[bytes, str]:
    """Give lines as written, one after the seal given, and the last seal."""
    written = []
    for line in lines:
        seal = _seal(seal, line)
        written.append(line[:-1] + b',"seal":"' + seal.encode() + b'"}\n')
    return b"".join(written), seal


def _seal(before: str, line: bytes) -> str:
    return hashlib.sha256(before.encode() + line).hexdigest()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a file so that two commands at once cannot both write after the same line."""
    lock = path.with_suffix(path.suffix + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise BadInputError.of(
            lock,
            "another command is writing beside this file",
            "wait for it; if none is running, delete this file",
        ) from None
    except OSError as error:
        raise _unwritten(lock, error) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _unwritten(path: Path, error: OSError) -> BadInputError:
    reason = (error.strerror or "the disk refused").lower()
    return BadInputError.of(path, f"could not be written: {reason}", "make room or choose another folder")
