"""Whose words may be printed: phrases many share, quotes only from people who agreed (rule R9)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from analysis.inputs.texts import folded, says_something
from analysis.publishing.recognisable import recognisable_by
from analysis.publishing.redaction import Decided, redact
from analysis.triage.triage import signs_in
from analysis.words.words import split_words, stems_of, stop_words
from coprod.kernel.unshown import Unshown

LEAST_QUOTED = 10
LEAST_SHARED = 5
READ_AT_ONCE = 20_000
MOST_CONTEXT = 5_000
LONGEST_QUOTE = 300
SHORTEST_QUOTE = 4
RARE_WORDS = 2
SAME_WORDS = 4
_PLACEHOLDER = re.compile(r"\[[a-z0-9 -]+\]")
WORD_ALONE = "word-beside-harm"
TOLD_APART = (
    "Words here that nobody else wrote; a friend, a parent or the person who harmed them may know who said it: {words}. "
    "Put it in your own words, and say that you did."
)
STORY = (
    "It tells of {what}: somebody who knows this young person may recognise them by it, though no name is there. "
    "Put it in your own words, without that."
)
TAKEN_OUT = "Something was taken out; what is left may still tell whose story it is."


class Candidate(Unshown, frozen=True):
    """A redacted text that may be quoted, its stems for spreading, and why it should rather be told in other words.

    `rare` holds the stems of words that nobody else wrote.
    """

    text: str
    stems: frozenset[str]
    cautions: tuple[str, ...]
    rare: frozenset[str] = frozenset()


def candidates(
    texts: Sequence[str | None], agreed: Sequence[bool], decided: Mapping[str, Decided] | None = None
) -> tuple[Candidate, ...]:
    """Give the texts that may be quoted, redacted as the whole column is, in the order of the alphabet.

    Left out: writers who did not agree, blanks, under 4 words, over 300 letters, and any text with a sign of risk: it is
    for the safeguarding lead. A text is cautioned when two or more of its words stand in no other answer. `decided` is
    what a person decided of a text, as in `redact`.
    """
    redacted = redact(texts, decided)
    said = _words_of_each([row.text for row in redacted])
    writers = Counter(stem for words in said for stem in words)
    answers = says_something(pl.Series(texts, dtype=pl.String)).to_list()
    found = [
        _candidate(row.text, words, writers, removed=bool(row.removed))
        for text, may, answer, words, row in zip(texts, agreed, answers, said, redacted, strict=True)
        if text and may and answer and _fits(row.text) and not is_for_the_lead(text)
    ]
    return tuple(sorted(found, key=lambda one: one.text))


def _candidate(text: str, words: dict[str, str], writers: Counter[str], *, removed: bool) -> Candidate:
    told = tuple(STORY.format(what=what) for what in recognisable_by(text))
    cautions = (*_cautions(words, writers, removed=removed), *told)
    return Candidate(
        text, frozenset(words), cautions, frozenset(stem for stem in words if writers[stem] == 1)
    )


def still_tells(original: Candidate, words: str) -> tuple[str, ...]:
    """Give what in a paraphrase still points at the writer: their own turn of phrase, rare words, the story itself."""
    said = _words_of_each([words])[0]
    kept = sorted(said[stem] for stem in original.rare & set(said))
    still = [f"it keeps words that only this young person wrote: {', '.join(kept)}"] if kept else []
    if _same_run(original.text, words):
        still.append(f"{SAME_WORDS} of their words in a row are still there")
    return (*still, *(f"it still tells of {what}" for what in recognisable_by(words)))


def _same_run(original: str, words: str) -> bool:
    """Tell whether so many words in a row stand in both."""
    theirs, ours = (split_words(pl.Series([text]))["word"].to_list() for text in (original, words))
    runs = {tuple(theirs[at : at + SAME_WORDS]) for at in range(len(theirs) - SAME_WORDS + 1)}
    return any(tuple(ours[at : at + SAME_WORDS]) in runs for at in range(len(ours) - SAME_WORDS + 1))


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
    return frozenset(phrase for phrase in phrases if _is_shared(series, phrase))


def printable_phrases(
    texts: Sequence[str | None], phrases: Iterable[str], decided: Mapping[str, Decided] | None = None
) -> frozenset[str]:
    """Give the phrases of at least 5 texts with no word that leaves its texts, judged as it stands in them.

    A word leaves when a person said so of it anywhere, or redaction takes it out of as many texts as it leaves it in.
    Of a very long column, a part spread over it is read, and all of which something was decided.
    """
    leaving = _leaving(texts, decided or {})
    return frozenset(
        phrase
        for phrase in shared_phrases(texts, phrases)
        if leaving.isdisjoint(split_words(pl.Series([phrase]))["word"])
    )


def _leaving(texts: Sequence[str | None], decided: Mapping[str, Decided]) -> frozenset[str]:
    distinct = sorted({text for text in texts if text})
    spread_over = distinct[:: 1 + len(distinct) // MOST_CONTEXT]
    read = sorted({*spread_over, *decided}.intersection(distinct))
    rows = redact(read, decided)
    left = _counted(_PLACEHOLDER.sub(" . ", row.text) for row in rows)
    taken = _counted(
        text[one.start : one.end] for text, row in zip(read, rows, strict=True) for one in row.removed
    )
    goes = _counted(text[start:end] for text, one in decided.items() for start, end, _ in one.goes)
    return frozenset(word for word in taken if taken[word] >= left[word]) | frozenset(goes)


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Count in how many texts each word stands."""
    said = split_words(pl.Series(list(texts), dtype=pl.String))
    return Counter(said.unique()["word"].to_list())


def _is_shared(texts: pl.Series, phrase: str) -> bool:
    """Tell whether enough texts hold a phrase, reading no further than it takes."""
    found = 0
    for start in range(0, texts.len(), READ_AT_ONCE):
        found += _texts_with(texts.slice(start, READ_AT_ONCE), phrase)
        if found >= LEAST_SHARED:
            return True
    return False


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
