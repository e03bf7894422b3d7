"""Signs: what single words say about a text, so that a slow search runs only where one of its words stands."""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from campaigns.checking.learned import Learned


class WordSigns:
    """Signs of words, each one bit. A search whose every match holds a word with its sign can be left out without it."""

    def __init__(self) -> None:
        self._holds: list[Callable[[str], object]] = []
        self._signs = Learned(self._signs_of)

    def add(self, letters: str) -> int:
        """Take in letters (a regular expression) that a word must hold; give the bit of this sign."""
        self._holds.append(re.compile(letters).search)
        self._signs.clear()
        return 1 << (len(self._holds) - 1)

    def among(self, words: Iterable[str]) -> int:
        """Give the signs of some words, as `campaigns.checking.concepts.words_in` gives them, all together."""
        return reduce(or_, map(self._signs.__getitem__, words), 0)

    def _signs_of(self, word: str) -> int:
        return sum(1 << number for number, holds in enumerate(self._holds) if holds(word))


SIGNS = WordSigns()
