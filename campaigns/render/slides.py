"""Slides (PPTX) of any document, written as the standard names the parts (ISO/IEC 29500) and opened by any slide program.

What a screen reader needs is in the file: a title of its own on every slide, text in reading order, the language of each
word, an alternative on every picture and table, and what only decorates marked as that.
"""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from msgspec import Struct

from campaigns.render.camera_code import address_in_words, camera_code
from campaigns.render.deck import (
    CARD_GAP,
    CARD_PAD,
    CODE_HIGH,
    NOTE_ROOM,
    NOTE_SIZE,
    WAY_SIZE,
    Slide,
    both,
    card_high,
    card_rows,
    card_wide,
    rows_high,
    slides_of,
)
from campaigns.render.figures import drawn_figure
from campaigns.render.look import Look
from campaigns.render.phrases import phrases
from campaigns.render.pictures import Picture, picture_from_bytes, pictures_of
from campaigns.render.slideparts import Parts
from campaigns.render.templating import templates
from campaigns.render.typesetting import drawn_svg
from campaigns.render.widths import lines_of, widest_word, width_of
from coprod.kernel.document import Document, Image
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

TEMPLATES = (
    "content-types.xml.j2",
    "core.xml.j2",
    "layout.xml.j2",
    "master.xml.j2",
    "notes-master.xml.j2",
    "notes.xml.j2",
    "parts.xml.j2",
    "presentation.xml.j2",
    "relations.xml.j2",
    "slide.xml.j2",
    "theme.xml.j2",
)
FONT = "Arial"
EMU = 12_700  # English Metric Units in a point
LEFT, TOP, ROOM, HIGH = 48.0, 134.0, 864.0, 336.0
TITLE_SIZES = (34.0, 30.0, 27.0, 24.0, 21.0, 18.0)
TITLE_ROOM, TITLE_HIGH = 780.0, 86.0
OPENING_SIZES = (54.0, 48.0, 42.0, 36.0, 31.0, 27.0, 23.0, 20.0)
OPENING_ROOM, OPENING_HIGH = 650.0, 176.0
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}


class Spot(Struct, frozen=True):
    """Where a picture stands, in points, with its words and the relation that names its file."""

    alt: str
    relation: str
    x: float
    y: float
    wide: float
    high: float


def drawn_slides(
    document: Document, folder: Path | None, look: Look, beside: Document | None = None
) -> bytes:
    """Give a document as slides, the same bytes every time; with `beside`, in both languages.

    Raises BadInputError for a picture that cannot be used, a heading or a table row too long for a slide, and
    for more slides than a room can sit through.
    """
    documents = (document, beside) if beside else (document,)
    decks = [slides_of(one) for one in documents]
    pictures = {source: one for held in documents for source, one in pictures_of(held, folder).items()}
    deck = _Deck(look, pictures, document)
    for slide in both(*decks) if len(decks) == 2 else decks[0]:
        deck.add(slide)
    return deck.finished()


class _Deck:
    """One file of slides in the making."""

    def __init__(self, look: Look, pictures: dict[str, Picture], document: Document) -> None:
        self.look, self.pictures, self.document = look, pictures, document
        self.language = LANGUAGES[document.language]
        self.parts = Parts(self._render)
        self.many = 0

    def add(self, slide: Slide) -> None:
        """Add one slide and its notes."""
        self.many += 1
        relations = self.parts.begin_slide(is_opening=_is_dark(slide))
        links = {link: relations.outside("hyperlink", link) for link in _links_of(slide)}
        given = {
            "slide": slide,
            "number": self.many,
            "language": LANGUAGES[slide.language],
            "is_dark": _is_dark(slide),
            "title_size": _title_size(slide),
            "words": _words(slide.language),
            "links": links,
            "cells": slide.cells,
            "cards": _cards(slide),
            "shown": self._shown(slide),
            "code": self._code(slide),
            "logo": self._logo(),
            "mark": _mark(slide),
        } | _note_box(slide)
        self.parts.end_slide(self.many, self._render("slide.xml.j2", **given))
        if slide.notes:
            notes = self._render("notes.xml.j2", notes=slide.notes, language=LANGUAGES[slide.language])
            self.parts.add_notes(self.many, notes)

    def finished(self) -> bytes:
        """Give the file."""
        title = clean_line(self.document.title)
        core = self._render("core.xml.j2", title=title, mark=self.document.mark, language=self.language)
        theme = self._render("theme.xml.j2", name=self.look.theme.theme, slots=_slots(self.look), font=FONT)
        shared = {"language": self.language, "words": _words(self.document.language)}
        layouts = [
            self._render("layout.xml.j2", name=name, is_opening=name == "Opening", rays=_rays(), **shared)
            for name in ("Opening", "Text")
        ]
        master = self._render("master.xml.j2", **shared)
        notes = self._render("notes-master.xml.j2", **shared)
        show = self._render("presentation.xml.j2", many=self.many)
        return self.parts.finished(core, theme, (master, notes), layouts, show)

    def _render(self, template: str, **given: Any) -> str:
        fixed = {"motif": self.look.theme.motif, "colours": self.look.theme.colours}
        return str(_templates().get_template(template).render(**fixed, **given)).strip() + "\n"

    def _shown(self, slide: Slide) -> Spot | None:
        picture = slide.picture
        if picture is None:
            return None
        held = (
            self.pictures[picture.source]
            if isinstance(picture, Image)
            else picture_from_bytes(drawn_svg(drawn_figure(picture, self.look.theme)), "figure")
        )
        return self._spot(held, picture.alt, (LEFT, TOP, ROOM, HIGH))

    def _spot(self, held: Picture, alt: str, room: tuple[float, float, float, float]) -> Spot:
        """Give the place of a picture in the middle of a room, as large as it fits, and its file."""
        x, y, wide, high = room
        share = min(wide / held.wide, high / held.high)
        drawn_wide, drawn_high = held.wide * share, held.high * share
        relation = self.parts.add_picture(held)
        return Spot(
            alt, relation, x + (wide - drawn_wide) / 2, y + (high - drawn_high) / 2, drawn_wide, drawn_high
        )

    def _code(self, slide: Slide) -> dict[str, Any] | None:
        if not slide.more_at:
            return None
        shown = address_in_words(slide.more_at)
        held = picture_from_bytes(drawn_svg(camera_code(slide.more_at)), "code")
        alt = phrases().more_alt.into(slide.language).replace("{address}", slide.more_at)
        return {
            "alt": alt,
            "relation": self.parts.add_picture(held),
            "shown": shown,
            "size": max(12.0, min(26.0, 26 * 720 / width_of(shown, 26, strong=True))),
            "y": TOP + HIGH - CODE_HIGH if slide.contacts else TOP,
        }

    def _logo(self) -> Spot | None:
        theme, held = self.look.theme, self.look.logo
        if held is None or theme.logo is None:
            return None
        share = min(120 / held.wide, 30 / held.high)
        wide, high = held.wide * share, held.high * share
        return Spot(theme.logo.alt, self.parts.add_picture(held), 836 - wide, 515 - high / 2, wide, high)


