"""Word files (DOCX) of any document: real headings, lists, tables with header rows, pictures and figures with their words.

What a screen reader needs is in the file itself: the language of the text, a title, heading levels that never jump,
lists that are lists, a header row that repeats on every page, and an alternative text on every picture.
"""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from campaigns.render.figures import drawn_figure
from campaigns.render.phrases import phrases
from campaigns.render.pictures import Picture, pictures_of
from campaigns.render.sheet import in_order
from campaigns.render.theme import Theme
from campaigns.render.typesetting import drawn_svg
from campaigns.render.widths import column_shares
from campaigns.render.wordparts import (
    add_field,
    add_link,
    count_in,
    describe_picture,
    describe_table,
    fill_cell,
    keep_whole,
    leave_out_what_is_not_ours,
    new_numbering,
    repeat_as_header,
    say_language,
    set_in_lines,
    shade,
)
from campaigns.render.zipped import same_bytes
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Document,
    Heading,
    Image,
    Inline,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Table,
    plain,
)
from coprod.kernel.text import clean_line

FONT = "Arial"
TEXT_SIZE = 11.5
TEXT_WIDE = Cm(16)
HEADING_SIZES = (26, 18, 14, 12, 12, 12)
ROLES = {"lead": "Lead", "caution": "Caution", "small": "Small", "answers": "Answers", "body": "Normal"}
FIRST_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  written in every file alike, never a real time


def drawn_word(document: Document, folder: Path | None, theme: Theme) -> bytes:
    """Give a document as a Word file, the same bytes every time.

    Raises BadInputError for a picture that cannot be used.
    """
    held = pictures_of(document, folder)
    ordered = in_order(document)
    writer = _Writer(ordered, held, theme)
    writer.write()
    saved = io.BytesIO()
    writer.file.save(saved)
    return same_bytes(saved.getvalue())


