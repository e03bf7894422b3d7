"""Whose words may be printed: phrases many share, quotes only from people who agreed (rule R9)."""

from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl

from analysis.inputs.texts import folded, says_something
from analysis.publishing.redaction import redact
from analysis.triage.triage import signs_in
from analysis.words.words import split_words, stems_of, stop_words
from coprod.kernel.unshown import Unshown

LEAST_QUOTED = 10
LEAST_SHARED = 5
LONGEST_QUOTE = 300
SHORTEST_QUOTE = 4
RARE_WORDS = 2
WORD_ALONE = "word-beside-harm"
TOLD_APART = (
    "Words here that nobody else wrote; a friend, a parent or the person who harmed them may know who said it: {words}. "
    "Put it in your own words, and say that you did."
)
TAKEN_OUT = "Something was taken out; what is left may still tell whose story it is."


class Candidate(Unshown, frozen=True):
    """A redacted text that may be quoted, its stems for spreading, and why it should rather be told in other words."""

    text: str
    stems: frozenset[str]
    cautions: tuple[str, ...]


def candidates(texts: Sequence[str | None], agreed: Sequence[bool]) -> tuple[Candidate, ...]:
    """Give the texts that may be quoted, redacted as the whole column is, in the order of the alphabet.

    Left out: writers who did not agree, blanks, under 4 words, over 300 letters, and any text with a sign of risk: it is
    for the safeguarding lead. A text is cautioned when two or more of its words stand in no other answer.
    """
    redacted = redact(texts)
    said = _words_of_each([row.text for row in redacted])
    writers = Counter(stem for words in said for stem in words)
    answers = says_something(pl.Series(texts, dtype=pl.String)).to_list()
    found = [
        Candidate(row.text, frozenset(words), _cautions(words, writers, removed=bool(row.removed)))
        for text, may, answer, words, row in zip(texts, agreed, answers, said, redacted, strict=True)
        if text and may and answer and _fits(row.text) and not is_for_the_lead(text)
    ]
    return tuple(sorted(found, key=lambda one: one.text))


def spread(found: Sequence[Candidate], number: int) -> tuple[Candidate, ...]:
    """Give up to `number` of them that say different things: each next one shares least with those before.

    Texts without a caution come before those with one. Starts at the text that shares most with all the others.
    """
    left = list(found)
    picked: list[Candidate] = []
    while left and len(picked) < number:
        if picked:
            best = min(left, key=lambda one: (bool(one.cautions), _nearest(one, picked), one.text))
        else:
            best = min(left, key=lambda one: (bool(one.cautions), -_shared(one, found), one.text))
        left.remove(best)
        picked.append(best)
    return tuple(picked)


def shared_phrases(texts: Sequence[str | None], phrases: Iterable[str]) -> frozenset[str]:
    """Give the phrases all of whose words stand in at least 5 of the texts, in any order and with any ending.

    A phrase of fewer people is their own words, which nobody may print without asking them.
    """
    series = folded(pl.Series(texts, dtype=pl.String))
    return frozenset(phrase for phrase in phrases if _texts_with(series, phrase) >= LEAST_SHARED)


def _texts_with(texts: pl.Series, phrase: str) -> int:
    """Count the texts that hold every word of a phrase, each at the beginning of a word."""
    found = pl.Series([True]).new_from_index(0, texts.len())
    for word in folded(pl.Series([phrase])).item().split():
        found = found & texts.str.contains(rf"(?:^|\W){word}")
    return int(found.sum())


def _words_of_each(texts: Sequence[str]) -> list[dict[str, str]]:
    """Give for each text its stems, each with a word it was written as."""
    said = split_words(pl.Series(texts, dtype=pl.String)).filter(~pl.col("word").is_in(list(stop_words())))
    stems = stems_of(said["word"].unique())
    words: list[dict[str, str]] = [{} for _ in texts]
    for answer, word in said.iter_rows():
        words[answer][stems[word]] = word
    return words


def _cautions(words: dict[str, str], writers: Counter[str], *, removed: bool) -> tuple[str, ...]:
    rare = sorted(word for stem, word in words.items() if writers[stem] == 1)
    told = (TOLD_APART.format(words=", ".join(rare)),) if len(rare) >= RARE_WORDS else ()
    return (*told, TAKEN_OUT) if removed else told


def is_for_the_lead(text: str) -> bool:
    """Tell whether a text may tell of risk; one word beside harm is not enough."""
    return any(sign.id != WORD_ALONE for sign, _ in signs_in(text))


def _fits(text: str) -> bool:
    return len(text.split()) >= SHORTEST_QUOTE and len(text) <= LONGEST_QUOTE


def _nearest(one: Candidate, picked: Sequence[Candidate]) -> float:
    return max(_alike(one, other) for other in picked)


def _shared(one: Candidate, found: Sequence[Candidate]) -> float:
    return sum(_alike(one, other) for other in found)


def _alike(one: Candidate, other: Candidate) -> float:
    """Give the share of the stems of both that they have in common (Jaccard)."""
    either = one.stems | other.stems
    return len(one.stems & other.stems) / len(either) if either else 1.0
