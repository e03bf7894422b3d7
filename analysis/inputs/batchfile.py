"""A batch as Parquet: opened answers pooled by question, with nothing in them that says when or in what order.

One row for each response and question, `format: 1`:

| column | type | holds |
|---|---|---|
| record | text | `main`, or `text` for a free text unlinked from everything else its writer said |
| response | text | 16 random hexadecimal digits made at this opening; a text row has its own |
| question | text | the key of a question in the description below |
| reply | text | `chosen`, `rated`, `declined`, `skipped`, `not-shown`, `wrote` |
| choices | list of text | ids of the choices picked; for a ranking, best first; else null |
| number | 16-bit integer | 0 to 10 where reply is `rated`, else null |
| text | text | the words of a text row, or of a linked free text in a main row, else null |
| may_quote | boolean | a text row's "you may use my words", else null |

A main response has one row for every question of its questionnaire. Rows are sorted by the random
response id, so their order says nothing. The Parquet key-value metadata holds `BatchAbout` as JSON under `coprod`.
"""

import hashlib
import io
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import polars as pl
from msgspec import Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import (
    Chosen,
    Declined,
    MainRecord,
    NotShown,
    Rated,
    Reply,
    Skipped,
    TextRecord,
    Wrote,
)
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean

Kind = Literal["choose-one", "choose-many", "scale", "ranking", "number", "text"]
ABOUT_KEY = "coprod"
LARGEST_NUMBER = 10
SCHEMA = pl.Schema(
    {
        "record": pl.String(),
        "response": pl.String(),
        "question": pl.String(),
        "reply": pl.String(),
        "choices": pl.List(pl.String()),
        "number": pl.Int16(),
        "text": pl.String(),
        "may_quote": pl.Boolean(),
    }
)
Row = tuple[str, str, str, str, tuple[str, ...] | None, int | None, str | None, bool | None]


class ChoiceInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice: its id as stored and its label as read, in English."""

    id: str
    label: str


class QuestionInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """What analysis needs to know of a question. `choices` are in the questionnaire's order.

    `scale` stands for faces, Likert and frequency questions: choices from the first to the last point.
    `sensitive` is the reason (safety, abuse, health, identity) or empty.
    """

    id: str
    wording: str
    kind: Kind
    choices: tuple[ChoiceInfo, ...] = ()
    sensitive: str = ""


class SurveyInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """One questionnaire that was asked: the SHA-256 of its exact text, its title and its questions."""

    questionnaire: str
    title: str
    questions: tuple[QuestionInfo, ...]


Asked = tuple[str, str, Kind, tuple[ChoiceInfo, ...]]


class BatchQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A question as pooled: `key` is its id, with a suffix where one id was worded in several ways."""

    key: str
    question: QuestionInfo
    questionnaires: tuple[str, ...]


class BatchAbout(Struct, frozen=True, forbid_unknown_fields=True):
    """What a batch says of itself. `simulated` is true when any of it was made up by a machine."""

    simulated: bool
    titles: tuple[str, ...]
    questions: tuple[BatchQuestion, ...]
    format: Literal[1] = 1


class OpenBatch(Struct, frozen=True):
    """A batch read back: rows in the shape of SCHEMA, and what they are."""

    frame: pl.DataFrame
    about: BatchAbout

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"OpenBatch({self.frame.height} rows)"


def batch_to_parquet(
    mains: Sequence[MainRecord],
    texts: Sequence[TextRecord],
    surveys: Sequence[SurveyInfo],
    *,
    simulated: bool,
) -> bytes:
    """Give opened records as the bytes of a Parquet file, with new random response ids.

    Questions are pooled where id, wording, kind and choices are the same. Raises BadInputError
    when a record does not fit its questionnaire (see `record_fits`); the message holds no answer.
    """
    records: list[MainRecord | TextRecord] = [*mains, *texts]
    if not all(record_fits(record, surveys) for record in records):
        raise BadInputError.of(
            "batch",
            "a record does not fit the questionnaire it names",
            "leave it out and count it as damaged",
        )
    about = BatchAbout(simulated, tuple(sorted({survey.title for survey in surveys})), _pooled(surveys))
    keys = {
        (sha, pooled.question.id): pooled.key for pooled in about.questions for sha in pooled.questionnaires
    }
    rows = [row for main in mains for row in _main_rows(main, keys)]
    rows += [_text_row(text, keys) for text in texts]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("response", "question")
    target = io.BytesIO()
    frame.write_parquet(target, metadata={ABOUT_KEY: msgspec.json.encode(about).decode()})
    return target.getvalue()


