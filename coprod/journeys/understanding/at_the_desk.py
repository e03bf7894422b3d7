"""What the desk asks of answers in a job of its own: agreement, key words, quotes, themes."""

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from coprod.kernel.unshown import Unshown
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.quotes import Candidate
    from analysis.publishing.redaction import Decided
    from analysis.triage.triage import Queued
    from coprod.journeys.understanding.codings import CodingWork
    from coprod.journeys.understanding.quotes import Approval, Asking, Paraphrase
    from coprod.journeys.understanding.reports import ReportRequest, WrittenReport

QUOTES_OFFERED = 12
WORDS_A_GROUP = 8


class Desk(Unshown, frozen=True):
    """What lies on an analyst's desk: opened answers as `packed` gives them, their file, one question, the workspace."""

    responses: bytes
    source: Path
    question: str
    workspace: Workspace


class AgreedCode(Struct, frozen=True):
    """How far coders agree on a code, in figures as printed."""

    name: str
    alpha: str
    kappa: str


class Apart(Unshown, frozen=True):
    """One answer on which coders differ about one code, for them to talk about."""

    text: str
    code: str
    given_by: tuple[str, ...]
    not_by: tuple[str, ...]


class AgreementShown(Unshown, frozen=True):
    """Both, and how many answers two people judged, in words. `why_none` says why there are no figures."""

    answers: str
    codes: tuple[AgreedCode, ...]
    apart: tuple[Apart, ...]
    why_none: str = ""


class Offered(Unshown, frozen=True):
    """A quote as it could leave, as its writer sent it, and what speaks against it. `asked` tells whether they agreed.

    `let_out_for` are readers for whom two people let it out already; `rare` are stems of words that nobody else wrote.
    """

    safe: str
    original: str
    cautions: tuple[str, ...]
    agreed: bool
    let_out_for: tuple[str, ...]
    rare: frozenset[str] = frozenset()


def agreement_of(desk: Desk) -> AgreementShown:
    """Give how far the coders of a question agree, and every answer where they do not.

    Raises RefusedError where nobody has coded it yet, and as `together` does.
    """
    from analysis.codes.agreement import agreement, disagreements
    from analysis.publishing.disclosure import people_words
    from coprod.journeys.understanding.codings import codebook_now, codings_of, together
    from coprod.kernel.problem import RefusedError

    work = work_on(desk)
    if not codings_of(work):
        raise RefusedError(
            "Nobody has coded this question yet: C codes it. Agreement needs two people, each on their own initials"
        )
    judgements = together(work)
    names = {code.id: code.name for code in codebook_now(work).codes if code.kind == "code"}
    used = sorted({mark.code for coder in judgements.coders for mark in coder.marks} & names.keys())
    apart = tuple(
        Apart(work.texts.get(one.response, ""), names.get(one.code, one.code), one.given_by, one.not_by)
        for one in disagreements(judgements)
    )
    try:
        found = agreement(judgements, used)
    except RefusedError as refused:
        return AgreementShown("", (), apart, str(refused))
    codes = tuple(AgreedCode(names[one.code], one.alpha.in_words, one.kappa.in_words) for one in found)
    return AgreementShown(people_words(found[0].answers if found else 0), codes, apart)


