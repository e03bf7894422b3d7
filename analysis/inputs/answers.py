"""One question's answers in one shape, whether they come from a batch or from somebody else's file."""

from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import BatchAbout, Kind, QuestionInfo
from analysis.inputs.columns import Column
from analysis.inputs.counting import Counted, as_texts, count_columns
from analysis.inputs.mapping import NOT_A_CHOICE, folded
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
WROTE = "Wrote something"


class Answers(Struct, frozen=True):
    """What was asked, and rows of `response`, `value` (null unless answered) and `state`, made when asked for.

    `given` counts each value, `states` who answered and who did not in which way: true counts, never print these.
    `values` are the values that could be given, in order, or None where only the answers tell (then `order` may say
    how they stand). `ordered` means that they go from one end to another, as on a scale. A response has several rows only where several values could be picked (`exclusive` is then false).
    """

    question: str
    wording: str
    rows: pl.LazyFrame
    given: Mapping[str, int]
    states: Mapping[str, int]
    values: tuple[str, ...] | None
    exclusive: bool = True
    sensitive: str = ""
    ratings: bool = False
    ordered: bool = False
    apart: tuple[tuple[str, str], ...] = APART_WORDS
    order: tuple[str, ...] = ()

    @property
    def frame(self) -> pl.DataFrame:
        """Give the rows."""
        return self.rows.collect()

    def __repr__(self) -> str:
        """Give no answers: a representation may land in a log."""
        return f"Answers({self.question!r})"


def answers_to(responses: Responses, question: str, not_sensitive: str = "") -> Answers:
    """Give the answers to one question: a column of a file, or a question of a batch by its key.

    A file's column is sensitive unless its questionnaire or `not_sensitive` says otherwise; a batch's questionnaire
    has said. Raises BadInputError naming what there is.
    """
    if responses.about is not None:
        return _in_batch(responses.frame, responses.about, question, responses.source)
    column = responses.column(question)
    counted = responses.counted.get(column.name)
    if counted is None:
        counted = count_columns(responses.rows, [column.name])[column.name]
    return _in_column(responses, column, counted, not_sensitive)


def _in_column(responses: Responses, column: Column, counted: Counted, not_sensitive: str) -> Answers:
    """Give a column as answers; blanks did not answer."""
    words = _words(column, [value for value, _ in counted.values])
    given: dict[str, int] = {}
    blank = 0
    for value, times in counted.values:
        word = words[value]
        blank += times if word is None else 0
        if word is not None:
            given[word] = given.get(word, 0) + times
    kind = responses.schema[column.name]
    exclusive = not kind.is_nested() or column.taken_as == "ranking"
    answered = counted.answered - (0 if kind.is_nested() else blank)
    ratings = _are_ratings(column, given)
    sensitive = (
        (FILE_SENSITIVE if column.sensitive is None else column.sensitive) if not not_sensitive else ""
    )
    return Answers(
        column.name,
        column.wording or clean_line(column.name),
        _rows(responses, column.name, words, first=column.taken_as == "ranking"),
        given,
        {ANSWERED: answered, SKIPPED: counted.rows - answered},
        NUMBER_CHOICES if ratings else _declared(column, given),
        exclusive,
        sensitive,
        ratings,
        ordered=ratings or (column.taken_as == "scale" and NOT_A_CHOICE not in given),
        apart=FILE_APART_WORDS,
        order=tuple(kind.categories.to_list()) if isinstance(kind, pl.Enum) else (),
    )


def _words(column: Column, values: Sequence[str]) -> dict[str, str | None]:
    """Give what each distinct value says: a choice's label where there are choices, else itself on one line."""
    clean = {value: clean_line(value) or None for value in values}
    if column.taken_as == "text" and column.matched:
        return {value: word and WROTE for value, word in clean.items()}
    if not column.choices:
        return clean
    labels = {folded(way): clean_line(one.label) for one in column.choices for way in (one.id, one.label)}
    labels |= {folded(way): label for label, ways in column.also.items() for way in ways}
    return {value: word and labels.get(folded(word), NOT_A_CHOICE) for value, word in clean.items()}


def _declared(column: Column, given: Mapping[str, int]) -> tuple[str, ...] | None:
    if column.taken_as == "text" and column.matched:
        return (WROTE,)
    if not column.choices:
        return None
    labels = tuple(clean_line(choice.label) for choice in column.choices)
    return (*labels, NOT_A_CHOICE) if NOT_A_CHOICE in given else labels


