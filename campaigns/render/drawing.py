"""The one door to every format: a document goes in, the bytes of a file come out."""

from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from campaigns.materials.material import Format
from campaigns.render.camera_code import address_in_words
from campaigns.render.look import Look, shipped_look
from campaigns.render.page import drawn_page
from campaigns.render.phrases import phrases
from campaigns.render.text import drawn_sms, drawn_text
from campaigns.render.theme import Theme
from campaigns.render.typesetting import Sides, drawn_pdf, drawn_png
from coprod.kernel.document import Document, Paragraph, Span
from coprod.kernel.problem import RefusedError

Kind = Literal[
    Format, "report-page", "report-pdf", "report-text", "guide-pdf", "report-word", "report-workbook"
]
MATERIAL_KINDS: tuple[Kind, ...] = get_args(Format)
_PDFS: dict[Kind, tuple[str, Sides]] = {
    "poster-a4": ("poster", Sides()),
    "poster-a3": ("poster", Sides(large=True)),
    "leaflet": ("leaflet", Sides()),
    "large-print": ("large-print", Sides()),
    "easy-read": ("easy-read", Sides()),
    "report-pdf": ("report-pdf", Sides()),
    "guide-pdf": ("report-pdf", Sides(compact=True)),
}
ENDINGS: dict[Kind, str] = {
    "page": ".html",
    "card-square": ".png",
    "card-wide": ".png",
    "bilingual": ".pdf",
    "lesson-pack": ".docx",
    "slides": ".pptx",
    "slides-bilingual": ".pptx",
    "text": ".txt",
    "sms": ".txt",
    "report-page": ".html",
    "report-text": ".txt",
    "report-word": ".docx",
    "report-workbook": ".xlsx",
    **dict.fromkeys(_PDFS, ".pdf"),
}
DEFAULT_THEME = "harbour"
BOTH_LANGUAGES: frozenset[Kind] = frozenset({"bilingual", "slides-bilingual"})


class Permit(Struct, frozen=True):
    """What `campaigns.releasing.release` holds for the content it has found signed; nothing else may make one.

    `content` is the SHA-256 of everything the sign-off binds.
    """

    content: str


def draw(
    document: Document,
    kind: Kind,
    folder: Path | None = None,
    theme: str | Look = DEFAULT_THEME,
    permit: Permit | None = None,
    beside: Document | None = None,
) -> bytes:
    """Give a document in one format, the same bytes every time.

    `folder` is where the document's pictures are; `theme` a shipped one by name, or any look; `beside` the same
    text in its other language, for a sheet or slides in both. Reports are drawn for anyone; the kinds of a campaign
    material only for the holder of a permit. Raises RefusedError without one, and BadInputError for text
    that does not fit, a letter the fonts lack, a picture that cannot be used or a theme there is not.
    """
    if kind in MATERIAL_KINDS and permit is None:
        raise RefusedError(
            "a campaign material is drawn only by its release, after check, panel and sign-off"
        )
    look = theme if isinstance(theme, Look) else shipped_look(theme)
    if kind in _PDFS:
        layout, sides = _PDFS[kind]
        return drawn_pdf(document, layout, folder, look, sides)
    match kind:
        case "page" | "report-page":
            return drawn_page(document, folder, look, can_leave=kind == "page")
        case "bilingual":
            return drawn_pdf(document, kind, folder, look, Sides(beside=beside or document))
        case "card-square" | "card-wide":
            return drawn_png(document, kind, folder, look)
        case "slides" | "slides-bilingual":
            return _slides(document, folder, look, beside if kind == "slides-bilingual" else None)
        case "sms":
            return drawn_sms(document)
        case "lesson-pack" | "report-word" | "report-workbook":
            return _office_file(document, kind, folder, look.theme)
        case _:
            return drawn_text(document)


def _office_file(document: Document, kind: Kind, folder: Path | None, look: Theme) -> bytes:
    """Give a Word file or a workbook; what writes them is loaded only now, because it is slow to."""
    if kind == "report-workbook":
        from campaigns.render.workbook import drawn_workbook

        return drawn_workbook(document, look)
    from campaigns.render.word import drawn_word

    return drawn_word(_with_address(document), folder, look)


def _slides(document: Document, folder: Path | None, look: Look, beside: Document | None) -> bytes:
    """Give slides; what writes them is loaded only now, because few need it."""
    from campaigns.render.slides import drawn_slides

    return drawn_slides(document, folder, look, beside)


def _with_address(document: Document) -> Document:
    """Give a document that ends with the address it names, in words, for a format without a code for a camera."""
    if not document.more_at:
        return document
    title = phrases().more_title.into(document.language)
    spans = (Span(f"{title}: "), Span(address_in_words(document.more_at), link=document.more_at))
    return replace(document, blocks=(*document.blocks, Paragraph(spans)))
