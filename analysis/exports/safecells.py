"""Cells that a spreadsheet would run as a formula, made words again (`nltk.csvsec`)."""

import polars as pl

# What csvsec looks at, and any character it may write otherwise: only such cells go through Python.
_SUSPECT = r"^\s*[=+\-@%|＝＋－＠]|[^\n\t\x20-\x7e]"


def safe_text(text: str) -> str:
    """Give a text that no spreadsheet runs: one that begins like a formula gets an apostrophe before it, a number none."""
    from nltk.csvsec import sanitize_csv_field

    return str(sanitize_csv_field(text))


def safe_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a table whose texts and column names no spreadsheet runs."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(_safe_column(frame[name]) for name in texts)
    return safe.rename({name: safe_text(name) for name in frame.columns})


def _safe_column(texts: pl.Series) -> pl.Series:
    suspects = texts.filter(texts.str.contains(_SUSPECT).fill_null(value=False)).unique()
    if suspects.is_empty():
        return texts
    return texts.replace(suspects, pl.Series([safe_text(text) for text in suspects], dtype=pl.String))
