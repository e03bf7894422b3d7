"""What a layout is given: a document's parts, fixed words, colours and fonts, as plain data for JSON."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from campaigns.render.camera_code import address_in_words, camera_code
from campaigns.render.easyread import easy_rows
from campaigns.render.figures import with_maps
from campaigns.render.glyphs import breakable, printable
from campaigns.render.look import Look
from campaigns.render.phrases import phrases
from campaigns.render.sheet import Sheet, sheet, with_texts
from coprod.kernel.document import Document, Paragraph
from coprod.kernel.text import clean, clean_line


def sheet_data(document: Document, look: Look, layout: str) -> dict[str, Any]:
    """Give what a layout reads. Raises BadInputError for a letter the fonts lack."""
    ready = _ready(look)
    raw = sheet(document)
    data: dict[str, Any] = {"rows": []}
    if layout == "easy-read":
        opening = tuple(Paragraph(inline) for inline in (raw.note, raw.lead) if inline)
        rows = with_texts(easy_rows((*opening, *raw.body), document.title), ready)
        data["rows"] = msgspec.to_builtins(rows)
        raw = replace(raw, body=(), note=(), lead=())
    parts = with_texts(raw, ready)
    return data | {
        "title": printable(clean_line(document.title), look.characters),
        "language": parts.language,
        "sheet": {**msgspec.to_builtins(parts), "body": with_maps(parts.body, look.theme)},
        "words": _fixed_words(parts),
        "key_lines": [ready(clean(line)) for line in document.key_lines],
        "more": _more(document, look),
        "look": msgspec.to_builtins(look.theme.colours),
        "motif": look.theme.motif,
        "fonts": {"heading": look.heading, "body": look.body},
        "logo_alt": look.theme.logo.alt if look.theme.logo else "",
        "compact": False,
        "large": False,
    }


def _ready(look: Look) -> Callable[[str], str]:
    def ready(text: str) -> str:
        return breakable(printable(text, look.characters))

    return ready


def _fixed_words(parts: Sheet) -> dict[str, str]:
    words, language = phrases(), parts.language
    names = ("help_title", "page_number", "of_pages", "easy_read")
    fixed = {name: str(getattr(words, name).into(language)) for name in names}
    own = {"help_title": parts.help_title} if parts.help_title else {}
    return fixed | own | {"mark": words.mark(parts.mark, language)}


def _more(document: Document, look: Look) -> dict[str, str] | None:
    """Give the code for a camera and the address in words, or None where a document names none."""
    if not document.more_at:
        return None
    words = phrases()
    return {
        "address": document.more_at,
        "shown": printable(address_in_words(document.more_at), look.characters),
        "title": words.more_title.into(document.language),
        "alt": words.more_alt.into(document.language).replace("{address}", document.more_at),
        "code": camera_code(document.more_at),
    }
