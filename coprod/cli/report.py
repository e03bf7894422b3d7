"""`coprod analysis report`: what young people said, safe to hand to a commissioner."""

import argparse
import shlex
from pathlib import Path
from typing import Any

from coprod.cli.output import print_json, print_line
from coprod.cli.responses import add_responses, responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `report`."""
    report = commands.add_parser("report", help="tables, themes and who is missing, as web page and PDF")
    add_responses(report)
    report.add_argument("--name", metavar="NAME", help="what the files are called; left out, like FILE")
    report.add_argument("--title", default="What young people told us", metavar="TITLE", help="its title")
    report.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a question to count (all of a batch)",
    )
    report.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a text to find themes in (all of a batch)",
    )
    report.add_argument(
        "--not-sensitive", default="", metavar="REASON", help="why the columns of a file are not sensitive"
    )
    report.add_argument(
        "--quotes-read-by",
        default="",
        metavar="NAME",
        help="who has read every quote and takes it on their name; without it none is printed",
    )
    report.add_argument(
        "--reissue", default="", metavar="REASON", help="why tables already released come from other data"
    )
    report.add_argument("--signed", action="append", default=[], metavar="NAME", help="twice, with --reissue")
    report.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace) -> int:
    """Write the report into `out/` of the workspace and say where it is."""
    from analysis.publishing.ledger import Reissue
    from coprod.journeys.understanding.reports import ReportRequest, write_report
    from coprod.workspace import here

    workspace = here()
    file: Path = arguments.file
    request = ReportRequest(
        arguments.name or file.stem,
        arguments.title,
        tuple(arguments.question),
        tuple(arguments.text),
        arguments.not_sensitive.strip(),
        arguments.quotes_read_by.strip(),
        Reissue(arguments.reissue, tuple(arguments.signed)) if arguments.reissue else None,
        _command(arguments),
    )
    written = write_report(workspace, file, responses_of(arguments), request)
    if arguments.format == "json":
        print_json(
            {
                "page": str(written.page),
                "pdf": str(written.pdf),
                "releases": written.releases,
                "simulated": written.simulated,
            }
        )
        return 0
    if written.simulated:
        print_line("SIMULATED: nobody said this")
    print_line(f"Report: {written.page}")
    print_line(f"        {written.pdf}")
    if not request.quotes_read_by:
        print_line("No quotes in it: read them, then add --quotes-read-by NAME.")
    return 0


def _command(arguments: argparse.Namespace) -> str:
    """Give the command as it can be typed again, without keys and folders of this machine."""
    words = ["coprod", "analysis", "report", arguments.file.name]
    for option in ("question", "text"):
        for value in getattr(arguments, option):
            words += [f"--{option}", value]
    if arguments.not_sensitive:
        words += ["--not-sensitive", arguments.not_sensitive]
    return shlex.join(words)
