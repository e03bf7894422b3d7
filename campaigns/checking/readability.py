"""How hard a text is to read: a range of school grades, with the counts it comes from.

Every heading, list item and table cell is its own sentence. The range spans three formulas: Flesch and
Kincaid's grade (0.39 W/S + 11.8 syllables/W - 15.59), the Automated Readability Index (4.71 letters/W +
0.5 W/S - 21.43) and Coleman and Liau's (0.0588 L - 0.296 S - 15.8 a hundred words). A grade plus five is
about a reading age. A score never blocks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from campaigns.checking.learned import Learned
from campaigns.checking.reading import sentences_in
from campaigns.checking.syllables import syllables

FEWEST_WORDS = 100
HARD_SYLLABLES = 4
_WORD = re.compile(r"[A-Za-zÀ-ÿŵŷŴŶ]+(?:['’-][A-Za-zÀ-ÿŵŷŴŶ]+)*")
_NUMBERS = r"(?=[+\d])(?:(?<!\w)\+?\d[\d ()-]{2,24}\d(?!\w)|\d+(?:[.,]\d+)+|\d+)"
_ADDRESSES = (
    r"(?:https?://|www\.)\S{1,300}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}"
    r"|(?<![\w.])[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.(?:org|com|uk|gov|net)(?:\.uk)?(?:/\S{0,200})?"
)
_MASKED = re.compile(f"{_ADDRESSES}|{_NUMBERS}")
_MASKED_NUMBERS = re.compile(_NUMBERS)
_HAS_ADDRESS = re.compile(r"://|www\.|@|\.(?:org|com|uk|gov|net)")
_HAS_NUMBER = re.compile("[0-9]")
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


def readability_of_texts(texts: Sequence[str]) -> Readability:
    """Give how hard texts are, each of which ends its own last sentence: blocks, questions, choices."""
    sentences = tuple(_sentences(texts))
    words = [word for sentence in sentences for word in sentence.words]
    sounds = sum(map(_SOUNDS.__getitem__, words))
    letters = sum(map(_LETTERS.__getitem__, words))
    low, high = _range(len(words), sounds, letters, len(sentences))
    longest = sorted(sentences, key=lambda one: -len(one.words))[:3]
    hard = {word for word in set(words) if _SOUNDS[word] >= HARD_SYLLABLES}
    return Readability(
        low,
        high,
        len(words),
        len(sentences),
        sounds,
        letters,
        tuple(Sentence(one.text, one.start, one.end, len(one.words)) for one in longest),
        tuple(_first_of_each(hard, sentences)),
    )


class _Counted(NamedTuple):
    text: int
    masked: str
    start: int
    end: int
    words: list[str]


def _sentences(texts: Sequence[str]) -> Iterator[_Counted]:
    """Give each sentence that has words."""
    for number, text in enumerate(texts):
        masked = masked_text(text)
        for start, end in sentences_in(masked):
            words = _WORD.findall(masked, start, end)
            if words:
                yield _Counted(number, masked, start, end, words)


def masked_text(text: str) -> str:
    """Give a text with a zero for each letter of a web or mail address and each figure of a number."""
    if _HAS_ADDRESS.search(text):
        return _MASKED.sub(_zeros, text)
    return _MASKED_NUMBERS.sub(_zeros, text) if _HAS_NUMBER.search(text) else text


def _zeros(match: re.Match[str]) -> str:
    return "0" * len(match.group())


def _letters(word: str) -> int:
    return sum(letter.isalpha() for letter in word)


_SOUNDS = Learned(syllables)
_LETTERS = Learned(_letters)


def _range(words: int, sounds: int, letters: int, sentences: int) -> tuple[float | None, float | None]:
    if words < FEWEST_WORDS or sentences == 0:
        return None, None
    by_sentence = words / sentences
    by_word = letters / words
    grades = (
        0.39 * by_sentence + 11.8 * sounds / words - 15.59,
        4.71 * by_word + 0.5 * by_sentence - 21.43,
        0.0588 * 100 * by_word - 0.296 * 100 / by_sentence - 15.8,
    )
    return round(max(min(grades), 0.0), 1), round(max(*grades, 0.0), 1)


def _first_of_each(hard: set[str], sentences: Iterable[_Counted]) -> Iterator[HardWord]:
    """Give each hard word where it first stands, in whatever capitals."""
    seen: set[str] = set()
    for one in sentences:
        if hard.isdisjoint(one.words):
            continue
        for match in _WORD.finditer(one.masked, one.start, one.end):
            word = match.group()
            if word in hard and word.lower() not in seen:
                seen.add(word.lower())
                yield HardWord(one.text, match.start(), match.end(), word, _SOUNDS[word])
