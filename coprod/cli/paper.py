"""`coprod surveys guide` and `paper`: what is printed of a questionnaire, and answers typed in from paper."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.clock import today
from coprod.workspace import Workspace, find_workspace, here

if TYPE_CHECKING:
    from coprod.cli.plainterminal import Terminal
    from coprod.journeys.asking.sheets import Printed
    from coprod.journeys.asking.visit import KioskPlan
    from surveys.interviews.interview import Interview

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `guide` and `paper`."""
    guide = commands.add_parser("guide", help="the one-page facilitator guide, as web page and PDF")
    _add_printing(guide)
    guide.set_defaults(run=print_guide)
    paper = commands.add_parser("paper", help="a questionnaire to print, or answers typed in from paper")
    _add_printing(paper)
    paper.add_argument("--language", choices=("en", "cy"), default="en", help="the language to print it in")
    paper.add_argument(
        "--type-in", metavar="SESSION", help="type sheets that were filled in into this session's box"
    )
    paper.set_defaults(run=print_paper)


def _add_printing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="where to write; the workspace's out/ if left out"
    )
    add_format(parser)


def print_guide(arguments: argparse.Namespace) -> int:
    """Write the facilitator guide of a questionnaire and say where it is."""
    from coprod.journeys.asking import printing

    workspace = find_workspace(Path.cwd())
    path, folder = _file(arguments.name, workspace), _folder(arguments, workspace)
    return _told(printing.print_guide(path, workspace, today(), folder), arguments)


def print_paper(arguments: argparse.Namespace) -> int:
    """Write a questionnaire for paper and say where it is; with --type-in, take answers from paper instead."""
    from coprod.journeys.asking import printing

    if arguments.type_in is not None:
        return type_in(arguments)
    workspace = find_workspace(Path.cwd())
    path, folder = _file(arguments.name, workspace), _folder(arguments, workspace)
    return _told(printing.print_paper(path, workspace, arguments.language, today(), folder), arguments)


def type_in(arguments: argparse.Namespace) -> int:
    """Take sheets one after another through the plain interview into a session's box."""
    from coprod.cli.plainterminal import LineTerminal, keeps_here
    from coprod.journeys.asking.paper_typing import refuse_other_questionnaire, typing_plan
    from coprod.journeys.asking.sessions import contacts_for, end_session, resume_session
    from coprod.kernel.problem import RefusedError

    if reason := keeps_here():
        raise RefusedError(f"typing in: {reason}")
    workspace = here()
    session = resume_session(workspace, arguments.type_in, today())
    refuse_other_questionnaire(session, _file(arguments.name, workspace))
    print_line("Shuffle the sheets first. Somebody who does not know their handwriting types them.")
    sheets(typing_plan(session, contacts_for(session, today())), LineTerminal(wipes=True))
    end_session(session)
    print_line(
        f"Done. Destroy the sheets once the answers are opened. Next: coprod surveys bundle {arguments.type_in}"
    )
    return 0


def sheets(plan: "KioskPlan", terminal: "Terminal") -> None:
    """Take sheet after sheet until a typed q or no more input; the screen is wiped after each, and at every end."""
    from coprod.cli.plain import undisturbed, walk
    from coprod.journeys.asking.paper_typing import begin_typing

    with undisturbed(terminal):
        while True:
            terminal.say("", "Press Enter for a sheet, or type q when there are no more.")
            typed = terminal.read()
            if typed is None or typed.strip().lower() == "q":
                return
            ended = walk(begin_typing(plan), terminal)
            terminal.wipe()
            terminal.say(_kept(plan, ended))


def _kept(plan: "KioskPlan", ended: "Interview") -> str:
    """Save a sheet that was sent, and give what became of it."""
    from coprod.kernel.problem import CoprodError
    from surveys.interviews.interview import records

    if ended.stage != "sent":
        return "This sheet was thrown away. Nothing of it is kept."
    try:
        plan.save(records(ended, plan.sha256), None)
    except CoprodError as error:
        return f"This sheet is NOT saved: {error}. Lay it aside and type it again."
    return "This sheet is saved."


def _file(name: str, workspace: Workspace | None) -> Path:
    from surveys.questionnaires.library import find_questionnaire

    return find_questionnaire(name, workspace.surveys if workspace else None)


def _folder(arguments: argparse.Namespace, workspace: Workspace | None) -> Path:
    return arguments.output or (workspace.out if workspace else Path())


def _told(printed: "Printed", arguments: argparse.Namespace) -> int:
    page, pdf = printed.files
    if arguments.format == "json":
        print_json({"page": str(page), "pdf": str(pdf)})
    else:
        print_line(f"{page}")
        print_line(f"{pdf}")
    return 0
