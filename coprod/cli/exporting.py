"""`coprod analysis export`: answers, or answers with their codes, or a codebook, as files for other programs."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.output import print_json, print_line
from coprod.cli.responses import add_responses, responses_of
from coprod.kernel.problem import BadInputError

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `export`."""
    export = commands.add_parser(
        "export",
        help="answers, answers with codes, or a codebook, for other programs (for tables: `tables -o`)",
    )
    add_responses(export)
    export.add_argument(
        "--text", default="", metavar="COLUMN", help="the coded question; left out, all answers are exported"
    )
    export.add_argument(
        "-o", "--output", required=True, type=Path, metavar="TO",
        help="raw answers: .csv, .xlsx, .parquet or .sav; with --text: .qdpx, .csv or .xlsx (raw too), or the codebook "
        "alone: .qdc, .yaml or .taguette.csv",
    )  # fmt: skip
    export.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a column, or a batch's linked question, beside each answer to --text; may come again",
    )
    export.add_argument("--raw", action="store_true", help="yes, what young people wrote")
    export.add_argument("--reason", default="", metavar="REASON", help="why, for --raw")
    export.add_argument("--signed", action="append", default=[], metavar="NAME", help="twice, for --raw")
    export.set_defaults(run=run_export)


def run_export(arguments: argparse.Namespace) -> int:
    """Write a codebook, or answers after two names and a reason."""
    if arguments.attribute and not arguments.text:
        raise BadInputError.of("--attribute", "there is no coded question to set it beside", "name one with --text")  # fmt: skip
    made, recorded = _coded(arguments) if arguments.text else _answers(arguments)
    if arguments.format == "json":
        print_json(
            {"file": str(arguments.output), "files": [str(path) for path in made], "recorded": recorded}
        )
        return 0
    for path in made:
        print_line(f"Written: {path}")
    print_line(recorded)
    return 0


def _coded(arguments: argparse.Namespace) -> tuple[tuple[Path, ...], str]:
    from analysis.codes.attributes import attributes_of
    from coprod.clock import today
    from coprod.journeys.understanding.codings import coding_work
    from coprod.journeys.understanding.exchange import RawAsked, export_coded
    from coprod.workspace import find_workspace

    asked = RawAsked(arguments.reason, tuple(arguments.signed), raw=arguments.raw)
    workspace, responses = find_workspace(Path.cwd()), responses_of(arguments)
    work = coding_work(responses, arguments.file, arguments.text, workspace)
    attributes = attributes_of(responses, arguments.text, arguments.attribute)
    return (arguments.output,), export_coded(work, arguments.output, asked, workspace, today(), attributes)


def _answers(arguments: argparse.Namespace) -> tuple[tuple[Path, ...], str]:
    from coprod.clock import today
    from coprod.journeys.understanding.exchange import RawAsked
    from coprod.journeys.understanding.exports import export_responses
    from coprod.workspace import find_workspace

    asked = RawAsked(arguments.reason, tuple(arguments.signed), raw=arguments.raw)
    return export_responses(
        responses_of(arguments), arguments.file, arguments.output, asked, find_workspace(Path.cwd()), today()
    )
