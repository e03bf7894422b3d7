"""The parts of a Word file that python-docx has no words for, written as the standard names them (ISO/IEC 29500)."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_STYLES_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
Element = Any  # python-docx ships no types


def element(name: str, **attributes: str) -> Element:
    """Give an element of the word-processing namespace with its attributes."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def say_language(word_file: Any, language: str) -> None:
    """Set the language of all text, so that it is spelled and read aloud as what it is."""
    tag = {"en": "en-GB", "cy": "cy-GB"}.get(language, language)
    for held in word_file.styles.element.iter(qn("w:lang")):
        held.set(qn("w:val"), tag)
        held.set(qn("w:eastAsia"), tag)


def leave_out_what_is_not_ours(word_file: Any) -> None:
    """Take out what python-docx puts into every file: a small picture of another document, and styles nobody uses."""
    package, part = word_file.part.package, word_file.part
    for holder, kinds in ((package, {RELATIONSHIP_TYPE.THUMBNAIL}), (part, {_STYLES_WITH_EFFECTS})):
        for identifier in [one for one, held in holder.rels.items() if held.reltype in kinds]:
            holder.rels.pop(identifier)
    styles = word_file.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in {
            "TableNormal",
            "TableGrid",
        }:
            styles.remove(style)


def shade(paragraph: Any, back: str, edge: str) -> None:
    """Set a paragraph apart by a ground and a line at its left. Colours are rrggbb."""
    about = paragraph._p.get_or_add_pPr()  # noqa: SLF001  python-docx has no borders
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="36", space="8", color=edge))
    shading = element("shd", val="clear", color="auto", fill=back)
    about.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
    about.insert_element_before(shading, "w:spacing", "w:ind", "w:jc", "w:rPr")


def new_numbering(word_file: Any, style: str) -> str:
    """Give a numbering of its own, from 1, made after the one a list style has."""
    numbering = word_file.part.numbering_part.element
    styled = word_file.styles[style].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    abstract = next(
        num.find(qn("w:abstractNumId")).get(qn("w:val"))
        for num in numbering.findall(qn("w:num"))
        if num.get(qn("w:numId")) == styled
    )
    made = numbering.add_num(int(abstract))
    made.add_lvlOverride(0).add_startOverride(1)
    return str(made.numId)


def count_in(paragraph: Any, numbering: str) -> None:
    """Put a paragraph into a numbering."""
    about = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  python-docx has no numberings
    about.get_or_add_ilvl().val = 0
    about.get_or_add_numId().val = int(numbering)


def add_link(paragraph: Any, text: str, address: str) -> Any:
    """Add a link to a paragraph and give its run."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    link.append(run._r)  # noqa: SLF001  python-docx has no links
    paragraph._p.append(link)  # noqa: SLF001  python-docx has no links
    return run


def add_field(paragraph: Any, code: str) -> None:
    """Add a field that Word fills in, such as `PAGE`."""
    for kind in ("begin", code, "end"):
        run = paragraph.add_run()._r  # noqa: SLF001  python-docx has no fields
        if kind == code:
            words = element("instrText")
            words.text = code
            run.append(words)
        else:
            run.append(element("fldChar", fldCharType=kind))


def repeat_as_header(row: Any) -> None:
    """Make a row the header of its table, on every page it runs over."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001  python-docx has no header rows


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001  python-docx has no such option


def set_in_lines(table: Any, colour: str) -> None:
    """Give a table thin lines between its rows and room around its words. The colour is rrggbb."""
    about = table._tbl.tblPr  # noqa: SLF001  python-docx has no borders
    borders, margins = element("tblBorders"), element("tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_drawn = side in {"top", "bottom", "insideH"}
        borders.append(element(side, val="single" if is_drawn else "nil", sz="6", space="0", color=colour))
    for side, room in (("top", "60"), ("left", "110"), ("bottom", "60"), ("right", "110")):
        margins.append(element(side, w=room, type="dxa"))
    about.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    about.insert_element_before(margins, "w:tblLook")


def fill_cell(cell: Any, colour: str) -> None:
    """Give a cell a ground. The colour is rrggbb."""
    about = cell._tc.get_or_add_tcPr()  # noqa: SLF001  python-docx has no grounds
    about.append(element("shd", val="clear", color="auto", fill=colour))


def describe_table(table: Any, caption: str) -> None:
    """Give a table its alternative text, and say that its first row and first column are headers."""
    about = table._tbl.tblPr  # noqa: SLF001  python-docx has no alternative texts
    for look in about.findall(qn("w:tblLook")):
        about.remove(look)
    about.append(
        element("tblLook", val="00A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1")
    )  # fmt: skip
    about.append(element("tblCaption", val=caption))


def describe_picture(run: Any, alt: str, number: int) -> None:
    """Give the picture in a run its alternative text."""
    about = next(run._r.iter(qn("wp:docPr")))  # noqa: SLF001  python-docx has no alternative texts
    about.set("id", str(number))
    about.set("name", f"Picture {number}")
    about.set("descr", alt)
