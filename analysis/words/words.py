"""Words: split and counted by Polars a column at a time, stemmed by NLTK once for each distinct word."""

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl
from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml

WORD = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*"
CHUNK = 250_000
_TEXTS = {"word": pl.String, "stem": pl.String}
_VOCABULARY = pl.Schema({"form": pl.String, **_TEXTS})
Pairs = npt.NDArray[np.int64]
_HALF = 32
_LOW_HALF = 0xFFFFFFFF


class StopWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words too common to tell what an answer is about, and those of them a phrase may start with; parted by white space."""

    format: Literal[1]
    english: str
    welsh: str
    turning: str
    opening: str


def stop_words() -> frozenset[str]:
    """Give the English and Welsh words, in lower case, that say nothing about what an answer is about."""
    return frozenset([*_lists().english.split(), *_lists().welsh.split()])


def opening_words() -> frozenset[str]:
    """Give the stop-words a phrase may start with: those that turn it round (never, didn't) and on, by."""
    return frozenset([*_lists().turning.split(), *_lists().opening.split()])


@functools.cache
def _lists() -> StopWords:
    return load_yaml(Path(__file__).with_name("stopwords.yaml"), StopWords).value


def normal(texts: pl.Series) -> pl.Series:
    """Give texts composed (NFC), in lower case, with one kind of apostrophe: what words are split from."""
    return texts.cast(pl.String).to_frame("text").select(_normal(pl.col("text"))).to_series()


def _normal(text: pl.Expr) -> pl.Expr:
    plain = text.str.len_bytes() == text.str.len_chars()
    composed = text.str.normalize("NFC").str.replace_all("’", "'", literal=True)
    return pl.when(plain).then(text).otherwise(composed).str.to_lowercase()


def split_words(texts: pl.Series) -> pl.DataFrame:
    """Give one row a word, in order: `answer` (row of `texts`, from 0) and `word` (lower case)."""
    return (
        texts.cast(pl.String)
        .to_frame("text")
        .lazy()
        .with_row_index("answer")
        .select("answer", word=_normal(pl.col("text")).str.extract_all(WORD))
        .filter(pl.col("word").list.len() > 0)
        .explode("word")
        .collect(engine="streaming")
    )


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """Give each word's stem by NLTK's Snowball stemmer for English (Porter 2)."""
    from nltk.stem.snowball import SnowballStemmer

    stemmer = SnowballStemmer("english")
    return {word: stemmer.stem(word) for word in words}


def count_words(texts: pl.Series, ignore: Iterable[str] | None = None) -> pl.DataFrame:
    """Count the words of every text, words of one stem together.

    Gives a frame sorted by `answers`, then `times` (both falling), then `stem`:
    `word` (the commonest form written, never the stem), `stem`, `times` (how often), `answers`
    (in how many texts). `ignore` is the stop-words, by default those of `stopwords.yaml`.
    Memory stays flat: texts are taken 250,000 at a time. They are parted at blanks, and what stands between
    blanks is searched for words, put in small letters and stemmed once for each distinct form.
    """
    ignored = frozenset(stop_words() if ignore is None else ignore)
    coded = pl.Categorical(pl.Categories.random())
    vocabulary = pl.DataFrame(schema=_VOCABULARY)
    times, answers = [], []
    for start in range(0, len(texts), CHUNK):
        written = _parted(texts.slice(start, CHUNK), coded)
        forms = written["form"].value_counts(name="times")
        vocabulary = _grown(vocabulary, forms["form"].cast(pl.String), ignored)
        times.append(forms.with_columns(pl.col("form").cast(pl.String)))
        answers.append(_texts_with_each_stem(written, forms["form"], vocabulary))
    return _together(vocabulary, times, answers)


def _parted(texts: pl.Series, coded: pl.Categorical) -> pl.DataFrame:
    """Give what stands between blanks, one row each: `answer` and `form`. No word holds a blank."""
    return (
        texts.cast(pl.String)
        .to_frame("form")
        .lazy()
        .with_row_index("answer")
        .drop_nulls()
        .with_columns(pl.col("form").str.split(" "))
        .explode("form")
        .with_columns(pl.col("form").cast(coded))
        .collect(engine="streaming")
    )


def _grown(vocabulary: pl.DataFrame, forms: pl.Series, ignored: frozenset[str]) -> pl.DataFrame:
    """Add the forms not met before: one row for each word in a form, with its stem; most hold one."""
    unmet = forms.filter(~forms.is_in(vocabulary["form"].implode()))
    found = pl.DataFrame({"form": unmet, "word": normal(unmet).str.extract_all(WORD)}).explode("word")
    stems = stems_of(word for word in found["word"].drop_nulls().unique() if word not in ignored)
    stemmed = pl.DataFrame({"word": list(stems), "stem": list(stems.values())}, schema_overrides=_TEXTS)
    return pl.concat([vocabulary, found.join(stemmed, on="word").select(_VOCABULARY.names())])


def _texts_with_each_stem(written: pl.DataFrame, forms: pl.Series, vocabulary: pl.DataFrame) -> pl.DataFrame:
    """Count the texts each stem stands in: a text and a stem packed in one number, made distinct.

    Forms come as numbers (`forms` are the distinct ones), so a form of one word is looked up, never compared.
    """
    stems = vocabulary["stem"].unique(maintain_order=True)
    numbered = vocabulary.join(stems.to_frame().with_row_index("number"), on="stem")
    known = pl.DataFrame({"form": forms.cast(pl.String), "code": forms.to_physical()}).join(
        numbered, on="form"
    )
    rows = written.select("answer", code=pl.col("form").to_physical())
    several = rows.join(known.filter(~pl.col("code").is_unique()), on="code")
    pairs = [_looked_up(rows, known.filter(pl.col("code").is_unique())), _packed(several)]
    in_order = pl.Series("number", np.concatenate(pairs)).sort()
    within = in_order.filter(in_order != in_order.shift(1, fill_value=-1)) & _LOW_HALF
    counted = within.value_counts(name="answers")
    return counted.select(stem=stems.gather(counted["number"]), answers="answers")


def _looked_up(rows: pl.DataFrame, known: pl.DataFrame) -> Pairs:
    codes = rows["code"].to_numpy()
    number_of = np.full(int(codes.max(initial=0)) + 1, -1, dtype=np.int64)
    number_of[known["code"].to_numpy()] = known["number"].to_numpy()
    numbers = number_of[codes]
    pairs: Pairs = ((rows["answer"].to_numpy().astype(np.int64) << _HALF) | numbers)[numbers >= 0]
    return pairs


def _packed(rows: pl.DataFrame) -> Pairs:
    pairs: Pairs = (rows["answer"].to_numpy().astype(np.int64) << _HALF) | rows["number"].to_numpy()
    return pairs


def _together(
    vocabulary: pl.DataFrame, times: list[pl.DataFrame], answers: list[pl.DataFrame]
) -> pl.DataFrame:
    """Add the chunks up; of the forms of a stem keep the commonest, and of equals the first by alphabet."""
    if not times:
        return pl.DataFrame(
            schema={"word": pl.String, "stem": pl.String, "times": pl.Int64, "answers": pl.Int64}
        )
    forms = (
        pl.concat(times)
        .join(vocabulary, on="form")
        .group_by("word", "stem")
        .agg(pl.col("times").sum().cast(pl.Int64))
        .sort("times", "word", descending=[True, False])
        .group_by("stem", maintain_order=True)
        .agg(pl.col("word").first(), pl.col("times").sum())
    )
    within = pl.concat(answers).group_by("stem").agg(pl.col("answers").sum().cast(pl.Int64))
    counted = forms.join(within, on="stem").select("word", "stem", "times", "answers")
    return counted.sort("answers", "times", "stem", descending=[True, True, False])
