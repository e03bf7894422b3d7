"""Themes: piles of answers to look at, found without labels, named in people's own words, with how well they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from msgspec import Struct

from analysis.inputs.texts import folded, says_something
from analysis.publishing.redaction import Decided, redact
from analysis.themes.factors import (
    NO_THEME,
    RERUNS,
    Halves,
    Tried,
    choose,
    nearest_factor,
    stayed_together,
    try_number,
)
from analysis.words.collocations import named, phrases_in, strongest_phrases, telling
from analysis.words.terms import Terms, learn_terms, term_matrix
from coprod.kernel.problem import BadInputError, RefusedError

FEWEST_ANSWERS = 15
FEWEST_IN_A_THEME = 3
FEWEST_WITH_A_PHRASE = 3
MOST_THEMES = 15
MOST_ASKED = 100
ANSWERS_A_THEME = 12
MOST_LEARNED_FROM = 5_000
EXAMPLES = 3
TELLING_LENGTH = 4
TELLING_TERMS = 2
ROWS_AT_ONCE = 100_000
_REDACTED = r"\[[a-z0-9 -]+\]"

Matrix = Any  # scipy ships no types


class Theme(Struct, frozen=True):
    """One pile: its name, its phrases strongest first, how many answers, those nearest its middle, and its stamp.

    `together` is in how many of ten re-runs these answers stayed together, each on half of the answers and with a
    number of themes of its own (see `analysis.themes.factors.stayed_together`). Name, phrases and examples
    come from redacted text; redaction is never perfect, so a person reads them before anybody else does.
    """

    name: str
    phrases: tuple[str, ...]
    answers: int
    examples: tuple[str, ...]
    together: int

    def __repr__(self) -> str:
        """Leave the examples out: a representation may land in a log, and answers may not."""
        return f"Theme({self.answers} answers)"

    @property
    def stamp(self) -> str:
        """Give how well the theme holds, in words."""
        return f"in {self.together} of {RERUNS} re-runs these stayed together"


class Themes(Struct, frozen=True):
    """The themes, largest first, and for each text the index of its theme or None.

    `answers` counts the texts that say something. `agreement` is the mean adjusted Rand index between
    what two halves that share no answer learn, ten times over: 1 is the same every time, 0 is chance.
    """

    answers: int
    themes: tuple[Theme, ...]
    assignments: tuple[int | None, ...]
    agreement: float

    def __repr__(self) -> str:
        """Give the sizes only."""
        return f"Themes({len(self.themes)} of {self.answers} answers)"


class _Found(Struct, frozen=True):
    """What was learned from a sample of distinct texts."""

    texts: pl.DataFrame
    terms: Terms
    matrix: Matrix
    chosen: Tried
    together: tuple[int, ...]


def find_themes(
    texts: Sequence[str | None] | pl.Series,
    count: int | None = None,
    quotable: pl.Series | None = None,
    decided: Mapping[str, Decided] | None = None,
) -> Themes:
    """Find themes in texts; the same ones whatever the order of the texts.

    Words are weighed by TF-IDF, with texts that differ only in capitals or punctuation taken once, and
    factorised (NMF). `count` fixes the number of themes; without it, it is the number of
    which most hold from one half of the answers to the other. Above 5,000 distinct texts a sample is learned from
    and the rest assigned. A text is in the theme that carries it most, or in none. `quotable` tells of
    each text whether it may be an example; without it, all may. `decided` is what a person decided of a text's redaction.

    Raises RefusedError for fewer than 15 answers or answers with too little in common, BadInputError
    for a `count` these answers cannot carry.
    """
    series = texts if isinstance(texts, pl.Series) else pl.Series(texts, dtype=pl.String)
    wanted = says_something(series)
    answers = int(wanted.sum())
    if answers < FEWEST_ANSWERS:
        raise RefusedError(f"{_number_of(answers)}: too few for themes: read them (from {FEWEST_ANSWERS})")
    keys = folded(series)
    allowed = pl.lit(value=True) if quotable is None else quotable
    frame = pl.DataFrame({"key": keys, "text": series}).with_columns(quotable=allowed)
    distinct = _distinct(frame.filter(wanted))
    found = _learn(distinct, count, decided or {})
    nearest = _assigned(distinct, found)
    placed = pl.DataFrame({"key": keys}).join(
        distinct.select("key", theme=pl.Series(nearest)), on="key", how="left", maintain_order="left"
    )
    return _described(found, placed["theme"].fill_null(NO_THEME), answers)


def _number_of(answers: int) -> str:
    return "1 answer" if answers == 1 else f"{answers} answers"


def _distinct(answers: pl.DataFrame) -> pl.DataFrame:
    """Give each different text once, in the order of the alphabet, so that input order cannot matter."""
    in_order = answers.sort("key", "quotable", "text", descending=[False, True, False])
    return in_order.unique("key", keep="first", maintain_order=True)


def _learn(distinct: pl.DataFrame, count: int | None, decided: Mapping[str, Decided]) -> _Found:
    texts = _learned_from(distinct)
    terms = learn_terms(texts["key"], _least(len(texts)))
    most = _most_themes(len(texts), len(terms))
    if count is not None:
        _check_count(count, min(MOST_ASKED, len(texts) // FEWEST_IN_A_THEME, len(terms)))
    if min(len(terms), len(texts)) < max(2, count or 2):
        raise RefusedError("the answers have too few words in common for themes: read them")
    matrix = term_matrix(texts["key"], terms)
    halves = _halves(distinct["key"], terms)
    tried = [
        try_number(matrix, number, halves) for number in ([count] if count else range(2, max(2, most) + 1))
    ]
    chosen = choose(tried)
    return _Found(_redacted(texts, decided), terms, matrix, chosen, stayed_together(chosen, tried))


def _check_count(count: int, most: int) -> None:
    if not 2 <= count <= max(2, most):
        what = f"{count} themes cannot be made of these answers"
        raise BadInputError.of("--themes", what, f"choose from 2 to {max(2, most)}")


def _learned_from(distinct: pl.DataFrame) -> pl.DataFrame:
    """Give at most 5,000 of the distinct texts, picked without regard to order, in order."""
    if len(distinct) <= MOST_LEARNED_FROM:
        return distinct
    chosen = np.random.default_rng(0).permutation(len(distinct))[:MOST_LEARNED_FROM]
    return distinct[np.sort(chosen)]


def _redacted(texts: pl.DataFrame, decided: Mapping[str, Decided]) -> pl.DataFrame:
    """Put redacted text beside the keys: neither an example nor a theme's name may hold what identifies somebody."""
    redacted = [one.text for one in redact(texts["text"].to_list(), decided)]
    return texts.with_columns(text=pl.Series(redacted, dtype=pl.String))


