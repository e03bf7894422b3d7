"""Words counted by column, against an NLTK loop over every word and scikit-learn's CountVectorizer."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import polars as pl

from analysis.words.words import WORD, count_words, stems_of, stop_words
from benchmarks.measures import Measure, seconds, side_by_side

Counts = dict[str, tuple[int, int]]


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give the two comparisons; each also tells whether the counts were the same."""
    counted = count_words(texts)
    listed = texts.to_list()
    expected = {stem: (times, answers) for _, stem, times, answers in counted.iter_rows()}
    size = f"{len(texts):,} comments"
    for name, work, rounds, least in PEERS:
        ours, theirs, result = side_by_side(partial(count_words, texts), partial(work, listed), rounds)
        same = "same counts" if result == expected else "OTHER COUNTS"
        ratio = theirs / ours
        yield Measure(
            f"words, times and answers ({same})",
            size,
            seconds(ours),
            f"{name} {seconds(theirs)}",
            f"{ratio:.1f}×",
            f"at least {least}×",
            ratio >= least and result == expected,
        )


def nltk_loop(texts: list[str]) -> Counts:
    """Give stem → (times, answers), a word at a time through NLTK."""
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize import RegexpTokenizer

    tokenizer, stemmer, ignored = RegexpTokenizer(WORD), SnowballStemmer("english"), stop_words()
    times: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for text in texts:
        stems = [stemmer.stem(word) for word in tokenizer.tokenize(_normal(text)) if word not in ignored]
        times.update(stems)
        answers.update(set(stems))
    return {stem: (times[stem], answers[stem]) for stem in times}


def count_vectorizer(texts: list[str]) -> Counts:
    """Give the same by CountVectorizer on the same words, the stems of its vocabulary put together after."""
    import regex  # type: ignore[import-untyped]  # ships no types
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    ignored = stop_words()
    split = regex.compile(WORD).findall
    vectorizer = CountVectorizer(
        preprocessor=_normal, tokenizer=split, token_pattern=None, stop_words=sorted(ignored)
    )
    matrix = vectorizer.fit_transform(texts)
    words = vectorizer.get_feature_names_out()
    stems = stems_of(words)
    names = sorted(set(stems.values()))
    place = {stem: number for number, stem in enumerate(names)}
    columns = [place[stems[word]] for word in words]
    merge = csr_matrix((np.ones(len(words), dtype=np.int64), (np.arange(len(words)), columns)))
    merged = matrix @ merge
    times, answers = np.asarray(merged.sum(axis=0)).ravel(), merged.getnnz(axis=0)
    return {stem: (int(times[at]), int(answers[at])) for at, stem in enumerate(names)}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("’", "'").lower()


PEERS: tuple[tuple[str, Callable[[list[str]], Counts], int, int], ...] = (
    ("NLTK loop", nltk_loop, 1, 20),
    ("CountVectorizer", count_vectorizer, 3, 4),
)
