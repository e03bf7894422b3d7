"""Web pages: one file that asks nothing of the network, opens for everyone and can be left in one press."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from campaigns.render.camera_code import address_in_words
from campaigns.render.figures import with_maps
from campaigns.render.look import Look
from campaigns.render.phrases import phrases
from campaigns.render.pictures import Picture, pictures_of
from campaigns.render.sheet import Sheet, sheet
from campaigns.render.templating import templates
from campaigns.render.theme import Theme
from coprod.kernel.document import Document
from coprod.kernel.text import clean_line

LEAVE_TO = "https://www.bbc.co.uk/weather"
TEMPLATES = ("page.html.j2", "blocks.html.j2", "page.css.j2", "leave.js")


def drawn_page(document: Document, folder: Path | None, look: Look, *, can_leave: bool) -> bytes:
    """Give a web page as UTF-8 HTML. With `can_leave` it has a button to leave at once and a content note.

    Raises BadInputError for a picture that cannot be used.
    """
    theme, pictures = look.theme, pictures_of(document, folder)
    parts = sheet(document)
    style = _style(theme)
    page = (
        _templates()
        .get_template("page.html.j2")
        .render(
            title=clean_line(document.title),
            sheet=parts,
            blocks=with_maps(parts.body, theme),
            contacts=parts.contacts,
            words=_words(parts),
            look=theme.colours,
            pictures={source: _inline(picture) for source, picture in pictures.items()},
            logo=_inline(look.logo) if look.logo else None,
            logo_alt=theme.logo.alt if theme.logo else "",
            more_at=document.more_at,
            more_shown=address_in_words(document.more_at),
            style=Markup(style),  # noqa: S704  our own style sheet with colours that were checked
            script=Markup(_script()),  # noqa: S704  our own script, from the package
            policy=_policy(style, can_leave=can_leave),
            can_leave=can_leave,
            leave_to=LEAVE_TO,
        )
    )
    return "\n".join(line for line in page.split("\n") if line.strip()).encode() + b"\n"


def _words(parts: Sheet) -> dict[str, str]:
    fixed, language = phrases(), parts.language
    names = ("leave", "leave_note", "skip", "content_title", "content_note", "help_title", "more_title")
    own = {"help_title": parts.help_title} if parts.help_title else {}
    return (
        {name: getattr(fixed, name).into(language) for name in names}
        | own
        | {"mark": fixed.mark(parts.mark, language)}
    )


def _inline(picture: Picture) -> dict[str, Any]:
    kind = "jpeg" if picture.form == "jpg" else "png"
    address = f"data:image/{kind};base64,{base64.b64encode(picture.content).decode()}"
    return {"address": address, "wide": picture.wide, "high": picture.high}


@cache
def _templates() -> jinja2.Environment:
    return templates("layouts", TEMPLATES)


@cache
def _script() -> str:
    return str(_templates().get_template("leave.js").render()).strip()


def _style(theme: Theme) -> str:
    return str(_templates().get_template("page.css.j2").render(look=theme.colours)).strip()


def _policy(style: str, *, can_leave: bool) -> str:
    """Give a content security policy that lets the page use what is in it and nothing else."""
    script = f"; script-src 'sha256-{_sum(_script())}'" if can_leave else ""
    return f"default-src 'none'; img-src data:; style-src 'sha256-{_sum(style)}'; base-uri 'none'; form-action 'none'{script}"


def _sum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
