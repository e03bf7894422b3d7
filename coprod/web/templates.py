"""Drawing a page as HTML: escaped, and padded so that its length tells nothing."""

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined, Template

from coprod.web.page import WebPage
from coprod.web.words import tell
from surveys.interviews.phrases import phrases

# Longer than any page of a questionnaire that fits a record, in whole blocks of this many bytes.
BLOCK = 16_384


def html_of(page: WebPage, nonce: str, forgets_after: int, *, is_big: bool = False) -> bytes:
    """Give a page as UTF-8, its length a whole number of blocks, whoever listens to the network."""
    language = page.language
    text = _template().render(
        page=page,
        numbered=tuple(enumerate(page.ways)),
        nonce=nonce,
        is_big=is_big,
        forgets_after=forgets_after,
        title=tell("title", language),
        hide=tell("hide", language),
        help_word=phrases().actions.help.into(language),
        style=style(),
        tell=tell,
        change=phrases().actions.change.into(language),
    )
    drawn = text.encode()
    return drawn + b" " * (-len(drawn) % BLOCK)


@cache
def style() -> str:
    """Give the style sheet that stands in every page."""
    return _file("page.css")


@cache
def script() -> bytes:
    """Give the script that covers at once; every page works without it."""
    return _file("cover.js").encode()


@cache
def style_hash() -> str:
    """Give the style sheet's hash as a content security policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    # No sandbox: the one template is our own, and looking at each of its names on each page takes a third of the time.
    environment = Environment(
        loader=DictLoader({"page.html": _file("page.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _file(name: str) -> str:
    return resources.files("coprod.web").joinpath("content", name).read_text("utf-8")