def _is_dark(slide: Slide) -> bool:
    return slide.kind in {"opening", "part"}


def _title_size(slide: Slide) -> float:
    """Give the largest size in which a title fits and no word of it is cut. Raises BadInputError where none does."""
    sizes, room, high = (
        (OPENING_SIZES, OPENING_ROOM, OPENING_HIGH)
        if _is_dark(slide)
        else (TITLE_SIZES, TITLE_ROOM, TITLE_HIGH)
    )
    for size in sizes:
        lines = lines_of(slide.title, size, room, strong=True)
        if widest_word(slide.title, size, strong=True) <= room and lines * size * 1.15 <= high:
            return size
    start = " ".join(slide.title.split()[:6])[:60]
    raise BadInputError.of(
        f"“{start}…”", "this heading is too long for a slide", "say it in fewer and shorter words"
    )


def _words(language: str) -> dict[str, str]:
    fixed = phrases()
    named = {"title": "slide_title", "text": "slide_text", "before": "content_title", "more": "more_title"}
    return {short: getattr(fixed, name).into(language) for short, name in named.items()}


def _note_box(slide: Slide) -> dict[str, float]:
    lines = lines_of(slide.note, NOTE_SIZE, NOTE_ROOM)
    high = 2 * 14 + 14 * 1.2 + 2 + lines * NOTE_SIZE * 1.2
    return {"note_top": 484 - high - (26 if slide.mark else 0), "note_high": high}


def _mark(slide: Slide) -> dict[str, float]:
    wide = width_of(slide.mark, 11, strong=True)
    size = 11 * min(1.0, (ROOM - 30) / max(1.0, wide))
    return {"y": 478.0, "wide": min(ROOM, wide + 26), "size": size}


def _cards(slide: Slide) -> list[dict[str, Any]]:
    """Give the place of each contact: in rows whose cards are equally high, in the middle of what room there is."""
    many, scale = len(slide.contacts), slide.scale
    room = HIGH - (CODE_HIGH + CARD_GAP if slide.more_at else 0)
    top = TOP + max(0.0, room - rows_high(slide.contacts, scale)) / 2
    wide, cards = card_wide(many), []
    for row in card_rows(slide.contacts):
        high = max(card_high(card, many, scale) for card in row)
        for at, card in enumerate(row):
            sizes = [_way_size(way, wide - 2 * CARD_PAD, WAY_SIZE * scale) for way in card.reach]
            place = {"x": LEFT + at * (wide + CARD_GAP), "y": top, "wide": wide, "high": high}
            cards.append(place | {"contact": card, "ways": tuple(zip(card.reach, sizes, strict=True))})
        top += high + CARD_GAP
    return cards


def _way_size(way: str, room: float, most: float) -> float:
    """Give the size in which a number or an address stands on one line, if it can be read so."""
    return max(12.0, min(most, most * room / max(1.0, width_of(way, most, strong=True))))


def _links_of(slide: Slide) -> list[str]:
    spans = (span.link for piece in slide.pieces for span in piece.inline if span.link)
    return list(dict.fromkeys([*spans, *([slide.more_at] if slide.more_at else [])]))


def _slots(look: Look) -> dict[str, str]:
    """Give a theme's colours by the twelve names that slide programs have."""
    of = look.theme.colours
    named = {
        "dk1": of.ink, "lt1": of.paper, "dk2": of.hero, "lt2": of.on_hero, "accent1": of.accent,
        "accent2": of.second, "accent3": of.third, "accent4": of.on_accent, "accent5": of.soft,
        "accent6": of.line, "hlink": of.link, "folHlink": of.link,
    }  # fmt: skip
    return {slot: colour.removeprefix("#").upper() for slot, colour in named.items()}


def _rays() -> list[list[tuple[int, int]]]:
    """Give the rays of a theme's sun as triangles on a field of 1,000 by 1,000, from its top right corner."""
    return [[(1000, 0), (far, 1000), (far - 90, 1000)] for far in range(930, -400, -230)]


@cache
def _templates() -> jinja2.Environment:
    made = templates("layouts/slides", TEMPLATES)
    made.filters["emu"] = lambda points: round(points * EMU)
    return made
