"""What a sign-off binds: the SHA-256 of every part that decides what a reader sees."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from campaigns.materials.material import Material
from campaigns.materials.material_document import material_document
from campaigns.render.glyphs import font_files
from campaigns.render.look import look_named
from campaigns.render.page import TEMPLATES
from campaigns.render.pictures import pictures_of
from campaigns.render.slides import TEMPLATES as SLIDE_TEMPLATES
from campaigns.render.theme import theme_names, theme_source
from coprod.kernel.contacts import HelpContact

# Crockford's alphabet, which has no letters that look like digits.
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
REPORT_LAYOUT = "report-pdf.typ"


class Part(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """One part by name (`source`, `picture assets/x.png`, `contact childline`) with its SHA-256."""

    name: str
    sha256: str


def canonical(value: Any) -> bytes:
    """Give one JSON spelling of a value: sorted keys, UTF-8, no spaces, dates as year-month-day."""
    return msgspec.json.encode(msgspec.to_builtins(value), order="sorted")


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes as hex."""
    return hashlib.sha256(content).hexdigest()


def parts_of(
    material: Material,
    folder: Path,
    theme: str,
    contacts: tuple[HelpContact, ...],
    themes: Path | None = None,
) -> tuple[Part, ...]:
    """Give every part of a material that is bound, sorted by name. `themes` holds the team's own themes.

    Raises BadInputError for a picture that cannot be used or a theme there is not.
    """
    front = material.front
    named = set(front.contacts) if front else set()
    parts = [
        *_seen_parts(material, folder),
        *(Part(f"contact {one.id}", sha256(canonical(one))) for one in contacts if one.id in named),
        *_theme_parts(theme, themes),
        *(Part(f"font {file.name}", sha256(file.read_bytes())) for file in font_files()),
        *_layout_parts(),
    ]
    return tuple(sorted(parts))


def content_hash(parts: tuple[Part, ...]) -> str:
    """Give the SHA-256 over all parts."""
    return sha256(canonical(parts))


def seen_hash(material: Material, folder: Path) -> str:
    """Give the SHA-256 of what a panel sees: the source and the pictures."""
    return content_hash(tuple(sorted(_seen_parts(material, folder))))


def rules_hash() -> str:
    """Give the SHA-256 over every rule and list the check works with."""
    root = resources.files("campaigns")
    folders = (root.joinpath(name) for name in ("checking", "panels", "rules"))
    files = [file for folder in folders for file in folder.iterdir() if _is_data(file)]
    return content_hash(tuple(sorted(Part(file.name, sha256(file.read_bytes())) for file in files)))


def footer_code(content: str) -> str:
    """Give the code printed in a footer for a content hash: ten letters and digits, in two groups."""
    number = int(content, 16) >> (256 - 5 * CODE_LENGTH)
    letters = "".join(_CODE_LETTERS[(number >> (5 * place)) & 31] for place in reversed(range(CODE_LENGTH)))
    return f"{letters[:5]}-{letters[5:]}"


def code_as_typed(code: str) -> str:
    """Give a code as printed, however it was typed: small letters, O for 0, I or L for 1, without the hyphen."""
    plain = code.upper().translate(str.maketrans("OIL", "011", " -–—"))
    return f"{plain[:5]}-{plain[5:]}"


def is_bound(parts: Iterable[Part], material: Material) -> bool:
    """Tell whether these parts hold just this text; of pictures, looks and fonts it says nothing."""
    return _source(material) in parts


def _source(material: Material) -> Part:
    text = unicodedata.normalize("NFC", material.source)
    return Part("source", sha256(text.encode("utf-8", "surrogatepass")))


def _seen_parts(material: Material, folder: Path) -> Iterator[Part]:
    yield _source(material)
    languages = material.front.languages if material.front else ("en",)
    documents = (material_document(material, language=language) for language in languages)
    pictures = {
        source: one for document in documents for source, one in pictures_of(document, folder).items()
    }
    for source, picture in pictures.items():
        yield Part(f"picture {source}", sha256(picture.content))


def _theme_parts(name: str, themes: Path | None) -> Iterator[Part]:
    if name in theme_names():
        look_named(name, themes)
        yield Part(f"theme {name}", sha256(theme_source(name).encode()))
        return
    look = look_named(name, themes)
    yield Part(f"theme {name}", sha256(look.source.encode()))
    if look.logo is not None:
        yield Part("logo", sha256(look.logo.content))
    yield from (Part(f"own font {font.file}", sha256(font.content)) for font in look.fonts)


def _layout_parts() -> Iterator[Part]:
    layouts = resources.files("campaigns").joinpath("layouts")
    for file in layouts.iterdir():
        if file.name in TEMPLATES or (file.name.endswith(".typ") and file.name != REPORT_LAYOUT):
            yield Part(f"layout {file.name}", sha256(file.read_bytes()))
    slides = layouts.joinpath("slides")
    for name in SLIDE_TEMPLATES:
        yield Part(f"layout slides/{name}", sha256(slides.joinpath(name).read_bytes()))
    words = resources.files("campaigns.render").joinpath("phrases.yaml")
    yield Part("layout phrases.yaml", sha256(words.read_bytes()))


def _is_data(file: Traversable) -> bool:
    return file.is_file() and file.name.endswith((".yaml", ".json", ".tsv", ".txt", ".dat", ".msgpack"))
