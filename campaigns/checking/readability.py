"""How hard a text is to read: a range of school grades, with the counts it comes from.

Every heading, list item and table cell is its own sentence. The range spans three formulas: Flesch and
Kincaid's grade (0.39 W/S + 11.8 syllables/W - 15.59), the Automated Readability Index (4.71 letters/W +
0.5 W/S - 21.43) and Coleman and Liau's (0.0588 L - 0.296 S - 15.8 a hundred words). A grade plus five is
about a reading age. A score never blocks.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from campaigns.checking.reading import sentences_in
from campaigns.checking.syllables import syllables

FEWEST_WORDS = 100
HARD_SYLLABLES = 4
LONG_SENTENCE = 25
_WORD = re.compile(r"[A-Za-zÀ-ÿŵŷŴŶ]+(?:['’-][A-Za-zÀ-ÿŵŷŴŶ]+)*")
_MASKED = re.compile(
    r"(?:https?://|www\.)\S{1,300}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}"
    r"|(?<![\w.])[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.(?:org|com|uk|gov|net)(?:\.uk)?(?:/\S{0,200})?"
    r"|(?<!\w)\+?\d[\d ()-]{2,24}\d(?!\w)|\d+(?:[.,]\d+)+|\d+"
)
_NEEDS_MASK = re.compile(r"[0-9@]|\.\w|://")
BANDS = {"young-people": 9.0, "families": 10.0, "professionals": 18.0, "press": 13.0}


class Sentence(Struct, frozen=True, gc=False):
    """One sentence of a text: which text, where it starts and ends in it, and its number of words."""

    text: int
    start: int
    end: int
    words: int


class HardWord(Struct, frozen=True, gc=False):
    """A word of four syllables or more: which text, where it starts and ends."""

    text: int
    start: int
    end: int
    word: str
    syllables: int


class Readability(Struct, frozen=True):
    """Grades are None under 100 words: too short to score. Reading age is about grade plus five."""

    grade_low: float | None
    grade_high: float | None
    words: int
    sentences: int
    syllables: int
    letters: int
    longest_sentences: tuple[Sentence, ...] = ()
    hard_words: tuple[HardWord, ...] = ()

    @property
    def is_too_short(self) -> bool:
        """Tell whether the text is too short to score."""
        return self.grade_low is None

    @property
    def grade_middle(self) -> float | None:
        """Give the middle of the range, to compare with a band."""
        if self.grade_low is None or self.grade_high is None:
            return None
        return (self.grade_low + self.grade_high) / 2


class _Counts(Struct):
    """Running totals."""

    words: int = 0
    syllables: int = 0
    letters: int = 0


def readability_of_texts(texts: Sequence[str]) -> Readability:
    """Give how hard texts are, each of which ends its own last sentence: blocks, questions, choices."""
    counts = _Counts()
    sentences: list[Sentence] = []
    hard: list[HardWord] = []
    for number, text in enumerate(texts):
        masked = _MASKED.sub(_zeros, text) if _NEEDS_MASK.search(text) else text
        for start, end in sentences_in(masked):
            words = _count(masked, number, start, end, counts, hard)
            if words:
                sentences.append(Sentence(number, start, end, words))
    low, high = _range(counts, len(sentences))
    longest = sorted(sentences, key=lambda one: (-one.words, one.text, one.start))[:3]
    return Readability(
        low,
        high,
        counts.words,
        len(sentences),
        counts.syllables,
        counts.letters,
        tuple(longest),
        tuple(_first_of_each(hard)),
    )


def _zeros(match: re.Match[str]) -> str:
    return "0" * len(match.group())


def _count(text: str, number: int, start: int, end: int, counts: _Counts, hard: list[HardWord]) -> int:
    measured = [_measured(word) for word in _WORD.findall(text, start, end)]
    if not measured:
        return 0
    sounds = [one for one, _ in measured]
    counts.syllables += sum(sounds)
    counts.letters += sum(letters for _, letters in measured)
    counts.words += len(measured)
    if max(sounds) >= HARD_SYLLABLES:
        for match, sound in zip(_WORD.finditer(text, start, end), sounds, strict=True):
            if sound >= HARD_SYLLABLES:
                hard.append(HardWord(number, match.start(), match.end(), match.group(), sound))
    return len(measured)


@lru_cache(maxsize=50_000)
def _measured(word: str) -> tuple[int, int]:
    return syllables(word), sum(letter.isalpha() for letter in word)


def _range(counts: _Counts, sentences: int) -> tuple[float | None, float | None]:
    if counts.words < FEWEST_WORDS or sentences == 0:
        return None, None
    by_sentence = counts.words / sentences
    letters = counts.letters / counts.words
    grades = (
        0.39 * by_sentence + 11.8 * counts.syllables / counts.words - 15.59,
        4.71 * letters + 0.5 * by_sentence - 21.43,
        0.0588 * 100 * letters - 0.296 * 100 / by_sentence - 15.8,
    )
    return round(max(min(grades), 0.0), 1), round(max(*grades, 0.0), 1)


def _first_of_each(words: Iterable[HardWord]) -> Iterable[HardWord]:
    seen: set[str] = set()
    for word in words:
        if word.word.lower() not in seen:
            seen.add(word.word.lower())
            yield word
