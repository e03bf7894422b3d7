"""Taguette's codebook CSV, read: one of tag, name or path, and a description where there is one."""

import csv
import io
import re
from pathlib import Path

from analysis.codes.codebook import NO_CODE, Code, Codebook, sound
from coprod.kernel.files import decoded
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

NAMED = ("path", "tag", "name")
NO_DEFINITION = "(no definition came with it)"
MEND = "export the codebook from Taguette as CSV"


def taguette_codebook(content: bytes, path: Path | str) -> Codebook:
    """Give the codebook; a path parted by dots puts codes under each other, with groups where Taguette has no tag.

    Raises BadInputError without one of those columns, without a code, or for codes that do not fit together.
    """
    rows = csv.DictReader(io.StringIO(decoded(content.removeprefix(b"\xef\xbb\xbf"), path)))
    column = next((name for name in NAMED if name in (rows.fieldnames or ())), None)
    if column is None:
        raise BadInputError.of(
            path, "this is no codebook of Taguette: no column is called path, tag or name", MEND
        )
    codes: dict[tuple[str, ...], Code] = {}
    for row in rows:
        names = tuple(clean_line(part) for part in (row[column] or "").split(".") if clean_line(part))
        for depth in range(1, len(names)):
            if names[:depth] not in codes:
                codes[names[:depth]] = _code(
                    names[:depth], "Holds other codes together.", codes, is_group=True
                )
        if names:
            codes[names] = _code(names, clean_line(row.get("description") or "") or NO_DEFINITION, codes)
    if not codes:
        raise BadInputError.of(path, "there is no code in this file", MEND)
    return sound(
        Codebook(1, clean_line(Path(path).stem), "read from Taguette", tuple(codes.values())), str(path)
    )


def _code(
    names: tuple[str, ...], definition: str, codes: dict[tuple[str, ...], Code], *, is_group: bool = False
) -> Code:
    plain = re.sub(r"[^a-z0-9]+", "-", names[-1].lower()).strip("-")[:50].strip("-")
    stem = plain if plain[:1].isalpha() else f"code-{plain}".strip("-")
    own = codes[names].id if names in codes else None
    taken = {code.id for code in codes.values()}
    tries = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    code_id = own or next(one for one in tries if one not in taken)
    under = codes[names[:-1]].id if len(names) > 1 else NO_CODE
    return Code(
        code_id, names[-1][:120], definition[:2000], under=under, kind="group" if is_group else "code"
    )
