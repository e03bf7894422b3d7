"""How often each value stands in a column, counted where the rows are: on disk, in pieces, without holding them."""

from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import Struct


class Counted(Struct, frozen=True):
    """Every value of a column, as text, with how many rows hold it; and how many rows hold any. True counts.

    Of a column of lists, each value of a list counts, and a row with an empty list holds none.
    """

    values: tuple[tuple[str, int], ...]
    answered: int
    rows: int

    def __repr__(self) -> str:
        """Give no counts: a representation may land in a log."""
        return f"Counted({len(self.values)} values)"


def count_columns(rows: pl.DataFrame | pl.LazyFrame, names: Sequence[str]) -> Mapping[str, Counted]:
    """Give the counts of several columns, all in one go.

    Only distinct values are ever made texts, so that ten million rows of a choice cost no more than reading them.
    """
    lazy, schema = rows.lazy(), rows.collect_schema()
    asked = list(dict.fromkeys(names))
    lists = [name for name in asked if schema[name].is_nested()]
    queries = [_values(lazy, name, nested=name in lists).group_by("value").len() for name in asked]
    queries.append(
        lazy.select(pl.len(), *((pl.col(name).list.len() > 0).sum().alias(name) for name in lists))
    )
    *found, sizes = pl.collect_all(queries, engine="streaming")
    height = int(sizes["len"][0])
    return {
        name: _counted(frame, height, int(sizes[name][0]) if name in lists else None)
        for name, frame in zip(asked, found, strict=True)
    }


def _values(rows: pl.LazyFrame, name: str, *, nested: bool) -> pl.LazyFrame:
    values = rows.select(value=pl.col(name))
    return values.explode("value") if nested else values


def _counted(frame: pl.DataFrame, height: int, answered: int | None) -> Counted:
    held = frame.drop_nulls("value")
    texts = as_texts(held["value"]).to_list()
    pairs = tuple(zip(texts, held["len"].to_list(), strict=True))
    return Counted(pairs, sum(times for _, times in pairs) if answered is None else answered, height)


def as_texts(values: pl.Series) -> pl.Series:
    """Give values as text, whole numbers without a decimal point."""
    if values.dtype.is_float() and bool((values.drop_nulls() % 1 == 0).all()):
        return values.cast(pl.Int64, strict=False).cast(pl.String)
    return values.cast(pl.String)
