"""A document as slides: one message each, the content note first, help last, and what each claim rests on in the notes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from campaigns.render.dealing import ROOM, Piece, dealt, first_sentence, scale_of
from campaigns.render.phrases import phrases
from campaigns.render.sheet import sheet, with_texts
from campaigns.render.widths import column_shares, lines_of
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Sourced,
    Span,
    Table,
    text_of,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean
from coprod.kernel.wording import Language

MOST_SLIDES = 60
LONGEST_TITLE_SENTENCE = 90
BODY_HIGH = 336.0
LEAD_SIZE, LEAD_ROOM, LEAD_LINES = 24.0, 620.0, 3
NOTE_SIZE, NOTE_ROOM, NOTE_LINES = 18.0, 560.0, 3
LARGE_CELLS, CELL_SIZES, CELL_PAD = (22.0, 20.0), (18.0, 16.0, 14.0), 8.0
CARDS_A_ROW, CARDS_A_SLIDE = 3, 6
CARD_PAD, CARD_GAP, CODE_HIGH = 16.0, 14.0, 110.0
NAME_SIZE, WAY_SIZE, REMARK_SIZE = 18.0, 24.0, 15.0
CARD_SCALES = (1.4, 1.2, 1.0, 0.85)
FIRST, LAST = -1, 1_000_000

Picture = Image | BarChart | PathwayMap


class Cells(Struct, frozen=True):
    """A table, or some of its rows, with the size of its letters, its columns' widths and its rows' heights in points."""

    table: Table
    size: float
    wide: tuple[float, ...]
    high: tuple[float, ...]


class Slide(Struct, frozen=True):
    """One slide. `group` counts the parts of the text that a heading begins; `notes` is what only the speaker sees.

    An `opening` holds title, lead and content note; a `part` a title alone; `help` contacts and the address.
    `scale` is how much larger than usual its letters are.
    """

    kind: Literal["opening", "part", "text", "table", "picture", "help"]
    title: str
    group: int
    language: Language
    note: str = ""
    lead: str = ""
    pieces: tuple[Piece, ...] = ()
    scale: float = 1.0
    cells: Cells | None = None
    picture: Picture | None = None
    contacts: tuple[ContactCard, ...] = ()
    more_at: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    footer: str = ""

    @property
    def text(self) -> str:
        """Give the words on it, to tell which claims it makes."""
        cells = (cell for row in self.cells.table.rows for cell in row) if self.cells else ()
        return " ".join((self.title, self.lead, *(text_of(piece.inline) for piece in self.pieces), *cells))


def slides_of(document: Document) -> tuple[Slide, ...]:
    """Give a document's slides. Raises BadInputError where it makes more than a room can sit through."""
    parts = sheet(document)
    title = text_of(parts.title).replace("\n", " ")
    lead = text_of(parts.lead)
    lead_fits = lines_of(lead, LEAD_SIZE, LEAD_ROOM) <= LEAD_LINES
    note = text_of(parts.note)
    note_fits = lines_of(note, NOTE_SIZE, NOTE_ROOM) <= NOTE_LINES
    slides = [
        Slide("opening", title, FIRST, parts.language, note if note_fits else "", lead if lead_fits else "")
    ]
    if not note_fits:
        noted = phrases().content_title.into(parts.language)
        slides += _texts(noted, FIRST, parts.language, [Piece(parts.note)])
    before = () if lead_fits else (Paragraph(parts.lead),)
    slides += _sections((*before, *parts.body), title, parts.language)
    slides += _help(parts.contacts, document, parts.help_title)
    mark = phrases().mark(parts.mark, parts.language)
    numbered = [replace(slide, mark=mark, footer=parts.footer) for slide in _told_apart(slides)]
    _refuse_too_many(numbered, document.title)
    return _with_notes(numbered, document)


def both(first: Sequence[Slide], second: Sequence[Slide]) -> tuple[Slide, ...]:
    """Give two languages' slides as one deck: part by part in turn, or one after the other where their parts differ."""
    groups = [_grouped(slides) for slides in (first, second)]
    if len(groups[0]) != len(groups[1]):
        return (*first, *second)
    return tuple(slide for pair in zip(*groups, strict=True) for group in pair for slide in group)


