"""`coprod analysis report|audiences|involvement`: what young people said, safe to hand to who decides something."""

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.reissuing import add_reissue, reissue_of
from coprod.cli.responses import add_responses, responses_of
from coprod.kernel.problem import BadInputError

if TYPE_CHECKING:
    from coprod.journeys.understanding.reports import Format, LetOut, ReportRequest, WrittenReport

Commands = Any  # argparse's type for sub-commands is private

DEFAULT_TITLE = "What young people told us"


def add_commands(commands: Commands) -> None:
    """Add `report`, `audiences` and `involvement`."""
    report = commands.add_parser("report", help="tables, themes, quotes and who is missing, in every format")
    add_responses(report)
    report.add_argument(
        "--for", dest="audience", default="", metavar="AUDIENCE", help="who will read it; see `audiences`"
    )
    report.add_argument("--name", metavar="NAME", help="what the files are called; left out, like FILE")
    report.add_argument("--title", default=DEFAULT_TITLE, metavar="TITLE", help="its title")
    _add_what(report)
    _add_names(report)
    report.add_argument(
        "--files",
        default="html,pdf,docx,xlsx",
        metavar="LIST",
        help="html, pdf, docx, xlsx, svg (charts), parted by commas",
    )
    report.set_defaults(run=run_report)
    audiences = commands.add_parser(
        "audiences", help="who a report can be written for, and what concerns them"
    )
    audiences.add_argument(
        "what", choices=("list", "start"), nargs="?", default="list", help="start: a copy to change"
    )
    add_format(audiences)
    audiences.set_defaults(run=run_audiences)
    involvement = commands.add_parser(
        "involvement", help="what only people know: aim, who uses services here, looking back"
    )
    involvement.add_argument("what", choices=("start", "show"), help="start: write the file to fill in")
    add_format(involvement)
    involvement.set_defaults(run=run_involvement)


def _add_what(report: argparse.ArgumentParser) -> None:
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
        "--codes-by", default="", metavar="INITIALS", help="also count the codes this coder gave"
    )
    report.add_argument(
        "--not-sensitive", default="", metavar="REASON", help="why the columns of a file are not sensitive"
    )


def _add_names(report: argparse.ArgumentParser) -> None:
    report.add_argument(
        "--quotes-read-by", default="", metavar="NAME",
        help="who has read every quote the tool picks and takes it on their name; with --approved-by, they are let out",
    )  # fmt: skip
    report.add_argument(
        "--approved-by", default="", metavar="NAME", help="who else agrees that the quotes leave"
    )
    add_reissue(report)
    report.add_argument(
        "--override",
        default="",
        metavar="REASON",
        help="why tables leave although the audit holds them back; recorded, and printed in the report",
    )
    report.add_argument(
        "--signed", action="append", default=[], metavar="NAME", help="twice, with --reissue or --override"
    )


def run_report(arguments: argparse.Namespace) -> int:
    """Write the report into `out/` of the workspace and say where it is."""
    from coprod.journeys.understanding.reports import write_report
    from coprod.workspace import here

    workspace = here()
    responses = responses_of(arguments)
    request = _request(arguments)
    written = write_report(workspace, arguments.file, responses, request)
    if arguments.format == "json":
        print_json(as_json(written))
        return 0
    if written.simulated:
        print_line("SIMULATED: nobody said this")
    for at, path in enumerate(written.files.values()):
        print_line(f"{'' if at else 'Report:':8}{path}")
    if not written.quotes:
        print_line(
            "No quotes in it: see `coprod analysis quotes`; two people let each out, for these readers."
        )
    return 0


def _request(arguments: argparse.Namespace) -> "ReportRequest":
    from analysis.publishing.ledger import Override
    from coprod.journeys.understanding.reports import ReportRequest

    return ReportRequest(
        arguments.name or arguments.file.stem,
        arguments.title,
        arguments.audience.strip(),
        tuple(arguments.question),
        tuple(arguments.text),
        arguments.not_sensitive.strip(),
        arguments.codes_by.strip(),
        reissue_of(arguments),
        _let_out(arguments),
        _command(arguments),
        formats_of(arguments.files),
        Override(arguments.override, tuple(arguments.signed)) if arguments.override else None,
    )


def formats_of(typed: str) -> "tuple[Format, ...]":
    """Give the formats somebody typed. Raises BadInputError for one there is not."""
    from coprod.journeys.understanding.reports import ALL_FORMATS

    wanted = [word.strip().lower() for word in typed.split(",") if word.strip()]
    found = tuple(one for one in ALL_FORMATS if one in wanted)
    if not found or len(found) != len(set(wanted)):
        raise BadInputError.of(
            "--files", "these are not all formats of a report", f"choose of {', '.join(ALL_FORMATS)}"
        )
    return found


def _let_out(arguments: argparse.Namespace) -> "LetOut | None":
    from coprod.clock import today
    from coprod.journeys.understanding.reports import LetOut

    if not (arguments.quotes_read_by.strip() or arguments.approved_by.strip()):
        return None
    return LetOut(arguments.quotes_read_by, arguments.approved_by, today())


def as_json(written: "WrittenReport") -> dict[str, Any]:
    """Give what was written, for a program."""
    files = {name: str(path) for name, path in written.files.items()}
    return {
        "page": files.get("html"),
        "pdf": files.get("pdf"),
        "files": files,
        "releases": written.releases,
        "quotes": written.quotes,
        "simulated": written.simulated,
    }


def _command(arguments: argparse.Namespace) -> str:
    """Give the command as it can be typed again, without keys, and without the name of the file, which may identify."""
    words = ["coprod", "analysis", "report", "FILE"]
    named = {"for": "audience", "codes-by": "codes_by", "not-sensitive": "not_sensitive"}
    for option, field in named.items():
        if value := getattr(arguments, field).strip():
            words += [f"--{option}", value]
    if arguments.title != DEFAULT_TITLE:
        words += ["--title", arguments.title]
    for option in ("question", "text"):
        for value in getattr(arguments, option):
            words += [f"--{option}", value]
    return shlex.join(words)


def run_audiences(arguments: argparse.Namespace) -> int:
    """List the audiences, or write a copy for a team to change."""
    from analysis.reports.audiences import shipped_audiences
    from coprod.journeys.understanding.involvement import audiences_of, start_audiences
    from coprod.workspace import find_workspace, here

    if arguments.what == "start":
        print_line(f"Change it as you need: {start_audiences(here())}")
        return 0
    workspace = find_workspace(Path.cwd())
    held = audiences_of(workspace) if workspace else shipped_audiences()
    if arguments.format == "json":
        print_json(
            {
                "audiences": [
                    {"id": one.id, "name": one.name, "questions": one.questions} for one in held.audiences
                ]
            }
        )
        return 0
    for one in held.audiences:
        print_line(f"{one.id:24}{one.name}")
    return 0


def run_involvement(arguments: argparse.Namespace) -> int:
    """Write the file a team fills in, or show what it says."""
    from coprod.journeys.understanding.involvement import involvement_of, start_involvement
    from coprod.workspace import here

    if arguments.what == "start":
        print_line(f"Fill it in: {start_involvement(here())}")
        return 0
    held = involvement_of(here())
    if arguments.format == "json":
        print_json(held)
        return 0
    print_line(f"Aim: {held.aim or 'not written yet'}")
    for one in held.known_locally:
        print_line(f"Known locally: {one.group} ({one.source})")
    for name in ("done_together", "changed", "reflections"):
        for said in getattr(held, name):
            print_line(f"{name.replace('_', ' ').capitalize()}: {said}")
    return 0
