"""Coding a question's answers together: whose files there are, what may be written in them, what to read next."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from analysis.codes.codebook import Codebook, load_codebook, shipped_codebook, sound
from analysis.codes.coding import (
    CODING_SUFFIX,
    MACHINE,
    Added,
    Coded,
    Coding,
    Event,
    How,
    Merged,
    Picked,
    ReadAnswer,
    Renamed,
    Split,
    Uncoded,
    add_events,
    begin_coding,
    read_coding,
    repeats_answer,
)
from analysis.codes.judgements import Judgements, answers_with, codebook_after, unite
from analysis.codes.suggest import (
    Learned,
    Prepared,
    learn_from_coder,
    prepare,
    read_next,
)
from analysis.inputs.responses import LARGEST, Responses
from analysis.publishing.disclosure import Count, Tally, release
from analysis.publishing.ledger import Override, Reissue, Release
from analysis.publishing.redaction import Decided
from coprod.journeys.understanding.redactions import decided_in
from coprod.journeys.understanding.tables import Counted, Shown, let_out, policy_of
from coprod.kernel.files import named_like, read_bytes
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest
from coprod.workspace import Workspace

CODEBOOK_FILE = "codebook.yaml"
SENSITIVE = "what young people write freely"
HOW_MANY = 10
SEED_BITS = 32


class CodingWork(Struct, frozen=True):
    """One question's answers by response id, and the folder where each coder's file is.

    `data` is the SHA-256 of the file or batch; `codebook` the one to start from, before anybody's changes; `decided`
    what a person decided of the redaction of these answers, by text.
    """

    folder: Path
    stem: str
    data: str
    question: str
    texts: Mapping[str, str]
    codebook: Codebook
    decided: Mapping[str, Decided] = {}

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"CodingWork({len(self.texts)} answers)"

    def path_of(self, coder: str) -> Path:
        """Give the path of a coder's file."""
        return self.folder / f"{self.stem}.{coder}{CODING_SUFFIX}"


def coding_work(responses: Responses, file: Path, column: str, workspace: Workspace | None) -> CodingWork:
    """Give the answers to code: a file's as `row-1`, `row-2` …, a batch's by their own random ids.

    Coders' files are in the workspace's `analysis` folder, or beside the file. The codebook is
    `analysis/codebook.yaml`, or the one that comes with coprod.
    """
    folder = workspace.analysis if workspace else file.parent
    own = folder / CODEBOOK_FILE
    short = re.sub(r"[^a-z0-9]+", "-", column.lower()).strip("-")[:30] or "text"
    mark = hashlib.sha256(column.encode()).hexdigest()[:6]
    return CodingWork(
        folder,
        f"{file.stem}.{short}-{mark}",
        hashlib.sha256(read_bytes(file, LARGEST)).hexdigest(),
        column,
        _texts_by_id(responses, column),
        load_codebook(own) if own.exists() else shipped_codebook(),
        decided_in(workspace, file, responses, column),
    )


def codings_of(work: CodingWork) -> tuple[Coding, ...]:
    """Give every coder's file, the machine's too. Raises BadInputError for one that was edited or is of other data."""
    paths = named_like(work.folder, f"*{CODING_SUFFIX}")
    found = [read_coding(path) for path in paths if path.name.startswith(f"{work.stem}.")]
    for one in found:
        _refuse_other_data(one, work)
    return tuple(found)


def together(work: CodingWork) -> Judgements:
    """Give all coders' judgements. Raises BadInputError when nobody has coded yet."""
    codings = codings_of(work)
    if not codings:
        source = work.stem.rpartition(".")[0]
        raise BadInputError.of(source, f"nobody has coded `{work.question}` of it yet", "code it first")
    return unite(codings)


def codebook_now(work: CodingWork) -> Codebook:
    """Give the codebook with everybody's changes."""
    codings = codings_of(work)
    return codebook_after(work.codebook, codings) if codings else work.codebook


def write_events(work: CodingWork, coder: str, events: Sequence[Event], on: date, why: str = "") -> Coding:
    """Write a coder's events, all or none; they are saved when this returns.

    Raises BadInputError for an answer, code or place that is not there, a code that only groups others, initials
    that are none, and a reason that repeats an answer's words.
    """
    known = codebook_now(work)
    for event in events:
        _check(event, work, known, why)
        known = _with(event, known)
    path = work.path_of(coder)
    coding = read_coding(path) if path.exists() else begin_coding(path, coder, work.data, work.question)
    _refuse_other_data(coding, work)
    return add_events(coding, events, on, why)


def next_answers(
    work: CodingWork, coder: str, on: date, count: int = HOW_MANY, how: How | None = None
) -> tuple[tuple[str, ...], How]:
    """Give the ids of the answers a coder should read next and how they were picked, written down in the machine's file."""
    prepared, learned, coded = _taught(work, coder)
    ids = tuple(work.texts)
    rows, way = read_next(prepared, learned, coded, count, how, secrets.randbits(SEED_BITS))
    picked = tuple(ids[row] for row in rows)
    write_events(work, MACHINE, [Picked(picked, way)], on)
    return picked, way