def _grouped(slides: Sequence[Slide]) -> list[list[Slide]]:
    return [list(held) for _, held in groupby(slides, key=lambda slide: slide.group)]


def _sections(blocks: Sequence[Block], title: str, language: Language) -> Iterator[Slide]:
    """Give the slides of the running text: each heading begins a new one."""
    held: list[Block] = []
    heading, group = "", 0
    for block in blocks:
        if isinstance(block, Heading):
            yield from _section(heading, title, group, language, held)
            heading, group, held = text_of(block.inline).replace("\n", " "), group + 1, []
        else:
            held.append(block)
    yield from _section(heading, title, group, language, held)


def _section(
    heading: str, title: str, group: int, language: Language, blocks: Sequence[Block]
) -> Iterator[Slide]:
    if heading and not blocks:
        yield Slide("part", heading, group, language)
    if not heading:
        heading, blocks = _named_by_first_sentence(title, blocks)
    runs: list[Piece] = []
    for block in blocks:
        if isinstance(block, Table):
            yield from _texts(heading, group, language, runs)
            yield from (
                Slide("table", heading, group, language, cells=cells) for cells in _tables(block, heading)
            )
            runs = []
        elif isinstance(block, Picture):
            yield from _texts(heading, group, language, runs)
            yield Slide("picture", heading, group, language, picture=block)
            runs = []
        else:
            runs += _pieces(block)
    yield from _texts(heading, group, language, runs)