def _least(texts: int) -> int:
    """Give in how many texts a word must stand to count."""
    return 2 if texts < 150 else 3 if texts < 1_000 else 4


def _most_themes(texts: int, terms: int) -> int:
    return min(MOST_THEMES, texts // ANSWERS_A_THEME, terms)


def _halves(keys: pl.Series, terms: Terms) -> tuple[Halves, ...]:
    """Give ten times two samples that share no text, from all of them, so that above 5,000 each re-run reads others."""
    size = min(len(keys), MOST_LEARNED_FROM) // 2
    found = []
    for rerun in range(RERUNS):
        drawn = np.random.default_rng(rerun).permutation(len(keys))
        parts = np.sort(drawn[:size]), np.sort(drawn[size : 2 * size])
        found.append(Halves(*(term_matrix(keys[part], terms) for part in parts)))
    return tuple(found)


def _assigned(distinct: pl.DataFrame, found: _Found) -> np.ndarray:
    """Give the theme of every distinct text, a hundred thousand at a time."""
    if len(distinct) == len(found.texts):
        return found.chosen.nearest
    parts = [distinct["key"].slice(start, ROWS_AT_ONCE) for start in range(0, len(distinct), ROWS_AT_ONCE)]
    return np.concatenate(
        [nearest_factor(term_matrix(part, found.terms), found.chosen.factors) for part in parts]
    )


def _described(found: _Found, placed: pl.Series, answers: int) -> Themes:
    """Order the themes by size, name them, and drop those of fewer than three answers."""
    sizes = dict(placed.value_counts().iter_rows())
    phrases = _phrases(found)
    kept = [theme for theme in range(len(found.chosen.factors)) if sizes.get(theme, 0) >= FEWEST_IN_A_THEME]
    kept.sort(key=lambda theme: (-sizes[theme], phrases[theme]))
    names = named([phrases[theme] for theme in kept])
    themes = tuple(
        Theme(name, tuple(phrases[old]), sizes[old], _examples(found, old), found.together[old])
        for name, old in zip(names, kept, strict=True)
    )
    places = {old: new for new, old in enumerate(kept)}
    assignments = tuple(places.get(theme) for theme in placed)
    return Themes(answers, themes, assignments, found.chosen.agreement)


def _phrases(found: _Found) -> list[list[str]]:
    columns = list(found.terms.columns.iter_rows())
    weights = [{word: float(factor[column]) for word, column in columns} for factor in found.chosen.factors]
    themes = pl.Series(found.chosen.nearest)
    runs = phrases_in(found.texts["text"].str.replace_all(_REDACTED, "."))
    ranked = strongest_phrases(runs, themes, weights, FEWEST_WITH_A_PHRASE)
    return [telling(phrases) for phrases in ranked]


def _examples(found: _Found, theme: int) -> tuple[str, ...]:
    """Give up to three answers nearest the theme's middle, those that say more than one thing first."""
    inside = found.chosen.nearest == theme
    middle = np.asarray(found.matrix[np.flatnonzero(inside)].mean(axis=0)).ravel()
    rows = np.flatnonzero(inside & found.texts["quotable"].to_numpy())
    closeness = np.round(found.matrix[rows] @ middle, 9)
    texts = found.texts["text"][rows]
    short = (found.texts["key"][rows].str.count_matches(" ") + 1 < TELLING_LENGTH).to_numpy()
    bare = np.diff(found.matrix[rows].indptr) < TELLING_TERMS
    order = np.lexsort((rows, -closeness, short | bare))
    return tuple(texts[int(place)] for place in order[:EXAMPLES])
