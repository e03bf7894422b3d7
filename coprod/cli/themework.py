"""`coprod analysis theme …`: keep what a machine found and make it yours: merge, part, rename, set aside, turn into codes."""

import argparse
from typing import TYPE_CHECKING, Any

import msgspec

from coprod.cli.coding import ANSWER_HELP, add_coded, work_of
from coprod.cli.output import print_json, print_line

if TYPE_CHECKING:
    from analysis.themes.themework import ThemeEvent, ThemeWork, WorkedTheme

Commands = Any  # argparse's type for sub-commands is private

CAUTION = "Piles to look at, not findings. Sizes are in words; a code made of one is only suggested for its answers."


def add_commands(commands: Commands) -> None:
    """Add `theme` with its own commands."""
    group = commands.add_parser(
        "theme", help="work on themes: keep, show, merge, part, rename, set aside, code"
    )
    kinds = group.add_subparsers(metavar="WHAT", required=True)
    keep = _added(kinds, "keep", "find themes and keep them to work on", run_keep)
    keep.add_argument("--themes", type=int, metavar="N", help="how many; left out, coprod chooses")
    _added(kinds, "show", "the themes as they stand", run_show)
    _added(kinds, "trail", "every event, oldest first", run_trail)
    _change(kinds, "rename", "give a theme another name", _renaming, ("theme", "name"))
    _change(kinds, "merge", "put a theme's answers into another", _merging, ("theme", "into"))
    part = _change(kinds, "part", "make a new theme of some answers", _parting, ("theme", "new", "name"))
    part.add_argument("responses", nargs="+", metavar="ANSWER", help=ANSWER_HELP)
    _change(kinds, "set-aside", "leave a theme out of what follows", _setting_aside, ("theme",))
    undo = _change(kinds, "undo", "undo an event; undo the undoing to have it back", _undoing, ())
    undo.add_argument("number", type=int, metavar="NUMBER", help="its number in the trail")
    code = _added(kinds, "to-code", "make a code of a theme, suggested for its answers", run_code)
    code.add_argument("theme", metavar="THEME", help=_PARTS["theme"])
    code.add_argument(
        "--code", default="", metavar="ID", help="the code's id; left out, from the theme's name"
    )
    code.add_argument("--definition", required=True, help="what the code means, in your words")


_PARTS = {
    "theme": "its id, as `theme show` prints it",
    "into": "the theme that takes its answers",
    "new": "an id for the new theme",
    "name": "the new name",
}


def _added(kinds: Commands, name: str, summary: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=summary)
    add_coded(parser)
    parser.add_argument("--by", required=True, metavar="INITIALS", help="whose themes these are")
    parser.set_defaults(run=run)
    return parser


def _change(
    kinds: Commands, name: str, summary: str, make: Any, names: tuple[str, ...]
) -> argparse.ArgumentParser:
    parser = _added(kinds, name, summary, run_change)
    for one in names:
        parser.add_argument(one, metavar=one.upper(), help=_PARTS[one])
    parser.add_argument("--why", default="", metavar="REASON", help="in your words, never the answers'")
    parser.set_defaults(make=make)
    return parser


def _renaming(arguments: argparse.Namespace) -> "ThemeEvent":
    from analysis.themes.themework import ThemeRenamed

    return ThemeRenamed(arguments.theme, arguments.name)


def _merging(arguments: argparse.Namespace) -> "ThemeEvent":
    from analysis.themes.themework import ThemeMerged

    return ThemeMerged(arguments.theme, arguments.into)


def _parting(arguments: argparse.Namespace) -> "ThemeEvent":
    from analysis.themes.themework import ThemeParted

    return ThemeParted(arguments.theme, arguments.new, arguments.name, tuple(arguments.responses))


def _setting_aside(arguments: argparse.Namespace) -> "ThemeEvent":
    from analysis.themes.themework import ThemeSetAside

    return ThemeSetAside(arguments.theme)


def _undoing(arguments: argparse.Namespace) -> "ThemeEvent":
    from analysis.codes.coding import Undone

    return Undone(arguments.number)


def run_keep(arguments: argparse.Namespace) -> int:
    """Find themes, write them down and print them."""
    from coprod.clock import today
    from coprod.journeys.understanding.themework import keep_themes

    return _show(arguments, keep_themes(work_of(arguments), arguments.by, today(), arguments.themes))


def run_show(arguments: argparse.Namespace) -> int:
    """Print the themes as they stand."""
    from coprod.journeys.understanding.themework import kept_themes

    return _show(arguments, kept_themes(work_of(arguments), arguments.by))


def run_change(arguments: argparse.Namespace) -> int:
    """Write an event, and print the themes after it."""
    from coprod.clock import today
    from coprod.journeys.understanding.themework import write_theme_events

    event = arguments.make(arguments)
    return _show(
        arguments, write_theme_events(work_of(arguments), arguments.by, [event], today(), arguments.why)
    )


def run_code(arguments: argparse.Namespace) -> int:
    """Make a code of a theme; the machine suggests it for the theme's answers, and nothing is coded."""
    from analysis.codes.codebook import Code
    from analysis.themes.themework import themes_now
    from coprod.clock import today
    from coprod.journeys.understanding.themework import code_id_for, kept_themes, turn_into_code

    work = work_of(arguments)
    names = {one.theme: one.name for one in themes_now(kept_themes(work, arguments.by))}
    name = names.get(arguments.theme, arguments.theme)
    code = Code(arguments.code or code_id_for(name), name, arguments.definition)
    return _show(arguments, turn_into_code(work, arguments.by, arguments.theme, code, today()))


def run_trail(arguments: argparse.Namespace) -> int:
    """Print every event with its number; answers are left out, since they could be counted."""
    from coprod.journeys.understanding.themework import kept_themes

    held = kept_themes(work_of(arguments), arguments.by)
    told: list[dict[str, Any]] = [
        {"number": one.number, "on": one.on, "what": what_of(one.did), "why": one.why} for one in held.entries
    ]
    if arguments.format == "json":
        print_json({"trail": told})
        return 0
    for one in told:
        why = f"  ({one['why']})" if one["why"] else ""
        print_line(f"{one['on']}  {one['number']:>4}  {one['what']}{why}")
    return 0


def what_of(event: "ThemeEvent") -> str:
    """Give an event in words, without the answers it moved."""
    plain: dict[str, Any] = msgspec.to_builtins(event)
    return " ".join(str(value) for value in plain.values() if isinstance(value, str | int))


def _show(arguments: argparse.Namespace, held: "ThemeWork") -> int:
    from analysis.publishing.disclosure import people_words
    from analysis.themes.themework import left_over, themes_now

    themes, rest = themes_now(held), people_words(len(left_over(held)))
    if arguments.format == "json":
        print_json({"themes": [_as_json(one) for one in themes], "left_over": rest, "file": str(held.path)})
        return 0
    print_line(CAUTION)
    for one in themes:
        shown = _as_json(one)
        aside = " (set aside)" if one.is_set_aside else f" (code {one.code})" if one.code else ""
        print_line(f"  {one.theme:<12}{one.name}{aside}")
        print_line(f"              {shown['answers']} answers; {one.stamp}")
    print_line(f"{rest} answers fit none of these: read them.")
    return 0


def _as_json(theme: "WorkedTheme") -> dict[str, Any]:
    from analysis.publishing.disclosure import people_words

    return {
        "theme": theme.theme,
        "name": theme.name,
        "answers": people_words(len(theme.responses)),
        "stamp": theme.stamp,
        "set_aside": theme.is_set_aside,
        "code": theme.code,
    }
