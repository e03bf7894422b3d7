"""Working on themes a machine found: merged, parted, renamed, set aside, turned into codes, as events that are only added to.

One file an analyst, `format: 1`, chained like a coding file (see `coprod.kernel.chain`). It holds ids of answers and
names that at least five people's words or an analyst gave; never an answer. Undo is an event too.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, structs

from analysis.codes.codebook import CodeId
from analysis.codes.coding import LONGEST_REASON, Header, Response, Undone, Whole
from analysis.themes.factors import RERUNS
from coprod.kernel.chain import MEND, Chain, add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

THEMES_SUFFIX = ".themes"
Name = Annotated[str, Meta(min_length=1, max_length=120)]


class FoundTheme(Struct, frozen=True, forbid_unknown_fields=True):
    """A theme as the machine found it: in how many re-runs it stayed together, and the ids of its answers."""

    theme: CodeId
    name: Name
    together: int
    responses: tuple[Response, ...]


class ThemesFound(Struct, frozen=True, forbid_unknown_fields=True, tag="found", tag_field="event"):
    """What everything after starts from. `left_over` are answers that fit none."""

    themes: tuple[FoundTheme, ...]
    left_over: tuple[Response, ...]


class ThemeRenamed(Struct, frozen=True, forbid_unknown_fields=True, tag="renamed", tag_field="event"):
    """A theme's new name."""

    theme: CodeId
    name: Name


class ThemeMerged(Struct, frozen=True, forbid_unknown_fields=True, tag="merged", tag_field="event"):
    """A theme whose answers belong to another from now on."""

    theme: CodeId
    into: CodeId


class ThemeParted(Struct, frozen=True, forbid_unknown_fields=True, tag="parted", tag_field="event"):
    """Some answers of a theme that make a new one."""

    theme: CodeId
    new: CodeId
    name: Name
    responses: tuple[Response, ...]


class ThemeSetAside(Struct, frozen=True, forbid_unknown_fields=True, tag="set-aside", tag_field="event"):
    """A theme that says nothing to the analyst. Its answers stay to be read."""

    theme: CodeId


class ThemeToCode(Struct, frozen=True, forbid_unknown_fields=True, tag="to-code", tag_field="event"):
    """A theme that became a code; the machine suggested it for the theme's answers and a person decides on each."""

    theme: CodeId
    code: CodeId


ThemeEvent = ThemesFound | ThemeRenamed | ThemeMerged | ThemeParted | ThemeSetAside | ThemeToCode | Undone


class ThemeEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """An event in its place: its number from 1, the day and the reason."""

    number: Whole
    on: date
    did: ThemeEvent
    why: Annotated[str, Meta(max_length=LONGEST_REASON)] = ""


class ThemeWork(Struct, frozen=True):
    """One analyst's file as read."""

    path: Path
    header: Header
    entries: tuple[ThemeEntry, ...]
    held: Chain

    def __repr__(self) -> str:
        """Give whose it is and the size only."""
        return f"ThemeWork({self.header.coder}, {len(self.entries)} events)"


class WorkedTheme(Struct, frozen=True):
    """A theme as it stands. `together` is None once a person changed which answers are in it: the stamp was of others."""

    theme: str
    name: str
    responses: frozenset[str]
    together: int | None
    is_set_aside: bool = False
    code: str = ""

    @property
    def stamp(self) -> str:
        """Give how well it holds, or that a person made it."""
        if self.together is None:
            return "put together by a person"
        return f"in {self.together} of {RERUNS} re-runs these stayed together"


def begin_themes(path: Path, header: Header, found: ThemesFound, on: date) -> ThemeWork:
    """Write a new file with what was found. Raises BadInputError when there is one already."""
    chain = start_chain(path, msgspec.json.encode(header))
    return add_theme_events(ThemeWork(path, header, (), chain), [found], on)


def read_themes(path: Path) -> ThemeWork:
    """Give an analyst's file. Raises BadInputError for one that was edited by hand or whose events cannot be."""
    held = read_chain(path)
    try:
        header = from_json(held.lines[0], Header)
        entries = tuple(from_json(line, ThemeEntry) for line in held.lines[1:])
    except (msgspec.DecodeError, IndexError):
        raise BadInputError.of(path, "this is not a file of worked themes", MEND) from None
    work = ThemeWork(path, header, entries, held)
    themes_now(work)
    return work


