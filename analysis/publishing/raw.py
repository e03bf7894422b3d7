"""Raw exports: what young people wrote, or which answer has which code. Two people, a reason, and a line that stays.

The names are typed: recorded, not proven. Codings count as raw because an answer and its codes together can point
at one person, and because their number is an exact count.
"""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from coprod.kernel.chain import append_line, lines_as
from coprod.kernel.problem import RefusedError
from coprod.kernel.text import clean_line

RAW_FILE = "raw-exports.jsonl"
SIGNERS = 2


class RawExport(Struct, frozen=True, forbid_unknown_fields=True):
    """One export: the day, what left (a file's name and kind), of which data (SHA-256), why, and on whose names."""

    on: date
    what: str
    data: str
    reason: str
    signed_by: tuple[str, ...]
    format: Literal[1] = 1


def allow_raw(reason: str, signed_by: tuple[str, ...], *, raw: bool) -> tuple[str, tuple[str, ...]]:
    """Give the reason and the names, cleaned. Raises RefusedError unless raw was asked for, for a reason, on two names."""
    names = tuple(name for name in map(clean_line, signed_by) if name)
    missing = []
    if not raw:
        missing.append("this holds raw answers or codes: ask for it with --raw")
    if not clean_line(reason):
        missing.append("say why with --reason REASON")
    if len({name.casefold() for name in names}) < SIGNERS:
        missing.append("two people put their names to it: --signed NAME twice")
    if missing:
        raise RefusedError(*missing)
    return clean_line(reason), names


def record_raw(path: Path, export: RawExport) -> None:
    """Add an export to the file of all raw exports of a workspace, before it is made.

    Raises BadInputError when that file was edited by hand or cannot be written; then nothing may be exported.
    """
    read_raw(path)
    append_line(path, msgspec.json.encode(export))


def read_raw(path: Path) -> tuple[RawExport, ...]:
    """Give all raw exports, oldest first; none where there is no file. Raises BadInputError for one edited by hand."""
    return lines_as(path, RawExport, "this line is not a raw export")
