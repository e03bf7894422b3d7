"""The key a person names on the command line, or the two keys of people who open together."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli.output import add_key_arguments, ask_passphrase
from coprod.kernel.problem import BadInputError

if TYPE_CHECKING:
    from surveys.boxes.keys import Identity


def add_opening_keys(parser: argparse.ArgumentParser) -> None:
    """Add `--key`, and `--with` for a second person who opens together, each with its passphrase file."""
    add_key_arguments(parser)
    parser.add_argument(
        "--with",
        dest="with_key",
        type=Path,
        metavar="FILE",
        help="the other person's key file, where two people open together",
    )
    parser.add_argument(
        "--with-passphrase-file",
        type=Path,
        metavar="FILE",
        help="read the other person's passphrase likewise",
    )


def unlocked(arguments: argparse.Namespace, what: Path | str) -> "Identity":
    """Give the identity of --key, together with that of --with where one is named.

    `what` is sealed and needs it. Raises BadInputError when no key is named or a passphrase is wrong.
    """
    from surveys.boxes.keys import unlock

    if arguments.key is None:
        raise BadInputError.of(what, "it is sealed", "name your key file with --key FILE")
    other: Path | None = arguments.with_key
    mine = unlock(arguments.key, ask_passphrase(f"Passphrase of {arguments.key.name}", arguments))
    if other is None:
        return mine
    theirs = argparse.Namespace(passphrase_file=arguments.with_passphrase_file)
    return mine.with_other(unlock(other, ask_passphrase(f"Passphrase of {other.name}", theirs)))
