"""`python -m benchmarks`: every measured claim in one table."""

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    check,
    concordance,
    desk,
    drawing,
    kiosk,
    million,
    recall,
    sealing,
    start_up,
    suggest,
    tables,
    themes,
    web,
    words,
)
from benchmarks.comments import comments
from benchmarks.measures import Measure, print_table


def main() -> int:
    """Print the table; give 0 when every promise was kept and 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--comments",
        type=Path,
        metavar="FILE",
        help="perturb the comments in FILE instead of simulated ones; with codes in it, suggestions and themes are measured too",
    )
    parser.add_argument("--column", default="text", metavar="NAME", help="their column")
    parser.add_argument(
        "--answers", type=int, default=1_000_000, metavar="N", help="how many comments (default 1,000,000)"
    )
    parser.add_argument(
        "--records", type=int, default=100_000, metavar="N", help="how many sealed records are opened"
    )
    parser.add_argument(
        "--responses",
        type=int,
        default=tables.RESPONSES,
        metavar="N",
        help=f"how many responses are tabulated (default {tables.RESPONSES:,})",
    )
    return 0 if print_table(_measures(parser.parse_args())) else 1


def _measures(arguments: argparse.Namespace) -> Iterator[Measure]:
    yield from start_up.measures()
    if importlib.util.find_spec("pty"):
        yield from kiosk.measures()
        yield from desk.measures()
    yield from web.measures()
    yield from check.measures()
    yield from drawing.measures()
    yield from sealing.measures(arguments.records)
    yield from tables.measures(arguments.responses)
    texts = comments(arguments.answers, arguments.comments, arguments.column)
    yield from words.measures(texts)
    yield from themes.measures(texts)
    yield from concordance.measures(texts)
    yield from million.measures(texts)
    yield from recall.measures()
    if arguments.comments:
        coded = suggest.coded_comments(arguments.comments, arguments.column)
        yield from suggest.measures(coded)
        yield from themes.beside_peers(coded)


if __name__ == "__main__":
    sys.exit(main())
