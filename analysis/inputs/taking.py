"""Taking a table's columns for what they are: the tool that wrote it, what is left out, what is asked, what is free text."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from msgspec import Struct, structs

from analysis.inputs.columns import AskedQuestion, AskedQuestionnaire, Column, Keep, TakenAs, check_keep
from analysis.inputs.counting import as_texts
from analysis.inputs.formtools import FormTool, form_tool
from analysis.inputs.identifying import holds_by_content, holds_by_header, only_flags
from analysis.inputs.mapping import NOT_A_CHOICE, folded, labels_of, picked_in, questions_of
from analysis.inputs.several import Several, parted_cells, split_questions
from analysis.inputs.tablefiles import TableFile
from coprod.kernel.text import clean_line

SAMPLED = 100_000
SAMPLE_PART = 3_000
LOOKED_AT = 5_000
MOST_CHOICES = 20
LONGEST_CHOICE = 80
MOST_DISTINCT = 0.5
HIGHEST_RATING = 10
_SIGN = "\x1f"
STRAYS = "some answers are none of its choices; they are counted apart"


class Taken(Struct, frozen=True):
    """The columns that are used, made ready, what every column was taken for, and which questions have no column."""

    rows: pl.DataFrame | pl.LazyFrame
    columns: tuple[Column, ...]
    tool: str
    questionnaire: str
    not_found: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"Taken({len(self.columns)} columns)"


def take_columns(
    table: TableFile, source: str, questionnaires: Sequence[AskedQuestionnaire], keep: Keep
) -> Taken:
    """Give a table's columns as questions. Raises as `check_keep` does.

    Every column of the file is in `columns`, those left out with what they may hold.
    """
    check_keep(keep, source, table.names)
    sample = sample_of(table.rows)
    tool = form_tool(table.names)
    left_out = _left_out(table.names, sample, tool, keep)
    used = [name for name in table.names if name not in left_out]
    several = _several(table, used, sample, tool.name if tool else "")
    questions, asked = _questions(used, several, table, questionnaires)
    columns = [_column(name, table, sample, several, questions) for name in _order(used, several)]
    kept = [
        structs.replace(one, kept=clean_line(keep.reason)) if set(one.headers) & set(keep.columns) else one
        for one in columns
    ]
    expressions = [_expression(one, several, questions) for one in columns]
    gone = [Column(name, (name,), "left out", left_out=holds) for name, holds in left_out.items()]
    return Taken(
        table.rows.select(expressions),
        (*kept, *gone),
        tool.name if tool else "",
        asked.name if asked else "",
        _not_found(asked, questions),
    )


def sample_of(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Give all rows, or of over 100,000 the first, middle and last 3,000."""
    height = int(rows.lazy().select(pl.len()).collect().item())
    if height <= SAMPLED:
        return rows.lazy().collect()
    starts = (0, height // 2, height - SAMPLE_PART)
    return pl.concat([rows.lazy().slice(start, SAMPLE_PART).collect() for start in starts])


def _left_out(
    names: Iterable[str], sample: pl.DataFrame, tool: FormTool | None, keep: Keep
) -> dict[str, str]:
    """Give each column that may say who somebody is, and what it may hold."""
    found: dict[str, str] = {}
    for name in names:
        by_tool = tool.holds(name) if tool is not None else ""
        if by_tool:
            found[name] = by_tool
            continue
        values = sample[name]
        holds = holds_by_content(_some(values)) or ("" if only_flags(values) else holds_by_header(name))
        if holds:
            found[name] = holds
    return {name: holds for name, holds in found.items() if name not in keep.columns}


def _some(values: pl.Series) -> pl.Series:
    given = values.drop_nulls()
    return given.gather_every(max(1, len(given) // LOOKED_AT))


def _several(table: TableFile, used: Sequence[str], sample: pl.DataFrame, tool: str) -> dict[str, Several]:
    """Give the questions with several answers, by name: those the file declares, split columns, parted cells."""
    held = set(used)
    declared = [Several(name, members) for name, members in table.sets.items() if held.issuperset(members)]
    in_sets = {column for one in declared for column in one.columns}
    free = [name for name in used if name not in in_sets]
    split = split_questions(free, table.rows)
    in_split = {column for one in split for column in one.columns} | {one.name for one in split}
    cells = parted_cells([name for name in free if name not in in_split], sample, tool)
    return {one.name: one for one in (*declared, *split, *cells)}


def _questions(
    used: Sequence[str],
    several: Mapping[str, Several],
    table: TableFile,
    questionnaires: Sequence[AskedQuestionnaire],
) -> tuple[dict[str, tuple[AskedQuestion, str]], AskedQuestionnaire | None]:
    """Give the questions that columns answer, and the questionnaire they are of: the one that explains most of the file."""
    names = _order(used, several)
    tried = [(questions_of(names, table.wordings, one), one) for one in questionnaires]
    found, asked = max(tried, key=lambda pair: len(pair[0]), default=({}, None))
    return (found, asked) if found else ({}, None)


def _not_found(
    asked: AskedQuestionnaire | None, questions: Mapping[str, tuple[AskedQuestion, str]]
) -> tuple[str, ...]:
    held = {one.info.id for one, _ in questions.values()}
    return tuple(one.info.id for one in asked.questions if one.info.id not in held) if asked else ()


def _order(used: Sequence[str], several: Mapping[str, Several]) -> list[str]:
    """Give the names of columns as used: a question in place of its first split column."""
    of = {column: name for name, one in several.items() for column in one.columns}
    return list(dict.fromkeys(of.get(name, name) for name in used))


def _column(
    name: str,
    table: TableFile,
    sample: pl.DataFrame,
    several: Mapping[str, Several],
    questions: Mapping[str, tuple[AskedQuestion, str]],
) -> Column:
    one = several.get(name)
    headers = _headers(name, one, table)
    if name in questions:
        question, how = questions[name]
        info = question.info
        remark = STRAYS if name in sample and _has_strays(sample[name], question) else ""
        also = {clean_line(one.label): question.labels.get(one.id, ()) for one in info.choices}
        return Column(
            info.id,
            headers,
            info.kind,
            clean_line(info.wording),
            info.choices,
            info.sensitive,
            how,
            remark=remark,
            also=also,
        )
    wording = table.wordings.get(name, "")
    if one is not None:
        remark = (
            f"several answers, parted by `{one.separator}`" if one.separator else "a column for each choice"
        )
        return Column(name, headers, "choose-many", wording, one.choices, remark=remark)
    if name in table.choices:
        return Column(name, headers, "choose-one", wording, table.choices[name])
    return Column(name, headers, _kind(sample[name]), wording)


def _has_strays(values: pl.Series, question: AskedQuestion) -> bool:
    """Tell whether somebody's answer to a question is none of its choices, nor a number where one was asked for."""
    if question.info.kind == "text" or values.dtype.is_nested():
        return False
    labels = labels_of(question) or {str(number): str(number) for number in range(HIGHEST_RATING + 1)}
    said = [clean_line(value) for value in as_texts(values).drop_nulls().unique()]
    return any(NOT_A_CHOICE in picked_in(value, labels) for value in said if value)


def _headers(name: str, several: Several | None, table: TableFile) -> tuple[str, ...]:
    if several is None:
        return (name,)
    return (*([name] if name in table.names else []), *(one for one in several.columns if one != name))


def _kind(values: pl.Series) -> TakenAs:
    """Give what a column looks like where nobody says: numbers from 0 to 10, a few short answers again and again, text."""
    if values.dtype.is_nested():
        return "choose-many"
    texts = values.drop_nulls().cast(pl.String).str.strip_chars()
    texts = texts.filter(texts != "")
    if texts.is_empty():
        return "empty"
    distinct = texts.unique()
    numbers = set(distinct.str.replace(r"\.0$", ""))
    if numbers <= set(map(str, range(HIGHEST_RATING + 1))) and not numbers <= {"0", "1"}:
        return "number"
    if (
        isinstance(values.dtype, pl.Enum | pl.Categorical)
        or values.dtype.is_numeric()
        or values.dtype == pl.Boolean
    ):
        return "choose-one"
    few = len(numbers) <= max(2, min(MOST_CHOICES, MOST_DISTINCT * len(texts)))
    return "choose-one" if few and bool((distinct.str.len_chars() <= LONGEST_CHOICE).all()) else "text"


def _expression(
    column: Column, several: Mapping[str, Several], questions: Mapping[str, tuple[AskedQuestion, str]]
) -> pl.Expr:
    """Give the expression for a column made ready: lists or several yes and no where several answers were given."""
    name = next((name for name, (one, _) in questions.items() if one.info.id == column.name), column.name)
    one = several.get(name)
    labels = labels_of(questions[name][0]) if name in questions else {}
    if one is not None and not one.separator:
        known = {words: labels[folded(words)] for words in one.columns.values() if folded(words) in labels}
        return one.expression(known).alias(column.name)
    made = one.expression({}) if one is not None else pl.col(name)
    if column.taken_as not in {"choose-many", "ranking"} or not labels:
        return made.alias(column.name)

    def pick(values: pl.Series) -> pl.Series:
        return _picked(values, labels)

    return made.map_batches(pick, return_dtype=pl.List(pl.String)).alias(column.name)


def _picked(values: pl.Series, labels: Mapping[str, str]) -> pl.Series:
    """Give lists of choices' labels, from cells or from lists of ids or labels; each distinct cell is read once."""
    cells = (
        values.cast(pl.List(pl.String)).list.join(_SIGN)
        if values.dtype.is_nested()
        else values.cast(pl.String)
    )
    distinct = [cell for cell in cells.unique().to_list() if cell is not None]
    read = {cell: _read(cell, labels) for cell in distinct}
    joined = cells.replace_strict(read, default=None, return_dtype=pl.String) if read else cells
    return joined.str.split(_SIGN).alias(values.name)


def _read(cell: str, labels: Mapping[str, str]) -> str | None:
    picked = [choice for part in cell.split(_SIGN) for choice in picked_in(clean_line(part), labels)]
    return _SIGN.join(dict.fromkeys(picked)) or None