def release_codes(
    work: CodingWork,
    coder: str,
    workspace: Workspace | None,
    not_sensitive: str = "",
    reissue: Reissue | None = None,
    override: Override | None = None,
) -> Shown:
    """Give how many answers have each code by one coder, through the disclosure rules and the ledger.

    `reissue` is for a question whose codes were released from other data before, `override` for a table that the
    audit holds back.

    Raises RefusedError when not all answers were read and not all of a random draw, or the ledger says no.
    """
    counted = count_codes(work, coder, workspace, not_sensitive, reissue, override)
    return Shown(counted.release.table, None) if workspace is None else let_out(workspace, [counted])[0]


def count_codes(
    work: CodingWork,
    coder: str,
    workspace: Workspace | None,
    not_sensitive: str = "",
    reissue: Reissue | None = None,
    override: Override | None = None,
) -> Counted:
    """Give the table that `release_codes` lets out, by its own rules, not yet held against the ledger."""
    judgements = together(work)
    base, found = answers_with(judgements, coder, work.texts)
    names = {code.id: code.name for code in codebook_now(work).codes if code.kind == "code"}
    counts = tuple(Count(name, found.get(code, 0)) for code, name in names.items())
    tally = Tally(
        f"{work.question}: codes", f"{work.question}: codes by {coder}", base, counts,
        exclusive=False, sensitive="" if not_sensitive else SENSITIVE,
    )  # fmt: skip
    policy = policy_of(workspace)
    left = Release(
        work.data, release(tally, policy), not_sensitive=not_sensitive, reissue=reissue, override=override,
        small_counts=policy.small_counts, exclusive=False, sensitive=bool(tally.sensitive),
    )  # fmt: skip
    return Counted(left, base)


def _texts_by_id(responses: Responses, column: str) -> dict[str, str]:
    texts = responses.texts(column).to_list()
    if responses.about is None:
        return {f"row-{row}": text for row, text in enumerate(texts, start=1) if text and text.strip()}
    frame = responses.frame
    held = frame.filter((frame["question"] == column) & frame["text"].is_not_null())
    return dict(zip(held["response"].to_list(), texts, strict=True))


def _taught(work: CodingWork, coder: str) -> tuple[Prepared, Learned | None, list[int]]:
    """Give the answers made ready, what the coder's own codes teach, and the rows they judged."""
    prepared = prepare(list(work.texts.values()))
    codings = codings_of(work)
    found = next((one for one in unite(codings).coders if one.name == coder), None) if codings else None
    if found is None:
        return prepared, None, []
    rows = [row for row, response in enumerate(work.texts) if response in found.judged]
    return prepared, learn_from_coder(prepared, found, tuple(work.texts)), rows


def _refuse_other_data(coding: Coding, work: CodingWork) -> None:
    if coding.header.data != work.data or coding.header.question != work.question:
        raise BadInputError.of(
            coding.path,
            "this codes another version of the file, so its places may be wrong",
            "code the file it was begun on, or begin with a file of another name",
        )


def _check(event: Event, work: CodingWork, known: Codebook, why: str) -> None:
    match event:
        case (
            Coded(response=response, code=code, span=span) | Uncoded(response=response, code=code, span=span)
        ):
            _check_answer(response, work)
            _check_code(code, known, giving=isinstance(event, Coded))
            text = work.texts[response]
            if span and span.end > len(text):
                raise BadInputError.of(response, f"the answer ends at {len(text)}", "give a place inside it")
            _check_reason(why, text)
        case ReadAnswer(response=response):
            _check_answer(response, work)
            _check_reason(why, work.texts[response])
        case Added(code=added):
            _check_id(added.id)
        case Renamed(code=code):
            _check_code(code, known, giving=False)
        case Merged(code=code, into=into):
            _check_code(code, known, giving=False)
            _check_code(into, known, giving=True)
        case Split(code=code, parts=parts):
            for part in (code, *(part.code for part in parts)):
                _check_code(part, known, giving=True)
        case _:
            pass


def _with(event: Event, known: Codebook) -> Codebook:
    """Give the codebook after an event, so that a code may be added and given in one go."""
    if not isinstance(event, Added):
        return known
    return sound(structs.replace(known, codes=(*known.codes, event.code)), known.codebook)


def _check_answer(response: str, work: CodingWork) -> None:
    if response not in work.texts:
        raise BadInputError.of(clean_line(response), "there is no such answer", "answers are called row-1, row-2 … or by their id in the batch")  # fmt: skip


def _check_code(code: str, known: Codebook, *, giving: bool) -> None:
    found = next((one for one in known.codes if one.id == code), None)
    if found is None:
        raise BadInputError.of(clean_line(code), "there is no such code", nearest(code, (one.id for one in known.codes)))  # fmt: skip
    if giving and found.kind == "group":
        raise BadInputError.of(code, "this only holds other codes together", "give one of the codes under it")


def _check_id(code: str) -> None:
    if not re.fullmatch("[a-z][a-z0-9-]{0,59}", code):
        raise BadInputError.of(
            clean_line(code), "this cannot be a code's id", "use small letters, digits and hyphens"
        )


def _check_reason(why: str, text: str) -> None:
    if repeats_answer(why, text):
        raise BadInputError.of(
            "--why", "this repeats the answer's own words, which coding files never hold", "say it in yours"
        )
