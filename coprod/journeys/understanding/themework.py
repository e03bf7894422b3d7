"""Keeping themes to work on, and turning one into a code that the machine only suggests."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analysis.codes.codebook import Code
from analysis.codes.coding import MACHINE, Added, Header, Suggested, repeats_answer
from analysis.publishing.quotes import printable_phrases
from analysis.themes.factors import RERUNS
from analysis.themes.themes import Theme, find_themes
from analysis.themes.themework import (
    THEMES_SUFFIX,
    FoundTheme,
    ThemeEvent,
    ThemesFound,
    ThemeToCode,
    ThemeWork,
    add_theme_events,
    begin_themes,
    read_themes,
    themes_now,
)
from analysis.words.collocations import named
from coprod.journeys.understanding.codings import CodingWork, codebook_now, write_events
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_plain

if TYPE_CHECKING:
    import polars as pl

HALF = 0.5


def themes_path(work: CodingWork, coder: str) -> Path:
    """Give the path of an analyst's worked themes."""
    return work.folder / f"{work.stem}.{coder}{THEMES_SUFFIX}"


def keep_themes(work: CodingWork, coder: str, on: date, count: int | None = None) -> ThemeWork:
    """Find themes in the answers and write them down to be worked on; the same ones whatever the order of the answers.

    Raises RefusedError as `find_themes` does, and BadInputError for odd initials or when there are kept themes already.
    """
    ids, texts = list(work.texts), list(work.texts.values())
    found = find_themes(texts, count, None, work.decided)
    names = _names(found.themes, work)
    kept = tuple(
        FoundTheme(f"theme-{place + 1}", name, theme.together, tuple(sorted(_answers(ids, found.assignments, place))))
        for place, (name, theme) in enumerate(zip(names, found.themes, strict=True))
    )  # fmt: skip
    rest = tuple(sorted(_answers(ids, found.assignments, None)))
    return begin_themes(themes_path(work, coder), _header(work, coder), ThemesFound(kept, rest), on)


def kept_themes(work: CodingWork, coder: str) -> ThemeWork:
    """Give an analyst's themes. Raises BadInputError when none are kept, or they are of other data."""
    path = themes_path(work, coder)
    if not path.exists():
        raise BadInputError.of(
            path, "no themes are kept here yet", "keep them first: coprod analysis theme keep"
        )
    held = read_themes(path)
    if held.header != _header(work, coder):
        raise BadInputError.of(
            path, "these themes are of another version of the file", "keep them under a new name"
        )
    return held


def write_theme_events(
    work: CodingWork, coder: str, events: Sequence[ThemeEvent], on: date, why: str = ""
) -> ThemeWork:
    """Write an analyst's events, all or none. Raises BadInputError for what cannot be, and for a reason or name that
    repeats an answer's words.
    """
    said = [why, *(getattr(event, "name", "") for event in events)]
    if any(one and repeats_answer(one, *work.texts.values()) for one in said):
        raise BadInputError.of("--why", "this repeats an answer's own words", "say it in yours")
    return add_theme_events(kept_themes(work, coder), events, on, why)


def turn_into_code(work: CodingWork, coder: str, theme: str, code: Code, on: date) -> ThemeWork:
    """Make a code of a theme: a codebook entry by the analyst, and a suggestion by the machine for each of its answers.

    It codes nothing: every suggestion waits for a person. A code that is there already is used. Raises BadInputError
    for a theme that is not there.
    """
    held = kept_themes(work, coder)
    found = next((one for one in themes_now(held) if one.theme == theme), None)
    if found is None:
        raise BadInputError.of(theme, "there is no such theme", "see coprod analysis theme show")
    if code.id not in {one.id for one in codebook_now(work).codes}:
        write_events(work, coder, [Added(code)], on, f"from the theme {found.theme}")
    score = HALF if found.together is None else found.together / RERUNS
    suggested = [Suggested(response, code.id, score) for response in sorted(found.responses)]
    write_events(work, MACHINE, suggested, on, f"theme {found.theme} of {coder}")
    return add_theme_events(held, [ThemeToCode(theme, code.id)], on)


def code_id_for(name: str) -> str:
    """Give an id for a code from a theme's name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].strip("-")
    return plain if plain[:1].isalpha() else f"code-{plain}".strip("-")


def _names(themes: Sequence[Theme], work: CodingWork) -> list[str]:
    """Name themes by phrases that at least five wrote and that may be printed: this file is not sealed."""
    phrases = {phrase for theme in themes for phrase in theme.phrases}
    printable = printable_phrases(list(work.texts.values()), phrases, work.decided)
    names = named([[phrase for phrase in theme.phrases if phrase in printable] for theme in themes])
    return [name[:120] for name in names]


def _answers(ids: list[str], places: "Sequence[int | None] | pl.Series", wanted: int | None) -> list[str]:
    return [one for one, place in zip(ids, places, strict=True) if place == wanted]


def _header(work: CodingWork, coder: str) -> Header:
    try:
        plain = {"coder": coder, "data": work.data, "question": work.question, "format": 1}
        return from_plain(plain, Header)
    except msgspec.ValidationError:
        raise BadInputError.of("--by", "these are no initials", "write one to four capital letters, such as AB") from None  # fmt: skip
