"""What was worked out of words already met, so that each is worked out once."""

from collections.abc import Callable
from typing import TypeVar

MOST_WORDS = 100_000
_Learned = TypeVar("_Learned")


class Learned(dict[str, _Learned]):
    """What a word says, by the word; a new word is worked out by `learn`. At most `MOST_WORDS` are kept."""

    def __init__(self, learn: Callable[[str], _Learned]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, word: str) -> _Learned:
        if len(self) >= MOST_WORDS:
            self.clear()
        known = self[word] = self._learn(word)
        return known