def add_theme_events(work: ThemeWork, events: Sequence[ThemeEvent], on: date, why: str = "") -> ThemeWork:
    """Write events, all or none, and give the file with them. Raises BadInputError for what cannot be."""
    reason = clean_line(why)
    if len(reason) > LONGEST_REASON:
        raise BadInputError.of("--why", f"this reason has over {LONGEST_REASON} characters", "shorten it")
    first = len(work.entries) + 1
    new = tuple(ThemeEntry(number, on, event, reason) for number, event in enumerate(events, start=first))
    after = structs.replace(work, entries=(*work.entries, *new))
    themes_now(after)
    held = add_lines(work.path, work.held, [msgspec.json.encode(entry) for entry in new])
    return structs.replace(after, held=held)


def themes_now(work: ThemeWork) -> tuple[WorkedTheme, ...]:
    """Give the themes after every event that stands, largest first, those set aside last."""
    themes: dict[str, WorkedTheme] = {}
    for entry in standing_events(work):
        _apply(entry, themes, work.path)
    return tuple(sorted(themes.values(), key=lambda one: (one.is_set_aside, -len(one.responses), one.theme)))


def left_over(work: ThemeWork) -> frozenset[str]:
    """Give the answers that fit no theme."""
    found = next(entry.did for entry in work.entries if isinstance(entry.did, ThemesFound))
    return frozenset(found.left_over)


def standing_events(work: ThemeWork) -> tuple[ThemeEntry, ...]:
    """Give the events that count: those not undone, without the undoing itself. Raises BadInputError for an undo of nothing."""
    undone: set[int] = set()
    kept = []
    for entry in reversed(work.entries):
        if entry.number in undone:
            continue
        if isinstance(entry.did, Undone):
            if not 1 < entry.did.number < entry.number:
                raise _cannot_be(work.path, entry, f"there is no event {entry.did.number} to undo")
            undone.add(entry.did.number)
        else:
            kept.append(entry)
    return tuple(reversed(kept))


def _apply(entry: ThemeEntry, themes: dict[str, WorkedTheme], path: Path) -> None:
    match entry.did:
        case ThemesFound(themes=found):
            themes.update({one.theme: WorkedTheme(one.theme, one.name, frozenset(one.responses), one.together) for one in found})  # fmt: skip
        case ThemeRenamed(theme=theme, name=name):
            themes[theme] = structs.replace(_known(theme, themes, entry, path), name=clean_line(name))
        case ThemeMerged(theme=theme, into=into):
            _merge(theme, into, themes, entry, path)
        case ThemeParted():
            _part(entry.did, themes, entry, path)
        case ThemeSetAside(theme=theme):
            themes[theme] = structs.replace(_known(theme, themes, entry, path), is_set_aside=True)
        case ThemeToCode(theme=theme, code=code):
            themes[theme] = structs.replace(_known(theme, themes, entry, path), code=code)
        case _:
            pass


def _merge(theme: str, into: str, themes: dict[str, WorkedTheme], entry: ThemeEntry, path: Path) -> None:
    gone, kept = _known(theme, themes, entry, path), _known(into, themes, entry, path)
    if theme == into:
        raise _cannot_be(path, entry, "a theme cannot be merged into itself")
    themes[into] = structs.replace(kept, responses=kept.responses | gone.responses, together=None)
    del themes[theme]


def _part(parted: ThemeParted, themes: dict[str, WorkedTheme], entry: ThemeEntry, path: Path) -> None:
    whole, moving = _known(parted.theme, themes, entry, path), frozenset(parted.responses)
    if parted.new in themes:
        raise _cannot_be(path, entry, f"there is a theme `{parted.new}` already")
    if not moving or not moving < whole.responses:
        raise _cannot_be(path, entry, f"a part is some of the answers of `{parted.theme}`, not all")
    themes[parted.theme] = structs.replace(whole, responses=whole.responses - moving, together=None)
    themes[parted.new] = WorkedTheme(parted.new, clean_line(parted.name), moving, None)


def _known(theme: str, themes: dict[str, WorkedTheme], entry: ThemeEntry, path: Path) -> WorkedTheme:
    if theme not in themes:
        raise _cannot_be(path, entry, f"there is no theme `{clean_line(theme)}` (any more)", nearest(theme, themes))  # fmt: skip
    return themes[theme]


def _cannot_be(path: Path, entry: ThemeEntry, what: str, mend: str = "leave this event out") -> BadInputError:
    return BadInputError(Problem(str(path), entry.number + 1, 1, what, mend))
