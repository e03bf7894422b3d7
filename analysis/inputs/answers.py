"""One question's answers in one shape, whether they come from a batch or from somebody else's file."""

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import BatchAbout, Kind, QuestionInfo
from analysis.inputs.responses import Responses
from analysis.publishing.disclosure import Count
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

ANSWERED, DECLINED, SKIPPED, NOT_SHOWN = "answered", "declined", "skipped", "not-shown"
APART_WORDS = ((DECLINED, "I'd rather not say"), (SKIPPED, "Skipped"), (NOT_SHOWN, "Not shown"))
FILE_APART_WORDS = ((SKIPPED, "No answer"),)
FILE_SENSITIVE = "nobody has said that it is not"
HIGHEST_RATING = 10
NUMBER_CHOICES = tuple(str(number) for number in range(HIGHEST_RATING + 1))
FIRST_PLACE = "Put first: "


class Answers(Struct, frozen=True):
    """What was asked, and a frame of `response`, `value` (null unless answered) and `state`.

    `values` are the values that could be given, in order, or None where only the answers tell.
    A response has several rows only where several values could be picked (`exclusive` is then false).
    """

    question: str
    wording: str
    frame: pl.DataFrame
    values: tuple[str, ...] | None
    exclusive: bool = True
    sensitive: str = ""
    ratings: bool = False
    apart: tuple[tuple[str, str], ...] = APART_WORDS

    def __repr__(self) -> str:
        """Give no answers: a representation may land in a log."""
        return f"Answers({self.question!r}, {self.frame.height} rows)"


def answers_to(responses: Responses, question: str, not_sensitive: str = "") -> Answers:
    """Give the answers to one question: a column of a file, or a question of a batch by its key.

    A file's column is sensitive unless `not_sensitive` gives a reason; a batch's questionnaire has said.
    Raises BadInputError naming what there is.
    """
    if responses.about is not None:
        return _in_batch(responses.frame, responses.about, question, responses.source)
    if question not in responses.frame.columns:
        known = nearest(question, responses.frame.columns)
        raise BadInputError.of(responses.source, f"there is no column `{clean_line(question)}`", known)
    return _in_column(responses.frame[question], not_sensitive)


def _in_column(values: pl.Series, not_sensitive: str) -> Answers:
    """Give a column as answers; blanks did not answer."""
    texts = _texts(values)
    state = pl.when(pl.col("value").is_null()).then(pl.lit(SKIPPED)).otherwise(pl.lit(ANSWERED))
    frame = pl.DataFrame({"response": pl.int_range(texts.len(), eager=True), "value": texts})
    ratings = _are_ratings(texts)
    return Answers(
        values.name,
        clean_line(values.name),
        frame.with_columns(state.alias("state")),
        NUMBER_CHOICES if ratings else None,
        sensitive="" if not_sensitive else FILE_SENSITIVE,
        ratings=ratings,
        apart=FILE_APART_WORDS,
    )


def _in_batch(rows: pl.DataFrame, about: BatchAbout, key: str, source: str) -> Answers:
    known = {pooled.key: pooled.question for pooled in about.questions}
    if key not in known:
        raise BadInputError.of(source, f"there is no question `{clean_line(key)}`", nearest(key, known))
    question = known[key]
    asked = rows.filter((pl.col("question") == key) & (pl.col("record") == "main"))
    state = pl.col("reply").replace({"chosen": ANSWERED, "rated": ANSWERED, "wrote": ANSWERED})
    frame = asked.select("response", _value(question).alias("value"), state.alias("state"))
    return Answers(
        key,
        question.wording,
        frame.explode("value") if question.kind == "choose-many" else frame,
        _values(question),
        exclusive=question.kind != "choose-many",
        sensitive=question.sensitive,
        ratings=question.kind == "number",
    )


def counts_of(answers: Answers) -> tuple[Count, ...]:
    """Give the true count of each value: as declared, or in the order of the alphabet, or of size for numbers."""
    given = answers.frame.filter(pl.col("state") == ANSWERED).group_by("value").len()
    found: dict[str, int] = dict(given.iter_rows())
    values = answers.values if answers.values is not None else sorted(found, key=_place)
    return tuple(Count(value, found.get(value, 0)) for value in values)


def apart_of(answers: Answers) -> tuple[Count, ...]:
    """Give how many did not answer, in each way."""
    found = _people_by_state(answers)
    return tuple(Count(words, found.get(state, 0)) for state, words in answers.apart)


def answered_by(answers: Answers) -> int:
    """Give how many answered."""
    return _people_by_state(answers).get(ANSWERED, 0)


def _people_by_state(answers: Answers) -> dict[str, int]:
    counted = pl.len() if answers.exclusive else pl.col("response").n_unique()
    return dict(answers.frame.group_by("state").agg(counted).iter_rows())


def _value(question: QuestionInfo) -> pl.Expr:
    """Give the expression for what was answered, in words a reader knows."""
    labels = {choice.id: clean_line(choice.label) for choice in question.choices}
    kind: Kind = question.kind
    match kind:
        case "number":
            return pl.col("number").cast(pl.String)
        case "text":
            return pl.when(pl.col("reply") == "wrote").then(pl.lit("Wrote something"))
        case "choose-many":
            return pl.col("choices").list.eval(pl.element().replace(labels))
        case "ranking":
            return FIRST_PLACE + pl.col("choices").list.first().replace(labels)
        case "choose-one" | "scale":
            return pl.col("choices").list.first().replace(labels)


def _values(question: QuestionInfo) -> tuple[str, ...]:
    labels = tuple(clean_line(choice.label) for choice in question.choices)
    match question.kind:
        case "number":
            return NUMBER_CHOICES
        case "text":
            return ("Wrote something",)
        case "ranking":
            return tuple(FIRST_PLACE + label for label in labels)
        case "choose-one" | "choose-many" | "scale":
            return labels


def _texts(values: pl.Series) -> pl.Series:
    """Give a column as cleaned texts on one line, blanks as null; each distinct value is cleaned once."""
    texts = values.cast(pl.String)
    distinct = texts.drop_nulls().unique().to_list()
    cleaned = {value: clean_line(value) or None for value in distinct}
    if all(value == kept for value, kept in cleaned.items()):
        return texts
    return texts.replace_strict(cleaned, default=None, return_dtype=pl.String)


def _are_ratings(texts: pl.Series) -> bool:
    """Tell whether all texts are whole numbers from 0 to 10, whose mean may be given."""
    given = texts.drop_nulls()
    return not given.is_empty() and bool(given.is_in(NUMBER_CHOICES).all())


def _place(value: str) -> tuple[bool, float, str]:
    number = value.removeprefix("-").replace(".", "", 1)
    return (
        (False, float(value), "")
        if number.isascii() and number.isdecimal()
        else (True, 0.0, value.casefold())
    )
