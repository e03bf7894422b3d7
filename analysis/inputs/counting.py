"""How often each value stands in a column, counted where the rows are: on disk, in pieces, without holding them."""

from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import Struct

MOST_COMPARED = 64
# Otherwise what the queries share, the whole table, would be held in memory.
_EACH_READS_ITS_OWN = pl.QueryOptFlags(comm_subplan_elim=False)


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
    nested = {name: _answered(name, kind) for name in asked if (kind := schema[name]).is_nested()}
    queries = [_query(lazy, name, schema[name]) for name in asked]
    queries.append(lazy.select(pl.len(), *(answered.sum().alias(name) for name, answered in nested.items())))
    *found, sizes = pl.collect_all(queries, engine="streaming", optimizations=_EACH_READS_ITS_OWN)
    height = int(sizes["len"][0])
    return {
        name: _counted(frame, height, int(sizes[name][0]) if name in nested else None)
        for name, frame in zip(asked, found, strict=True)
    }


def _answered(name: str, kind: pl.DataType) -> pl.Expr:
    """Give the expression that tells whether a row of several answers holds any: a list with something, or a yes or no."""
    if isinstance(kind, pl.Struct):
        return pl.col(name).struct.field(kind.fields[0].name).is_not_null()
    return pl.col(name).list.len() > 0


def _query(rows: pl.LazyFrame, name: str, kind: pl.DataType) -> pl.LazyFrame:
    """Give the query for each value and how many rows hold it.

    A few known categories are compared, one after the other, with the small numbers they are kept as: that costs
    next to nothing beside reading them, where grouping takes twice as long as reading.
    """
    values = rows.select(value=pl.col(name))
    if isinstance(kind, pl.Struct):
        words = [field.name for field in kind.fields]
        return _side_by_side(values, [pl.col("value").struct.field(word) for word in words], words)
    if isinstance(kind, pl.Enum) and 0 < len(kind.categories) <= MOST_COMPARED:
        number = pl.col("value").to_physical()
        places = range(len(kind.categories))
        return _side_by_side(values, [number == place for place in places], kind.categories.to_list())
    return (values.explode("value") if kind.is_nested() else values).group_by("value").len()


def _side_by_side(values: pl.LazyFrame, holds: Sequence[pl.Expr], words: Sequence[str]) -> pl.LazyFrame:
    """Give the query that counts each word by a yes or no of its own, in one pass."""
    counted = values.select(one.sum().alias(str(place)) for place, one in enumerate(holds))
    long = counted.unpivot(variable_name="value", value_name="len")
    return long.with_columns(pl.lit(pl.Series("value", words, dtype=pl.String))).filter(pl.col("len") > 0)


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
