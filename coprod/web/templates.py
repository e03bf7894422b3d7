"""Drawing a page as HTML: escaped, and padded so that its length tells nothing."""

import base64
import hashlib
from functools import cache, lru_cache
from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from coprod.kernel.wording import Language
from coprod.web.page import Way, WebPage
from coprod.web.words import tell
from surveys.interviews.pages import PageContact
from surveys.interviews.phrases import phrases

# Longer than any page of a questionnaire that fits a record, in whole blocks of this many bytes.
BLOCK = 16_384
_FIXED_WORDS = ("title", "hide", "colour_hint", "lost", "bigger", "smaller", "no_place", "no_mark")


def html_of(page: WebPage, nonce: str, forgets_after: int, *, is_big: bool = False) -> bytes:
    """Give a page as UTF-8, its length a whole number of blocks, whoever listens to the network."""
    numbered = [(f"{number:02}", way) for number, way in enumerate(page.ways)]
    text = _template("page.html").render(
        _fixed(page.language),
        page=page,
        loud=[one for one in numbered if _is_loud(one[1])],
        quiet=[one for one in numbered if one[1].weight == "quiet"],
        described_by=_described_by(page),
        help_contacts=_contact_list(page.help),
        contacts=_contact_list(page.contacts),
        nonce=nonce,
        is_big=is_big,
        forgets_after=forgets_after,
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


def _is_loud(way: Way) -> bool:
    """Tell whether a button stands below the page; those that change an answer stand beside it."""
    return way.weight != "quiet" and way.about != "answer"


def _described_by(page: WebPage) -> str:
    """Give the ids of what says how to answer, for a screen reader."""
    said = {
        "under": page.paragraphs and not page.legend,
        "ends": page.field == "number",
        "notice": page.notice,
    }
    return " ".join(name for name, is_there in said.items() if is_there)


@cache
def _fixed(language: Language) -> dict[str, str]:
    """Give what stands on every page in one language."""
    actions = phrases().actions
    return {
        **{name: tell(name, language) for name in _FIXED_WORDS},
        "help_word": actions.help.into(language),
        "change": actions.change.into(language),
        "style": Markup(style()),  # noqa: S704  our own file; escaped, it would be no style sheet
    }


@lru_cache(maxsize=16)
def _contact_list(contacts: tuple[PageContact, ...]) -> Markup:
    """Give help contacts as HTML; they are the same on every page, so they are drawn once."""
    drawn = _template("contacts.html").render(contacts=contacts) if contacts else ""
    return Markup(drawn)  # noqa: S704  drawn by a template that escapes


@cache
def _template(name: str) -> Template:
    # No sandbox: both templates are our own, and looking at each of their names on each page takes a third of the time.
    environment = Environment(
        loader=DictLoader({name: _file(name)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _file(name: str) -> str:
    return resources.files("coprod.web").joinpath("content", name).read_text("utf-8")
