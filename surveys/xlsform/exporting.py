"""A questionnaire as an XLSForm: sheets of texts, and the Excel file that holds them."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Wording
from surveys.interviews.phrases import scale_of, something_else
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import (
    BestWorst,
    Break,
    Cards,
    Choice,
    ChooseMany,
    ChooseOne,
    Faces,
    FreeText,
    Frequency,
    HelpCard,
    Highlighter,
    Likert,
    Note,
    Number,
    Paired,
    Question,
    QuestionPage,
    Ranking,
    SaidPage,
    kind_of,
)
from surveys.xlsform.sheets import COLUMNS, ENGLISH

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Line = dict[str, str]
LONGEST_CELL = 32_767  # Excel's own limit
RANGE = "start=0 end=10 step=1"


class Sheets(Struct, frozen=True):
    """The three sheets of a form: rows of texts by column."""

    survey: tuple[Line, ...]
    choices: tuple[Line, ...]
    settings: tuple[Line, ...]

    def by_name(self) -> dict[str, list[Line]]:
        """Give the form as pyxform takes it in memory, in lists of its own."""
        return {name: [dict(line) for line in getattr(self, name)] for name in self.__struct_fields__}


def sheets_of(questionnaire: Questionnaire) -> Sheets:
    """Give a questionnaire as the sheets of an XLSForm.

    What XLSForm has no word for (`kind`, `sensitive`, `covers`, `link`, `alone`, …) stands in columns of
    its own, which other tools pass over.
    """
    lists = _list_names(questionnaire)
    survey = tuple(_question(page, lists) for page in questionnaire.pages)
    choices: list[Line] = []
    for page in questionnaire.pages:
        name = lists.get(page.id, "")
        if name and all(line["list_name"] != name for line in choices):
            choices += _choices(page, name)
    return Sheets(survey, tuple(choices), (_settings(questionnaire),))


def workbook_of(sheets: Sheets) -> bytes:
    """Give sheets as an .xlsx file. Every cell is text, so that nothing in it can act as a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.by_name().items():
        _write(book.create_sheet(name), lines)
    book.properties.creator = "coprod"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _question(page: QuestionPage, lists: Mapping[str, str]) -> Line:
    line = {"type": _type(page, lists), "name": page.id, "kind": kind_of(page)}
    line |= _worded("label", page.ask) | _worded("hint", page.help)
    for aged in page.by_age:
        line |= _worded(f"label_{aged.ages}", aged.ask) | _worded(f"hint_{aged.ages}", aged.help)
    line["relevant"] = page.relevant
    if isinstance(page, SaidPage):
        line["covers"] = " ".join(page.covers) if isinstance(page, Note) else ""
        return _filled(line)
    line["constraint"] = page.constraint
    line |= _worded("constraint_message", page.constraint_help)
    line |= _looks(page)
    line |= {"sensitive": page.sensitive or "", "sensitive_because": page.sensitive_because}
    return _filled(line)


def _type(page: QuestionPage, lists: Mapping[str, str]) -> str:
    """Give the type that asks this kind in XLSForm, or the nearest one; the column `kind` says which it was."""
    match page:
        case ChooseOne() | Cards() | Faces() | Likert() | Frequency():
            return f"select_one {lists[page.id]}"
        case ChooseMany():
            return f"select_multiple {lists[page.id]}"
        case Ranking() | BestWorst() | Paired():
            return f"rank {lists[page.id]}"
        case Number():
            return "range"
        case FreeText() | Highlighter():
            return "text"
        case Note() | Break() | HelpCard():
            return "note"


def _looks(page: Question) -> Line:
    match page:
        case ChooseOne() | ChooseMany() | Cards() | Ranking() | BestWorst() | Paired():
            return {"parameters": "randomize=true" if page.shuffle else ""}
        case Faces() | Likert() | Frequency():
            return {"appearance": "likert"}
        case Number():
            return {"parameters": RANGE, **_worded("low", page.low), **_worded("high", page.high)}
        case Highlighter():
            return {"passage": page.passage}
        case FreeText():
            linked = {"link": "yes" if page.link else "", "link_reason": page.link_reason}
            return {"appearance": "multiline", **linked}


def _list_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Give the name of the list of choices of each question that has one; a scale's list is shared."""
    taken = {page.id for page in questionnaire.pages}
    names: dict[str, str] = {}
    for page in questionnaire.pages:
        if isinstance(page, Faces | Likert | Frequency):
            names[page.id] = _free(f"{kind_of(page)}-scale", taken)
        elif _choices_of(page):
            names[page.id] = page.id
    return names


def _choices_of(page: QuestionPage) -> tuple[Choice, ...]:
    """Give the choices a list holds: a scale's points, the page's own, and coprod's something else."""
    own = getattr(page, "choices", ())
    points = tuple(Choice(point.id, point.label) for point in scale_of(kind_of(page)))
    added = (something_else(),) if getattr(page, "something_else", False) else ()
    return (*points, *own, *added)


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free(f"{name}-", taken)


def _choices(page: QuestionPage, name: str) -> Iterator[Line]:
    added = something_else().id
    for choice in _choices_of(page):
        line = {"list_name": name, "name": choice.id} | _worded("label", choice.label)
        yield _filled(line | {"alone": "yes" if choice.alone and choice.id != added else ""})


def _settings(questionnaire: Questionnaire) -> Line:
    return _filled(
        {
            "form_title": questionnaire.title.en,
            "form_id": questionnaire.survey,
            "default_language": ENGLISH,
            "style": "pages",
            "welsh_title": questionnaire.title.cy or "",
            **_worded("made_by", questionnaire.made_by),
            **_worded("purpose", questionnaire.purpose),
            **_worded("who_reads", questionnaire.who_reads),
            "minutes": str(questionnaire.minutes),
            "ages": " ".join(questionnaire.ages),
            "small_counts": questionnaire.small_counts,
            "read_by": questionnaire.read_by,
            "understanding_check": "yes" if questionnaire.understanding_check else "",
        }
    )


def _worded(column: str, wording: Wording | None) -> Line:
    written = wording.written() if wording is not None else ()
    return {f"{column}::{COLUMNS[language]}": text for language, text in written}


def _filled(line: Line) -> Line:
    return {column: text for column, text in line.items() if text}


def _write(sheet: "Worksheet", lines: Iterable[Line]) -> None:
    """Write one sheet with its headers in bold and held in sight."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    lines = tuple(lines)
    headers = tuple(dict.fromkeys(header for line in lines for header in line))
    for column, header in enumerate(headers, start=1):
        _set(sheet, 1, column, header).font = Font(bold=True)
        wide = max(len(line.get(header, "")) for line in lines)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(wide, 12), 60)
        for row, line in enumerate(lines, start=2):
            if header in line:
                cell = _set(sheet, row, column, line[header])
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _set(sheet: "Worksheet", row: int, column: int, text: str) -> Any:
    if len(text) > LONGEST_CELL:
        what = f"a text has {len(text):,} characters, and a cell of Excel holds {LONGEST_CELL:,}"
        raise BadInputError.of(sheet.title, what, "shorten it")
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of a text that starts with `=`
    return cell
