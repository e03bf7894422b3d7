"""`coprod analysis network|together`: words and codes that keep company, in words and as a picture."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.coding import add_coded, work_of
from coprod.cli.output import print_json, print_line
from coprod.cli.responses import decided_here, responses_of

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `network` and `together`."""
    network = commands.add_parser("network", help="words that stand near each other, drawn as a picture")
    add_coded(network)
    network.add_argument("--most", type=int, default=30, metavar="N", help="how many words (5 to 60)")
    network.set_defaults(run=run_network)
    together = commands.add_parser("together", help="codes that stand on the same answers")
    add_coded(together)
    together.add_argument("--by", required=True, metavar="INITIALS", help="whose codes")
    together.set_defaults(run=run_together)


def run_network(arguments: argparse.Namespace) -> int:
    """Print groups of words that keep company; in a workspace, draw them into `out/`."""
    from coprod.journeys.understanding.networks import LIMITS, groups_of, word_network, write_network
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    most = min(60, max(5, arguments.most))
    near = word_network(responses, arguments.text, most, decided_here(arguments, responses))
    workspace = find_workspace(Path.cwd())
    files = write_network(workspace, arguments.file.stem, arguments.text, near, simulated=responses.simulated) if workspace else ()  # fmt: skip
    if arguments.format == "json":
        ties = [
            {"first": near.words[a], "second": near.words[b], "strength": strength}
            for a, b, strength in near.ties
        ]
        print_json({"groups": groups_of(near), "ties": ties, "files": [str(one) for one in files]})
        return 0
    print_line(LIMITS)
    for words in groups_of(near):
        print_line(f"  {', '.join(words)}")
    for file in files:
        print_line(f"Written: {file}")
    return 0


def run_together(arguments: argparse.Namespace) -> int:
    """Print pairs of codes in steps that give no count away; in a workspace, draw them into `out/`."""
    from coprod.journeys.understanding.networks import PAIR_LIMITS, codes_together, write_pairs
    from coprod.workspace import find_workspace

    work = work_of(arguments)
    found = codes_together(work, arguments.by)
    workspace = find_workspace(Path.cwd())
    files = write_pairs(workspace, work, found) if workspace else ()
    if arguments.format == "json":
        print_json({"pairs": found.pairs, "left_out": found.left_out, "files": [str(one) for one in files]})
        return 0
    print_line(PAIR_LIMITS)
    for one in found.pairs:
        print_line(f"  {one.first} and {one.second}: {one.how}")
    if not found.pairs:
        print_line("  No pair that may be told.")
    for file in files:
        print_line(f"Written: {file}")
    return 0
