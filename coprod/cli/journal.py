"""`coprod analysis journal|trail`: what analysts noticed about their own reading, and how it came to what it came to."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.coding import add_coded, work_of
from coprod.cli.output import add_format, print_json, print_line

Commands = Any  # argparse's type for sub-commands is private

KINDS = ("note", "assumption", "decision", "changed-by-young-people")


def add_commands(commands: Commands) -> None:
    """Add `journal` and `trail`."""
    journal = commands.add_parser("journal", help="the reflexive journal: write in it, or read it")
    journal.add_argument(
        "text",
        nargs="?",
        default="",
        metavar="WORDS",
        help="your words, never an answer's; left out, it is read",
    )
    journal.add_argument("--by", default="", metavar="INITIALS", help="who writes")
    journal.add_argument("--kind", choices=KINDS, default="note", help="what it is")
    journal.add_argument("--about", default="", metavar="WHAT", help="a code, a theme, anything")
    add_format(journal)
    journal.set_defaults(run=run_journal)
    trail = commands.add_parser("trail", help="audit trail, coding tree, journal, GRIPP2 and COREQ tables")
    add_coded(trail)
    trail.set_defaults(run=run_trail)


def run_journal(arguments: argparse.Namespace) -> int:
    """Write an entry where there are words, and print the journal."""
    from analysis.codes.journal import JOURNAL_FILE, JournalEntry, add_to_journal, read_journal
    from coprod.clock import today
    from coprod.workspace import here

    path = here().analysis / JOURNAL_FILE
    if arguments.text:
        add_to_journal(
            path, JournalEntry(today(), arguments.by, arguments.kind, arguments.text, arguments.about)
        )
    entries = read_journal(path)
    if arguments.format == "json":
        print_json({"journal": entries})
        return 0
    for one in entries:
        about = f" about {one.about}" if one.about else ""
        print_line(f"{one.on} {one.by} {one.kind}{about}: {one.text}")
    print_line("The chain of the journal is whole." if entries else "Nothing is written in it yet.")
    return 0


def run_trail(arguments: argparse.Namespace) -> int:
    """Print every decision about codes and themes; in a workspace, write the whole trail into `out/`."""
    from coprod.journeys.understanding.trail import steps_of, write_trail
    from coprod.workspace import find_workspace

    work, workspace = work_of(arguments), find_workspace(Path.cwd())
    steps = steps_of(work, workspace)
    files = write_trail(workspace, work) if workspace else ()
    if arguments.format == "json":
        print_json({"steps": steps, "files": [str(one) for one in files]})
        return 0
    for one in steps:
        print_line(f"{one.on}  {one.who:<8} {one.what}{f'  ({one.why})' if one.why else ''}")
    for file in files:
        print_line(f"Written: {file}")
    return 0