def _rows(responses: Responses, name: str, words: Mapping[str, str | None], *, first: bool) -> pl.LazyFrame:
    value = pl.col(name)
    rows = responses.rows.lazy().select(value.alias("value")).with_row_index("response")
    kind = responses.schema[name]
    state = (
        pl.when(pl.col("value").is_null()).then(pl.lit(SKIPPED)).otherwise(pl.lit(ANSWERED)).alias("state")
    )
    if isinstance(kind, pl.Struct):
        rows = rows.with_columns(_chosen(kind))
    if kind.is_nested():
        rows = rows.with_columns(state)
        rows = rows.with_columns(pl.col("value").list.first()) if first else rows.explode("value")
    texts = pl.col("value").map_batches(as_texts, return_dtype=pl.String)
    if any(value != word for value, word in words.items()):
        texts = texts.replace_strict(dict(words), default=None, return_dtype=pl.String)
    rows = rows.with_columns(texts.alias("value"))
    return rows if kind.is_nested() else rows.with_columns(state)


def _chosen(kind: pl.Struct) -> pl.Expr:
    """Give the list of the choices that a yes stands for; an answer that chose none is a list of nothing."""
    fields = [field.name for field in kind.fields]
    yes = [pl.when(pl.col("value").struct.field(name)).then(pl.lit(name)) for name in fields]
    return pl.when(pl.col("value").is_not_null()).then(pl.concat_list(yes).list.drop_nulls()).alias("value")


def _in_batch(rows: pl.DataFrame, about: BatchAbout, key: str, source: str) -> Answers:
    known = {pooled.key: pooled.question for pooled in about.questions}
    if key not in known:
        raise BadInputError.of(source, f"there is no question `{clean_line(key)}`", nearest(key, known))
    question = known[key]
    asked = rows.filter((pl.col("question") == key) & (pl.col("record") == "main"))
    state = pl.col("reply").replace({"chosen": ANSWERED, "rated": ANSWERED, "wrote": ANSWERED})
    frame = asked.select("response", _value(question).alias("value"), state.alias("state"))
    several = question.kind == "choose-many"
    frame = frame.explode("value") if several else frame
    return Answers(
        key,
        question.wording,
        frame.lazy(),
        dict(frame.filter(pl.col("state") == ANSWERED).group_by("value").len().iter_rows()),
        dict(frame.group_by("state").agg(pl.col("response").n_unique()).iter_rows()),
        _values(question),
        exclusive=not several,
        sensitive=question.sensitive,
        ratings=question.kind == "number",
        ordered=question.kind in {"number", "scale"},
    )


def counts_of(answers: Answers) -> tuple[Count, ...]:
    """Give the true count of each value: as declared, or in the order of the alphabet, or of size for numbers."""
    values = answers.values if answers.values is not None else _sorted(answers)
    return tuple(Count(value, answers.given.get(value, 0)) for value in values)


def _sorted(answers: Answers) -> Sequence[str]:
    places = {value: place for place, value in enumerate(answers.order)}
    return sorted(answers.given, key=lambda value: (places.get(value, len(places)), _place(value)))


def apart_of(answers: Answers) -> tuple[Count, ...]:
    """Give how many did not answer, in each way."""
    return tuple(Count(words, answers.states.get(state, 0)) for state, words in answers.apart)


def answered_by(answers: Answers) -> int:
    """Give how many answered."""
    return answers.states.get(ANSWERED, 0)


def _value(question: QuestionInfo) -> pl.Expr:
    """Give the expression for what was answered, in words a reader knows."""
    labels = {choice.id: clean_line(choice.label) for choice in question.choices}
    kind: Kind = question.kind
    match kind:
        case "number":
            return pl.col("number").cast(pl.String)
        case "text":
            return pl.when(pl.col("reply") == "wrote").then(pl.lit(WROTE))
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
            return (WROTE,)
        case "ranking":
            return tuple(FIRST_PLACE + label for label in labels)
        case "choose-one" | "choose-many" | "scale":
            return labels


def _are_ratings(column: Column, given: Mapping[str, int]) -> bool:
    """Tell whether all answers are whole numbers from 0 to 10, whose mean may be given; only 0 and 1 are no and yes."""
    if column.matched:
        return column.taken_as == "number" and given.keys() <= set(NUMBER_CHOICES)
    numbers = not column.choices and given.keys() <= set(NUMBER_CHOICES)
    return bool(given) and numbers and not given.keys() <= {"0", "1"}


def _place(value: str) -> tuple[bool, float, str]:
    number = value.removeprefix("-").replace(".", "", 1)
    return (
        (False, float(value), "")
        if number.isascii() and number.isdecimal()
        else (True, 0.0, value.casefold())
    )
