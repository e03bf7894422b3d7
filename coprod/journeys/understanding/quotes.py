"""Quotes: whose words may be printed, in which form, for whom, and on whose name."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from analysis.codes.chain import add_lines, read_chain, start_chain
from analysis.inputs.texts import says_something
from analysis.publishing.quotes import LEAST_QUOTED, Candidate, candidates, spread
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

QUOTES_FILE = "quotes.jsonl"


class Approval(Struct, frozen=True, forbid_unknown_fields=True):
    """One quote as it left: the day, the question, the SHA-256 of its redacted words, for whom, and on whose names.

    `read_by` has read it and takes it on their name; `approved_by` is somebody else who agreed to this audience.
    """

    on: date
    question: str
    quote: str
    audience: str
    read_by: str
    approved_by: str
    format: Literal[1] = 1


class Asking(Struct, frozen=True):
    """Who asks for quotes, for whom, and who approved. All empty: candidates only, not to be published."""

    read_by: str = ""
    approved_by: str = ""
    audience: str = ""

    @property
    def is_for_publishing(self) -> bool:
        """Tell whether anybody put their name to it."""
        return bool(self.read_by)


def pick_quotes(responses: "Responses", column: str, number: int) -> tuple[Candidate, ...]:
    """Give up to `number` redacted quotes from people who agreed, spread over what was said.

    Raises RefusedError where under 10 wrote something (rule R9), and BadInputError for a column without text.
    """
    texts = responses.texts(column)
    if int(says_something(texts).sum()) < LEAST_QUOTED:
        raise RefusedError(
            f"fewer than {LEAST_QUOTED} young people wrote something here, so none of it is quoted"
        )
    return spread(candidates(texts.to_list(), responses.quotable(column).to_list()), number)


def approve_quotes(
    workspace: Workspace | None, question: str, quotes: Sequence[Candidate], asking: Asking, today: date
) -> None:
    """Record quotes as leaving. Raises RefusedError when a name, the audience or a workspace is missing."""
    names = clean_line(asking.read_by), clean_line(asking.approved_by)
    missing = []
    if not all(names) or names[0].casefold() == names[1].casefold():
        missing.append(
            "two people: one who read every quote (--quotes-read-by) and one who agrees (--approved-by)"
        )
    if not clean_line(asking.audience):
        missing.append("who will read them: --audience, such as 'commissioners'")
    if workspace is None:
        missing.append("a workspace, where it is recorded")
    if missing or workspace is None:
        raise RefusedError(*(f"quotes leave only with {what}" for what in missing))
    lines = [
        msgspec.json.encode(
            Approval(today, question, _fingerprint(one.text), clean_line(asking.audience), *names)
        )
        for one in quotes
    ]
    if lines:
        _add(workspace.analysis / QUOTES_FILE, lines)


def approvals_of(workspace: Workspace) -> tuple[Approval, ...]:
    """Give every quote that left, oldest first. Raises BadInputError for a file edited by hand."""
    path = workspace.analysis / QUOTES_FILE
    if not path.exists():
        return ()
    try:
        return tuple(msgspec.json.decode(line, type=Approval) for line in read_chain(path).lines)
    except msgspec.DecodeError:
        raise BadInputError.of(path, "a line is not a quote's approval", "put back a copy of it") from None


def _add(path: Path, lines: list[bytes]) -> None:
    if not path.exists():
        start_chain(path, lines[0])
        lines = lines[1:]
    if lines:
        add_lines(path, read_chain(path), lines)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
