"""Cleaning: text from a person or a file is hostile until it has passed here."""

import unicodedata

from msgspec import Struct

MOST_MARKS = 4
_KEPT_CONTROLS = frozenset("\n\t")
_JOINERS = frozenset("\u200c\u200d")
_BIDI_AND_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0"
)


class Cleaned(Struct, frozen=True):
    """Text that is safe to show, and how many characters were dropped on the way."""

    text: str
    dropped: int


def cleaned(text: str) -> Cleaned:
    """Give text in Unicode's composed form with nothing in it that could steer a screen.

    Drops control characters but newline and tab, escape bytes, bidirectional overrides, invisible
    and tag characters, lone surrogates, joiners with nothing to join, and more than four marks on
    one letter. Line ends become newlines. Source: Unicode Technical Reports 9 and 36.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if composed.isascii() and composed.isprintable():
        return Cleaned(composed, 0)
    kept: list[str] = []
    marks = 0
    for position, character in enumerate(composed):
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if marks <= MOST_MARKS and _is_wanted(character, category, composed, position):
            kept.append(character)
    return Cleaned("".join(kept), len(composed) - len(kept))


def clean(text: str) -> str:
    """Give only the text of `cleaned`."""
    return cleaned(text).text


def clean_line(text: str) -> str:
    """Give cleaned text on one line, its white space run together."""
    return " ".join(clean(text).split())


def _is_wanted(character: str, category: str, text: str, position: int) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    if character in _JOINERS:
        return _joins(text, position)
    if character in _BIDI_AND_INVISIBLE or 0xE0000 <= ord(character) <= 0xE0FFF:
        return False
    return category not in {"Cc", "Cs", "Cn", "Co"}


def _joins(text: str, position: int) -> bool:
    """Tell whether a joiner stands between two characters that are not Latin or blank."""
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return bool(before and after) and ord(before) > 0x2FF and ord(after) > 0x2FF