def _named_by_first_sentence(title: str, blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """Give the message of blocks without a heading: their first sentence where it is short, else the title."""
    if blocks and isinstance(blocks[0], Paragraph):
        sentence, rest = first_sentence(blocks[0].inline, LONGEST_TITLE_SENTENCE)
        if sentence:
            return sentence, (replace(blocks[0], inline=rest), *blocks[1:])
    return title, blocks


def _texts(heading: str, group: int, language: Language, pieces: Sequence[Piece]) -> Iterator[Slide]:
    slides = dealt(pieces, BODY_HIGH)
    scale = scale_of(slides, BODY_HIGH)
    yield from (Slide("text", heading, group, language, pieces=held, scale=scale) for held in slides)


def _pieces(block: Block) -> list[Piece]:
    match block:
        case Paragraph():
            return [Piece(block.inline, "small" if block.role == "small" else "paragraph")]
        case ItemList():
            kind: Literal["number", "item"] = "number" if block.ordered else "item"
            return [Piece(item, kind, number) for number, item in enumerate(block.items, start=1)]
        case Quote():
            said = [Piece(block.inline, "quote")]
            return [*said, Piece(_plain(f"— {block.attribution}"), "small")] if block.attribution else said
        case Code():
            return [Piece(_plain(block.text), "code")]
        case Network():
            return [Piece(_plain(text)) for text in (block.caption, block.alt) if text]
        case _:
            return []


def _tables(table: Table, title: str) -> Iterator[Cells]:
    """Give a table in as many slides as its rows need, in the largest letters in which every row fits on one."""
    wide = tuple(ROOM * share for share in column_shares((table.header, *table.rows)))
    for size in (*LARGE_CELLS, *CELL_SIZES):
        head, *rows = (_row_high(row, wide, size) for row in (table.header, *table.rows))
        least = sum(rows) if size in LARGE_CELLS else max(rows, default=0.0)
        if head + least <= BODY_HIGH:
            yield from _cut_table(table, size, wide, (head, *rows))
            return
    raise BadInputError.of(title, "a row of this table does not fit on a slide", "write it in fewer words")


def _cut_table(
    table: Table, size: float, wide: tuple[float, ...], high: tuple[float, ...]
) -> Iterator[Cells]:
    head, *heights = high
    start, used = 0, head
    for at, one in enumerate(heights):
        if used + one > BODY_HIGH:
            yield Cells(replace(table, rows=table.rows[start:at]), size, wide, (head, *heights[start:at]))
            start, used = at, head
        used += one
    yield Cells(replace(table, rows=table.rows[start:]), size, wide, (head, *heights[start:]))


def _row_high(row: Sequence[str], wide: Sequence[float], size: float) -> float:
    lines = (
        lines_of(cell, size, room - 2 * CELL_PAD, strong=True) for cell, room in zip(row, wide, strict=False)
    )
    return max(lines, default=1) * size * 1.2 + 2 * CELL_PAD


def _help(contacts: Sequence[ContactCard], document: Document, own_title: str) -> Iterator[Slide]:
    """Give the last slides: who to call, as many as a slide holds, and where to read more on the very last."""
    title = own_title or phrases().help_title.into(document.language)
    most = CARDS_A_ROW if document.more_at or rows_high(contacts, 1.0) > BODY_HIGH else CARDS_A_SLIDE
    slides = -(-len(contacts) // most) or int(bool(document.more_at))
    each = -(-len(contacts) // slides) if slides else 0
    for number in range(slides):
        some = tuple(contacts[number * each : (number + 1) * each])
        last = document.more_at if number == slides - 1 else ""
        room = BODY_HIGH - (CODE_HIGH + CARD_GAP if last else 0)
        scale = next((scale for scale in CARD_SCALES if rows_high(some, scale) <= room), None)
        if scale is None:
            what = "these contacts do not fit on a slide"
            raise BadInputError.of(document.title, what, "say less about each")
        named = title if contacts else phrases().more_title.into(document.language)
        yield Slide("help", named, LAST, document.language, contacts=some, more_at=last, scale=scale)


def across(many: int) -> int:
    """Give how many cards of so many stand side by side; four stand two and two."""
    return 2 if many == 4 else min(CARDS_A_ROW, max(1, many))


def card_wide(many: int) -> float:
    """Give the width of each of so many cards, in points."""
    return (ROOM - CARD_GAP * (across(many) - 1)) / across(many)


def card_rows(contacts: Sequence[ContactCard]) -> list[Sequence[ContactCard]]:
    """Give the cards of a slide in rows."""
    side = across(len(contacts))
    return [contacts[start : start + side] for start in range(0, len(contacts), side)]


def card_high(card: ContactCard, many: int, scale: float) -> float:
    """Give how high one of so many cards is, in points."""
    room = card_wide(many) - 2 * CARD_PAD
    named = lines_of(card.name, NAME_SIZE * scale, room, strong=True) * NAME_SIZE
    ways = sum(lines_of(way, 12.0, room, strong=True) for way in card.reach) * WAY_SIZE
    noted = lines_of(card.note, REMARK_SIZE * scale, room) * REMARK_SIZE if card.note else 0.0
    return (named + ways + noted) * scale * 1.2 + 2 * CARD_PAD


def rows_high(contacts: Sequence[ContactCard], scale: float) -> float:
    """Give how high the cards of a slide are together."""
    rows = card_rows(contacts)
    highs = (max(card_high(card, len(contacts), scale) for card in row) for row in rows)
    return sum(highs) + CARD_GAP * max(0, len(rows) - 1)


def _plain(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def _told_apart(slides: Iterable[Slide]) -> list[Slide]:
    """Give every slide a title of its own, as people who move by titles need: "Where to get help (2)"."""
    seen: dict[str, int] = {}
    told: list[Slide] = []
    for slide in slides:
        times = seen[slide.title] = seen.get(slide.title, 0) + 1
        told.append(replace(slide, title=f"{slide.title} ({times})") if times > 1 else slide)
    return told


def _with_notes(slides: list[Slide], document: Document) -> tuple[Slide, ...]:
    """Put each claim and its source into the notes of the slide that makes it; on the last one, what none does."""
    sources: tuple[Sourced, ...] = with_texts(document.sources, clean)
    homes: dict[int, list[str]] = {}
    for one in sources:
        found = (at for at, slide in enumerate(slides) if _holds(slide.text, one.text))
        homes.setdefault(next(found, len(slides) - 1), []).append(f"“{one.text}” {one.rests_on}")
    said = phrases().rests_on.into(document.language)
    return tuple(
        replace(slide, notes=(said, *homes[at])) if at in homes else slide for at, slide in enumerate(slides)
    )


def _holds(text: str, claim: str) -> bool:
    said = [" ".join(one.casefold().split()).rstrip(".") for one in (text, claim)]
    return bool(said[1]) and said[1] in said[0]


def _refuse_too_many(slides: Sequence[Slide], title: str) -> None:
    if len(slides) > MOST_SLIDES:
        what = f"this makes {len(slides)} slides, and more than {MOST_SLIDES} is no talk"
        raise BadInputError.of(title, what, "shorten it, or leave slides out of `formats`")