class _Writer:
    """One Word file in the making."""

    def __init__(self, document: Document, pictures: dict[str, Picture], theme: Theme) -> None:
        self.document, self.pictures, self.theme = document, pictures, theme
        self.file: Any = docx.Document()
        self.drawn = 0
        cards = (block for block in reversed(document.blocks) if isinstance(block, ContactCard))
        self.last_contact = next(cards, None)

    def write(self) -> None:
        """Write the whole document into the file."""
        say_language(self.file, self.document.language)
        leave_out_what_is_not_ours(self.file)
        _say_what_it_is(self.file, self.document)
        _set_styles(self.file, self.theme)
        self._foot()
        mark = phrases().mark(self.document.mark, self.document.language)
        if mark:
            self._words(plain(mark), "Mark")
        for block in self.document.blocks:
            self._block(block)

    def _foot(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        foot = section.footer.paragraphs[0]
        foot.style = self.file.styles["Small"]
        mark = phrases().mark(self.document.mark, self.document.language)
        said = " · ".join(text for text in (mark, self.document.footer) if text)
        foot.add_run(f"{said}  " if said else "")
        foot.add_run(f"{phrases().page_number.into(self.document.language)} ")
        add_field(foot, "PAGE")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._words(block.inline, f"Heading {block.level}")
            case Paragraph():
                self._paragraph(block)
            case ItemList():
                self._list(block)
            case Quote():
                self._quote(block)
            case Table():
                self._table(block)
            case BarChart() | PathwayMap():
                self._figure(block)
            case Network() | Image():
                self._picture(block)
            case ContactCard():
                self._contact(block)
            case Code():
                self._words(plain(block.text), "Code")

    def _words(self, inline: Inline, style: str) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        for span in inline:
            run = add_link(paragraph, span.text, span.link) if span.link else paragraph.add_run(span.text)
            run.bold, run.italic = span.strong or None, span.emphasis or None
            run.underline = True if span.link else None
        return paragraph

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._words(block.inline, ROLES.get(block.role, "Normal"))
        if block.role == "caution":
            shade(paragraph, _digits(self.theme.colours.card), _digits(self.theme.colours.second))
        if block.inline and all(span.strong or not span.text.strip() for span in block.inline):
            paragraph.paragraph_format.keep_with_next = True

    def _list(self, block: ItemList) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        numbering = new_numbering(self.file, style) if block.ordered else ""
        for item in block.items:
            paragraph = self._words(item, style)
            if numbering:
                count_in(paragraph, numbering)

    def _quote(self, block: Quote) -> None:
        self._words(block.inline, "Quote").paragraph_format.keep_with_next = bool(block.attribution)
        if block.attribution:
            self._words(plain(f"— {block.attribution}"), "Small")

    def _table(self, block: Table) -> None:
        if block.caption:
            self._words(plain(block.caption), "Caption")
        table = self.file.add_table(rows=0, cols=len(block.header), style="Table Grid")
        table.autofit = False
        set_in_lines(table, _digits(self.theme.colours.line))
        wide = [Cm(16 * share) for share in column_shares((block.header, *block.rows))]
        for column, room in zip(table.columns, wide, strict=True):
            column.width = room
        for cells in (block.header, *block.rows):
            row = table.add_row()
            keep_whole(row)
            for at, (cell, text) in enumerate(zip(row.cells, cells, strict=False)):
                cell.width = wide[at]
                self._cell(cell, text, is_head=cells is block.header, is_first=at == 0)
        repeat_as_header(table.rows[0])
        describe_table(table, block.caption or ", ".join(block.header))
        self._words((), "Small")

    def _cell(self, cell: Any, text: str, *, is_head: bool, is_first: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self.file.styles["Cell"]
        run = paragraph.add_run(text)
        run.bold = True if is_head or is_first else None
        if is_head:
            fill_cell(cell, _digits(self.theme.colours.hero))
            run.font.color.rgb = RGBColor.from_string(_digits(self.theme.colours.on_hero))

    def _figure(self, block: BarChart | PathwayMap) -> None:
        if block.caption:
            self._words(plain(block.caption), "Caption")
        self._drawn(drawn_svg(drawn_figure(block, self.theme)), block.alt)

    def _picture(self, block: Network | Image) -> None:
        if isinstance(block, Image):
            self._drawn(self.pictures[block.source].content, block.alt)
            return
        self._words(plain(block.caption), "Caption")
        self._words(plain(block.alt), "Normal")

    def _drawn(self, picture: bytes, alt: str) -> None:
        self.drawn += 1
        run = self.file.add_paragraph().add_run()
        run.add_picture(io.BytesIO(picture), width=TEXT_WIDE)
        describe_picture(run, alt, self.drawn)

    def _contact(self, block: ContactCard) -> None:
        self._words(plain(block.name), "Contact").paragraph_format.keep_with_next = True
        for way in block.reach:
            self._words(plain(way), "Reach").paragraph_format.keep_with_next = bool(block.note)
        if block.note:
            noted = self._words(plain(block.note), "Small")
            noted.paragraph_format.keep_with_next = block is not self.last_contact


def _say_what_it_is(file: Any, document: Document) -> None:
    about = file.core_properties
    about.title, about.language = clean_line(document.title), document.language
    about.author, about.last_modified_by, about.comments = "coprod", "coprod", document.mark
    about.created = about.modified = FIRST_DAY
    about.revision = 1


def _set_styles(file: Any, theme: Theme) -> None:
    look = theme.colours
    normal = file.styles["Normal"]
    _set(normal, TEXT_SIZE, look.ink)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.2
    for level, size in enumerate(HEADING_SIZES, start=1):
        style = file.styles[f"Heading {level}"]
        _set(style, size, look.hero, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size), Pt(5)
    _set(file.styles["Caption"], 11, look.hero, bold=True)
    file.styles["Caption"].paragraph_format.keep_with_next = True
    _set(file.styles["Quote"], TEXT_SIZE, look.ink, italic=True)
    file.styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    for name, points, colour, bold in (
        ("Lead", 14.0, look.ink, False), ("Caution", TEXT_SIZE, look.ink, False), ("Small", 10, look.soft, False),
        ("Answers", 13, look.ink, False), ("Code", 11, look.ink, True), ("Cell", 10.5, look.ink, False),
        ("Mark", 11, look.hero, True), ("Contact", 12, look.hero, True),
        ("Reach", 15, look.hero, True),
    ):  # fmt: skip
        _set(file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), points, colour, bold=bold)
    for name in ("Cell", "Contact", "Reach"):
        file.styles[name].paragraph_format.space_after = Pt(2)


def _set(style: Any, size: float, colour: str, *, bold: bool = False, italic: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(_digits(colour))
    if style.element.rPr is not None and style.element.rPr.rFonts is not None:
        fonts = style.element.rPr.rFonts
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]


def _digits(colour: str) -> str:
    return colour.removeprefix("#").upper()
