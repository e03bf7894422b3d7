"""`coprod analysis you-said start|show|close|draw`: every theme gets an answer, and young people get to see it."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.responses import add_responses, responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `you-said` with its own commands."""
    group = commands.add_parser(
        "you-said", help="what young people said, and what somebody answers to each of it"
    )
    parts = group.add_subparsers(metavar="COMMAND", required=True)
    start = parts.add_parser(
        "start", help="write the file to fill in, one theme for each pile of what was written"
    )
    add_responses(start)
    start.add_argument(
        "--text", action="append", default=[], metavar="COLUMN", help="what was written in (all of a batch)"
    )
    start.set_defaults(run=run_start)
    show = parts.add_parser("show", help="every theme, its answer, and what the answer lacks")
    add_format(show)
    show.set_defaults(run=run_show)
    close = parts.add_parser("close", help="close themes that have a decision, an owner, a date and a reason")
    close.add_argument("theme", nargs="*", metavar="THEME", help="which; left out, all of them")
    add_format(close)
    close.set_defaults(run=run_close)
    draw = parts.add_parser(
        "draw", help="make a page and a poster of it: a material for check, panel and sign-off"
    )
    add_format(draw)
    draw.set_defaults(run=run_draw)


def run_start(arguments: argparse.Namespace) -> int:
    """Write the file a team fills in."""
    from coprod.journeys.understanding.yousaid import start_you_said
    from coprod.workspace import here

    path = start_you_said(here(), arguments.file, responses_of(arguments), tuple(arguments.text))
    return _told(arguments, {"file": str(path)}, f"Fill in every theme: {path}")


def run_show(arguments: argparse.Namespace) -> int:
    """Print every theme with what its answer lacks."""
    from coprod.journeys.understanding.yousaid import you_said_of
    from coprod.workspace import here

    held = you_said_of(here())
    if arguments.format == "json":
        themes = [
            {"theme": one.theme, "decision": one.decision, "lacks": one.missing(), "closed": one.closed}
            for one in held.themes
        ]
        print_json({"themes": themes})
        return 0
    for one in held.themes:
        print_line(f"{one.theme}: {'closed' if one.closed else 'open'}; {one.in_a_word}")
        for lacking in one.missing():
            print_line(f"    lacks {lacking}")
    return 0


def run_close(arguments: argparse.Namespace) -> int:
    """Close themes; one without its answer is refused and named."""
    from coprod.clock import today
    from coprod.journeys.understanding.yousaid import close_themes
    from coprod.workspace import here

    held = close_themes(here(), arguments.theme, today())
    closed = [one.theme for one in held.themes if one.closed]
    return _told(arguments, {"closed": closed}, f"Closed: {', '.join(closed)}")


def run_draw(arguments: argparse.Namespace) -> int:
    """Write the material, and say what comes next."""
    from coprod.clock import today
    from coprod.journeys.understanding.yousaid import MATERIAL, draw_you_said
    from coprod.workspace import here

    path: Path = draw_you_said(here(), today())
    if arguments.format == "json":
        print_json({"material": str(path)})
        return 0
    print_line(f"Material: {path}")
    print_line(f"Next: coprod campaigns check {path}, then panel, signoff and release of `{MATERIAL}`.")
    return 0


def _told(arguments: argparse.Namespace, value: dict[str, Any], line: str) -> int:
    if arguments.format == "json":
        print_json(value)
    else:
        print_line(line)
    return 0
