"""The one door to every format: a document goes in, the bytes of a file come out."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.render.page import drawn_page
from campaigns.render.text import drawn_sms, drawn_text
from campaigns.render.theme import Theme, shipped_theme
from campaigns.render.typesetting import drawn_pdf, drawn_png
from coprod.kernel.document import Document
from coprod.kernel.problem import RefusedError

Kind = Literal[
    "page",
    "poster-a4",
    "card-square",
    "text",
    "sms",
    "report-page",
    "report-pdf",
    "report-text",
    "guide-pdf",
    "report-word",
    "report-workbook",
]
MATERIAL_KINDS: tuple[Kind, ...] = ("page", "poster-a4", "card-square", "text", "sms")
ENDINGS: dict[Kind, str] = {
    "page": ".html",
    "poster-a4": ".pdf",
    "card-square": ".png",
    "text": ".txt",
    "sms": ".txt",
    "report-page": ".html",
    "report-pdf": ".pdf",
    "report-text": ".txt",
    "guide-pdf": ".pdf",
    "report-word": ".docx",
    "report-workbook": ".xlsx",
}
DEFAULT_THEME = "harbour"


class Permit(Struct, frozen=True):
    """What `campaigns.releasing.release` holds for the content it has found signed; nothing else may make one.

    `content` is the SHA-256 of everything the sign-off binds.
    """

    content: str


def draw(
    document: Document,
    kind: Kind,
    folder: Path | None = None,
    theme: str = DEFAULT_THEME,
    permit: Permit | None = None,
) -> bytes:
    """Give a document in one format, the same bytes every time.

    `folder` is where the document's pictures are. Reports are drawn for anyone; the kinds of a campaign
    material only for the holder of a permit. Raises RefusedError without one, and BadInputError for text
    that does not fit, a letter the fonts lack, a picture that cannot be used or a theme there is not.
    """
    if kind in MATERIAL_KINDS and permit is None:
        raise RefusedError(
            "a campaign material is drawn only by its release, after check, panel and sign-off"
        )
    look = shipped_theme(theme)
    match kind:
        case "page":
            return drawn_page(document, folder, look, can_leave=True)
        case "report-page":
            return drawn_page(document, folder, look, can_leave=False)
        case "poster-a4" | "report-pdf":
            return drawn_pdf(document, kind, folder, look)
        case "guide-pdf":
            return drawn_pdf(document, "report-pdf", folder, look, compact=True)
        case "report-word" | "report-workbook":
            return _office_file(document, kind, folder, look)
        case "card-square":
            return drawn_png(document, kind, folder, look)
        case "text" | "report-text":
            return drawn_text(document)
        case "sms":
            return drawn_sms(document)


def _office_file(document: Document, kind: Kind, folder: Path | None, look: Theme) -> bytes:
    """Give a Word file or a workbook; what writes them is loaded only now, because it is slow to."""
    if kind == "report-word":
        from campaigns.render.word import drawn_word

        return drawn_word(document, folder, look)
    from campaigns.render.workbook import drawn_workbook

    return drawn_workbook(document, look)