def key_words_of(desk: Desk, by: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give for each group a line for each word it writes more than all others. Raises as `keyness` does."""
    from analysis.inputs.answers import answers_to
    from analysis.words.keyness import keyness, linked_texts, released

    held = responses_on(desk)
    found = keyness(linked_texts(held, desk.question), answers_to(held, by))
    return tuple(
        (group, tuple(one.in_short for word in words if (one := released(word, group)))[:WORDS_A_GROUP])
        for group, words in found.items()
    )


def is_linked(held: "Responses", question: str) -> bool:
    """Give true for what was written beside other answers. Raises RefusedError, with the reason, where it is kept apart."""
    from analysis.words.keyness import linked_texts

    linked_texts(held, question)
    return True


def quotes_of(desk: Desk) -> tuple[Offered, ...]:
    """Give quotes to choose from, spread over what was said. Raises RefusedError as `pick_quotes` does."""
    from coprod.journeys.understanding.quotes import approvals_of, fingerprint, pick_quotes
    from coprod.journeys.understanding.redactions import decided_in

    held = responses_on(desk)
    decided = decided_in(desk.workspace, desk.source, held, desk.question)
    picked = pick_quotes(held, desk.question, QUOTES_OFFERED, decided)
    originals = _originals(held, desk.question, {one.text for one in picked}, decided)
    approvals = [one for one in approvals_of(desk.workspace) if one.question == desk.question]
    return tuple(
        Offered(
            one.text,
            originals.get(one.text, one.text),
            one.cautions,
            agreed=held.about is not None,
            let_out_for=_readers(approvals, fingerprint(one.text)),
            rare=one.rare,
        )
        for one in picked
    )


def let_out_picked(
    workspace: Workspace, question: str, quotes: "Sequence[Offered]", asking: "Asking", today: date
) -> None:
    """Record quotes as leaving. Raises as `approve_quotes` does."""
    from coprod.journeys.understanding.quotes import approve_quotes

    approve_quotes(workspace, question, [_candidate(one) for one in quotes], asking, today)


def paraphrase_picked(
    workspace: Workspace, question: str, quote: Offered, made: "Paraphrase", asking: "Asking", today: date
) -> "Approval":
    """Record somebody's own words for a quote. Raises as `paraphrase_quote` does."""
    from coprod.journeys.understanding.quotes import paraphrase_quote

    return paraphrase_quote(workspace, question, _candidate(quote), made, asking, today)


def trail_of(desk: Desk) -> tuple[str, ...]:
    """Write the audit trail of a question into `out/`, and give its steps as lines with the files first."""
    from coprod.journeys.understanding.trail import steps_of, write_trail

    work = work_on(desk)
    files = tuple(f"out/{path.name}" for path in write_trail(desk.workspace, work))
    steps = steps_of(work, desk.workspace)
    told = [f"{one.on}  {one.who}  {one.what}{f'  ({one.why})' if one.why else ''}" for one in steps]
    return *files, "", *(told or ["Nothing was coded or decided yet, so there is no step in it."])


def shown_path(workspace: Workspace, path: Path) -> str:
    """Give a file as people are told of it: from the workspace's folder on where it is in it."""
    return path.relative_to(workspace.root).as_posix() if path.is_relative_to(workspace.root) else str(path)


def responses_on(desk: Desk) -> "Responses":
    """Give the answers that lie on the desk."""
    held: Responses = pickle.loads(desk.responses)  # noqa: S301  from our own process
    return held


def work_on(desk: Desk) -> "CodingWork":
    """Give the answers to the question on the desk as coding takes them. Raises as `coding_work` does."""
    from coprod.journeys.understanding.codings import coding_work

    return coding_work(responses_on(desk), desk.source, desk.question, desk.workspace)


def _candidate(quote: Offered) -> "Candidate":
    from analysis.publishing.quotes import Candidate

    return Candidate(quote.safe, frozenset(), quote.cautions, quote.rare)


def _originals(
    responses: "Responses", question: str, wanted: set[str], decided: "Mapping[str, Decided]"
) -> dict[str, str]:
    """Give for each redacted text one that it was made from."""
    from analysis.publishing.redaction import redact

    texts = responses.texts(question).to_list()
    pairs = zip(texts, redact(texts, decided), strict=True)
    return {row.text: text for text, row in pairs if text and row.text in wanted}


def _readers(approvals: "Sequence[Approval]", quote: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.audience for one in approvals if one.quote == quote))


def triage_of(desk: Desk) -> "tuple[Queued, ...]":
    """Give every free text, most urgent first; of a file, those of its columns that read like text. May be none."""
    from coprod.journeys.understanding.triage import triage_queue

    held = responses_on(desk)
    columns = held.text_columns
    if held.about is None:
        told = {one.name: one.taken_as for one in held.columns}
        columns = tuple(name for name in columns if told.get(name, "text") == "text")
    return triage_queue(held, columns) if columns else ()


def pathway_from(desk: Desk) -> tuple[str, ...]:
    """Write the pathway audit and give its files. Raises as `write_pathway` does."""
    from coprod.journeys.understanding.pathway import write_pathway
    from coprod.journeys.understanding.reports import FORMATS

    written = write_pathway(desk.workspace, desk.source, responses_on(desk), desk.source.stem, FORMATS)
    return tuple(f"out/{path.name}" for path in written.files.values())


def export_from(desk: Desk, typed: tuple[str, ...], today: date) -> tuple[str, ...]:
    """Write raw answers to a file: its path in the workspace, a reason and two names. Raises as `export_responses` does."""
    from coprod.journeys.understanding.exchange import RawAsked
    from coprod.journeys.understanding.exports import export_responses

    to, reason, *names = typed
    asked = RawAsked(reason, tuple(names), raw=True)
    path = desk.workspace.root / Path(to).expanduser()
    made, recorded = export_responses(responses_on(desk), desk.source, path, asked, desk.workspace, today)
    return (*(shown_path(desk.workspace, path) for path in made), recorded)


def start_you_said_from(desk: Desk) -> str:
    """Write the file of what young people said, a theme for each pile of what was written. Raises as `start_you_said` does."""
    from coprod.journeys.understanding.yousaid import start_you_said

    held = responses_on(desk)
    columns = (
        tuple(held.text_columns) if held.about is not None else (desk.question,) if desk.question else ()
    )
    return start_you_said(desk.workspace, desk.source, held, columns).name


def preview_from(desk: Desk, request: "ReportRequest") -> str:
    """Give a report as text, nothing recorded. Raises as `preview_report` does."""
    from coprod.journeys.understanding.reports import preview_report

    return preview_report(desk.workspace, desk.source, responses_on(desk), request)


def report_from(desk: Desk, request: "ReportRequest") -> "WrittenReport":
    """Write a report. Raises as `write_report` does."""
    from coprod.journeys.understanding.reports import write_report

    return write_report(desk.workspace, desk.source, responses_on(desk), request)
