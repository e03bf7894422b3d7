"""Collocations: the phrases people themselves use, and which of them stand for a theme."""

import math
from collections.abc import Sequence

import polars as pl
from msgspec import Struct

from analysis.words.words import WORD, normal, opening_words, stems_of, stop_words

LONGEST = 4
MOST_PHRASES = 6
PARTS_OF_A_NAME = 3
NO_PHRASE = "Answers with no phrase in common"
COMMON_ENOUGH = 0.02
STRONG_ENOUGH = 0.015
_CLAUSE_END = r"[^\p{L}\p{N}\p{M}' ]+|\s-+\s|\s{2,}"


class Phrase(Struct, frozen=True):
    """A run of words as people write it, the stems of its weighty words, and what speaks for it in one theme."""

    text: str
    stems: frozenset[str]
    size: int
    strength: float


def phrases_in(texts: pl.Series) -> pl.DataFrame:
    """Give the distinct runs of one to four words in each text: `answer`, `phrase`, `size`.

    A run stays inside a clause, holds no digit, ends with a word that is no stop-word and starts
    with one, or with a small word that it says more with ("never listened", "on time").
    """
    words = (
        pl.DataFrame(
            {"answer": pl.int_range(len(texts), dtype=pl.UInt32, eager=True), "clause": normal(texts)}
        )
        .with_columns(pl.col("clause").str.replace_all(_CLAUSE_END, "\n").str.split("\n"))
        .explode("clause")
        .select("answer", word=pl.col("clause").str.extract_all(WORD))
        .filter(pl.col("word").list.len() > 0)
        .with_row_index("clause")
        .explode("word")
    )
    runs = [_runs(words, size) for size in range(1, LONGEST + 1)]
    return pl.concat(runs).unique().sort("answer", "phrase")


def _runs(words: pl.DataFrame, size: int) -> pl.DataFrame:
    columns = [pl.col("word").shift(-offset).over("clause").alias(f"word{offset}") for offset in range(size)]
    first, last = pl.col("word0"), pl.col(f"word{size - 1}")
    light, opening = list(stop_words()), list(opening_words() if size > 1 else ())
    return (
        words.select("answer", *columns)
        .drop_nulls()
        .filter((~first.is_in(light) | first.is_in(opening)) & ~last.is_in(light))
        .select("answer", phrase=pl.concat_str(pl.col("^word.*$"), separator=" "), size=pl.lit(size))
        .filter(~pl.col("phrase").str.contains(r"\p{N}"))
    )


def strongest_phrases(
    phrases: pl.DataFrame, themes: pl.Series, weights: Sequence[dict[str, float]], least: int
) -> list[list[Phrase]]:
    """Give each theme's phrases, strongest first.

    `themes` holds the theme of each answer (-1 for none), `weights` what each word weighs in each
    theme. A phrase counts where it stands in `least` answers of the theme and in more of the theme
    than of the rest. Strength: the log-likelihood ratio of phrase and theme (NLTK's; Dunning 1993)
    times the weight of its weightiest word.
    """
    placed = phrases.with_columns(theme=themes.gather(phrases["answer"]))
    everywhere = placed.group_by("phrase", "size").len("everywhere").filter(pl.col("everywhere") >= least)
    within = placed.group_by("theme", "phrase").len("within").filter(pl.col("within") >= least)
    counted = within.join(everywhere, on="phrase").sort("theme", "phrase")
    sizes = dict(themes.value_counts().iter_rows())
    return [
        _ranked(counted.filter(pl.col("theme") == theme), sizes.get(theme, 0), len(themes), words)
        for theme, words in enumerate(weights)
    ]


def _ranked(counted: pl.DataFrame, size: int, total: int, weights: dict[str, float]) -> list[Phrase]:
    """Rank one theme's phrases; those of several words must be common in the theme and mostly its own."""
    ranked = []
    for row in counted.iter_rows(named=True):
        within, everywhere = row["within"], row["everywhere"]
        own = within * total > everywhere * size
        several = row["size"] > 1
        common = within >= COMMON_ENOUGH * size and 2 * within >= everywhere
        if own and (common or not several):
            strength = _likelihood(within, size, everywhere, total) * _weight(row["phrase"], weights)
            ranked.append(Phrase(row["phrase"], _weighty_stems(row["phrase"]), row["size"], strength))
    kept = [phrase for phrase in ranked if phrase.strength > 0]
    return sorted(kept, key=lambda phrase: (-round(phrase.strength, 6), phrase.text))


def _likelihood(within: int, size: int, everywhere: int, total: int) -> float:
    from nltk.metrics.association import BigramAssocMeasures

    if size == total:
        return math.log1p(within)
    return float(BigramAssocMeasures.likelihood_ratio(within, (size, everywhere), total))


def _weight(phrase: str, weights: dict[str, float]) -> float:
    return max(weights.get(word, 0.0) for word in phrase.split())


def _weighty_stems(phrase: str) -> frozenset[str]:
    weighty = [word for word in phrase.split() if word not in stop_words()]
    return frozenset(stems_of(weighty).values())


def telling(phrases: Sequence[Phrase]) -> list[str]:
    """Give up to six phrases that say different things: the best of several words first, then by strength."""
    if not phrases:
        return []
    strongest = phrases[0].strength
    several = (one for one in phrases if one.size > 1 and one.strength >= STRONG_ENOUGH * strongest)
    first = next(several, phrases[0])
    chosen, said = [first], first.stems
    for phrase in phrases:
        if not phrase.stems & said and phrase.strength >= STRONG_ENOUGH * strongest:
            chosen.append(phrase)
            said |= phrase.stems
    return [phrase.text for phrase in chosen[:MOST_PHRASES]]


def name_of(phrases: Sequence[str], parts: int = PARTS_OF_A_NAME) -> str:
    """Give a theme's name: its first phrases, as people wrote them, with a capital at the front."""
    name = ", ".join(phrases[:parts])
    return name[:1].upper() + name[1:]


def named(themes: Sequence[Sequence[str]]) -> list[str]:
    """Give every theme a name of its own: where two would be the same, both say more."""
    names: list[str] = []
    for phrases in themes:
        longer = (name_of(phrases, parts) for parts in range(PARTS_OF_A_NAME, MOST_PHRASES + 1))
        fresh = next((name for name in longer if name and name not in names), "")
        names.append(fresh or f"{name_of(phrases) or NO_PHRASE} ({len(names) + 1})")
    return names
