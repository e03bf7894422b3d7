"""Several answers to one question: kept by other programs as a column for each choice, or in one cell with signs between."""

import re
from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import ChoiceInfo
from analysis.inputs.formtools import GOOGLE

_SPLIT = re.compile(r"^(?P<question>.+?)(?:/(?P<slash>[^/]+)|\s?\[(?P<square>[^\[\]]+)\])$", re.DOTALL)
_CHOSEN = ("1", "1.0", "true", "y", "yes", "x", "ydw", "oes")
_NOT_CHOSEN = ("0", "0.0", "false", "n", "no", "n/a", "", "-")
LEAST_CHOICES = 2
MOST_CHOICES = 30
LEAST_TIMES = 2


class Several(Struct, frozen=True):
    """One question where several could be picked. `columns` holds what each column says where it is
    chosen; `numbers` are those of them that hold numbers, or true and false, and no words.
    """

    name: str
    columns: Mapping[str, str]
    separator: str = ""
    numbers: frozenset[str] = frozenset()

    @property
    def choices(self) -> tuple[ChoiceInfo, ...]:
        """Give the choices in the order of their columns; none where they stand in one cell."""
        return tuple(ChoiceInfo(words, words) for words in self.columns.values())

    def expression(self, labels: Mapping[str, str]) -> pl.Expr:
        """Give the expression for what was chosen, null where nothing was answered.

        Of one cell it is the list of what stands in it; of split columns true or false for each choice, under its
        label in `labels` or else its own words.
        """
        if self.separator:
            return _parted(pl.col(self.name), self.separator).alias(self.name)
        named: dict[str, pl.Expr] = {}
        for column, words in self.columns.items():
            label = labels.get(words, words)
            named[label if label not in named else f"{label} ({column})"] = self._is_chosen(column)
        blank = pl.all_horizontal(self._is_blank(column) for column in self.columns)
        chosen = pl.struct(expression.alias(label) for label, expression in named.items())
        return pl.when(~blank).then(chosen).alias(self.name)

    def _is_chosen(self, column: str) -> pl.Expr:
        return pl.col(column).cast(pl.Boolean) if column in self.numbers else _said(column).is_in(_CHOSEN)

    def _is_blank(self, column: str) -> pl.Expr:
        return pl.col(column).is_null() if column in self.numbers else _said(column) == ""


def split_questions(names: Sequence[str], rows: pl.DataFrame | pl.LazyFrame) -> tuple[Several, ...]:
    """Give the questions whose choices have a column each: `group/places/camhs`, `Q1[SQ001]`, `Where? [A&E]`.

    Only columns that say nothing but yes and no count, and only two or more of one question.
    """
    matched = {name: found for name in names if (found := _SPLIT.match(name))}
    flags = _yes_or_no(list(matched), rows)
    parted: dict[str, dict[str, str]] = {}
    for name, found in matched.items():
        if name in flags:
            words = found["slash"] or found["square"]
            parted.setdefault(found["question"].strip(), {})[name] = words.strip()
    schema = rows.collect_schema()
    numbers = frozenset(name for name in flags if schema[name].is_numeric() or schema[name] == pl.Boolean)
    return tuple(
        Several(question, columns, numbers=numbers)
        for question, columns in parted.items()
        if len(columns) >= LEAST_CHOICES
    )


def parted_cells(names: Sequence[str], sample: pl.DataFrame, tool: str) -> tuple[Several, ...]:
    """Give the columns that hold several choices in one cell, with `;` between them, or `, ` as Google Forms writes."""
    separators = (";", ", ") if tool == GOOGLE else (";",)
    return tuple(
        Several(name, {}, separator)
        for name in names
        for separator in separators
        if sample[name].dtype == pl.String and _is_parted(sample[name], separator)
    )


def _parted(column: pl.Expr, separator: str) -> pl.Expr:
    parts = column.str.split(separator).list.eval(pl.element().str.strip_chars())
    return parts.list.eval(pl.element().filter(pl.element() != "")).list.unique(maintain_order=True)


def _is_parted(texts: pl.Series, separator: str) -> bool:
    """Tell whether the same few parts come again and again, and alone too, which sentences with commas do not."""
    given = texts.drop_nulls()
    given = given.filter(given.str.strip_chars() != "")
    if not given.str.contains(separator, literal=True).any():
        return False
    if separator == ", " and given.str.contains(separator, literal=True).all():
        return False
    parts = given.to_frame("cell").select(_parted(pl.col("cell"), separator)).explode("cell")["cell"]
    times = parts.value_counts()["count"]
    return LEAST_CHOICES <= len(times) <= MOST_CHOICES and bool((times >= LEAST_TIMES).mean() >= 0.8)  # type: ignore[operator]  # a mean of yes and no is a number


def _said(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")


def _yes_or_no(names: Sequence[str], rows: pl.DataFrame | pl.LazyFrame) -> set[str]:
    """Give the columns whose every row says yes, no or nothing."""
    schema = rows.collect_schema()
    plain = [name for name in names if not schema[name].is_nested() and not schema[name].is_temporal()]
    if not plain:
        return set()
    said = rows.lazy().select(_only_yes_or_no(name, schema[name]).all().alias(name) for name in plain)
    found = said.collect(engine="streaming")
    return {name for name in plain if found[name][0]}


def _only_yes_or_no(name: str, kind: pl.DataType) -> pl.Expr:
    if kind.is_numeric():
        return (pl.col(name) == 0) | (pl.col(name) == 1) | pl.col(name).is_null()
    return pl.lit(value=True) if kind == pl.Boolean else _said(name).is_in([*_CHOSEN, *_NOT_CHOSEN])
