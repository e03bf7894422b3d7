"""Opening what an analysis command is given: anybody's table, or a batch with the key that opens it."""

import argparse
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import add_format, print_error, print_json, print_line
from coprod.cli.unlocking import add_opening_keys, unlocked

if TYPE_CHECKING:
    from analysis.inputs.columns import Column
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided

Commands = Any  # argparse's type for sub-commands is private

BATCH = ".batch"
WIDTH = 78
KINDS_OF_FILE = "a CSV, XLSX, Parquet or SPSS file, or a batch"
TAKEN_AS = {
    "choose-one": "one choice",
    "choose-many": "several choices",
    "scale": "scale",
    "ranking": "ranking",
    "number": "number, 0 to 10",
    "text": "text",
    "empty": "nothing in it",
    "left out": "left out",
}


def add_responses(parser: argparse.ArgumentParser) -> None:
    """Add FILE, how its columns are read, the options that open a batch, and `--format`."""
    parser.add_argument("file", type=Path, metavar="FILE", help=KINDS_OF_FILE)
    parser.add_argument(
        "--questionnaire",
        type=Path,
        metavar="YAML",
        help="the questionnaire FILE answers; left out, the workspace's that fits",
    )
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="COLUMN",
        help="use a column that may say who somebody is; needs --because",
    )
    parser.add_argument("--because", default="", metavar="REASON", help="why, for --keep")
    add_opening_keys(parser)
    add_format(parser)


def add_columns(commands: Commands) -> None:
    """Add `columns`."""
    columns = commands.add_parser(
        "columns", help="what each column of a file is taken for, and which are left out"
    )
    add_responses(columns)
    columns.set_defaults(run=run_columns)


def responses_of(arguments: argparse.Namespace) -> "Responses":
    """Give the responses in FILE, opening a batch with --key and its passphrase.

    Columns left out and kept are told on standard error. Raises BadInputError for a file that cannot be read or a key
    that does not open it, RefusedError for a column kept without a reason.
    """
    responses = read_asked(arguments)
    for line in account(responses):
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  "):
            print_error(part)
    return responses


def decided_here(arguments: argparse.Namespace, responses: "Responses") -> "Mapping[str, Decided]":
    """Give by text what somebody decided of the redaction of `--text`, in the workspace one stands in."""
    from coprod.journeys.understanding.redactions import decided_in
    from coprod.workspace import find_workspace

    return decided_in(find_workspace(Path.cwd()), arguments.file, responses, arguments.text)


def read_asked(arguments: argparse.Namespace) -> "Responses":
    """Give what `responses_of` does, and say nothing."""
    file: Path = arguments.file
    if file.suffix.lower() != BATCH:
        from analysis.inputs.columns import Keep
        from coprod.journeys.understanding.bringing_in import read_file_for_analysis
        from coprod.workspace import find_workspace

        keep = Keep(tuple(arguments.keep), arguments.because)
        return read_file_for_analysis(file, arguments.questionnaire, find_workspace(Path.cwd()), keep)
    from analysis.inputs.responses import responses_from_batch
    from coprod.journeys.asking.batches import read_batch

    return responses_from_batch(read_batch(file, unlocked(arguments, file)), str(file))


def account(responses: "Responses") -> list[str]:
    """Give in sentences what was left out of a file or kept in it, and what it was read with; nothing of a batch."""
    kept = [one for one in responses.columns if one.kept]
    lines = []
    if responses.tool:
        lines.append(f"Read as an export of {responses.tool}.")
    if responses.questionnaire:
        matched = sum(bool(one.matched) for one in responses.columns)
        lines.append(
            f"Read with the questionnaire {responses.questionnaire}: {matched} of its questions are here."
        )
    lines += [
        f"Left out: {holds}: {', '.join(names)}." for holds, names in _by_what_they_hold(responses).items()
    ]
    lines += [
        f"Kept although it may say who somebody is: {', '.join(one.headers)}, because {one.kept}."
        for one in kept
    ]
    return lines


def _by_what_they_hold(responses: "Responses") -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for one in responses.columns:
        if one.left_out:
            held.setdefault(one.left_out, []).append(one.headers[0])
    return held


def run_columns(arguments: argparse.Namespace) -> int:
    """Print what every column of a file is taken for."""
    from coprod.kernel.problem import BadInputError

    responses = read_asked(arguments)
    if responses.about is not None:
        raise BadInputError.of(responses.source, "a batch has questions, not columns", "name somebody's file")
    if arguments.format == "json":
        print_json(_as_json(responses))
        return 0
    for line in account(responses):
        _print_wrapped(line)
    for one in responses.columns:
        if not one.left_out:
            _print_column(one)
    _print_unmatched(responses)
    return 0


def _print_unmatched(responses: "Responses") -> None:
    unmatched = [one.headers[0] for one in responses.columns if not one.matched and not one.left_out]
    if responses.questionnaire and unmatched:
        print_line()
        _print_wrapped(f"Not in the questionnaire, used as they stand: {', '.join(unmatched)}.")
    if responses.not_found:
        print_line()
        _print_wrapped(f"Asked, but no column was found for: {', '.join(responses.not_found)}.")


def _as_json(responses: "Responses") -> dict[str, Any]:
    return {
        "file": responses.source,
        "tool": responses.tool or None,
        "questionnaire": responses.questionnaire or None,
        "not_found": responses.not_found,
        "columns": [
            {
                "name": one.name,
                "headers": one.headers,
                "taken_as": one.taken_as,
                "question": one.name if one.matched else None,
                "matched": one.matched or None,
                "wording": one.wording,
                "choices": [choice.label for choice in one.choices],
                "sensitive": one.sensitive,
                "left_out": one.left_out or None,
                "kept": one.kept or None,
                "remark": one.remark,
            }
            for one in responses.columns
        ],
    }


def _print_column(one: "Column") -> None:
    print_line()
    _print_wrapped(f"{one.headers[0]}: {TAKEN_AS[one.taken_as]}")
    if len(one.headers) > 1:
        _print_indented(f"with {', '.join(one.headers[1:])}")
    if one.matched:
        _print_indented(f"is the question `{one.name}`, found by {one.matched}")
    if one.wording and one.wording != one.headers[0]:
        _print_indented(f"“{one.wording}”")
    if one.choices:
        _print_indented(f"choices: {' · '.join(choice.label for choice in one.choices)}")
    if one.sensitive:
        _print_indented(f"sensitive: {one.sensitive}")
    for label, said in (("kept, because ", one.kept), ("", one.remark)):
        if said:
            _print_indented(f"{label}{said}")


def _print_indented(text: str) -> None:
    for line in textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      "):
        print_line(line)


def _print_wrapped(text: str) -> None:
    for line in textwrap.wrap(text, WIDTH):
        print_line(line)
