"""A table out of any file people have, told apart by its ending, before anybody asks what its columns mean."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from msgspec import Struct

from analysis.inputs.batchfile import ChoiceInfo
from analysis.inputs.csvfile import column_names, read_csv
from analysis.inputs.spssfile import read_spss
from analysis.inputs.workbook import read_workbook
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean

CSV_KINDS = (".csv", ".tsv", ".txt")
KINDS = (*CSV_KINDS, ".xlsx", ".parquet", ".sav")
# Polars finds some damage only while it reads the rows, and some of it not as an error but as a panic.
DAMAGED_PARQUET = (pl.exceptions.ComputeError, pl.exceptions.PanicException)
_SAFE = r"^[\n\t\x20-\x7e’‘“”–—…£€]*$"


class TableFile(Struct, frozen=True):
    """The rows, and what the file itself says of its columns; `rows` of a Parquet file are read only when asked for.

    `choices` are labels that stand in the rows as words; `sets` name the 0/1 columns that are one question together,
    each with what it says where it is 1.
    """

    rows: pl.DataFrame | pl.LazyFrame
    names: tuple[str, ...]
    wordings: Mapping[str, str] = {}
    choices: Mapping[str, tuple[ChoiceInfo, ...]] = {}
    sets: Mapping[str, Mapping[str, str]] = {}

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"TableFile({len(self.names)} columns)"


def read_table(content: bytes, path: Path) -> TableFile:
    """Give the table in a CSV, XLSX or SPSS file's bytes. Raises BadInputError when it is none or holds no row."""
    match path.suffix.lower():
        case ".xlsx":
            return _table(cleaned(read_workbook(content, path)), path)
        case ".sav":
            file = read_spss(content, path)
            table = _table(cleaned(file.rows), path)
            return TableFile(table.rows, table.names, file.wordings, file.choices, file.sets)
        case _:
            return _table(cleaned(read_csv(content, path)), path)


def scan_parquet(path: Path) -> TableFile:
    """Give the table in a Parquet file, whose rows stay on disk. Raises BadInputError when it is none or holds no row."""
    try:
        rows = pl.scan_parquet(path, parallel="row_groups", glob=False)
        names = rows.collect_schema().names()
        some = rows.head(1).collect()
    except (pl.exceptions.PolarsError, OSError, *DAMAGED_PARQUET):
        raise damaged_parquet(path) from None
    clean_names = column_names(names, path)
    _with_rows(some, path)
    return TableFile(rows.rename(dict(zip(names, clean_names, strict=True))), tuple(clean_names))


def damaged_parquet(path: Path) -> BadInputError:
    """Give what to say of a Parquet file that cannot be read to its end."""
    return BadInputError.of(path, "this is not a Parquet file, or it is damaged", "save it again")


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean every text; only texts that are not plain letters go through Python."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(_clean_column(frame[name]) for name in texts)


def _table(frame: pl.DataFrame, path: Path) -> TableFile:
    return TableFile(_with_rows(frame, path), tuple(frame.columns))


def _with_rows(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    if frame.is_empty():
        raise BadInputError.of(
            path, "there are no answers under the header", "give a file with at least one row"
        )
    return frame


def _clean_column(texts: pl.Series) -> pl.Series:
    odd = ~texts.str.contains(_SAFE).fill_null(value=True)
    if not odd.any():
        return texts
    distinct = texts.filter(odd).unique()
    made = pl.Series(texts.name, [clean(text) for text in distinct], dtype=pl.String)
    return texts.replace(distinct, made)
