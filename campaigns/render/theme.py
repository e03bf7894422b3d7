"""Themes: colours and a motif, read from YAML, with their contrast worked out before anything is drawn."""

from functools import cache
from importlib import resources
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import Loaded, load_yaml_text, nearest

Colour = Annotated[str, Meta(min_length=7, max_length=7)]


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of a theme, each as #rrggbb. `second` and `third` only decorate."""

    paper: Colour
    ink: Colour
    soft: Colour
    line: Colour
    hero: Colour
    on_hero: Colour
    accent: Colour
    on_accent: Colour
    second: Colour
    third: Colour
    card: Colour
    link: Colour


class Logo(Struct, frozen=True, forbid_unknown_fields=True):
    """A team's own logo: a PNG or JPEG file beside the theme's, and words for people who do not see it."""

    file: str
    alt: str


class ThemeFonts(Struct, frozen=True, forbid_unknown_fields=True):
    """A team's own fonts: TTF or OTF files beside the theme's. Where one is empty, coprod's stands in."""

    heading: str = ""
    body: str = ""
    body_italic: str = ""


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """What a material looks like, apart from where things stand."""

    format: Literal[1]
    theme: str
    motif: Literal["circles", "hills", "rays"]
    colours: Colours
    logo: Logo | None = None
    fonts: ThemeFonts | None = None


class Pairing(Struct, frozen=True):
    """Two colours that meet, and the least contrast they may have.

    Source: Web Content Accessibility Guidelines 2.2, criteria 1.4.3, 1.4.6 and 1.4.11.
    """

    front: str
    back: str
    least: float


PAIRINGS = (
    Pairing("ink", "paper", 7.0),
    Pairing("ink", "card", 7.0),
    Pairing("soft", "paper", 4.5),
    Pairing("soft", "card", 4.5),
    Pairing("on_hero", "hero", 7.0),
    Pairing("accent", "hero", 4.5),
    Pairing("on_accent", "accent", 7.0),
    Pairing("link", "paper", 4.5),
    Pairing("link", "card", 4.5),
    Pairing("hero", "paper", 4.5),
    Pairing("hero", "card", 4.5),
)


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two #rrggbb colours, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def theme_from_text(text: str, path: str) -> Theme:
    """Give a theme. Raises BadInputError for a colour that is none and for every pair that is hard to read."""
    loaded = load_yaml_text(text, path, Theme)
    named = _named_colours(loaded)
    problems = [
        loaded.problem(
            ("colours", pairing.front),
            f"`{pairing.front}` on `{pairing.back}` has a contrast of {ratio:.1f}",
            f"choose colours with {pairing.least:g} or more",
        )
        for pairing in PAIRINGS
        if (ratio := contrast(named[pairing.front], named[pairing.back])) < pairing.least
    ]
    if problems:
        raise BadInputError(*problems)
    return loaded.value


def _named_colours(loaded: Loaded[Theme]) -> dict[str, str]:
    colours = loaded.value.colours
    named = {name: str(getattr(colours, name)) for name in colours.__struct_fields__}
    problems = [
        loaded.problem(("colours", name), f"`{value}` is not a colour", "write # and six of 0-9 a-f")
        for name, value in named.items()
        if not (value[0] == "#" and all(digit in "0123456789abcdef" for digit in value[1:].lower()))
    ]
    if problems:
        raise BadInputError(*problems)
    return named


def theme_names() -> tuple[str, ...]:
    """Give the names of the themes coprod ships."""
    folder = resources.files("campaigns").joinpath("themes")
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".yaml")))


def theme_source(name: str) -> str:
    """Give the text of a shipped theme's file. Raises BadInputError for a name coprod does not have."""
    if name not in theme_names():
        raise BadInputError.of("theme", f"there is no theme `{name}`", nearest(name, theme_names()))
    return resources.files("campaigns").joinpath("themes", f"{name}.yaml").read_text("utf-8")


@cache
def shipped_theme(name: str) -> Theme:
    """Give a theme coprod ships. Raises BadInputError for a name it does not have."""
    return theme_from_text(theme_source(name), f"{name}.yaml")
