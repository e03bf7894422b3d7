"""Posters, cards and printed reports: layouts from the package, text as data, the same bytes every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec import Struct

from campaigns.render.glyphs import font_files
from campaigns.render.look import Look
from campaigns.render.pictures import Picture, pictures_of
from campaigns.render.sheet import printed_texts
from campaigns.render.sheetdata import sheet_data
from coprod.kernel.document import Document
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

CARD_DOTS_PER_INCH = 72.0
FIGURE_DOTS_PER_INCH = 180.0
MEMORY_KEPT = 30_000_000
TOO_MUCH = "does-not-fit"
TOO_LITTLE = "too-little"
# More than this never fits, or is no report anybody reads; measuring it would only take long.
MOST_CHARACTERS = {
    "poster": 8_000,
    "card-square": 4_000,
    "card-wide": 4_000,
    "leaflet": 16_000,
    "large-print": 60_000,
    "easy-read": 30_000,
    "bilingual": 30_000,
    "report-pdf": 1_000_000,
}


def layout_source(layout: str) -> str:
    """Give the text of a layout, what every layout shares first."""
    folder = resources.files("campaigns").joinpath("layouts")
    shared = folder.joinpath("common.typ").read_text("utf-8")
    return shared + "\n" + folder.joinpath(f"{layout}.typ").read_text("utf-8")


class Sides(Struct, frozen=True):
    """What a layout may be asked for besides its document.

    A `compact` report has small type and no band: a guide of one page. A `large` poster is A3. `beside` is the
    same material in its other language.
    """

    compact: bool = False
    large: bool = False
    beside: Document | None = None


def drawn_pdf(document: Document, layout: str, folder: Path | None, look: Look, sides: Sides) -> bytes:
    """Give a PDF that asks of itself what PDF/UA-1 asks: language, title, tags and alternatives.

    Raises BadInputError when the text does not fit, a picture cannot be used or a letter is in no font.
    """
    return _compiled(document, layout, folder, look, sides, form="pdf", pdf_standards=["ua-1"])


def drawn_png(document: Document, layout: str, folder: Path | None, look: Look) -> bytes:
    """Give a PNG picture, one dot a point of the layout. Raises BadInputError as `drawn_pdf` does."""
    return _compiled(document, layout, folder, look, Sides(), form="png", ppi=CARD_DOTS_PER_INCH)


def drawn_pages(
    document: Document, layout: str, look: Look, dots_per_inch: float, sides: Sides
) -> tuple[bytes, ...]:
    """Give each page of a PDF's layout as a PNG picture, for showing what it looks like."""
    drawn: Any = _drawn(document, layout, None, look, sides, form="png", ppi=dots_per_inch)
    return (drawn,) if isinstance(drawn, bytes) else tuple(drawn)


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
    document: Document, layout: str, folder: Path | None, look: Look, sides: Sides, **options: Any
) -> bytes:
    drawn = _drawn(document, layout, folder, look, sides, **options)
    if not isinstance(drawn, bytes):
        raise _refusal(TOO_MUCH, document)
    return drawn


def _drawn(
    document: Document,
    layout: str,
    folder: Path | None,
    look: Look,
    sides: Sides,
    *,
    form: str,
    **options: Any,
) -> bytes | list[bytes]:
    import typst

    if sum(map(len, printed_texts(document))) > MOST_CHARACTERS[layout]:
        raise _refusal(TOO_MUCH, document)
    _keep_memory()
    pictures = pictures_of(document, folder) | ({"logo": look.logo} if look.logo else {})
    data = sheet_data(document, look, layout)
    if sides.beside is not None:
        pictures |= pictures_of(sides.beside, folder)
        data["beside"] = sheet_data(sides.beside, look, layout)
    data |= {"compact": sides.compact, "large": sides.large}
    inputs = {"document": msgspec.json.encode(data).decode(), "pictures": _picture_data(pictures)}
    compiled: Any = typst.compile_with_warnings
    with _fonts_of(look) as fonts:
        try:
            drawn, warnings = compiled(
                layout_source(layout).encode(),
                root=str(resources.files("campaigns").joinpath("layouts")),
                font_paths=fonts,
                ignore_system_fonts=True,
                format=form,
                sys_inputs=inputs,
                **options,
            )
        except typst.TypstError as error:
            raise _refusal(error.message, document) from None
    for warning in warnings:
        if "font" in warning.message:
            raise _refusal(warning.message, document)
    pages: bytes | list[bytes] = drawn
    return pages


@contextmanager
def _fonts_of(look: Look) -> Iterator[Any]:
    """Give the fonts to set with: those that come with coprod, and exactly the bytes of a team's own."""
    if not look.fonts:
        yield _fonts()
        return
    import typst

    with TemporaryDirectory(prefix="coprod-fonts-") as scratch:
        for number, font in enumerate(look.fonts):
            (Path(scratch) / f"{number}{Path(font.file).suffix}").write_bytes(font.content)
        yield typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[scratch, *_font_folders()]
        )


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(_font_folders())
    )


@cache
def _keep_memory() -> None:
    """Have the C library keep the memory of one drawing for the next: to get it anew is a fifth of a card's time.

    GNU's keeps as much as twice the largest piece that it was ever given back, up to 32 MB; others take no notice.
    Source: mallopt(3), on M_MMAP_THRESHOLD. Nothing is written into this piece, so it takes no room.
    """
    bytes(MEMORY_KEPT)


def _font_folders() -> tuple[str, ...]:
    return tuple(sorted({str(file.parent) for file in font_files()}))


def _picture_data(pictures: dict[str, Picture]) -> str:
    held = {
        source: {"form": picture.form, "content": list(picture.content)}
        for source, picture in pictures.items()
    }
    return msgspec.json.encode(held).decode()


def _refusal(message: str, document: Document) -> BadInputError:
    if TOO_MUCH in message:
        what = "the text does not fit on this page even in the smallest type allowed"
        mend = f"shorten it{_longest_part(document)}, or leave this format out"
        return BadInputError.of(document.title, what, mend)
    if TOO_LITTLE in message:
        what = "there is too little text for this format, which would have an empty side"
        return BadInputError.of(document.title, what, "say more, or leave this format out")
    if "decode" in message or "image" in message:
        return BadInputError.of(document.title, "a picture in it is damaged", "save the picture again")
    return BadInputError.of(document.title, f"it could not be typeset: {message}", "simplify the part named")


def _longest_part(document: Document) -> str:
    """Give where the most could be saved: the longest text, by its first words."""
    longest = max(printed_texts(document), key=len, default="").strip()
    start = clean_line(" ".join(longest[:400].split()[:6]))[:60]
    return f" (the longest part, of {len(longest.split())} words, begins “{start}”)" if start else ""
