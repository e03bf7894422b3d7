"""Running text dealt out to slides of one height: cut between parts, then between sentences, then between words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from campaigns.render.widths import lines_of
from coprod.kernel.document import Inline, Span, text_of

ROOM = 864.0
BODY_SIZE, SMALL_SIZE = 24.0, 18.0
LINE, GAP, INDENT = 1.2, 10.0, 36.0
LARGER = (1.25, 1.125)
_ENDS = re.compile(r"(?<=[.!?:;])\s+|\n")
_BLANKS = re.compile(r"\s+")


class Piece(Struct, frozen=True):
    """One paragraph or one entry of a list as it stands on a slide; `number` is its place in a numbered list."""

    inline: Inline
    kind: Literal["paragraph", "item", "number", "quote", "small", "code"] = "paragraph"
    number: int = 0

    @property
    def size(self) -> float:
        """Give the size of its letters in points."""
        return SMALL_SIZE if self.kind == "small" else BODY_SIZE

    @property
    def high(self) -> float:
        """Give how much of a slide's height it takes, in points."""
        return self.high_at(1.0)

    def high_at(self, scale: float) -> float:
        """Give how high it is in letters so much larger than its own."""
        room = ROOM - (INDENT if self.kind in {"item", "number", "quote"} else 0)
        strong = self.kind == "code" or any(span.strong for span in self.inline)
        size = self.size * scale
        return lines_of(text_of(self.inline), size, room, strong=strong) * size * LINE + GAP


def dealt(pieces: Sequence[Piece], high: float) -> tuple[tuple[Piece, ...], ...]:
    """Give the pieces in as few slides as hold them, those about equally full. Nothing is left out."""
    parts = [part for piece in pieces for part in _cut(piece, high)]
    if not parts:
        return ()
    slides = _filled(parts, high)
    low, top = max(part.high for part in parts), high
    for _ in range(6):
        middle = (low + top) / 2
        tried = _filled(parts, middle)
        low, top, slides = (low, middle, tried) if len(tried) <= len(slides) else (middle, top, slides)
    return slides


def scale_of(slides: Sequence[Sequence[Piece]], high: float) -> float:
    """Give how much larger than usual the letters of some slides may be, so that few words fill the room."""
    fitting = (
        scale
        for scale in LARGER
        if all(sum(piece.high_at(scale) for piece in slide) <= high for slide in slides)
    )
    return next(fitting, 1.0)


def _filled(parts: Sequence[Piece], high: float) -> tuple[tuple[Piece, ...], ...]:
    slides: list[list[Piece]] = [[]]
    for part in parts:
        if slides[-1] and _high_of([*slides[-1], part]) > high:
            slides.append(_leads_in(slides[-1]))
        slides[-1].append(part)
    return tuple(tuple(slide) for slide in slides)


def _leads_in(slide: list[Piece]) -> list[Piece]:
    """Take from the end of a slide the line that announces what comes next, such as "Agree on this:"."""
    is_announcing = len(slide) > 1 and text_of(slide[-1].inline).rstrip().endswith(":")
    return [slide.pop()] if is_announcing else []


def _high_of(parts: Iterable[Piece]) -> float:
    return sum(part.high for part in parts)


def _cut(piece: Piece, high: float) -> Iterator[Piece]:
    """Give a piece in parts that each fit: after a sentence if there is one, after a word, within a word as a last resort."""
    rest = piece
    while rest.high > high:
        text = text_of(rest.inline)
        at = _last_fitting(rest, [found.end() for found in _ENDS.finditer(text)], high)
        at = at or _last_fitting(rest, [found.end() for found in _BLANKS.finditer(text)], high)
        at = at or _last_fitting(rest, range(1, len(text)), high) or 1
        yield replace(rest, inline=_slice(rest.inline, 0, at))
        rest = replace(rest, inline=_slice(rest.inline, at, len(text)), kind=_going_on(rest))
    yield rest


def _going_on(piece: Piece) -> Literal["paragraph", "item", "number", "quote", "small", "code"]:
    """Give what the rest of a cut piece is: an entry goes on without a second mark before it."""
    return (
        "quote" if piece.kind == "quote" else "paragraph" if piece.kind in {"item", "number"} else piece.kind
    )


def _last_fitting(piece: Piece, places: Sequence[int], high: float) -> int:
    """Give the last of some places, in order, up to which a piece fits; 0 where it fits up to none."""
    low, top = 0, len(places)
    while low < top:
        middle = (low + top) // 2
        if replace(piece, inline=_slice(piece.inline, 0, places[middle])).high <= high:
            low = middle + 1
        else:
            top = middle
    return places[low - 1] if low else 0


def _slice(inline: Inline, start: int, end: int) -> Inline:
    """Give the part of some runs between two places of their text, each in its style."""
    spans: list[Span] = []
    at = 0
    for span in inline:
        text = span.text[max(0, start - at) : max(0, end - at)]
        if text:
            spans.append(replace(span, text=text))
        at += len(span.text)
    return tuple(spans)


def first_sentence(inline: Inline, longest: int) -> tuple[str, Inline]:
    """Give the first sentence of a text and what follows it; "" where it is long, styled, or all there is."""
    text = text_of(inline)
    found = re.search(r"[.!?](?=\s+\S)", text)
    if not found or found.end() > longest or not inline or len(inline[0].text) < found.end():
        return "", inline
    if inline[0].link or inline[0].strong or inline[0].emphasis:
        return "", inline
    after = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    return text[: found.end()], _slice(inline, after, len(text))
