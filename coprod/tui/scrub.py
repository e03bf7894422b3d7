"""The last line of defence: nothing painted can steer the terminal, whatever a widget was given."""

import unicodedata

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from coprod.kernel.text import MOST_MARKS

_JOINERS = frozenset("\u200c\u200d")


def painted(text: str) -> str:
    """Give text with every character that is not ink or blank replaced by as many blanks as it is wide.

    Escape bytes, control characters, bidirectional overrides, tag and private characters and more
    than four marks on one letter go; the width in cells stays, so the layout does. Nothing is
    remembered between calls: what passes here may be somebody's answer.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        harmless = character.isprintable() or character in _JOINERS
        kept.append(character if harmless and marks <= MOST_MARKS else _blank(character))
    return "".join(kept)


def _blank(character: str) -> str:
    return " " * get_character_cell_size(character)


class Scrub(LineFilter):
    """Replaces what could steer a terminal in every line about to be painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  the shape LineFilter asks for
        """Give the segments with harmless text and without raw control codes."""
        return [Segment(painted(text), style) for text, style, _control in segments]


# Textual remembers painted lines by filter, so there is exactly one.
SCRUB = Scrub()
