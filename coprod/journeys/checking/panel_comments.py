"""A panel's comments, as the campaign team reads them: redacted by rule, and then as somebody decided, text by text."""

import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from campaigns.panels.panelfile import RESULT_FILE, load_panel_result, panel_result_bytes
from campaigns.releasing.gate import panel_hash
from campaigns.releasing.history import Event, note_events
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.panel_result import PanelComment
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided
    from coprod.journeys.understanding.at_the_desk import Desk

ROUNDS = "rounds"
WRITTEN_AGAIN = (
    "Its comments were written again as you decided. Answers to those that changed must be given anew."
)
_chance = secrets.SystemRandom()


def comments_of(
    responses: "Responses", decided: "Mapping[str, Decided] | None" = None
) -> tuple[PanelComment, ...]:
    """Give the comments of a panel, redacted and in a chance order; `decided` holds by text what somebody decided."""
    from analysis.publishing.redaction import redact

    wordings = {one.key: one.question.wording for one in responses.about.questions} if responses.about else {}
    rows = responses.frame.filter(responses.frame["record"] == "text").select("question", "text")
    comments = [
        PanelComment(wordings[question], redacted.text)
        for question, redacted in zip(rows["question"], redact(list(rows["text"]), decided), strict=True)
        if redacted.text.strip()
    ]
    return tuple(_chance.sample(comments, len(comments)))


def comments_again_from(desk: "Desk", by: str, on: date) -> tuple[str, ...]:
    """Do as `comments_again` with what lies on the desk."""
    from coprod.journeys.understanding.at_the_desk import responses_on

    return comments_again(desk.workspace, desk.source, responses_on(desk), by, on)


def comments_again(
    workspace: Workspace, source: Path, held: "Responses", by: str, on: date
) -> tuple[str, ...]:
    """Write a panel's comments again where decisions on redaction changed them, and say so; nothing of other answers.

    The copy kept of its round changes too: what goes must be nowhere. The history notes it without a word of them.
    """
    from analysis.publishing.redaction import Decided
    from coprod.journeys.understanding.redactions import decided_in, panel_of

    folder = panel_of(workspace, held)
    result = load_panel_result(folder / RESULT_FILE) if folder is not None else None
    if folder is None or result is None:
        return ()
    decided: dict[str, Decided] = {}
    for question in held.text_columns:
        for text, mine in decided_in(workspace, source, held, question).items():
            before = decided.get(text, Decided())
            decided[text] = Decided(before.stays + mine.stays, before.goes + mine.goes)
    comments = comments_of(held, decided)
    if sorted(map(_words, comments)) == sorted(map(_words, result.comments)):
        return ()
    again = replace(result, comments=comments)
    files = {"panel": panel_hash(again)}
    noted = Event("opened", on, by, folder.name, "comments redacted as somebody decided", files=files)
    note_events(workspace.campaigns, [noted])
    _write(folder, panel_result_bytes(again))
    return (f"campaigns/{folder.name}: {WRITTEN_AGAIN}",)


def _words(one: PanelComment) -> tuple[str, str]:
    return one.about, one.text


def _write(folder: Path, content: bytes) -> None:
    before = read_bytes(folder / RESULT_FILE)
    kept = [path for path in folder.glob(f"{ROUNDS}/*/{RESULT_FILE}") if read_bytes(path) == before]
    for path in (*kept, folder / RESULT_FILE):
        write_whole(path, content)
