"""Texts: what is an answer, and which answers are the same but for capitals and punctuation."""

import functools
from pathlib import Path
from typing import Literal

import polars as pl
from msgspec import Struct

from analysis.words.words import normal
from coprod.kernel.yamlfile import load_yaml


class EmptyAnswers(Struct, frozen=True, forbid_unknown_fields=True):
    """Whole answers that say nothing, and what may stand before or after them without adding anything.

    Only whole answers: "I can't say no" is made of the same words and says a great deal.
    """

    format: Literal[1]
    answers: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def folded(texts: pl.Series) -> pl.Series:
    """Give each text as its lower-case words with one blank between; null becomes empty."""
    words = normal(texts).str.replace_all(r"[^\p{L}\p{N}\p{M}']+", " ")
    return words.str.replace_all(r"(^|\s)'+|'+(\s|$)", " ").str.strip_chars().fill_null("")


def says_something(texts: pl.Series) -> pl.Series:
    """Tell for each text whether it is an answer: not blank, not "did not answer", "nothing", "n/a" or the like."""
    return ~folded(texts).is_in(list(_empty_answers()))


@functools.cache
def _empty_answers() -> frozenset[str]:
    lists = load_yaml(Path(__file__).with_name("empty_answers.yaml"), EmptyAnswers).value
    whole = {
        f"{before} {answer} {after}".strip()
        for answer in lists.answers
        for before in ("", *lists.before)
        for after in ("", *lists.after)
    }
    return frozenset(folded(pl.Series(["", *sorted(whole)])))
