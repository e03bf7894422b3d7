"""A form as sheets of rows, and what their columns are called."""

import re
from collections.abc import Mapping

from msgspec import Struct

from coprod.kernel.wording import Language, Wording

Header = tuple[str, ...]
ENGLISH, WELSH = "English (en)", "Welsh (cy)"
COLUMNS: dict[Language, str] = {"en": ENGLISH, "cy": WELSH}
_NAMES: dict[str, Language] = {
    "english": "en",
    "en": "en",
    "eng": "en",
    "saesneg": "en",
    "default": "en",
    "welsh": "cy",
    "cymraeg": "cy",
    "cy": "cy",
    "cym": "cy",
}


class Row(Struct, frozen=True):
    """One row of a sheet. `number` counts as the spreadsheet does: the row of headers is 1.

    `cells` are texts by header; a header in several parts, such as `label::Welsh (cy)`, is a tuple of them.
    """

    sheet: str
    number: int
    cells: Mapping[Header, str]

    def says(self, *header: str) -> str:
        """Give the text of one cell; nothing where it is empty."""
        return self.cells.get(header, "")


class Form(Struct, frozen=True):
    """A form's rows. `language` is what columns without a language are in; None for one coprod does not hold."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row
    others: tuple[Row, ...] = ()
    language: Language | None = "en"


class Remark(Struct, frozen=True, order=True):
    """What became of something in a form, by sheet and row."""

    sheet: str
    row: int
    what: str


def language_named(name: str) -> Language | None:
    """Give the language a header names, as `English`, `English (en-GB)` or `cy`; None where coprod has no other."""
    spelled = re.fullmatch(r"([^()]*)(?:\(\s*([A-Za-z]+)[^()]*\))?", name.strip())
    words = [] if spelled is None else [(spelled[2] or "").casefold(), spelled[1].strip().casefold()]
    return next((_NAMES[word] for word in words if word in _NAMES), None)


def wording_in(form: Form, row: Row, *header: str) -> Wording | None:
    """Give what a row says under a header in English and Welsh; None where it says nothing in English."""
    texts: dict[Language, str] = {}
    for cell, text in row.cells.items():
        bare = cell == header
        if not bare and cell[:-1] != header:
            continue
        language = form.language if bare else language_named(cell[-1])
        if language is not None and not (bare and language in texts):
            texts[language] = text
    return Wording(texts["en"], texts.get("cy")) if "en" in texts else None


def own_words(form: Form, wording: Wording) -> Wording:
    """Give words of coprod's own for what a form does not say: in Welsh only where the form has Welsh."""
    rows = (form.settings, *form.survey, *form.choices)
    named = (language_named(cell[-1]) for row in rows for cell in row.cells if len(cell) > 1)
    return wording if form.language == "cy" or "cy" in named else Wording(wording.en)


def languages_left_out(form: Form) -> tuple[tuple[Row, str], ...]:
    """Give each language of the form that coprod does not hold, with the row of headers that names it."""
    found: dict[str, Row] = {}
    for row in (*form.survey, *form.choices):
        for cell in row.cells:
            if len(cell) > 1 and cell[0] in {"label", "hint"} and language_named(cell[-1]) is None:
                found.setdefault(cell[-1], Row(row.sheet, 1, {}))
    return tuple((row, name) for name, row in found.items())
