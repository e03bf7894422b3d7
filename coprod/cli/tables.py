"""`coprod analysis tables|redact|ledger`: what may be shown, what must be taken out, what was shown."""

import argparse
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.reissuing import add_reissue, reissue_of
from coprod.cli.responses import add_columns, add_responses, decided_here, responses_of
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import ReleasedCell

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.ledger import Entry
    from analysis.publishing.redaction import Decided
    from coprod.journeys.understanding.tables import Asked, Shown

Commands = Any  # argparse's type for sub-commands is private

WIDTH = 78
LABEL_WIDTH = 40
SHOWN_WIDTH = 16
SIMULATED = "SIMULATED: nobody said this"


def add_commands(commands: Commands) -> None:
    """Add `columns`, `tables`, `redact` and `ledger`."""
    add_columns(commands)
    _add_tables(commands)
    redact = commands.add_parser("redact", help="take out what could say who somebody is")
    add_responses(redact)
    redact.add_argument("--text", required=True, metavar="COLUMN", help="the column or question to redact")
    redact.add_argument(
        "--plant",
        type=int,
        metavar="N",
        help="print instead how many of N made-up identifiers hidden in a copy of the answers are found",
    )
    for verdict, what in (
        ("stays", "was taken out but names nobody"),
        ("goes", "must go as well"),
        ("right", "was rightly taken out"),
        ("undone", "was decided wrongly"),
    ):
        redact.add_argument(
            f"--{verdict}",
            action="append",
            default=[],
            metavar="ROW:START:END",
            help=f"{what}; kept without the text",
        )
    redact.add_argument("--by", default="", metavar="NAME", help="who decided")
    redact.set_defaults(run=run_redact)
    ledger = commands.add_parser("ledger", help="every table ever released from this workspace")
    add_format(ledger)
    ledger.set_defaults(run=run_ledger)


def _add_tables(commands: Commands) -> None:
    tables = commands.add_parser("tables", help="tables of questions, safe to publish")
    add_responses(tables)
    tables.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="COLUMN",
        help="the column or question to count, by id, header or wording; may come again",
    )
    tables.add_argument(
        "--all", action="store_true", help="every question that was answered by choosing or with a number"
    )
    tables.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="TO",
        help="write .csv, .xlsx, .parquet or .sav: each cell with its status and reason",
    )
    tables.add_argument("--by", default="", metavar="COLUMN", help="break it down by one other column")
    _add_reasons(tables)
    tables.set_defaults(run=run_tables)


def _add_reasons(tables: argparse.ArgumentParser) -> None:
    tables.add_argument(
        "--not-sensitive",
        default="",
        metavar="REASON",
        help="why a file's column is not about safety, abuse, health or identity; without it, it counts as sensitive",
    )
    add_reissue(tables)
    tables.add_argument(
        "--signed",
        action="append",
        default=[],
        metavar="NAME",
        help="twice: who says so, of --reissue or --override (recorded, not proven)",
    )
    tables.add_argument(
        "--override",
        default="",
        metavar="REASON",
        help="why a table leaves although the audit holds it back; recorded, and printed in the report",
    )


def run_tables(arguments: argparse.Namespace) -> int:
    """Print or write tables, each cell with its status and reason."""
    from coprod.journeys.understanding.exports import check_target, write_tables
    from coprod.journeys.understanding.tables import show_tables
    from coprod.workspace import find_workspace

    if arguments.output is not None:
        check_target(arguments.output)
    responses, wanted = _wanted(arguments)
    shown = show_tables(responses, arguments.file, wanted, find_workspace(Path.cwd()))
    if arguments.output is not None:
        write_tables(shown, wanted, responses, arguments.output)
    if arguments.format == "json":
        tables = [_table_as_json(one, simulated=responses.simulated) for one in shown]
        print_json(tables[0] if len(tables) == 1 else {"tables": tables})
    elif arguments.output is not None:
        noun = "table" if len(shown) == 1 else "tables"
        print_line(f"Written: {arguments.output}, {len(shown)} {noun}.")
    else:
        for one in shown:
            _print_table(one, simulated=responses.simulated)
    return 0


