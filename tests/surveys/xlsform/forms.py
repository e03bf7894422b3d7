"""Forms for tests, each written here: Excel files new and old, and short Markdown tables."""

import io
import struct
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from surveys.xlsform.importing import Imported, import_form

Sheets = Mapping[str, Sequence[Sequence[object]]]
CHOICES = """
| choices |
| | list_name | name | label | county |
| | yn | yes | Yes | |
| | yn | no | No | |
| | numbers | 1 | Often enough | |
| | numbers | 0 | Not at all | |
| | agree | 1 | Strongly disagree | |
| | agree | 2 | Disagree | |
| | agree | 3 | Neither | |
| | agree | 4 | Agree | |
| | agree | 5 | Strongly agree | |
| | places | home | At home | |
| | places | school | At school | |
| | places | online | Online | |
| | towns | barry | Barry | glamorgan |
| | towns | cardiff | Cardiff | glamorgan |
| | towns | bangor | Bangor | gwynedd |
| | towns | bala | Bala | gwynedd |
| | counties | glamorgan | Glamorgan | |
| | counties | gwynedd | Gwynedd | |
"""


def form_of(*rows: str, columns: str = "type | name | label", more: str = "") -> bytes:
    """Give a Markdown form from its survey rows, written as cells between bars, with the choices above."""
    lines = "\n".join(f"| | {row} |" for row in (columns, *rows))
    return f"| survey |\n{lines}\n{CHOICES}{more}".encode()


def imported(content: bytes, name: str = "form.md") -> tuple[Imported, Questionnaire]:
    """Give what became of a form, and the questionnaire as it loads from its text."""
    outcome = import_form(content, name)
    return outcome, parse_questionnaire(outcome.text, "imported.yaml")


def excel(sheets: Sheets) -> bytes:
    """Give an .xlsx file with these cells as they are: numbers, truths and formulas too."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def old_excel(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Give an .xls file of texts: a BIFF8 workbook in one stream of an OLE compound file.

    Source: Microsoft's [MS-XLS] and [MS-CFB], only the records that a reader needs.
    """
    return _compound(_workbook(sheets))


def _workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    bodies = [_sheet(rows) for rows in sheets.values()]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    names = [_bound(name, 0) for name in sheets]
    place = len(start) + sum(map(len, names)) + len(_record(0x000A, b""))
    listed = b""
    for name, body in zip(sheets, bodies, strict=True):
        listed += _bound(name, place)
        place += len(body)
    return start + listed + _record(0x000A, b"") + b"".join(bodies)


def _bound(name: str, place: int) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name.encode("latin-1"))


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    cells = b"".join(
        _record(
            0x0204,
            struct.pack("<HHHHB", number, column, 0, len(text), 1) + text.encode("utf-16-le"),
        )
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    )
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    size = max(4096, -(-len(stream) // 512) * 512)
    sectors = size // 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * 4 * 108
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, size)
    return head + fat + entries.ljust(512, b"\0") + stream.ljust(size, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le").ljust(64, b"\0")
    return (
        spelled
        + struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
