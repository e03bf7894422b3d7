"""Answers as sheets: a row a response, a column a question. Raw: only through `analysis.publishing.raw`.

Free texts of a batch stand on a sheet of their own, as they stand apart in the batch: nothing brings them together
with what else their writers said.
"""

from collections.abc import Sequence

import polars as pl

from analysis.exports.sheets import Sheet
from analysis.inputs.answers import ANSWERED, APART_WORDS, Answers, answers_to, counts_of
from analysis.inputs.batchfile import BatchAbout
from analysis.inputs.responses import Responses

RESPONSE = "response"
CHOSEN = ("Not chosen", "Chosen")
TOLD = "told for a raw export"


def raw_sheets(responses: Responses) -> tuple[Sheet, ...]:
    """Give the answers, and of a batch its free texts on a second sheet. Columns of a file that are left out stay out."""
    if responses.about is None:
        return (_of_file(responses),)
    main = responses.frame.filter(pl.col("record") == "main").select(RESPONSE).unique().sort(RESPONSE)
    answers = _with_answers(main, [answers_to(responses, key) for key in responses.closed_columns])
    texts = _texts(responses.frame, responses.about)
    return (answers, texts) if texts.frame.height else (answers,)


def _of_file(responses: Responses) -> Sheet:
    rows = pl.DataFrame({RESPONSE: pl.int_range(responses.height, dtype=pl.get_index_type(), eager=True)})
    closed = _with_answers(rows, [answers_to(responses, name, TOLD) for name in responses.closed_columns])
    numbered = closed.frame.with_columns(pl.format("row-{}", pl.col(RESPONSE) + 1).alias(RESPONSE))
    texts = [one for one in responses.columns if one.taken_as == "text"]
    held = [responses.frame[one.name].cast(pl.String) for one in texts]
    labels = dict(closed.labels) | {one.name: one.wording or one.name for one in texts}
    return Sheet("Answers", numbered.with_columns(held), labels, closed.coded, closed.missing)


def _with_answers(rows: pl.DataFrame, asked: Sequence[Answers]) -> Sheet:
    frame, labels = rows, {RESPONSE: "Response"}
    coded: dict[str, tuple[str, ...]] = {}
    for answers in asked:
        for name, label, values, column in _columns(answers):
            frame = frame.join(column, on=RESPONSE, how="left", maintain_order="left")
            labels[name] = label
            if values:
                coded[name] = values
    return Sheet("Answers", frame, labels, coded, tuple(words for _, words in APART_WORDS))


def _columns(answers: Answers) -> list[tuple[str, str, tuple[str, ...], pl.DataFrame]]:
    """Give the columns of a question: its name, its label, all its values (none of a number), and response by value."""
    values = tuple(count.value for count in counts_of(answers))
    given = answers.frame
    apart = {state: words for state, words in answers.apart if answers.apart is APART_WORDS}
    said = pl.col("state").replace_strict(apart, default=None, return_dtype=pl.String)
    if answers.ratings:
        number = pl.col("value").cast(pl.Int64).alias(answers.question)
        return [(answers.question, answers.wording, (), given.select(RESPONSE, number))]
    if answers.exclusive:
        word = pl.when(pl.col("state") == ANSWERED).then(pl.col("value")).otherwise(said)
        column = given.select(RESPONSE, word.alias(answers.question))
        return [(answers.question, answers.wording, (*values, *apart.values()), column)]
    return [_flag(answers, given, value) for value in values]


def _flag(
    answers: Answers, given: pl.DataFrame, value: str
) -> tuple[str, str, tuple[str, ...], pl.DataFrame]:
    """Give one choice of several: chosen, not chosen, or null where the question was not answered."""
    name = f"{answers.question}/{value}"
    chosen = pl.when((pl.col("value") == value).any()).then(pl.lit(CHOSEN[1])).otherwise(pl.lit(CHOSEN[0]))
    word = pl.when((pl.col("state") == ANSWERED).any()).then(chosen)
    column = given.group_by(RESPONSE).agg(word.alias(name))
    return name, f"{answers.wording}: {value}", CHOSEN, column


def _texts(frame: pl.DataFrame, about: BatchAbout) -> Sheet:
    wordings = {one.key: one.question.wording for one in about.questions}
    held = frame.filter(pl.col("text").is_not_null()).sort("question", RESPONSE)
    quote = pl.when(pl.col("may_quote")).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("may be quoted")
    words = pl.col("question").replace_strict(wordings, default="").alias("wording")
    return Sheet("Texts", held.select("question", words, "text", quote))
