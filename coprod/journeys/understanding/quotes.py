"""Quotes: whose words may be printed, in which form, for whom, and on whose names."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from analysis.inputs.texts import says_something
from analysis.publishing.quotes import LEAST_QUOTED, Candidate, candidates, spread, still_tells
from analysis.publishing.redaction import Decided
from coprod.journeys.understanding.redactions import decided_in
from coprod.kernel.chain import add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

QUOTES_FILE = "quotes.jsonl"
EVERYBODY = "everybody"
QUOTES_EACH = 6


class Approval(Struct, frozen=True, forbid_unknown_fields=True):
    """One quote as it left: the day, the question, the SHA-256 of its redacted words, for whom, and on whose names.

    `read_by` has read it and takes it on their name; `approved_by` is somebody else who agreed to this audience.
    `paraphrase` is what `written_by` made of it, which is printed in its stead; both are empty for the words themselves.
    """

    on: date
    question: str
    quote: str
    audience: str
    read_by: str
    approved_by: str
    paraphrase: str = ""
    written_by: str = ""
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


class Paraphrase(Struct, frozen=True):
    """A quote in somebody else's words, and whose they are."""

    words: str
    written_by: str


class Printable(Struct, frozen=True):
    """What may be printed of one quote for one audience, and the approval it stands on."""

    text: str
    approval: Approval


def pick_quotes(
    responses: "Responses", column: str, number: int, decided: Mapping[str, Decided] | None = None
) -> tuple[Candidate, ...]:
    """Give up to `number` redacted quotes from people who agreed, spread over what was said.

    `decided` is what `decided_in` gives of the column.
    Raises RefusedError where under 10 wrote something (rule R9), and BadInputError for a column without text.
    """
    return spread(_candidates(responses, column, decided), number)


def approve_quotes(
    workspace: Workspace | None, question: str, quotes: Sequence[Candidate], asking: Asking, today: date
) -> None:
    """Record quotes as leaving. Raises RefusedError when a name, the audience or a workspace is missing."""
    place = _allowed(workspace, asking)
    add_approvals(place, [_approval(question, one, asking, today) for one in quotes])


def paraphrase_quote(
    workspace: Workspace | None,
    question: str,
    quote: Candidate,
    made: Paraphrase,
    asking: Asking,
    today: date,
) -> Approval:
    """Record what somebody made of a quote, to be printed in its stead.

    Raises RefusedError when a name, the audience or a workspace is missing, or the words still point at the writer.
    """
    place = _allowed(workspace, asking)
    ours, writer = clean_line(made.words), clean_line(made.written_by)
    still = still_tells(quote, ours)
    if not ours or not writer:
        raise RefusedError("a paraphrase needs its words and who wrote them: --words and --written-by")
    if still:
        raise RefusedError(*(f"this paraphrase may not leave: {reason}" for reason in still))
    approval = msgspec.structs.replace(
        _approval(question, quote, asking, today), paraphrase=ours, written_by=writer
    )
    add_approvals(place, [approval])
    return approval


def printable_quotes(
    workspace: Workspace,
    responses: "Responses",
    column: str,
    audience: str,
    decided: Mapping[str, Decided] | None = None,
) -> tuple[Printable, ...]:
    """Give the quotes of a question that two people let out for an audience, or for everybody; the latest word counts.

    Whoever took back their answers, or their leave to be quoted, is gone from the candidates and so from here; so are
    words of which `decided` says otherwise than when they were let out.
    """
    approvals = {
        one.quote: one
        for one in approvals_of(workspace)
        if one.question == column and one.audience in {audience, EVERYBODY}
    }
    if not approvals:
        return ()
    found = {fingerprint(one.text): one.text for one in _candidates(responses, column, decided)}
    return tuple(
        Printable(approval.paraphrase or found[quote], approval)
        for quote, approval in approvals.items()
        if quote in found
    )


def approvals_of(workspace: Workspace) -> tuple[Approval, ...]:
    """Give every quote that left, oldest first. Raises BadInputError for a file edited by hand."""
    path = workspace.analysis / QUOTES_FILE
    if not path.exists():
        return ()
    try:
        return tuple(from_json(line, Approval) for line in read_chain(path).lines)
    except msgspec.DecodeError:
        raise BadInputError.of(path, "a line is not a quote's approval", "put back a copy of it") from None


def add_approvals(path: Path, approvals: Sequence[Approval]) -> None:
    """Write approvals down, but for those that are there already in the same words."""
    lines = [msgspec.json.encode(one) for one in approvals]
    if path.exists():
        held = set(read_chain(path).lines)
        lines = [line for line in lines if line not in held]
    if not lines:
        return
    if not path.exists():
        start_chain(path, lines[0])
        lines = lines[1:]
    if lines:
        add_lines(path, read_chain(path), lines)


def fingerprint(text: str) -> str:
    """Give the SHA-256 by which a quote is known without its words."""
    return hashlib.sha256(text.encode()).hexdigest()


def _candidates(
    responses: "Responses", column: str, decided: Mapping[str, Decided] | None
) -> tuple[Candidate, ...]:
    texts = responses.texts(column)
    if int(says_something(texts).sum()) < LEAST_QUOTED:
        raise RefusedError(
            f"fewer than {LEAST_QUOTED} young people wrote something here, so none of it is quoted"
        )
    return candidates(texts.to_list(), responses.quotable(column).to_list(), decided)


def _allowed(workspace: Workspace | None, asking: Asking) -> Path:
    """Give where approvals are kept. Raises RefusedError naming everything that is missing."""
    names = clean_line(asking.read_by), clean_line(asking.approved_by)
    missing = []
    if not all(names) or names[0].casefold() == names[1].casefold():
        missing.append(
            "two people: one who read every quote (--quotes-read-by) and one who agrees (--approved-by)"
        )
    if not clean_line(asking.audience):
        missing.append("who will read them: --audience, such as 'police'")
    if workspace is None:
        missing.append("a workspace, where it is recorded")
    if missing or workspace is None:
        raise RefusedError(*(f"quotes leave only with {what}" for what in missing))
    return workspace.analysis / QUOTES_FILE


def _approval(question: str, quote: Candidate, asking: Asking, today: date) -> Approval:
    names = clean_line(asking.read_by), clean_line(asking.approved_by)
    return Approval(today, question, fingerprint(quote.text), clean_line(asking.audience), *names)


def let_out_quotes(
    workspace: Workspace,
    source: Path,
    responses: "Responses",
    columns: Sequence[str],
    asking: Asking,
    today: date,
) -> None:
    """Let out the quotes the tool picks of each question, spread over what was said, but none that needs other words.

    Without columns, of every free text of a batch. Raises RefusedError as `approve_quotes` does.
    """
    for column in columns or (responses.text_columns if responses.about else ()):
        try:
            decided = decided_in(workspace, source, responses, column)
            picked = pick_quotes(responses, column, QUOTES_EACH, decided)
        except RefusedError:
            continue
        approve_quotes(workspace, column, [one for one in picked if not one.cautions], asking, today)
