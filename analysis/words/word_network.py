"""A network of words: which of the words that many wrote stand near each other, and how they hang together."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from msgspec import Struct

from analysis.inputs.texts import says_something
from analysis.publishing.feasible import rounded
from analysis.publishing.redaction import Decided, redact
from analysis.themes.placing import Numbers, placed
from analysis.themes.sorting import communities
from analysis.words.words import count_words, split_words, stems_of, stop_words
from coprod.kernel.problem import RefusedError

FEWEST_ANSWERS = 15
LEAST_SHARED = 5
WORDS = 30
NEAR = 5
TIES_A_WORD = 2
CHANCE = 10.83
MOST_REDACTED_WITH = 5_000


class NearWords(Struct, frozen=True):
    """Words, the share of the commonest one's answers each stands in (rounded), their groups and places, and the ties.

    `ties` holds places of two words and how much nearer they stand than chance would have it, from 0 to 1.
    """

    words: tuple[str, ...]
    sizes: tuple[float, ...]
    groups: tuple[int, ...]
    places: tuple[tuple[float, float], ...]
    ties: tuple[tuple[int, int, float], ...]


def near_words(
    texts: pl.Series, most: int = WORDS, decided: Mapping[str, Decided] | None = None
) -> NearWords:
    """Give the commonest words that at least 5 answers hold and which of them stand within five words of each other.

    Two words are tied where at least 5 answers have them near and the log-likelihood ratio (NLTK's; Dunning 1993) is
    over 10.83 (one in a thousand by chance); the strongest ties only, twice as many as words. The same every time.
    `decided` is what a person decided of the redaction, by text. Raises RefusedError for fewer than 15 answers, or when no
    words stand together.
    """
    said = texts.filter(says_something(texts))
    if len(said) < FEWEST_ANSWERS:
        raise RefusedError(f"fewer than {FEWEST_ANSWERS} answers: too few for a network: read them")
    counted = _common(said, most, decided or {})
    numbered = counted.with_row_index("place")
    ties = _strongest(_near(said, numbered), counted["answers"].to_numpy(), len(said))
    if not ties:
        raise RefusedError("no words stand together often enough to draw: read the answers")
    return _drawn(counted, ties)


def _common(texts: pl.Series, most: int, decided: Mapping[str, Decided]) -> pl.DataFrame:
    """Give the commonest words, without what redaction or a person takes out of the answers or of the words alone."""
    counted = count_words(texts).filter(
        (pl.col("answers") >= LEAST_SHARED) & pl.col("word").str.contains(r"^[\p{L}\p{M}']{2,}$")
    )
    words = counted["word"].head(2 * most).to_list()
    context = texts.head(MOST_REDACTED_WITH).sort().to_list()
    gone = _taken_out(decided)
    safe = [
        one.text == word and word not in gone
        for one, word in zip(redact([*context, *words])[len(context) :], words, strict=True)
    ]
    return counted.head(2 * most).filter(pl.Series(safe, dtype=pl.Boolean)).head(most)


def _taken_out(decided: Mapping[str, Decided]) -> frozenset[str]:
    """Give the words that somebody said must go, of any answer."""
    goes = [text[start:end] for text, one in decided.items() for start, end, _ in one.goes]
    return frozenset(split_words(pl.Series(goes, dtype=pl.String))["word"].to_list())


def _near(texts: pl.Series, numbered: pl.DataFrame) -> pl.DataFrame:
    """Give for each two words the number of answers in which they stand near: `first` < `second`, `answers`."""
    words = split_words(texts).with_columns(at=pl.int_range(pl.len()).over("answer"))
    kept = words.filter(~pl.col("word").is_in(list(stop_words())))
    stems = stems_of(kept["word"].unique())
    named = pl.DataFrame(
        {"word": list(stems), "stem": list(stems.values())}, schema={"word": pl.String, "stem": pl.String}
    )
    held = (
        kept.join(named, on="word")
        .join(numbered.select("stem", "place"), on="stem")
        .select("answer", "at", "place")
    )
    pairs = pl.concat(
        held.join(held.with_columns(pl.col("at") - gap), on=("answer", "at"), suffix="_other")
        for gap in range(1, NEAR + 1)
    ).select(
        "answer",
        first=pl.min_horizontal("place", "place_other"),
        second=pl.max_horizontal("place", "place_other"),
    )
    near = pairs.filter(pl.col("first") < pl.col("second")).unique()
    return near.group_by("first", "second").len("answers").sort("first", "second")


def _strongest(near: pl.DataFrame, answers: Numbers, total: int) -> list[tuple[int, int, float]]:
    from nltk.metrics.association import BigramAssocMeasures

    found = []
    for first, second, both in near.filter(pl.col("answers") >= LEAST_SHARED).iter_rows():
        one, other = int(answers[first]), int(answers[second])
        strength = float(BigramAssocMeasures.likelihood_ratio(both, (one, other), total))
        if strength > CHANCE and both * total > one * other:
            found.append((int(first), int(second), strength))
    ranked = sorted(found, key=lambda tie: (-round(tie[2], 6), tie[:2]))
    return ranked[: TIES_A_WORD * len(answers)]


def _drawn(counted: pl.DataFrame, ties: list[tuple[int, int, float]]) -> NearWords:
    """Keep the tied words, and give groups and places by their ties."""
    tied = sorted({place for tie in ties for place in tie[:2]})
    at = {place: new for new, place in enumerate(tied)}
    most = max(tie[2] for tie in ties)
    scaled = tuple(
        (at[first], at[second], round(float(np.sqrt(strength / most)), 3)) for first, second, strength in ties
    )
    matrix = np.zeros((len(tied), len(tied)))
    for first, second, strength in scaled:
        matrix[first, second] = matrix[second, first] = strength
    group_of = {place: group for group, members in enumerate(communities(matrix)) for place in members}
    sizes = [rounded(counted["answers"][place]) for place in tied]
    return NearWords(
        tuple(counted["word"][place] for place in tied),
        tuple(round(size / max(sizes), 3) for size in sizes),
        tuple(group_of.get(place, len(group_of)) for place in range(len(tied))),
        tuple((float(across), float(down)) for across, down in placed(matrix)),
        scaled,
    )