def _wanted(arguments: argparse.Namespace) -> "tuple[Responses, list[Asked]]":
    """Give the responses, their questions counted in one go, and which tables are asked for."""
    from analysis.inputs.responses import counted_ahead
    from analysis.publishing.ledger import Override
    from coprod.journeys.understanding.tables import Asked

    if bool(arguments.question) == arguments.all:
        raise BadInputError.of("tables", "say which tables", "name --question COLUMN, or ask for --all")
    responses = responses_of(arguments)
    questions = (
        [one for one in responses.closed_columns if one != arguments.by]
        if arguments.all
        else arguments.question
    )
    if not questions:
        mend = "see `coprod analysis columns FILE`, or name one with --question"
        raise BadInputError.of(arguments.file, "no column looks like a question with choices", mend)
    override = Override(arguments.override, tuple(arguments.signed)) if arguments.override else None
    not_sensitive = arguments.not_sensitive.strip()
    reissue = reissue_of(arguments)
    asked = [Asked(question, arguments.by, not_sensitive, reissue, override) for question in questions]
    return counted_ahead(responses, tuple(questions)), asked


def _table_as_json(shown: "Shown", *, simulated: bool) -> dict[str, Any]:
    """Give the fixed keys first, then what else is known."""
    table = shown.table
    return {
        "question": table.question,
        "answered": table.answered,
        "cells": [_cell_as_json(cell) for cell in table.cells],
        "apart": [_cell_as_json(cell) for cell in table.apart],
        "average": table.average,
        "median": table.median,
        "wording": table.wording,
        "simulated": simulated,
        "release": shown.entry.id if shown.entry else None,
        "audit": shown.audit,
    }


def _cell_as_json(cell: ReleasedCell) -> dict[str, Any]:
    return {
        "value": cell.value,
        "by": cell.by,
        "shown": cell.shown,
        "status": cell.status,
        "reason": cell.reason,
        "percent": cell.percent,
    }


def _print_table(shown: "Shown", *, simulated: bool) -> None:
    table = shown.table
    if simulated:
        print_line(SIMULATED)
    _print_wrapped(table.wording)
    print_line(f"Answered: {table.answered}")
    group: str | None = None
    for cell in table.cells:
        if cell.by != group:
            group = cell.by
            print_line()
            _print_wrapped(f"{group}")
        _print_cell(cell)
    if table.average:
        print_line(f"Mean: {table.average}")
    if table.median:
        print_line(f"In the middle: {table.median}")
    if table.apart:
        print_line()
        print_line("How many were in each group:" if group else "Kept apart:")
        for cell in table.apart:
            _print_cell(
                cell if cell.by is None else ReleasedCell(cell.by, cell.shown, cell.status, cell.reason)
            )
    print_line()
    for reason in dict.fromkeys(f"{cell.status}: {cell.reason}" for cell in (*table.cells, *table.apart)):
        _print_wrapped(reason)
    _print_wrapped(f"Ledger: {shown.audit}.")


def _print_cell(cell: ReleasedCell) -> None:
    lines = textwrap.wrap(cell.value, LABEL_WIDTH - 2) or [""]
    shown = f"{cell.shown:<{SHOWN_WIDTH}} {cell.percent:>5}  {cell.status}"
    print_line(f"  {lines[0]:<{LABEL_WIDTH}}{shown}".rstrip())
    for line in lines[1:]:
        print_line(f"    {line}")


def _print_wrapped(text: str) -> None:
    for line in textwrap.wrap(text, WIDTH):
        print_line(line)


def run_redact(arguments: argparse.Namespace) -> int:
    """Print a column of text with placeholders, one line or JSON row for each row of the file."""
    from analysis.publishing.redaction import CAUTION, redact
    from coprod.journeys.understanding.redactions import readable_texts
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    texts = readable_texts(responses, arguments.text, find_workspace(Path.cwd()))
    if arguments.plant is not None:
        return _print_recall(texts, arguments.plant, as_json=arguments.format == "json")
    rows = redact(texts, _decided(arguments, responses, texts))
    if arguments.format == "json":
        print_json({"rows": rows, "caution": CAUTION, "simulated": responses.simulated})
        return 0
    if responses.simulated:
        print_line(SIMULATED)
    _print_wrapped(CAUTION)
    print_line()
    for row in rows:
        print_line(" ".join(row.text.split()))
    return 0


