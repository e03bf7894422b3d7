"""`coprod analysis code …`: give codes and take them back, change the codebook, pick what to read next, see the trail."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.coding_visit import CodingVisit
from coprod.cli.output import print_json, print_line
from coprod.cli.plainterminal import LineTerminal, keeps_here
from coprod.cli.responses import BATCH, add_responses, responses_of
from coprod.kernel.problem import BadInputError, RefusedError

if TYPE_CHECKING:
    from analysis.codes.coding import Entry, Event, Span
    from coprod.journeys.understanding.codings import CodingWork

    Find = Callable[[str], str]

Commands = Any  # argparse's type for sub-commands is private

MOST_NEXT = 10
WAYS = ("at-random", "diverse", "least-known")
READ_THEM = "--read shows them, one at a time, and takes their codes."
ANSWER_HELP = "row-1, row-2 … of a file, an id of a batch"


def add_commands(commands: Commands) -> None:
    """Add `code` with its own commands."""
    group = commands.add_parser(
        "code", help="code answers: give, take, read, undo, next, rename, merge, split"
    )
    kinds = group.add_subparsers(metavar="WHAT", required=True)
    _add_decisions(kinds)
    _add_codebook_changes(kinds)
    _add_looks(kinds)


def _add_decisions(kinds: Commands) -> None:
    for name, summary, make in (
        ("give", "give codes to an answer", _giving),
        ("take", "take codes from an answer", _taking),
    ):
        one = _added(kinds, name, summary, make)
        one.add_argument("response", metavar="ANSWER", help=ANSWER_HELP)
        one.add_argument("code", nargs="+", metavar="CODE", help="ids or names of codes")
        one.add_argument("--span", metavar="START:END", help="only these code points, the end not included")
        one.add_argument("--suggested", action="store_true", help="the machine had suggested it")
    read = _added(kinds, "read", "say that answers are read and nothing more fits", _reading)
    read.add_argument("responses", nargs="+", metavar="ANSWER", help=ANSWER_HELP)
    undo = _added(kinds, "undo", "undo one of your events; undo the undoing to have it back", _undoing)
    undo.add_argument("number", type=int, metavar="NUMBER", help="its number in your trail")


def _add_codebook_changes(kinds: Commands) -> None:
    new = _added(kinds, "add", "add a code", _adding)
    new.add_argument("code", metavar="ID", help="its id: small letters, digits and hyphens")
    new.add_argument("--name", required=True, help="its name")
    new.add_argument("--definition", required=True, help="what it means")
    new.add_argument("--under", default="", metavar="CODE", help="the code it belongs under")
    rename = _added(kinds, "rename", "give a code another name", _renaming)
    rename.add_argument("code", metavar="CODE", help="its id, which stays")
    rename.add_argument("name", metavar="NAME", help="its new name")
    merge = _added(kinds, "merge", "put a code's answers, of every coder, into another", _merging)
    merge.add_argument("code", metavar="CODE", help="the code that goes")
    merge.add_argument("into", metavar="INTO", help="the code that takes its answers")
    split = _added(kinds, "split", "give some of your answers of a code to another", _splitting)
    split.add_argument("code", metavar="CODE", help="the code that loses answers")
    split.add_argument("to", metavar="TO", help="the code that gets them")
    split.add_argument("responses", nargs="+", metavar="ANSWER", help=ANSWER_HELP)


def _add_looks(kinds: Commands) -> None:
    following = _added(kinds, "next", "which answers to read next")
    following.add_argument("--most", type=int, default=MOST_NEXT, metavar="N", help="how many")
    following.add_argument(
        "--how", choices=WAYS, help="left out, coprod chooses; only at-random stands for all"
    )
    following.add_argument(
        "--read",
        action="store_true",
        help="read them here and code them, one at a time, on a terminal that can clear itself",
    )
    following.set_defaults(run=run_next)
    counts = _added(kinds, "table", "how many answers have each code, safe to publish")
    counts.add_argument(
        "--not-sensitive", default="", metavar="REASON", help="why these answers are not sensitive"
    )
    counts.set_defaults(run=run_table)
    trail = kinds.add_parser("trail", help="who decided what, when and why")
    add_coded(trail)
    trail.set_defaults(run=run_trail)


def add_coded(parser: argparse.ArgumentParser) -> None:
    """Add FILE and --text: which answers are coded."""
    add_responses(parser)
    parser.add_argument(
        "--text", required=True, metavar="COLUMN", help="the column or question that is coded"
    )


def _added(
    kinds: Commands, name: str, summary: str, make: "Callable[..., list[Event]] | None" = None
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=summary)
    add_coded(parser)
    parser.add_argument("--by", required=True, metavar="INITIALS", help="whose codes these are")
    if make is not None:
        parser.add_argument("--why", default="", metavar="REASON", help="in your words, never the answer's")
        parser.set_defaults(run=run_code, make=make)
    return parser


def work_of(arguments: argparse.Namespace) -> "CodingWork":
    """Give the answers named by FILE and --text, in the workspace one stands in or beside the file."""
    from coprod.journeys.understanding.codings import coding_work
    from coprod.workspace import find_workspace

    return coding_work(responses_of(arguments), arguments.file, arguments.text, find_workspace(Path.cwd()))


def run_code(arguments: argparse.Namespace) -> int:
    """Write what somebody decided, and say the numbers to undo it by."""
    from coprod.clock import today
    from coprod.journeys.understanding.codings import codebook_now, write_events

    work = work_of(arguments)
    book = codebook_now(work)
    events = arguments.make(arguments, lambda name: book.code(name).id)
    coding = write_events(work, arguments.by, events, today(), arguments.why)
    numbers = [entry.number for entry in coding.entries[-len(events) :]]
    if arguments.format == "json":
        print_json({"saved": numbers, "coder": arguments.by, "file": str(coding.path)})
    else:
        print_line(f"Saved as event {', '.join(map(str, numbers))} of {arguments.by} in {coding.path}")
    return 0


def _giving(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.coding import Coded

    span = _span(arguments.span)
    return [Coded(arguments.response, find(code), span, arguments.suggested) for code in arguments.code]


def _taking(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.coding import Uncoded

    span = _span(arguments.span)
    return [Uncoded(arguments.response, find(code), span, arguments.suggested) for code in arguments.code]


def _reading(arguments: argparse.Namespace, _: "Find") -> "list[Event]":
    from analysis.codes.coding import ReadAnswer

    return [ReadAnswer(response) for response in arguments.responses]


def _undoing(arguments: argparse.Namespace, _: "Find") -> "list[Event]":
    from analysis.codes.coding import Undone

    return [Undone(arguments.number)]


def _adding(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.codebook import Code
    from analysis.codes.coding import Added

    under = find(arguments.under) if arguments.under else ""
    return [Added(Code(arguments.code, arguments.name, arguments.definition, under=under))]


def _renaming(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.coding import Renamed

    return [Renamed(find(arguments.code), arguments.name)]


def _merging(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.coding import Merged

    return [Merged(find(arguments.code), find(arguments.into))]


def _splitting(arguments: argparse.Namespace, find: "Find") -> "list[Event]":
    from analysis.codes.coding import Part, Split

    return [Split(find(arguments.code), (Part(find(arguments.to), tuple(arguments.responses)),))]


def _span(written: str | None) -> "Span | None":
    from analysis.codes.coding import Span

    if written is None:
        return None
    start, _, end = written.partition(":")
    if not all(number.isascii() and number.isdecimal() for number in (start, end)):
        raise BadInputError.of("--span", "this is no place", "write START:END, such as 0:12")
    return Span(int(start), int(end))


def run_next(arguments: argparse.Namespace) -> int:
    """Say which answers to read next, or show and code them in turn; how they were picked is written down."""
    from coprod.clock import today
    from coprod.journeys.understanding.codings import next_answers

    if arguments.read and (why := _why_not_here(arguments)):
        raise RefusedError(
            f"answers are shown in turn on a terminal that can clear itself: {why}",
            "without --read this names them; at the desk (`coprod`, Analyst) they are read and coded too",
        )
    work = work_of(arguments)
    picked, how = next_answers(work, arguments.by, today(), max(1, arguments.most), arguments.how)
    says = f"Picked {how}; written down, because only answers drawn at random stand for the others."
    if arguments.read:
        CodingVisit(LineTerminal(wipes=True), work, arguments.by, today()).read(picked, says=[says])
    elif arguments.format == "json":
        print_json({"read_next": picked, "how": how})
    else:
        for line in (says, *(f"  {response}" for response in picked), READ_THEM):
            print_line(line)
    return 0


def _why_not_here(arguments: argparse.Namespace) -> str:
    return "JSON is for a program" if arguments.format == "json" else keeps_here()


def run_table(arguments: argparse.Namespace) -> int:
    """Print how many answers have each code, through the disclosure rules and the ledger."""
    from coprod.journeys.understanding.codings import release_codes
    from coprod.workspace import find_workspace

    work = work_of(arguments)
    shown = release_codes(work, arguments.by, find_workspace(Path.cwd()), arguments.not_sensitive.strip())
    if arguments.format == "json":
        print_json({"answered": shown.table.answered, "cells": shown.table.cells, "audit": shown.audit})
        return 0
    print_line(f"Answers read: {shown.table.answered}")
    for cell in shown.table.cells:
        print_line(f"  {cell.value:<40}{cell.shown}")
    for reason in dict.fromkeys(f"{cell.status}: {cell.reason}" for cell in shown.table.cells):
        print_line(reason)
    print_line(f"Ledger: {shown.audit}.")
    return 0


def run_trail(arguments: argparse.Namespace) -> int:
    """Print every decision, oldest first; of a batch only those about the codebook, since the others could be counted."""
    from coprod.journeys.understanding.codings import codings_of

    sealed = arguments.file.suffix.lower() == BATCH
    told = [
        _told(entry, coding.header.coder)
        for coding in codings_of(work_of(arguments))
        for entry in coding.entries
        if not sealed or _is_about_the_codebook(entry)
    ]
    told.sort(key=lambda one: (one["on"], one["coder"], one["number"]))
    if arguments.format == "json":
        print_json({"trail": told})
        return 0
    for one in told:
        why = f"  ({one['why']})" if one["why"] else ""
        what = " ".join(f"{value}" for key, value in one["did"].items() if value not in (None, False))
        print_line(f"{one['on']}  {one['coder']:<8} {one['number']:>4}  {what}{why}")
    print_line("The chain of every file is whole." if told else "Nothing to show.")
    return 0


def _told(entry: "Entry", coder: str) -> dict[str, Any]:
    import msgspec

    whole: dict[str, Any] = msgspec.to_builtins(entry)
    return {"coder": coder, **whole}


def _is_about_the_codebook(entry: "Entry") -> bool:
    from analysis.codes.coding import Added, Merged, Renamed

    return isinstance(entry.did, Added | Merged | Renamed)
