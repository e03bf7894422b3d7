"""`coprod analysis keyness|quotes|may-publish`: words and tables on their way out."""

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import print_json, print_line
from coprod.cli.responses import add_responses, decided_here, responses_of

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.quotes import Candidate
    from analysis.words.keyness import ReleasedKeyWord
    from coprod.journeys.understanding.tables import Answer

Commands = Any  # argparse's type for sub-commands is private

WIDTH = 78
MOST_WORDS = 10
MOST_QUOTES = 8
SIMULATED = "SIMULATED: nobody said this"
CANDIDATES = (
    "Candidates, not for publishing: nobody has put their name to having read them. Read each; then --quotes-read-by "
    "NAME, --approved-by NAME and --audience WHO record them as leaving."
)
NOTHING_RECORDED = "Nothing was shown or recorded: this answer is for you, and not for publishing."
NOT_AUDITED = "Not audited against earlier releases"


def add_commands(commands: Commands) -> None:
    """Add `keyness`, `quotes` and `may-publish`."""
    keyness = commands.add_parser("keyness", help="words that one group writes more than everybody else")
    _add_text(keyness)
    keyness.add_argument(
        "--by", required=True, metavar="COLUMN", help="the column or question that makes groups"
    )
    keyness.add_argument("--most", type=int, default=MOST_WORDS, metavar="N", help="how many words a group")
    keyness.set_defaults(run=run_keyness)
    quotes = commands.add_parser(
        "quotes", help="redacted words of people who agreed, spread over what was said"
    )
    _add_text(quotes)
    quotes.add_argument("--most", type=int, default=MOST_QUOTES, metavar="N", help="how many")
    quotes.add_argument("--quotes-read-by", default="", metavar="NAME", help="who has read every quote")
    quotes.add_argument("--approved-by", default="", metavar="NAME", help="who else agrees that they leave")
    quotes.add_argument("--audience", default="", metavar="WHO", help="who will read them")
    quotes.set_defaults(run=run_quotes)
    may = commands.add_parser("may-publish", help="may this table leave? It is neither shown nor recorded")
    add_responses(may)
    may.add_argument("--question", required=True, metavar="COLUMN", help="the column or question")
    may.add_argument("--by", default="", metavar="COLUMN", help="broken down by one other")
    may.add_argument(
        "--not-sensitive", default="", metavar="REASON", help="why a file's column is not sensitive"
    )
    may.set_defaults(run=run_may_publish)


def _add_text(parser: argparse.ArgumentParser) -> None:
    add_responses(parser)
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column or question of text")


def run_keyness(arguments: argparse.Namespace) -> int:
    """Print what each group writes more, in steps that give no count away."""
    from analysis.inputs.answers import answers_to
    from analysis.words.keyness import LIMITS, keyness, linked_texts, released

    responses = responses_of(arguments)
    found = keyness(linked_texts(responses, arguments.text), answers_to(responses, arguments.by))
    shown = {
        group: [one for word in words if (one := released(word, group))][: max(1, arguments.most)]
        for group, words in found.items()
    }
    if arguments.format == "json":
        words = [one for group in shown.values() for one in group]
        print_json({"words": words, "limits": LIMITS, "audit": NOT_AUDITED, "simulated": responses.simulated})
        return 0
    _print_simulated(responses)
    _print_wrapped(f"{LIMITS} {NOT_AUDITED}.")
    for group, ones in shown.items():
        _print_group(group, ones)
    return 0


def _print_group(group: str, words: "list[ReleasedKeyWord]") -> None:
    print_line()
    if not words:
        _print_wrapped(f"{group}: no word stands out.")
    for one in words:
        _print_wrapped(one.sentence)


def run_quotes(arguments: argparse.Namespace) -> int:
    """Print quotes: candidates to read, or, on two names and for an audience, quotes recorded as leaving."""
    from coprod.clock import today
    from coprod.journeys.understanding.quotes import Asking, approve_quotes, pick_quotes
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    decided = decided_here(arguments, responses)
    picked = pick_quotes(responses, arguments.text, max(1, arguments.most), decided)
    asking = Asking(arguments.quotes_read_by, arguments.approved_by, arguments.audience)
    if asking.is_for_publishing:
        approve_quotes(find_workspace(Path.cwd()), arguments.text, picked, asking, today())
    standing = _standing(asking.audience) if asking.is_for_publishing else CANDIDATES
    if arguments.format == "json":
        shown = [{"text": one.text, "cautions": one.cautions} for one in picked]
        print_json({"quotes": shown, "standing": standing, "simulated": responses.simulated})
        return 0
    _print_simulated(responses)
    _print_wrapped(standing)
    _print_consent(responses)
    for one in picked:
        _print_quote(one)
    return 0


def _standing(audience: str) -> str:
    return f"Recorded as read, agreed and for: {audience}."


def _print_consent(responses: "Responses") -> None:
    if responses.about is None:
        _print_wrapped(
            "From a file: coprod does not know whether their writers agreed to be quoted. You must."
        )


def _print_quote(one: "Candidate") -> None:
    print_line()
    _print_wrapped(f"“{' '.join(one.text.split())}”")
    for caution in one.cautions:
        _print_wrapped(f"look again: {caution}")


def run_may_publish(arguments: argparse.Namespace) -> int:
    """Say yes or no, and why; 1 for no."""
    from coprod.journeys.understanding.tables import Asked, may_publish
    from coprod.workspace import find_workspace

    responses = responses_of(arguments)
    workspace = find_workspace(Path.cwd())
    asked = Asked(arguments.question, arguments.by, arguments.not_sensitive.strip())
    answer = may_publish(responses, arguments.file, asked, workspace)
    audit = "Held against the ledger" if workspace else NOT_AUDITED
    if arguments.format == "json":
        print_json(
            {"may": not answer.why_not, "because": answer.why_not, "cells": answer.cells, "audit": audit}
        )
    elif answer.why_not:
        for reason in answer.why_not:
            _print_wrapped(f"No: {reason}")
        _print_wrapped(NOTHING_RECORDED)
    else:
        _print_yes(answer, audit)
    return 1 if answer.why_not else 0


def _print_yes(answer: "Answer", audit: str) -> None:
    """Say how each cell would be shown, without showing it."""
    _print_wrapped(f"Yes. {audit}.")
    _print_wrapped(NOTHING_RECORDED)
    for cell in answer.cells:
        _print_wrapped(f"  {cell.value}{f' in {cell.by}' if cell.by else ''}: {cell.status}")
    for reason in dict.fromkeys(f"{cell.status}: {cell.reason}" for cell in answer.cells):
        _print_wrapped(reason)


def _print_simulated(responses: "Responses") -> None:
    if responses.simulated:
        print_line(SIMULATED)


def _print_wrapped(text: str) -> None:
    for line in textwrap.wrap(text, WIDTH):
        print_line(line)
