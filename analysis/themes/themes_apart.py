"""Finding themes as one call that can run in a process of its own: plain lists in, themes out."""

import polars as pl

from analysis.themes.themes import Themes, find_themes


def themes_of(texts: list[str | None], quotable: list[bool]) -> Themes:
    """Give the themes of texts; only quotable ones stand as examples. Raises as `find_themes` does."""
    return find_themes(
        pl.Series("text", texts, dtype=pl.String), quotable=pl.Series(quotable, dtype=pl.Boolean)
    )
