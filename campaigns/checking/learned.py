"""What was worked out of words already met, so that each is worked out once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

MOST_KEPT = 100_000
_Asked = TypeVar("_Asked", bound=Hashable)
_Learned = TypeVar("_Learned")


class Learned(dict[_Asked, _Learned]):
    """What is known of each word; what is asked for the first time is worked out by `learn`. At most `MOST_KEPT` stay."""

    def __init__(self, learn: Callable[[_Asked], _Learned]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, asked: _Asked) -> _Learned:
        if len(self) >= MOST_KEPT:
            self.clear()
        known = self[asked] = self._learn(asked)
        return known
