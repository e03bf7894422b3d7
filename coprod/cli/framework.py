"""`coprod analysis framework …`: cases by codes with a line a cell, for linked or imported data."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.coding import add_coded
from coprod.cli.output import print_json, print_line
from coprod.cli.responses import responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `framework` with its own commands."""
    group = commands.add_parser("framework", help="the framework matrix: cases by codes, a line a cell")
    kinds = group.add_subparsers(metavar="WHAT", required=True)
    write = _added(kinds, "write", "write the line of a cell", run_write)
    write.add_argument("case", metavar="CASE", help="row-1, row-2 …")
    write.add_argument("code", metavar="CODE", help="the code's id or name")
    write.add_argument("line", metavar="WORDS", help="one line, in your words; empty takes it away")
    export = _added(kinds, "export", "let the matrix out: raw, on two names", run_export)
    export.add_argument(
        "-o", "--output", required=True, type=Path, metavar="TO", help=".csv, .xlsx, .html or .pdf"
    )
    export.add_argument(
        "--attribute", action="append", default=[], metavar="COLUMN", help="a column beside the case"
    )
    export.add_argument("--raw", action="store_true", help="yes, cases and what was said in them")
    export.add_argument("--reason", default="", metavar="REASON", help="why")
    export.add_argument("--signed", action="append", default=[], metavar="NAME", help="twice: on whose names")
    _added(kinds, "show", "how far the matrix is", run_show)


def _added(kinds: Commands, name: str, summary: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=summary)
    add_coded(parser)
    parser.add_argument("--by", required=True, metavar="INITIALS", help="whose matrix")
    parser.set_defaults(run=run)
    return parser


def run_write(arguments: argparse.Namespace) -> int:
    """Write the line of a cell."""
    from analysis.codes.framework import Summarised
    from coprod.clock import today
    from coprod.journeys.understanding.frameworks import summarise

    work, responses = _work_and_responses(arguments)
    cell = Summarised(today(), arguments.case, arguments.code, arguments.line)
    held = summarise(work, responses, arguments.by, cell)
    if arguments.format == "json":
        print_json({"file": str(held.path)})
    else:
        print_line(f"Saved in {held.path}")
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the matrix to a file, through the raw gate."""
    from coprod.clock import today
    from coprod.journeys.understanding.exchange import RawAsked
    from coprod.journeys.understanding.frameworks import export_matrix, framework_matrix
    from coprod.workspace import find_workspace

    work, responses = _work_and_responses(arguments)
    matrix = framework_matrix(work, responses, arguments.by, tuple(arguments.attribute))
    asked = RawAsked(arguments.reason, tuple(arguments.signed), raw=arguments.raw)
    export_matrix(work, matrix, arguments.output, asked, find_workspace(Path.cwd()), today())
    if arguments.format == "json":
        print_json({"file": str(arguments.output)})
    else:
        print_line(f"Written: {arguments.output}. It is raw: keep it as you keep the answers.")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Say which cells wait for a line; the lines themselves leave only through `export`."""
    from analysis.codes.framework import TO_WRITE
    from coprod.journeys.understanding.frameworks import framework_matrix

    work, responses = _work_and_responses(arguments)
    matrix = framework_matrix(work, responses, arguments.by, ())
    waiting = [
        {"case": case, "code": code}
        for case, _, cells in matrix.rows
        for code, cell in zip(matrix.codes, cells, strict=True)
        if cell == TO_WRITE
    ]
    if arguments.format == "json":
        print_json({"codes": matrix.codes, "waiting": waiting})
        return 0
    for one in waiting:
        print_line(f"{one['case']}: {one['code']}")
    print_line("These cells wait for a line." if waiting else "No cell waits for a line.")
    return 0


def _work_and_responses(arguments: argparse.Namespace) -> tuple[Any, Any]:
    from coprod.journeys.understanding.codings import coding_work
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    return coding_work(responses, arguments.file, arguments.text, find_workspace(Path.cwd())), responses
