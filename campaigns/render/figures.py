"""Figures as SVG: bars and the map of a pathway, drawn from what is printed, each with its words for who does not see it."""

import textwrap
from html import escape
from typing import Any

import msgspec

from campaigns.render.theme import Colours, Theme
from coprod.kernel.document import BarChart, Block, Document, MapRow, PathwayMap

WIDE = 720
# A name with a digit in it must stand in quotes: without, the typesetter draws no letter at all.
BODY = "'Source Sans 3', 'Segoe UI', Arial, sans-serif"
LABEL_WIDE, SHOWN_WIDE, GAP = 230, 150, 12
BAR_HIGH, LINE = 20, 17
NAME_WIDE = 132
LETTER = 7.2  # how wide a letter of 13 is on average in the body font: what decides where a line is broken
ROOM = 7
PLAIN_WEIGHT = 500  # at 400 the typesetter falls back to the thinnest cut of a variable font
_BREAKS = str.maketrans("", "", "\u00ad\u200b")
TONES = {
    "open": ("#dcefe4", "#17402b"),
    "mixed": ("#fdf0cf", "#4a3600"),
    "hard": ("#f9ddd3", "#5a1d0b"),
    "shut": ("#4a2030", "#ffffff"),
    "unknown": ("#eceff0", "#33424a"),
}

Figure = BarChart | PathwayMap


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Give the figures of a document in their order."""
    return tuple(block for block in document.blocks if isinstance(block, Figure))


def with_maps(blocks: tuple[Block, ...], theme: Theme) -> list[dict[str, Any]]:
    """Give blocks as layouts read them, each map with the SVG that draws it."""
    plain: list[dict[str, Any]] = msgspec.to_builtins(blocks)
    for block, held in zip(blocks, plain, strict=True):
        if isinstance(block, PathwayMap):
            held["svg"] = drawn_figure(block, theme)
    return plain


def drawn_figure(figure: Figure, theme: Theme) -> str:
    """Give one figure as SVG that needs nothing from elsewhere, with its caption as title and its alternative in it."""
    if isinstance(figure, BarChart):
        high, parts = _bars(figure, theme.colours)
    else:
        high, parts = _map(figure, theme.colours)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" role="img" '
        f'aria-label="{escape(figure.alt)}"><title>{escape(figure.caption)}</title><desc>{escape(figure.alt)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _bars(chart: BarChart, look: Colours) -> tuple[int, list[str]]:
    parts, top = [], 4
    room = WIDE - LABEL_WIDE - SHOWN_WIDE - 2 * GAP
    for bar in chart.bars:
        label, shown = _lines(bar.label, LABEL_WIDE), _lines(bar.shown, SHOWN_WIDE)
        high = max(BAR_HIGH, LINE * max(len(label), len(shown)))
        middle = top + high / 2
        left = LABEL_WIDE + GAP
        parts += _words(label, LABEL_WIDE, middle, look.ink, anchor="end")
        parts.append(_box(left, middle - BAR_HIGH / 2, room, BAR_HIGH, look.line))
        if bar.share > 0:
            parts.append(_box(left, middle - BAR_HIGH / 2, room * bar.share, BAR_HIGH, look.link))
        parts += _words(shown, left + room + GAP, middle, look.ink, weight=600)
        top += high + 9
    return top, parts


def _map(figure: PathwayMap, look: Colours) -> tuple[int, list[str]]:
    wide = (WIDE - NAME_WIDE) / max(1, len(figure.steps))
    heads = [_lines(step, wide) for step in figure.steps]
    top = LINE * max((len(head) for head in heads), default=1) + 22
    parts = [_box(0, 0, WIDE, top - 4, look.hero)]
    for at, head in enumerate(heads):
        parts += _words(head, NAME_WIDE + at * wide + ROOM, (top - 4) / 2, look.on_hero, weight=600)
    for row in figure.rows:
        high, drawn = _map_row(row, top, wide, look)
        parts += drawn
        top += high + 4
    return int(top), parts


def _map_row(row: MapRow, top: float, wide: float, look: Colours) -> tuple[int, list[str]]:
    name = _lines(row.label, NAME_WIDE)
    cells = [_lines(cell.words, wide) for cell in row.cells]
    high = LINE * max(len(lines) for lines in (name, *cells)) + 16
    parts = _words(name, ROOM, top + high / 2, look.hero, weight=600)
    for at, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        back, front = TONES[cell.tone]
        left = NAME_WIDE + at * wide
        parts.append(_box(left + 2, top, wide - 4, high, back))
        parts += _words(lines, left + ROOM, top + high / 2, front)
    return high, parts


def _lines(text: str, wide: float) -> list[str]:
    return textwrap.wrap(text.translate(_BREAKS), max(6, int((wide - ROOM) / LETTER))) or [""]


def _box(left: float, top: float, wide: float, high: float, paint: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="4" fill="{paint}"/>'
    )


def _words(
    lines: list[str],
    left: float,
    middle: float,
    paint: str,
    *,
    weight: int = PLAIN_WEIGHT,
    anchor: str = "start",
) -> list[str]:
    """Give lines of text about a middle."""
    first = middle - LINE * (len(lines) - 1) / 2 + 4.5
    return [
        f'<text x="{left:.1f}" y="{first + LINE * at:.1f}" font-family="{BODY}" font-size="13" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{paint}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]
