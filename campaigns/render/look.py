"""What a file is drawn with: a theme, and a team's own logo and fonts, read once and looked over before use."""

import io
from functools import cache
from pathlib import Path

from msgspec import Struct

from campaigns.render.glyphs import BODY_FONT, HEADING_FONT
from campaigns.render.pictures import LARGEST_PICTURE, Picture, inside, picture_from_bytes
from campaigns.render.theme import Theme, shipped_theme, theme_from_text, theme_names, theme_source
from coprod.kernel.files import named_like, read_bytes, read_text
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

LARGEST_FONT = 6_000_000
_FONT_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
# Letters, digits and marks that every material may need, in English and in Welsh.
NEEDED = "".join(map(chr, range(0x20, 0x7F))) + "£·–—‘’“”…âêîôûŵŷÂÊÎÔÛŴŶáéíóúàèìòùäëïöü\u00a0"


class OwnFont(Struct, frozen=True):
    """One font file of a team's own, by the family name it gives itself."""

    file: str
    family: str
    content: bytes
    characters: frozenset[int]


class Look(Struct, frozen=True):
    """A theme with everything it needs. `source` is its file's text; `heading` and `body` are font families."""

    theme: Theme
    source: str
    logo: Picture | None = None
    fonts: tuple[OwnFont, ...] = ()
    heading: tuple[str, ...] = (HEADING_FONT, BODY_FONT)
    body: tuple[str, ...] = (BODY_FONT,)

    @property
    def characters(self) -> frozenset[int] | None:
        """Give the code points that all own fonts hold, or None where there is none."""
        return frozenset.intersection(*(font.characters for font in self.fonts)) if self.fonts else None


@cache
def shipped_look(name: str) -> Look:
    """Give a theme coprod ships, ready to draw with. Raises BadInputError for a name it does not have."""
    return Look(shipped_theme(name), theme_source(name))


def look_named(name: str, folder: Path | None) -> Look:
    """Give a theme by name: one coprod ships, or a team's own `NAME.yaml` in its themes folder.

    Raises BadInputError for a name there is not, one that hides a shipped theme, a mistake in the file, colours
    that are hard to read, and a logo or font that cannot be used.
    """
    own = [path.stem for path in named_like(folder, "*.yaml")] if folder is not None else []
    if name in theme_names():
        if name in own:
            raise BadInputError.of(
                f"{name}.yaml", "coprod ships a theme of this name", "give your file a name of its own"
            )
        return shipped_look(name)
    if folder is None or name not in own:
        raise BadInputError.of("theme", f"there is no theme `{name}`", nearest(name, (*theme_names(), *own)))
    return own_look(folder / f"{name}.yaml")


def own_look(path: Path) -> Look:
    """Give the look of a team's own theme file. Its logo and fonts lie in the same folder. Raises BadInputError."""
    source = read_text(path)
    theme = theme_from_text(source, str(path))
    logo = None
    if theme.logo is not None:
        if not theme.logo.alt.strip():
            raise BadInputError.of(path, "the logo has no words for people who do not see it", "write `alt:`")
        logo = picture_from_bytes(
            read_bytes(inside(path.parent, theme.logo.file), LARGEST_PICTURE), theme.logo.file
        )
    if theme.fonts is None:
        return Look(theme, source, logo)
    named = (theme.fonts.heading, theme.fonts.body, theme.fonts.body_italic)
    fonts = {file: _font(path.parent, file) for file in dict.fromkeys(named) if file}
    body = fonts[theme.fonts.body].family if theme.fonts.body else BODY_FONT
    heading = fonts[theme.fonts.heading].family if theme.fonts.heading else HEADING_FONT
    return Look(theme, source, logo, tuple(fonts.values()), (heading, body), (body,))


def _font(folder: Path, file: str) -> OwnFont:
    content = read_bytes(inside(folder, file), LARGEST_FONT)
    found = _family_and_characters(content) if content.startswith(_FONT_STARTS) else None
    if found is None:
        raise BadInputError.of(file, "this is not a TTF or OTF font", "ask for the font as TTF or OTF")
    family, characters = found
    lacking = "".join(sorted({letter for letter in NEEDED if ord(letter) not in characters}))
    if lacking:
        what = f"this font lacks {lacking[:60]}"
        raise BadInputError.of(file, what, "choose one with all English and Welsh letters")
    return OwnFont(file, family, content, characters)


def _family_and_characters(content: bytes) -> tuple[str, frozenset[int]] | None:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            names = font["name"]
            family = names.getDebugName(16) or names.getDebugName(1)
            characters = frozenset(font.getBestCmap() or ())
    except (TTLibError, KeyError, AssertionError, ValueError, IndexError, OSError):
        return None
    return (clean_line(family), characters) if family else None