def _decided(
    arguments: argparse.Namespace, responses: "Responses", texts: Sequence[str | None]
) -> "Mapping[str, Decided]":
    """Keep what is decided now, and give all that was decided of this question in this file."""
    from coprod.clock import today
    from coprod.journeys.checking.panel_comments import comments_again
    from coprod.journeys.understanding.redactions import (
        Decision,
        Verdict,
        decide,
        fingerprint_of,
        place_of,
    )
    from coprod.workspace import find_workspace

    workspace, verdicts = find_workspace(Path.cwd()), get_args(Verdict)
    given = [(verdict, place_of(one)) for verdict in verdicts for one in getattr(arguments, verdict)]
    if given:
        data = fingerprint_of(arguments.file)
        made = [
            Decision(today(), arguments.by, data, arguments.text, *place, verdict) for verdict, place in given
        ]
        decide(workspace, arguments.file, made, dict(enumerate(texts, start=1)))
        if workspace is not None:
            comments_again(workspace, arguments.file, responses, arguments.by, today())
    return decided_here(arguments, responses)


def _print_recall(texts: Sequence[str | None], number: int, *, as_json: bool) -> int:
    """Print how many planted identifiers are found, kind by kind; nothing of the answers."""
    from analysis.publishing.planting import FEWEST, LIMITS, measure

    if number < FEWEST:
        raise BadInputError.of("--plant", f"{number} is too few to say anything", f"plant {FEWEST} or more")
    found = measure([text or "" for text in texts], number)
    if as_json:
        print_json({"planted": found, "limits": LIMITS})
        return 0
    print_line(f"{'kind':<12} {'found':>12} {'in small letters':>18}")
    for one in found:
        print_line(
            f"{one.kind:<12} {f'{one.found} of {one.planted}':>12} {f'{one.found_small} of {one.planted_small}':>18}"
        )
    _print_wrapped(LIMITS)
    return 0


def run_ledger(arguments: argparse.Namespace) -> int:
    """Print what was released, oldest first; an edited ledger is bad input."""
    from coprod.journeys.understanding.tables import releases_of
    from coprod.workspace import here

    entries = releases_of(here())
    if arguments.format == "json":
        print_json({"releases": [_entry_as_json(entry) for entry in entries]})
        return 0
    for entry in entries:
        _print_entry(entry)
    print_line("The chain of the ledger is whole." if entries else "Nothing was released from here yet.")
    return 0


def _entry_as_json(entry: "Entry") -> dict[str, Any]:
    release = entry.release
    return {
        "id": entry.id,
        "data": release.data,
        "question": release.table.question,
        "by": release.by or None,
        "answered": release.table.answered,
        "cells": [_cell_as_json(cell) for cell in release.table.cells],
        "not_sensitive": release.not_sensitive,
        "reissue": release.reissue,
        "override": release.override,
        "small_counts": release.small_counts,
    }


def _print_entry(entry: "Entry") -> None:
    release = entry.release
    by = f" by {release.by}" if release.by else ""
    print_line(f"{entry.id}  {release.table.question}{by}: {release.table.answered} answered")
    print_line(f"    data {release.data[:16]}")
    if release.not_sensitive:
        _print_wrapped(f"    not sensitive, because: {release.not_sensitive}")
    if release.reissue:
        names = " and ".join(release.reissue.signed_by)
        _print_wrapped(f"    released again, because: {release.reissue.reason}; signed by {names}")
    if release.override:
        names = " and ".join(release.override.signed_by)
        _print_wrapped(f"    OVERRIDDEN, because: {release.override.reason}; signed by {names}; against:")
        for reason in release.override.against:
            _print_wrapped(f"      {reason}")
