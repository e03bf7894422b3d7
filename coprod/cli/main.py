"""The command line: finds the group, runs one command, turns problems into messages and exit codes."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from coprod import __version__
from coprod.kernel.problem import CoprodError, RefusedError

DONE, FINDINGS, BAD_INPUT, REFUSED, BUG = 0, 1, 2, 3, 70

GROUPS = {
    "demo": "the whole loop on a make-believe service",
    "new": "make a workspace with starter questionnaires and materials",
    "doctor": "what this machine is missing, and how to get it",
    "contacts": "help contacts and when they were last confirmed",
    "keys": "who may open answers",
    "surveys": "ask: questionnaires, sessions, boxes, bundles",
    "analysis": "understand: tables, themes, report",
    "campaigns": "check: materials, panel, sign-off, release",
    "serve": "the interview as a page, for tablets in the room",
}

ORDER = {
    "keys": """
in order:
  each key holder, on their own computer   new
  in the workspace                         add, remove, card, rehearse --start
  each key holder again                    rehearse --open
  in the workspace                         rehearse --finish, show""",
    "surveys": """
in order:
  make        list, bank, make, check, schema, preview, panel, import, export
  prepare     sheets, guide, paper, slips
  ask         run (or `coprod serve` for tablets), session
  afterwards  withdraw, bundle, open, dispose""",
    "analysis": """
what for:
  look at     columns, triage, triage-log, words, find, themes
  code        codebook, code, suggest, agree, theme, sort, together, network, framework, change, journal, trail
  publish     may-publish, tables, ledger, redact, quotes, paraphrase, keyness
  exchange    export, import
  report      report, audiences, involvement, pathway, you-said""",
    "campaigns": """
in order:
  write               check, rules, explain
  with young people   panel, compare, decide, said
  sign and print      approver, signoff, release, verify, history""",
}
ALONE = {"demo", "new", "doctor", "serve"}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and what to do, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def main(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code: 0 done, 1 findings, 2 bad input, 3 refused."""
    parsed = argparse.Namespace()
    parser = None
    try:
        if not arguments:
            return _app()
        parser = _parser(arguments)
        parser.parse_args(arguments, parsed)
        return int(parsed.run(parsed))
    except RefusedError as error:
        return _refused(error, parsed)
    except CoprodError as error:
        return _fail(error, parser, arguments)
    except (BrokenPipeError, KeyboardInterrupt):
        return _stopped()
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  the last stop (Polars panics too): a traceback could show an answer
        return _bug(error)


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser of the one group that is asked for; the others only lend their name to the help."""
    parser = _Parser(
        prog="coprod",
        description="Ask young people, understand what they said, check what is made from it with them.",
        epilog="Without a command, coprod opens its app on the workspace you stand in.",
    )
    parser.add_argument("--version", action="version", version=f"coprod {__version__}")
    groups = parser.add_subparsers(dest="group", metavar="COMMAND", required=True, parser_class=_Parser)
    asked = next((word for word in arguments if not word.startswith("-")), "")
    for name, summary in GROUPS.items():
        group = groups.add_parser(
            name,
            help=summary,
            description=summary.capitalize(),
            epilog=ORDER.get(name, ""),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == asked:
            _fill(group, name)
    return parser


def _fill(group: argparse.ArgumentParser, name: str) -> None:
    """Add a group's commands, or a single command's own options."""
    module = importlib.import_module(f"coprod.cli.{name}")
    if name in ALONE:
        module.add_arguments(group)
    else:
        module.add_commands(group.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser))


def _app() -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write("coprod: the app needs a terminal; see `coprod --help` for the commands\n")
        return BAD_INPUT
    from pathlib import Path

    from coprod.tui.desk import run_desk
    from coprod.workspace import find_workspace

    return int(run_desk(find_workspace(Path.cwd())))


def _refused(error: RefusedError, parsed: argparse.Namespace) -> int:
    from coprod.cli.output import print_error, print_json

    if getattr(parsed, "format", "text") == "json":
        print_json({"refused": str(error)})
    else:
        for reason in error.reasons:
            print_error(f"refused: {reason}")
    return REFUSED


def _fail(error: CoprodError, parser: argparse.ArgumentParser | None, arguments: Sequence[str]) -> int:
    from coprod.cli.output import print_error
    from coprod.cli.problems import told

    print_error(told(error, parser, arguments))
    return BAD_INPUT


def _stopped() -> int:
    """End quietly when the reader of a pipe has gone or a person pressed Ctrl+C."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 130


def _bug(error: BaseException) -> int:
    """Say where a bug is, never what it was working on."""
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
    sys.stderr.write(
        f"coprod: this is a bug ({type(error).__name__} at {place}); nothing was saved by this command\n"
    )
    return BUG
