"""Opening what an analysis command is given: anybody's table, or a batch with the key that opens it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli.output import add_format
from coprod.cli.unlocking import add_opening_keys, unlocked

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

BATCH = ".batch"


def add_responses(parser: argparse.ArgumentParser) -> None:
    """Add FILE, the options that open a batch, and `--format`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV, XLSX or Parquet file, or a batch")
    add_opening_keys(parser)
    add_format(parser)


def responses_of(arguments: argparse.Namespace) -> "Responses":
    """Give the responses in FILE, opening a batch with --key and its passphrase.

    Raises BadInputError for a file that cannot be read or a key that does not open it.
    """
    from analysis.inputs.responses import read_responses, responses_from_batch

    file: Path = arguments.file
    if file.suffix.lower() != BATCH:
        return read_responses(file)
    from coprod.journeys.asking.batches import read_batch

    return responses_from_batch(read_batch(file, unlocked(arguments, file)), str(file))
