"""What the commands share: safe printing, output formats, keys and passphrases."""

import argparse
import getpass
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

import msgspec

from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean

# What JSON lets stand and some terminals obey: eight-bit controls, and what turns the direction of writing.
_STEERS = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:  # the name of a file that is not in UTF-8
        encoded = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    text = msgspec.json.format(encoded, indent=2).decode()
    sys.stdout.write(_STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def _encodable(value: Any) -> Any:
    """Give built-in types with a question mark for whatever is no letter."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {_encodable(key): _encodable(item) for key, item in value.items()}
        case list() | tuple():
            return [_encodable(item) for item in value]
        case _:
            return value


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add `--format text|json`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the result")


def add_key_arguments(parser: argparse.ArgumentParser, made_by: str = "keys new") -> None:
    """Add `--key FILE` and `--passphrase-file FILE`; `made_by` is the command that made the key."""
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help=f"your key file, as made by `coprod {made_by}`"
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
