"""Telling the Esc key from the start of an escape code, so that Esc hides whatever is pressed next."""

from collections.abc import Iterator
from enum import Enum
from typing import Literal

ESCAPE_BYTE = "\x1b"
# Terminals begin a code with one of these right after the escape byte; a hand cannot be that quick.
_CODE_STARTS = frozenset("[O")


class Pressed(Enum):
    """The one key that is not part of a code."""

    ESCAPE = "escape"


class EscapeReader:
    """Splits what a terminal sends into text for Textual's parser and presses of the Esc key.

    Textual itself reads Esc and a key pressed within 100 ms as one key held with Alt, so the Esc is
    lost. Here an escape byte is only ever the start of a code when `[` or `O` follows.
    """

    def __init__(self) -> None:
        self.is_waiting = False

    def feed(self, data: str) -> Iterator[str | Literal[Pressed.ESCAPE]]:
        """Give the pieces of `data` in order. An escape byte at its end waits for more, or for `settle`."""
        first, *rest = (ESCAPE_BYTE + data if self.is_waiting else data).split(ESCAPE_BYTE)
        self.is_waiting = False
        if first:
            yield first
        for position, piece in enumerate(rest):
            if piece[:1] in _CODE_STARTS and piece:
                yield ESCAPE_BYTE + piece
            elif piece or position < len(rest) - 1:
                yield Pressed.ESCAPE
                if piece:
                    yield piece
            else:
                self.is_waiting = True

    def settle(self) -> Iterator[Literal[Pressed.ESCAPE]]:
        """Give the press that was waiting, once nothing followed it for a while."""
        if self.is_waiting:
            self.is_waiting = False
            yield Pressed.ESCAPE
