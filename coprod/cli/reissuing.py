"""What is said of a table that was released before, from other data: how that came about, and whether others answered."""

import argparse
from typing import TYPE_CHECKING

from coprod.kernel.problem import BadInputError

if TYPE_CHECKING:
    from analysis.publishing.ledger import Reissue


def add_reissue(parser: argparse.ArgumentParser) -> None:
    """Add `--reissue REASON` and `--other-people`."""
    parser.add_argument(
        "--reissue",
        default="",
        metavar="REASON",
        help="at least 5 people were added or removed at once since a table was released: how that came about",
    )
    parser.add_argument(
        "--other-people",
        action="store_true",
        help="with --reissue: nobody answered in both, so nothing follows from one table for the other",
    )


def reissue_of(arguments: argparse.Namespace) -> "Reissue | None":
    """Give what was said, with who signed it. Raises BadInputError for other people without a reason."""
    from analysis.publishing.ledger import Reissue

    if arguments.other_people and not arguments.reissue:
        raise BadInputError.of("--other-people", "it needs a reason", "say how you know: --reissue REASON")
    if not arguments.reissue:
        return None
    return Reissue(arguments.reissue, tuple(arguments.signed), arguments.other_people)
