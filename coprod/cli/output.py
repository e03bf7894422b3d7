"""What the commands share: safe printing, output formats, keys and passphrases."""

import argparse
import getpass
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

import msgspec

from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean


def print_line(text: str = "") -> None:
    """Print text with nothing in it that could steer a terminal, and no word cut in two at its edge."""
    print(_fitted(clean(text)))


def _fitted(text: str) -> str:
    if not sys.stdout.isatty():
        return text
    width = shutil.get_terminal_size().columns
    return "\n".join(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return textwrap.fill(
        line,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )


def print_error(text: str) -> None:
    """Print to standard error, cleaned likewise."""
    print(clean(text), file=sys.stderr)


def print_json(value: Any) -> None:
    """Print one JSON document. Structs, tuples, dates and built-in types are taken; control characters are escaped."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add `--format text|json`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the result")


def add_key_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--key FILE` and `--passphrase-file FILE`."""
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="your key file, as made by `coprod keys new`"
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="read the passphrase from the first line of FILE instead of asking",
    )


def ask_passphrase(prompt: str, arguments: argparse.Namespace) -> str:
    """Give the passphrase, from --passphrase-file or asked without showing it.

    Raises BadInputError when there is no terminal to ask on, or the passphrase is empty.
    """
    if arguments.passphrase_file is not None:
        return _not_empty(
            read_text(arguments.passphrase_file).split("\n", 1)[0], str(arguments.passphrase_file)
        )
    if not sys.stdin.isatty():
        raise BadInputError.of(
            "passphrase", "there is no terminal to ask on", "name a file with --passphrase-file FILE"
        )
    return _not_empty(getpass.getpass(f"{prompt}: "), "passphrase")


def ask(prompt: str) -> str:
    """Give one cleaned line typed by a person. Raises BadInputError when there is no terminal."""
    if not sys.stdin.isatty():
        raise BadInputError.of("question", f"there is no terminal to ask: {prompt}", "give it as an option")
    return clean(input(f"{_fitted(prompt)}: ")).strip()


def _not_empty(passphrase: str, path: str) -> str:
    if not passphrase.strip("\r\n"):
        raise BadInputError.of(path, "the passphrase is empty", "write it on the first line")
    return passphrase.strip("\r\n")
