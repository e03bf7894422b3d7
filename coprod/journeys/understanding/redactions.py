"""What a person decided about redaction: what stays, what goes as well, kept by row and place and never with the text."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from coprod.kernel.chain import add_lines, read_chain, start_chain
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided

REDACTIONS_FILE = "redactions.jsonl"
LARGEST = 2_000_000_000
HIDDEN = "removed"
Verdict = Literal["stays", "goes", "right", "undone"]


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """One decision: the day, who, the SHA-256 of the file or batch, the question, the row from 1, the place, the verdict.

    `start` and `end` are code points of the text as sent, the end exclusive. `right` says that what the rules took out
    is rightly out, and changes nothing; `undone` takes an earlier one back.
    """

    on: date
    by: str
    data: str
    question: str
    row: int
    start: int
    end: int
    verdict: Verdict
    format: Literal[1] = 1


def place_of(written: str) -> tuple[int, int, int]:
    """Give row, start and end of a place written `ROW:START:END`. Raises BadInputError for anything else."""
    parts = written.split(":")
    if len(parts) != len(("row", "start", "end")) or not all(
        part.isascii() and part.isdigit() for part in parts
    ):
        raise BadInputError.of(clean_line(written), "this is no place", "write ROW:START:END, rows from 1")
    row, start, end = map(int, parts)
    return row, start, end


def decide(
    workspace: Workspace | None, file: Path, decisions: Sequence[Decision], texts: Mapping[int, str | None]
) -> None:
    """Write decisions down; `texts` holds by row from 1 what they are about.

    Raises RefusedError outside a workspace or without a name, BadInputError for no such place.
    """
    if workspace is None or not all(clean_line(one.by) for one in decisions):
        raise RefusedError("what was decided is kept in a workspace, with who decided: --by NAME")
    for one in decisions:
        if not 0 <= one.start < one.end <= len(texts.get(one.row) or ""):
            raise BadInputError.of(
                file.name, f"row {one.row} has no place {one.start}:{one.end}", "see --format json"
            )
    path = workspace.analysis / REDACTIONS_FILE
    lines = [msgspec.json.encode(one) for one in decisions]
    if lines and not path.exists():
        start_chain(path, lines[0])
        lines = lines[1:]
    if lines:
        add_lines(path, read_chain(path), lines)


def readable_texts(
    responses: "Responses", column: str, workspace: Workspace | None = None
) -> list[str | None]:
    """Give the texts an analyst may print, as decisions count them: a file's all, one a row; of a batch those whose writers agreed.

    A panel's are all for the campaign team to read, as its pages say, so all of them are decided on.
    Raises RefusedError for another batch where fewer than 10 wrote something (rule R9).
    """
    from analysis.publishing.quotes import LEAST_QUOTED

    texts = responses.texts(column)
    if responses.about is None:
        return texts.to_list()
    if workspace is not None and panel_of(workspace, responses) is not None:
        return texts.sort().to_list()
    if texts.len() < LEAST_QUOTED:
        raise RefusedError(
            "fewer than 10 young people wrote something here, so none of it may be shown outside the app"
        )
    return texts.filter(responses.quotable(column)).sort().to_list()


def panel_of(workspace: Workspace, responses: "Responses") -> Path | None:
    """Give the folder of the material that a batch is the panel's review of, or None for any other answers."""
    from campaigns.panels.panelfile import RESULT_FILE, load_panel_result

    asked = responses.about.questions if responses.about else ()
    questionnaires = {sha for one in asked for sha in one.questionnaires}
    for path in sorted(workspace.campaigns.glob(f"*/{RESULT_FILE}")) if questionnaires else ():
        result = load_panel_result(path)
        if result is not None and result.questionnaire in questionnaires:
            return path.parent
    return None


def decided_in(
    workspace: Workspace | None, file: Path, responses: "Responses", question: str
) -> "Mapping[str, Decided]":
    """Give by text what was decided of a question's texts in this very file; the latest word counts.

    Who wrote the same words is treated the same; of two who decided otherwise of them, what goes counts.
    Raises BadInputError for decisions edited by hand.
    """
    from analysis.publishing.redaction import Decided

    latest = verdicts_of(workspace, file, question)
    texts = readable_texts(responses, question, workspace) if latest else []
    decided: dict[str, Decided] = {}
    for row in sorted({row for row, _, _ in latest}):
        text, mine = texts[row - 1], _of_row(row, latest)
        if text:
            held = decided.get(text, Decided())
            decided[text] = Decided(held.stays + mine.stays, held.goes + mine.goes)
    return decided


def verdicts_of(
    workspace: Workspace | None, file: Path, question: str
) -> dict[tuple[int, int, int], Verdict]:
    """Give the latest verdict on each place (row, start, end) of a question in this very file.

    Raises BadInputError for decisions edited by hand.
    """
    path = workspace.analysis / REDACTIONS_FILE if workspace else None
    if path is None or not path.exists():
        return {}
    try:
        held = [from_json(line, Decision) for line in read_chain(path).lines]
    except msgspec.DecodeError:
        raise BadInputError.of(path, "a line is not a decision", "put back a copy of it") from None
    data = fingerprint_of(file)
    return {
        (one.row, one.start, one.end): one.verdict
        for one in held
        if (one.data, one.question) == (data, question)
    }


def _of_row(row: int, latest: Mapping[tuple[int, int, int], Verdict]) -> "Decided":
    from analysis.publishing.redaction import Decided

    mine = [(start, end, verdict) for (of, start, end), verdict in latest.items() if of == row]
    return Decided(
        tuple((start, end) for start, end, verdict in mine if verdict == "stays"),
        tuple((start, end, HIDDEN) for start, end, verdict in mine if verdict == "goes"),
    )


def fingerprint_of(file: Path) -> str:
    """Give the SHA-256 by which a file or batch is known."""
    return hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()
