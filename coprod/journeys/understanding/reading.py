"""Reading opened answers: what the desk asks of the process that holds them. Nothing here loads Polars until it is called."""

import pickle
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coprod.journeys.understanding.signed import Signed
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import ReleasedTable
from coprod.kernel.unshown import Unshown
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from coprod.journeys.understanding.tables import Answer
    from surveys.boxes.keys import Identity

KEPT_FOR = timedelta(days=365)


class KeyTyped(Unshown, frozen=True):
    """A key file and its passphrase as typed, and the second person's where two open together."""

    key: str
    passphrase: str
    other_key: str = ""
    other_passphrase: str = ""


class Question(Struct, frozen=True):
    """One question or column: its key, its words, and whether people wrote or chose; of short texts in a file, `either`."""

    key: str
    words: str
    kind: Literal["written", "chosen", "either"]


class ReadAbout(Struct, frozen=True):
    """What is said of answers before one is shown."""

    source: str
    simulated: bool
    questions: tuple[Question, ...]
    is_file: bool = False


class TableAsked(Struct, frozen=True):
    """A table to be asked about or released: of a question, broken down by another, or of the codes given to it.

    `coder` are the initials of whose codes. `not_sensitive` is why a column of a file is not sensitive; `signed` is why
    a table comes from other data than before, or leaves although it is held back.
    """

    question: str
    by: str = ""
    coder: str = ""
    not_sensitive: str = ""
    signed: Signed | None = None


class Written(Unshown, frozen=True):
    """One free text as its writer sent it. Only for the analyst's own screen."""

    text: str
    may_quote: bool


def identity_of(typed: KeyTyped) -> "Identity":
    """Give the unlocked key, or the two together. Raises BadInputError for a wrong file or passphrase."""
    from surveys.boxes.keys import unlock

    mine = unlock(_path(typed.key), typed.passphrase)
    if not typed.other_key:
        return mine
    return mine.with_other(unlock(_path(typed.other_key), typed.other_passphrase))


def read_opened(path: Path, typed: KeyTyped) -> "Responses":
    """Give the responses in a batch. Raises BadInputError for a wrong key or a damaged batch."""
    from analysis.inputs.responses import responses_from_batch
    from coprod.journeys.asking.batches import read_batch

    return responses_from_batch(read_batch(path, identity_of(typed)), path.name)


def read_file(
    name: str, workspace: Workspace | None = None, questionnaire: str = "", kept: str = "", because: str = ""
) -> "Responses":
    """Give the responses in a CSV, XLSX, Parquet or SPSS file, read with a questionnaire: named, or the one here that fits.

    `kept` are columns, parted by commas, to be read `because` of something although they may say who somebody is.
    Raises as `read_file_for_analysis` does.
    """
    from analysis.inputs.columns import Keep
    from coprod.journeys.understanding.bringing_in import read_file_for_analysis

    columns = tuple(one.strip() for one in kept.split(",") if one.strip())
    asked = _path(questionnaire) if questionnaire.strip() else None
    return read_file_for_analysis(_path(name), asked, workspace, Keep(columns, because))


def open_waiting(workspace: Workspace, name: str, typed: KeyTyped, today: date) -> tuple[str, ...]:
    """Open what waits into a batch, and give what may be told of it. Raises as `open_boxes` does."""
    from coprod.journeys.asking.batches import open_boxes, waiting_sources

    sources = waiting_sources(workspace)
    if not sources:
        raise BadInputError.of("boxes", "no sealed session waits", "run a session, or bring a bundle in")
    opened = open_boxes(
        workspace, sources, identity_of(typed), name, today=today, keep_until=today + KEPT_FOR
    )
    return (
        f"Answered: {opened.answered}.",
        *opened.left_out,
        f"Keep until {opened.keep_until}, then dispose of it.",
    )


def about(responses: "Responses") -> ReadAbout:
    """Give what answers are: their source and questions, without columns that may say who somebody is."""
    texts = frozenset(responses.text_columns)
    if responses.about is not None:
        asked = tuple(
            Question(one.key, one.question.wording, "written" if one.key in texts else "chosen")
            for one in responses.about.questions
        )
    else:
        told = {one.name: one.taken_as for one in responses.columns}
        asked = tuple(
            Question(name, name, _kind_in_file(told.get(name, "text"), is_text=name in texts))
            for name in responses.frame.columns
            if name not in responses.identifying
        )
    is_file = responses.about is None
    return ReadAbout(Path(responses.source).name, responses.simulated, asked, is_file=is_file)


def _kind_in_file(taken_as: str, *, is_text: bool) -> Literal["written", "chosen", "either"]:
    if not is_text:
        return "chosen"
    return "written" if taken_as == "text" else "either"


def table_of(responses: "Responses", workspace: Workspace, question: str) -> ReleasedTable:
    """Give a question's table by the disclosure rules; looked at, not released. Raises as `answers_to` does."""
    from analysis.inputs.answers import answers_to
    from analysis.publishing.tables import release_table
    from coprod.journeys.understanding.tables import policy_of

    return release_table(answers_to(responses, question), policy_of(workspace))


def publish_table(
    responses: "Responses", workspace: Workspace, source: Path, asked: TableAsked
) -> tuple[ReleasedTable, str]:
    """Record a question's table as released; give it and how it was audited. Raises as `show_table` does."""
    from coprod.journeys.understanding.code_tables import as_asked
    from coprod.journeys.understanding.tables import show_table

    shown = show_table(responses, source, as_asked(asked), workspace)
    return shown.table, shown.audit


def texts_of(responses: "Responses", question: str) -> tuple[Written, ...]:
    """Give every free text to a question, blank ones left out. Raises BadInputError if it holds no text."""
    pairs = zip(responses.texts(question), responses.quotable(question), strict=True)
    return tuple(Written(text, may_quote) for text, may_quote in pairs if text and text.strip())


def columns_of(responses: "Responses") -> tuple[tuple[str, str], ...]:
    """Give what each column of a file was taken for, and why one was left out; nothing of a batch."""
    return tuple(
        (one.headers[0], f"left out: {one.left_out}" if one.left_out else one.taken_as)
        for one in responses.columns
    )


def what_if(responses: "Responses", workspace: Workspace, source: Path, asked: TableAsked) -> "Answer":
    """Tell whether a table may be published, and record nothing. Raises as `may_publish` does."""
    from coprod.journeys.understanding.code_tables import as_asked
    from coprod.journeys.understanding.tables import may_publish

    return may_publish(responses, source, as_asked(asked), workspace)


def redacted(responses: "Responses", workspace: Workspace, source: Path, question: str) -> tuple[str, ...]:
    """Give the texts of `texts_of` as they could leave: names, places and numbers taken out, as a person decided."""
    from analysis.publishing.redaction import redact
    from coprod.journeys.understanding.redactions import decided_in

    decided = decided_in(workspace, source, responses, question)
    return tuple(one.text for one in redact([one.text for one in texts_of(responses, question)], decided))


def packed(responses: "Responses") -> bytes:
    """Give the responses as bytes for a job of their own."""
    return pickle.dumps(responses)


def _path(typed: str) -> Path:
    if not typed.strip():
        raise BadInputError.of("file", "no file is named", "type where it is")
    return Path(typed.strip()).expanduser()
