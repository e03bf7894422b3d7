"""Triage: every free text of a batch or file to the safeguarding lead, on a screen that clears or on two names."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publishing.raw import RAW_FILE, RawExport, allow_raw, record_raw
from analysis.triage.triage import FreeText, Queued, queue
from analysis.triage.triagelog import LOG_FILE, Action, add_action, new_action, read_actions
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

LARGEST = 2_000_000_000


def triage_queue(responses: "Responses", columns: Sequence[str] = ()) -> tuple[Queued, ...]:
    """Give every free text, most urgent first. Of a batch, no `columns` means every free-text question.

    Raises BadInputError for a column without text, or when none of a file's columns is named.
    """
    named = tuple(columns) or (responses.text_columns if responses.about is not None else ())
    if not named:
        raise BadInputError.of(
            Path(responses.source).name,
            "which columns young people wrote in is not said",
            f"name each with --text COLUMN; columns of text here: {', '.join(responses.text_columns)}",
        )
    return queue(FreeText(column, text) for column in named for text in responses.texts(column) if text)


def allow_printing(
    workspace: Workspace | None, file: Path, today: date, reason: str, names: tuple[str, ...]
) -> None:
    """Let raw texts be printed, on two typed names and a reason that are recorded first.

    Raises RefusedError without them, or outside a workspace, where nothing could record them.
    """
    why, signed = allow_raw(reason, names, raw=True)
    if workspace is None:
        raise RefusedError(
            "raw texts are printed only inside a workspace, where it is recorded who asked and why"
        )
    data = hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()
    record_raw(workspace.analysis / RAW_FILE, RawExport(today, "every free text, printed", data, why, signed))


def log_action(workspace: Workspace, action: Action, queued: Sequence[Queued] = ()) -> Action:
    """Add what the lead did to the workspace's log, and give it as kept. Raises as `new_action` and `add_action` do."""
    kept = new_action(action, (one.text for one in queued))
    add_action(log_path(workspace), kept)
    return kept


def actions_of(workspace: Workspace) -> tuple[Action, ...]:
    """Give the workspace's log, oldest first. Raises BadInputError when it was edited by hand."""
    return read_actions(log_path(workspace))


def log_path(workspace: Workspace) -> Path:
    """Give where a workspace keeps the action log."""
    return workspace.analysis / LOG_FILE
