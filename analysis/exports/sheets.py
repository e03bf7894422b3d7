"""Tables on their way into a file, whatever its kind: rows, what the columns mean, and notes."""

from collections.abc import Mapping
from typing import Literal

import polars as pl
from msgspec import Struct

FileKind = Literal[".csv", ".xlsx", ".parquet", ".sav"]
KINDS: tuple[FileKind, ...] = (".csv", ".xlsx", ".parquet", ".sav")


class Sheet(Struct, frozen=True):
    """One table. `labels` say what a column is about; `coded` gives all values of a column in their order, so that
    SPSS can hold numbers with value labels; `missing` are those of them that stand for no answer.
    """

    title: str
    frame: pl.DataFrame
    labels: Mapping[str, str] = {}
    coded: Mapping[str, tuple[str, ...]] = {}
    missing: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"Sheet({self.frame.height} rows)"


class Notes(Struct, frozen=True):
    """What goes with the tables: a title and lines, such as how they were made and what they were held against."""

    title: str
    lines: tuple[str, ...] = ()
