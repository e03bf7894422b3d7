"""`coprod analysis pathway start|draw`: access points along the care pathway, their gaps, waits and barriers, as a map."""

import argparse
from typing import Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.report import as_json, formats_of
from coprod.cli.responses import add_responses, responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `pathway` with its own commands."""
    group = commands.add_parser("pathway", help="access points along the care pathway, drawn as a map")
    parts = group.add_subparsers(metavar="COMMAND", required=True)
    start = parts.add_parser("start", help="write the file in which the team says what it found")
    add_format(start)
    start.set_defaults(run=run_start)
    draw = parts.add_parser("draw", help="draw what young people answered and what the team found")
    add_responses(draw)
    draw.add_argument("--name", metavar="NAME", help="what the files are called; left out, like FILE")
    draw.add_argument(
        "--files",
        default="html,pdf,docx,xlsx",
        metavar="LIST",
        help="html, pdf, docx, xlsx, svg, parted by commas",
    )
    draw.set_defaults(run=run_draw)


def run_start(arguments: argparse.Namespace) -> int:
    """Write the file the team fills in."""
    from coprod.journeys.understanding.pathway import start_pathway
    from coprod.workspace import here

    path = start_pathway(here())
    if arguments.format == "json":
        print_json({"file": str(path)})
    else:
        print_line(f"Write down what you find: {path}")
    return 0


def run_draw(arguments: argparse.Namespace) -> int:
    """Write the audit into `out/` and say where it is."""
    from coprod.journeys.understanding.pathway import write_pathway
    from coprod.workspace import here

    responses = responses_of(arguments)
    name = arguments.name or arguments.file.stem
    written = write_pathway(here(), arguments.file, responses, name, formats_of(arguments.files))
    if arguments.format == "json":
        print_json(as_json(written))
        return 0
    for at, path in enumerate(written.files.values()):
        print_line(f"{'' if at else 'Pathway:':9}{path}")
    return 0
