"""`coprod analysis change`: what was said more or less often in one batch or file than in another."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.coding import add_coded
from coprod.cli.output import print_json, print_line
from coprod.cli.responses import responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `change`."""
    change = commands.add_parser(
        "change", help="which codes or themes were there more or less often, from one file to another"
    )
    add_coded(change)
    change.add_argument(
        "after", type=Path, metavar="AFTER", help="the later file or batch, of the same question"
    )
    change.add_argument("--by", required=True, metavar="INITIALS", help="whose codes, in both")
    change.add_argument(
        "--of",
        choices=("codes", "themes"),
        default="codes",
        help="what is compared; themes by their names, which must be alike in both",
    )
    change.add_argument(
        "--not-sensitive", default="", metavar="REASON", help="why these answers are not sensitive"
    )
    change.add_argument(
        "--reissue",
        default="",
        metavar="REASON",
        help="why codes of this question are released from other data too, where nobody answered in both",
    )
    change.add_argument("--signed", action="append", default=[], metavar="NAME", help="twice, with --reissue")
    change.set_defaults(run=run_change)


def run_change(arguments: argparse.Namespace) -> int:
    """Release both tables, of codes or of themes, and print how each one changed."""
    from analysis.publishing.ledger import Reissue
    from coprod.journeys.understanding.changes import LIMITS
    from coprod.journeys.understanding.codings import coding_work
    from coprod.journeys.understanding.comparing import Compared, compare
    from coprod.workspace import find_workspace

    workspace = find_workspace(Path.cwd())
    reissue = (
        Reissue(arguments.reissue, tuple(arguments.signed), other_people=True) if arguments.reissue else None
    )
    before, after = (
        coding_work(
            responses_of(argparse.Namespace(**{**vars(arguments), "file": file})),
            file,
            arguments.text,
            workspace,
        )
        for file in (arguments.file, arguments.after)
    )
    asked = Compared(arguments.by, arguments.of, arguments.not_sensitive.strip(), reissue)
    found, audits = compare(before, after, asked, workspace)
    if arguments.format == "json":
        print_json({"changes": found, "limits": LIMITS, "audit": audits})
        return 0
    print_line(LIMITS)
    for one in found:
        print_line(f"  {one.code:<36} {one.direction:<16} {one.before} → {one.after}")
    return 0
