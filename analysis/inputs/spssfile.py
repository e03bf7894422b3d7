"""SPSS .sav: value labels become words, variable labels wordings, multiple response sets one question each."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import ChoiceInfo
from analysis.inputs.csvfile import column_names
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

DECODES = ("UTF-8", "WINDOWS-1252")


class SpssFile(Struct, frozen=True):
    """The rows in words, and what the file says of its variables.

    `choices` are the value labels of a variable, in the order of their codes; `sets` the variables of a multiple
    response set, each with the words it stands for, by the set's name; `wordings` also name sets.
    """

    rows: pl.DataFrame
    wordings: Mapping[str, str]
    choices: Mapping[str, tuple[ChoiceInfo, ...]]
    sets: Mapping[str, Mapping[str, str]]

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"SpssFile({self.rows.height} rows)"


def read_spss(content: bytes, path: Path) -> SpssFile:
    """Give an SPSS file in words. Raises BadInputError for one that is damaged or has too many variables."""
    frame, about = _opened(content, path)
    column_names(frame.columns, path)
    labels: dict[str, dict[float, str]] = {
        name: {code: clean_line(str(words)) for code, words in given.items()}
        for name, given in about.variable_value_labels.items()
    }
    sets = _sets(about)
    in_sets = {name for members in sets.values() for name in members}
    worded = [name for name in frame.columns if name in labels and name not in in_sets]
    whole = {name: labels[name] for name in worded if _covers(frame[name], labels[name])}
    rows = frame.with_columns(
        *_chosen_in_sets(frame, about),
        *(
            _in_words(frame[name], labels[name])
            for name in worded
            if not _is_scale(frame[name], labels[name])
        ),
        *(_wholes(frame[name]) for name in frame.columns if name not in worded and name not in in_sets),
    )
    choices = {
        name: tuple(_choice(code, words) for code, words in sorted(given.items()))
        for name, given in whole.items()
    }
    wordings = {name: clean_line(label) for name, label in about.column_names_to_labels.items() if label}
    wordings |= {
        _set_name(name): clean_line(one["label"]) for name, one in about.mr_sets.items() if one["label"]
    }
    return SpssFile(rows, wordings, choices, sets)


def _opened(content: bytes, path: Path) -> tuple[pl.DataFrame, Any]:
    from pyreadstat import PyreadstatError, ReadstatError, read_sav

    for encoding in (None, *DECODES[1:]):
        try:
            frame, about = read_sav(io.BytesIO(content), output_format="polars", encoding=encoding)
        except UnicodeDecodeError:
            continue
        except (ReadstatError, PyreadstatError, ValueError, MemoryError):
            break
        return frame, about
    raise BadInputError.of(path, "this is not an SPSS file, or it is damaged", "save it again as .sav")


def _sets(about: Any) -> dict[str, dict[str, str]]:
    """Give the dichotomous sets: each variable with its label, which is what was chosen where it is 1."""
    return {
        _set_name(name): {
            variable: clean_line(about.column_names_to_labels.get(variable) or variable)
            for variable in one["variable_list"]
        }
        for name, one in about.mr_sets.items()
        if one["is_dichotomy"]
    }


def _chosen_in_sets(frame: pl.DataFrame, about: Any) -> list[pl.Expr]:
    """Give each variable of a dichotomous set as true where it holds the value the set counts, null where it is missing."""
    return [
        pl.col(variable) == pl.lit(one["counted_value"]).cast(frame.schema[variable])
        for one in about.mr_sets.values()
        if one["is_dichotomy"]
        for variable in dict.fromkeys(one["variable_list"])
    ]


def _set_name(name: str) -> str:
    return name.removeprefix("$")


def _choice(code: float | str, words: str) -> ChoiceInfo:
    return ChoiceInfo(str(int(code)) if isinstance(code, float) and code.is_integer() else str(code), words)


def _covers(values: pl.Series, labels: Mapping[Any, str]) -> bool:
    """Tell whether every value has a label, so that the labels are all there is to choose."""
    return bool(values.drop_nulls().is_in(list(labels)).all()) if labels else False


def _is_scale(values: pl.Series, labels: Mapping[Any, str]) -> bool:
    """Tell whether only the ends of a scale are labelled, and numbers between them were given."""
    return values.dtype.is_numeric() and not _covers(values, labels)


def _in_words(values: pl.Series, labels: Mapping[Any, str]) -> pl.Series:
    known = pl.Series(list(labels), dtype=values.dtype)
    words = pl.Series(list(labels.values()), dtype=pl.String)
    return (
        _as_text(values)
        .zip_with(
            ~values.is_in(known).fill_null(value=False),
            values.replace_strict(known, words, default=None, return_dtype=pl.String),
        )
        .alias(values.name)
    )


def _as_text(values: pl.Series) -> pl.Series:
    return _wholes(values).cast(pl.String)


def _wholes(values: pl.Series) -> pl.Series:
    """Give numbers that are all whole as whole numbers (SPSS keeps every number as a float), and blanks as null."""
    if values.dtype == pl.String:
        return values.replace("", None)
    if values.dtype.is_float() and bool((values.drop_nulls() % 1 == 0).all()):
        return values.cast(pl.Int64, strict=False)
    return values
