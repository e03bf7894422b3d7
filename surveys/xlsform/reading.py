"""From the bytes of a form to its rows, through pyxform, which also says whether it is a form at all."""

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from coprod.kernel.files import decoded
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean
from surveys.xlsform.sheets import Form, Header, Row, language_named

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
LARGEST_FORM = 10_000_000  # bytes; a form of 1,000 questions takes 200,000
LARGEST_UNPACKED = 60_000_000
MOST_ROWS = 5_000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_QUOTES = str.maketrans("‘’“”\u00a0", "''\"\" ")

# What the readers raise on a file that is not what it says; anything else ends their process.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
)

Raw = dict[str, Any]


def read_form(content: bytes, name: str) -> Form:
    """Give the rows of a form from the bytes of the file called `name`.

    Raises BadInputError, with the row where there is one, for what is no form: too large, broken,
    protected, of another kind, or refused by pyxform. pyxform may also fail in other ways on a hostile
    file, so this runs in a process of its own (`coprod.journeys.asking.imports`).
    """
    suffix = _suffix(content, name)
    raw = _raw(content, suffix, name)
    if any(len(raw.get(sheet) or ()) > MOST_ROWS for sheet in _SHEETS):
        raise BadInputError.of(name, f"a sheet has over {MOST_ROWS:,} rows", "split the form")
    _refuse_what_pyxform_refuses(raw, name)
    return _form(raw)


def typed_straight(text: str) -> str:
    """Give an expression with straight quotes and plain blanks, as pyxform reads it."""
    return text.translate(_QUOTES).strip()


def _suffix(content: bytes, name: str) -> str:
    """Give the kind of file this is, by its first bytes where they tell."""
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise BadInputError.of(name, "this kind of file holds no XLSForm coprod can read", f"give {known}")
    if not content.strip():
        raise BadInputError.of(name, "there is nothing in this file", "check that it was saved")
    if content.startswith(_ZIP):
        _refuse_bomb(content, name)
        return ".xlsx"
    if content.startswith(_OLD_EXCEL):
        return ".xls"
    if suffix in {".xlsx", ".xlsm", ".xls"}:
        raise BadInputError.of(name, "this is not an Excel file", "open it in Excel and save it again")
    return suffix


def _refuse_bomb(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise _broken(name) from None
    if size > LARGEST_UNPACKED:
        what = f"this file unpacks to {size:,} bytes, and the most is {LARGEST_UNPACKED:,}"
        raise BadInputError.of(name, what, "copy the form's sheets into a new file")


def _broken(name: str) -> BadInputError:
    mend = "open it in Excel without a password, save it again, and import that"
    return BadInputError.of(name, "this file is broken or protected", mend)


def _uneven(name: str) -> BadInputError:
    mend = "look for a row with more cells than its sheet has headers"
    return BadInputError.of(name, "the tables of this form are broken", mend)


def _raw(content: bytes, suffix: str, name: str) -> Raw:
    """Give the sheets as pyxform reads them, in its own shape."""
    from pyxform import xls2json_backends as readers
    from pyxform.errors import PyXFormError
    from xlrd.compdoc import CompDocError

    if suffix in {".csv", ".md"}:
        content = decoded(content.removeprefix(b"\xef\xbb\xbf"), name).encode()
    read: Mapping[str, Callable[[bytes], Raw]] = {
        ".xlsx": readers.xlsx_to_dict,
        ".xls": readers.xls_to_dict,
        ".csv": readers.csv_to_dict,
        ".md": readers.md_to_dict,
    }
    try:
        sheets = read[suffix](content)
    except PyXFormError as error:
        if suffix in {".xlsx", ".xls"} and "header" not in str(error):
            raise _broken(name) from None
        raise _told(str(error), name) from None
    except (*_BROKEN, CompDocError):
        raise _broken(name) if suffix in {".xlsx", ".xls"} else _uneven(name) from None
    kept = {key for sheet in _SHEETS for key in (sheet, f"{sheet}_header")} | {"sheet_names"}
    return {key: value for key, value in sheets.items() if key in kept}


def _refuse_what_pyxform_refuses(raw: Raw, name: str) -> None:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(copy.deepcopy(raw), form_name="data")
    except PyXFormError as error:
        raise _told(str(error), name, raw) from None
    except _BROKEN:
        raise _uneven(name) from None


def _told(said: str, name: str, raw: Raw | None = None) -> BadInputError:
    """Give pyxform's message as a problem at its row, or at the row of the question it names."""
    row = re.search(r"\[row\s*:\s*(\d+)\]", said)
    what = " ".join(clean(re.sub(r"\[row\s*:\s*\d+\]|Learn more: \S+|\{.*\}", "", said)).split())
    sheet = re.search(r"'(choices|settings|entities|external_choices)' sheet", what)
    line = int(row[1]) if row else _row_named(what, raw or {})
    place = f"{sheet[1] if sheet else 'survey'} row {line}: " if line else ""
    what = f"{place}{what[:300].rstrip('. ') or 'this is not an XLSForm'}"
    return BadInputError(Problem(name, line or 1, 1, what, "mend it in the form and import it again"))


def _row_named(said: str, raw: Raw) -> int:
    """Give the first row of the survey whose name a message quotes; 0 where it quotes none."""
    quoted = set(re.findall(r"'([^']{1,100})'", said))
    rows = enumerate(raw.get("survey") or (), start=2)
    return next((number for number, line in rows if quoted & {line.get("name"), line.get("Name")}), 0)


def _form(raw: Raw) -> Form:
    from pyxform import aliases
    from pyxform.question import MultipleChoiceQuestion, Option
    from pyxform.survey import Survey

    slots = MultipleChoiceQuestion.get_slot_names(), Option.get_slot_names(), Survey.get_slot_names()
    survey = _rows(raw, "survey", aliases.survey_header, set(slots[0]))
    choices = _rows(raw, "choices", aliases.list_header, set(slots[1]))
    settings = _rows(raw, "settings", aliases.settings_header, set(slots[2]))
    others = tuple(row for sheet in _SHEETS[3:] for row in _rows(raw, sheet, {}, set()))
    first = settings[0] if settings else Row("settings", 1, {})
    default = first.says("default_language")
    return Form(survey, choices, first, others, language_named(default) if default else "en")


def _rows(raw: Raw, sheet: str, aliases: Mapping[str, Any], columns: set[str]) -> tuple[Row, ...]:
    """Give a sheet's rows with their headers in pyxform's own spelling; empty rows keep their number."""
    from pyxform.parsing.sheet_headers import process_header

    lines = raw.get(sheet) or ()
    headers = tuple(dict.fromkeys(header for line in lines for header in line if header))
    double = any("::" in header for header in headers)
    tokens: dict[str, Header] = {
        header: process_header(header, double, dict(aliases), columns)[1] for header in headers
    }
    return tuple(
        Row(
            sheet, number, {tokens[header]: clean(str(text)).strip() for header, text in line.items() if text}
        )
        for number, line in enumerate(lines, start=2)
        if any(line.values())
    )
