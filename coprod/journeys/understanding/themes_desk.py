"""Themes at the desk: found once, and then worked on by an analyst; each change is written and the board given anew."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, work_on
from coprod.kernel.unshown import Unshown

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.themes.themework import ThemeEvent, ThemeWork
    from coprod.journeys.understanding.codings import CodingWork

EXEMPLARS = 5
MOST_READ = 2_000


class ThemeChange(Struct, frozen=True):
    """One change of a theme; `other` is its new name or the theme it goes into. Undo takes the last one back.

    `part` makes a new theme, called `other`, of those of its answers that hold all of these `words`.
    """

    what: Literal["rename", "merge", "part", "set-aside", "undo"]
    theme: str = ""
    other: str = ""
    words: str = ""


class ThemeOnBoard(Unshown, frozen=True):
    """A theme as an analyst works on it: its size in words, its stamp, and answers most like it, each with its consent."""

    id: str
    name: str
    size: str
    stamp: str
    is_set_aside: bool
    code: str
    exemplars: tuple[tuple[str, bool], ...]


def keep_and_show(desk: Desk, coder: str, today: date) -> tuple[ThemeOnBoard, ...]:
    """Give an analyst's themes of a question as they stand; found and kept first where there are none yet.

    Raises RefusedError as `keep_themes` does, and BadInputError for odd initials or a file that was edited.
    """
    from coprod.journeys.understanding.themework import keep_themes, themes_path

    work = work_on(desk)
    if not themes_path(work, coder).exists():
        keep_themes(work, coder, today)
    return _board(responses_on(desk), work, coder)


def change_theme(desk: Desk, coder: str, change: ThemeChange, today: date) -> tuple[ThemeOnBoard, ...]:
    """Write one change of an analyst's themes and give the themes then. Raises BadInputError for what cannot be."""
    from coprod.journeys.understanding.themework import kept_themes, write_theme_events

    work = work_on(desk)
    write_theme_events(work, coder, [_event(change, kept_themes(work, coder), work.texts)], today)
    return _board(responses_on(desk), work, coder)


def _event(change: ThemeChange, held: "ThemeWork", texts: Mapping[str, str]) -> "ThemeEvent":
    from analysis.themes.themework import ThemeMerged, ThemeRenamed, ThemeSetAside

    match change.what:
        case "rename":
            return ThemeRenamed(change.theme, change.other)
        case "merge":
            return ThemeMerged(change.theme, change.other)
        case "part":
            return _parted(change, held, texts)
        case "set-aside":
            return ThemeSetAside(change.theme)
        case "undo":
            return _undoing(held)


def _parted(change: ThemeChange, held: "ThemeWork", texts: Mapping[str, str]) -> "ThemeEvent":
    from analysis.themes.themework import ThemeParted, themes_now
    from coprod.journeys.understanding.themework import code_id_for
    from coprod.kernel.problem import BadInputError

    themes = themes_now(held)
    mine = next((one.responses for one in themes if one.theme == change.theme), frozenset())
    wanted = change.words.casefold().split()
    found = [one for one in sorted(mine) if all(word in texts.get(one, "").casefold() for word in wanted)]
    if not wanted or not found or len(found) == len(mine):
        raise BadInputError.of(
            "words", "none or all of its answers hold these words", "type words that some of them hold"
        )
    known, new = {one.theme for one in themes}, code_id_for(change.other)
    new = next(
        name
        for name in (new, *(f"{new}-{number}" for number in range(2, len(known) + 3)))
        if name not in known
    )
    return ThemeParted(change.theme, new, change.other, tuple(found))


def _undoing(held: "ThemeWork") -> "ThemeEvent":
    from analysis.codes.coding import Undone
    from analysis.themes.themework import ThemesFound, standing_events
    from coprod.kernel.problem import BadInputError

    standing = [one for one in standing_events(held) if not isinstance(one.did, ThemesFound)]
    if not standing:
        raise BadInputError.of("undo", "there is nothing to undo", "go on")
    return Undone(standing[-1].number)


def theme_to_code(
    desk: Desk, coder: str, theme: str, code: tuple[str, str], today: date
) -> tuple[ThemeOnBoard, ...]:
    """Make a code (its name, what it means) of a theme and give the themes then. Raises as `turn_into_code` does."""
    from analysis.codes.codebook import Code
    from coprod.journeys.understanding.themework import code_id_for, turn_into_code
    from coprod.kernel.problem import BadInputError
    from coprod.kernel.text import clean_line

    name, definition = map(clean_line, code)
    if not name or not definition:
        raise BadInputError.of("code", "a code needs a name and what it means", "type both, in your words")
    work = work_on(desk)
    turn_into_code(work, coder, theme, Code(code_id_for(name), name, definition), today)
    return _board(responses_on(desk), work, coder)


def _board(responses: "Responses", work: "CodingWork", coder: str) -> tuple[ThemeOnBoard, ...]:
    from analysis.publishing.disclosure import people_words
    from analysis.themes.themework import themes_now
    from coprod.journeys.understanding.coding_room import may_quote_by_id
    from coprod.journeys.understanding.themework import kept_themes

    allowed = may_quote_by_id(responses, work)
    return tuple(
        ThemeOnBoard(
            one.theme,
            one.name,
            people_words(len(one.responses)),
            one.stamp,
            one.is_set_aside,
            one.code,
            tuple((work.texts[answer], allowed[answer]) for answer in _typical(work, one.responses)),
        )
        for one in themes_now(kept_themes(work, coder))
    )


def _typical(work: "CodingWork", responses: frozenset[str]) -> list[str]:
    """Give different answers that share most words with the others of their theme; of a very large one, of a part."""
    from analysis.themes.exemplars import most_typical

    first = {work.texts[one]: one for one in sorted(responses, reverse=True) if one in work.texts}
    ids = sorted(first.values())[:MOST_READ]
    return [ids[place] for place in most_typical([work.texts[one] for one in ids], EXEMPLARS)]
