"""Sheets written as CSV, XLSX, Parquet or SPSS .sav; every kind whole or not at all."""

import io
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from analysis.exports.safecells import safe_frame, safe_text
from analysis.exports.sheets import KINDS, Notes, Sheet
from analysis.exports.xlsx import Page, workbook_of
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
LONGEST_NAME = 60
LONGEST_LABEL = 250
LONGEST_VALUE_LABEL = 120
FIRST_MISSING = 97
WIDEST = 60
_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


def check_target(to: Path) -> None:
    """Raise BadInputError for a file whose ending is none of .csv, .xlsx, .parquet and .sav."""
    if to.suffix.lower() not in KINDS:
        raise BadInputError.of(to, "coprod writes no such file", f"end it in {', '.join(KINDS)}")


def write_sheets(sheets: Sequence[Sheet], notes: Notes, to: Path) -> tuple[Path, ...]:
    """Write sheets and give the files made: one workbook, or a file a sheet, the second as NAME-TITLE.

    Raises BadInputError for an ending that is none of ours, a cell too long for the kind of file, and a disk that
    refuses; then the file is as it was.
    """
    check_target(to)
    if to.suffix.lower() == ".xlsx":
        write_whole(to, workbook_bytes(sheets, notes, to))
        return (to,)
    made = []
    for place, sheet in enumerate(sheets):
        path = to if place == 0 else to.with_name(f"{to.stem}-{_slug(sheet.title)}{to.suffix}")
        _write_one(sheet, notes, path)
        made.append(path)
    return tuple(made)


def _write_one(sheet: Sheet, notes: Notes, to: Path) -> None:
    match to.suffix.lower():
        case ".csv":
            write_whole(to, safe_frame(sheet.frame).write_csv(include_bom=True).encode())
        case ".parquet":
            target = io.BytesIO()
            about = {"title": notes.title, "notes": "\n".join(notes.lines)}
            sheet.frame.write_parquet(target, metadata=about)
            write_whole(to, target.getvalue())
        case _:
            _write_spss(sheet, notes, to)


def workbook_bytes(sheets: Sequence[Sheet], notes: Notes, to: Path) -> bytes:
    """Give XLSX: the notes, then a sheet a table. Raises BadInputError, naming `to`, for a text too long for a cell."""
    lines = [(safe_text(line),) for line in (notes.title, *notes.lines)]
    pages = [Page("Notes", (), lines, (2 * WIDEST,))]
    names: set[str] = {"notes"}
    for sheet in sheets:
        _refuse_long(sheet, to)
        safe = safe_frame(sheet.frame)
        widths = tuple(_width(safe[name]) for name in safe.columns)
        pages.append(Page(_sheet_name(sheet.title, names), tuple(safe.columns), safe.rows(), widths))
    return workbook_of(pages)


def _width(column: pl.Series) -> int:
    longest = column.cast(pl.String).str.len_chars().max()
    return min(WIDEST, max(len(column.name), longest if isinstance(longest, int) else 0) + 2)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Give a name a workbook can have, of its own: 31 characters, no sign that stands for a place, no apostrophe at an end."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", clean_line(title)).strip("' ") or "Table"
    name, number = plain[:LONGEST_SHEET_NAME].rstrip("' "), 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: LONGEST_SHEET_NAME - len(ending)].rstrip("' ") + ending, number + 1
    taken.add(name.casefold())
    return name


def _refuse_long(sheet: Sheet, to: Path) -> None:
    for name, kind in sheet.frame.schema.items():
        if kind == pl.String and bool((sheet.frame[name].str.len_bytes() > LONGEST_CELL).any()):
            what = f"a text in the column `{name}` is longer than such a file holds ({LONGEST_CELL:,})"
            raise BadInputError.of(to, what, "write .csv or .parquet")


def _write_spss(sheet: Sheet, notes: Notes, to: Path) -> None:
    """Write .sav into a draft beside its place, since SPSS files are written by path only, and put it there whole."""
    from pyreadstat import PyreadstatError, ReadstatError, write_sav

    _refuse_long(sheet, to)
    names = _variable_names(sheet.frame.columns)
    coded = {name: _codes(values, sheet.missing) for name, values in sheet.coded.items()}
    frame = sheet.frame.with_columns(
        pl.col(name).replace_strict(codes, default=None, return_dtype=pl.Float64)
        for name, codes in coded.items()
    ).rename(names)
    draft = to.with_name(f".draft-{secrets.token_hex(8)}.sav")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        write_sav(
            frame,
            draft,
            file_label=clean_line(notes.title)[:LONGEST_NAME],
            note=[part for line in notes.lines for part in _pieces(line)],
            column_labels={names[name]: sheet.labels.get(name, name)[:LONGEST_LABEL] for name in names},
            variable_value_labels={
                names[name]: {code: words[:LONGEST_VALUE_LABEL] for words, code in codes.items()}
                for name, codes in coded.items()
            },
            missing_ranges={
                names[name]: [code for words, code in codes.items() if words in sheet.missing]
                for name, codes in coded.items()
                if set(codes) & set(sheet.missing)
            },
            variable_measure={names[name]: "nominal" for name in coded},
        )
        draft.replace(to)
    except (PyreadstatError, ReadstatError, OSError):
        raise BadInputError.of(to, "could not be written", "make room or choose another folder") from None
    finally:
        draft.unlink(missing_ok=True)


def _codes(values: Sequence[str], missing: Sequence[str]) -> dict[str, float]:
    """Give each value its number: 1, 2 … in order, and 97, 98, 99 for what stands for no answer."""
    given = [value for value in values if value not in missing]
    none = [value for value in values if value in missing]
    codes = {value: float(number) for number, value in enumerate(given, start=1)}
    return codes | {value: float(FIRST_MISSING + number) for number, value in enumerate(none)}


def _variable_names(names: Iterable[str]) -> dict[str, str]:
    """Give each column a name SPSS can have: letters, digits and underscores, 60 at most, none twice."""
    given: dict[str, str] = {}
    taken: set[str] = set(_RESERVED)
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")[:LONGEST_NAME] or "v"
        plain = plain if plain[0].isalpha() else f"q_{plain}"
        made, number = plain, 2
        while made.casefold() in taken:
            made, number = f"{plain}_{number}", number + 1
        taken.add(made.casefold())
        given[name] = made
    return given


def _pieces(line: str) -> list[str]:
    """Give a line in pieces of 80 bytes, the longest SPSS keeps in a note."""
    import textwrap

    return textwrap.wrap(line.encode("ascii", "replace").decode(), 78)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:LONGEST_SHEET_NAME] or "more"
