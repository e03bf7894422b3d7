"""`coprod analysis paraphrase`: a quote that would point at its writer, in somebody else's words."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.output import print_json, print_line
from coprod.cli.responses import add_responses, decided_here, responses_of
from coprod.kernel.problem import BadInputError

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `paraphrase`."""
    parser = commands.add_parser("paraphrase", help="print a quote in other words, and say whose they are")
    add_responses(parser)
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column or question of text")
    parser.add_argument(
        "--quote",
        required=True,
        type=int,
        metavar="NUMBER",
        help="which, counted from 1 as `quotes` prints them",
    )
    parser.add_argument(
        "--most", type=int, default=6, metavar="N", help="as given to `quotes`, whose order depends on it"
    )
    parser.add_argument(
        "--words", required=True, metavar="WORDS", help="your words for it, without what points at them"
    )
    parser.add_argument("--written-by", required=True, metavar="NAME", help="whose words these are")
    parser.add_argument("--quotes-read-by", required=True, metavar="NAME", help="who has read the quote")
    parser.add_argument("--approved-by", required=True, metavar="NAME", help="who else agrees that it leaves")
    parser.add_argument(
        "--audience", required=True, metavar="AUDIENCE", help="who will read it, or `everybody`"
    )
    parser.set_defaults(run=run_paraphrase)


def run_paraphrase(arguments: argparse.Namespace) -> int:
    """Record the paraphrase; reports for this audience print it in the quote's stead."""
    from coprod.clock import today
    from coprod.journeys.understanding.quotes import Asking, Paraphrase, paraphrase_quote, pick_quotes
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    decided = decided_here(arguments, responses)
    picked = pick_quotes(responses, arguments.text, max(1, arguments.most), decided)
    if not 1 <= arguments.quote <= len(picked):
        raise BadInputError.of(
            "--quote", f"there are {len(picked)} quotes", "count from 1, as `quotes` prints them"
        )
    approval = paraphrase_quote(
        find_workspace(Path.cwd()),
        arguments.text,
        picked[arguments.quote - 1],
        Paraphrase(arguments.words, arguments.written_by),
        Asking(arguments.quotes_read_by, arguments.approved_by, arguments.audience),
        today(),
    )
    if arguments.format == "json":
        print_json(approval)
    else:
        print_line(
            f"Recorded, for {approval.audience}: “{approval.paraphrase}” (put so by {approval.written_by})"
        )
    return 0