def is_batch(path: Path) -> bool:
    """Tell whether a Parquet file is a batch of coprod's, of any format."""
    try:
        return ABOUT_KEY in pl.read_parquet_metadata(path)
    except (pl.exceptions.PolarsError, OSError):
        return False


def read_batch_parquet(content: bytes, name: str = "batch") -> OpenBatch:
    """Give the rows and the description in a batch's Parquet bytes.

    Raises BadInputError when they are damaged, not a batch, or of a format this coprod does not know.
    """
    try:
        described = pl.read_parquet_metadata(io.BytesIO(content))[ABOUT_KEY]
        about = from_json(described, BatchAbout)
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError, KeyError, msgspec.DecodeError):
        raise BadInputError.of(
            name, "this is not a batch this coprod can read", "open the boxes again, or update coprod"
        ) from None
    if frame.schema != SCHEMA:
        raise BadInputError.of(name, "the batch has other columns than format 1", "open the boxes again")
    return OpenBatch(frame, about)


def record_fits(record: MainRecord | TextRecord, surveys: Sequence[SurveyInfo]) -> bool:
    """Tell whether a record's questionnaire is held and every reply could have been given to its question."""
    survey = next((one for one in surveys if one.questionnaire == record.questionnaire), None)
    if survey is None:
        return False
    questions = {question.id: question for question in survey.questions}
    if isinstance(record, TextRecord):
        return record.question in questions and questions[record.question].kind == "text"
    linked = all(name in questions and questions[name].kind == "text" for name in record.linked)
    return linked and all(
        name in questions and _reply_fits(reply, questions[name]) for name, reply in record.replies.items()
    )


def _reply_fits(reply: Reply, question: QuestionInfo) -> bool:
    match reply:
        case Chosen(choices=picked):
            known = {choice.id for choice in question.choices}
            single = question.kind in {"choose-one", "scale"}
            several = question.kind in {"choose-many", "ranking"}
            distinct = len(set(picked)) == len(picked) > 0
            return distinct and known.issuperset(picked) and (several or (single and len(picked) == 1))
        case Rated(number=number):
            return question.kind == "number" and 0 <= number <= LARGEST_NUMBER
        case Wrote():
            return question.kind == "text"
        case Declined() | Skipped() | NotShown():
            return True


def _pooled(surveys: Sequence[SurveyInfo]) -> tuple[BatchQuestion, ...]:
    """Give each differently asked question once; a question is sensitive if any questionnaire says so."""
    asked: dict[Asked, list[tuple[str, str]]] = {}
    for survey in sorted(surveys, key=lambda one: one.questionnaire):
        for question in survey.questions:
            same = (question.id, question.wording, question.kind, question.choices)
            asked.setdefault(same, []).append((survey.questionnaire, question.sensitive))
    names = Counter(same[0] for same in asked)
    return tuple(
        BatchQuestion(
            same[0] if names[same[0]] == 1 else f"{same[0]}-{_mark(same)}",
            QuestionInfo(*same, max(reason for _, reason in uses)),
            tuple(sorted({questionnaire for questionnaire, _ in uses})),
        )
        for same, uses in asked.items()
    )


def _mark(asked: Asked) -> str:
    """Give six characters that tell one way of asking from another."""
    return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()[:6]


def _main_rows(main: MainRecord, keys: dict[tuple[str, str], str]) -> Iterator[Row]:
    response = secrets.token_hex(8)
    for (sha, name), key in keys.items():
        if sha == main.questionnaire:
            words = main.linked.get(name)
            yield _row(response, key, main.replies.get(name, NotShown()), words)


def _row(response: str, key: str, reply: Reply, words: str | None) -> Row:
    picked = reply.choices if isinstance(reply, Chosen) else None
    number = reply.number if isinstance(reply, Rated) else None
    text = clean(words) if words is not None else None
    return ("main", response, key, _reply_name(reply), picked, number, text, None)


def _reply_name(reply: Reply) -> str:
    return str(reply.__struct_config__.tag)


def _text_row(text: TextRecord, keys: dict[tuple[str, str], str]) -> Row:
    key = keys[text.questionnaire, text.question]
    return ("text", secrets.token_hex(8), key, "wrote", None, None, clean(text.text), text.may_quote)
