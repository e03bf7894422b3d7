"""Posters, cards and printed reports: layouts from the package, text as data, the same bytes every time."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from campaigns.render.figures import with_maps
from campaigns.render.glyphs import breakable, font_files, printable
from campaigns.render.phrases import phrases
from campaigns.render.pictures import Picture, pictures_of
from campaigns.render.sheet import Sheet, printed_texts, sheet, with_texts
from campaigns.render.theme import Theme
from coprod.kernel.document import Document
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

CARD_DOTS_PER_INCH = 72.0
FIGURE_DOTS_PER_INCH = 180.0
TOO_MUCH = "does-not-fit"
# More than this never fits, or is no report anybody reads; measuring it would only take long.
MOST_CHARACTERS = {"poster-a4": 8_000, "card-square": 4_000, "report-pdf": 1_000_000}


def layout_source(layout: str) -> str:
    """Give the text of a layout, what every layout shares first."""
    folder = resources.files("campaigns").joinpath("layouts")
    shared = folder.joinpath("common.typ").read_text("utf-8")
    return shared + "\n" + folder.joinpath(f"{layout}.typ").read_text("utf-8")


def drawn_pdf(
    document: Document, layout: str, folder: Path | None, theme: Theme, *, compact: bool = False
) -> bytes:
    """Give a PDF that asks of itself what PDF/UA-1 asks: language, title, tags and alternatives.

    A `compact` report has small type and no band: a guide of one page.

    Raises BadInputError when the text does not fit, a picture cannot be used or a letter is in no font.
    """
    return _compiled(document, layout, folder, theme, compact=compact, form="pdf", pdf_standards=["ua-1"])


def drawn_png(document: Document, layout: str, folder: Path | None, theme: Theme) -> bytes:
    """Give a PNG picture, one dot a point of the layout. Raises BadInputError as `drawn_pdf` does."""
    return _compiled(document, layout, folder, theme, form="png", ppi=CARD_DOTS_PER_INCH)


def drawn_svg(svg: str) -> bytes:
    """Give an SVG figure of ours as a PNG picture, for what cannot show SVG."""
    import typst

    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 540pt)'
    compiled: Any = typst.compile
    drawn = compiled(
        page.encode(), font_paths=_fonts(), ignore_system_fonts=True, format="png", ppi=FIGURE_DOTS_PER_INCH,
        sys_inputs={"svg": svg},
    )  # fmt: skip
    return bytes(drawn)


def _compiled(
    document: Document,
    layout: str,
    folder: Path | None,
    theme: Theme,
    *,
    form: str,
    compact: bool = False,
    **options: Any,
) -> bytes:
    import typst

    if sum(map(len, printed_texts(document))) > MOST_CHARACTERS[layout]:
        raise _refusal(TOO_MUCH, document)
    pictures = pictures_of(document, folder)
    parts = with_texts(sheet(document), _set_ready)
    inputs = {"document": _data(parts, document, theme, compact=compact), "pictures": _picture_data(pictures)}
    compiled: Any = typst.compile_with_warnings
    try:
        drawn, _ = compiled(
            layout_source(layout).encode(),
            root=str(resources.files("campaigns").joinpath("layouts")),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format=form,
            sys_inputs=inputs,
            **options,
        )
    except typst.TypstError as error:
        raise _refusal(error.message, document) from None
    if not isinstance(drawn, bytes):
        raise _refusal(TOO_MUCH, document)
    return drawn


def _set_ready(text: str) -> str:
    return breakable(printable(text))


@cache
def _fonts() -> Any:
    import typst

    folders = sorted({str(file.parent) for file in font_files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _data(parts: Sheet, document: Document, theme: Theme, *, compact: bool) -> str:
    words = phrases()
    fixed = {
        "mark": words.mark(parts.mark, parts.language),
        "help_title": words.help_title.into(parts.language),
        "page_number": words.page_number.into(parts.language),
        "of_pages": words.of_pages.into(parts.language),
    }
    return msgspec.json.encode(
        {
            "title": printable(clean_line(document.title)),
            "language": parts.language,
            "sheet": {**msgspec.to_builtins(parts), "body": with_maps(parts.body, theme)},
            "words": fixed,
            "look": theme.colours,
            "motif": theme.motif,
            "compact": compact,
        }
    ).decode()


def _picture_data(pictures: dict[str, Picture]) -> str:
    held = {
        source: {"form": picture.form, "content": list(picture.content)}
        for source, picture in pictures.items()
    }
    return msgspec.json.encode(held).decode()


def _refusal(message: str, document: Document) -> BadInputError:
    if TOO_MUCH in message:
        what = "the text does not fit on this page even in the smallest type allowed"
        return BadInputError.of(document.title, what, "shorten it, or leave this format out")
    if "decode" in message or "image" in message:
        return BadInputError.of(document.title, "a picture in it is damaged", "save the picture again")
    return BadInputError.of(document.title, f"it could not be typeset: {message}", "simplify the part named")
