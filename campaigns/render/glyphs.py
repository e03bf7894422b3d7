"""Characters and the fonts that must hold them: nothing is ever printed as an empty box."""

import re
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path

from coprod.kernel.problem import BadInputError

HEADING_FONT = "Lexend"
BODY_FONT = "Source Sans 3"
_PACKAGES = ("fontpkg_lexend", "fontpkg_source_sans_3")
LONGEST_WORD = 24
PIECE = 14
MOST_EDGES = 4
_EDGES = re.compile(r"^[^\w\s]+|[^\w\s]+$")
_INVISIBLE = "\u00ad\u200b"
_EMOJI_TAILS = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]")


@cache
def font_files() -> tuple[Path, ...]:
    """Give the openly licensed font files that come with coprod's dependencies, in a fixed order."""
    folders = (Path(str(resources.files(package))) / "files" for package in _PACKAGES)
    return tuple(sorted((file for folder in folders for file in folder.glob("*.ttf")), key=lambda f: f.name))


@cache
def font_characters() -> frozenset[int]:
    """Give the code points that every printed style has a letter for.

    The body font upright and italic must both have one; the heading font falls back to the body font.
    """
    body = [file for file in font_files() if file.name.startswith("SourceSans3")]
    return frozenset.intersection(*(_characters_in(file) for file in body))


def _characters_in(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(str(file), lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(text: str, own: frozenset[int] | None = None) -> str:
    """Give text the fonts can print: an emoji becomes its name in brackets.

    `own` are the code points of a team's own fonts, which must hold each letter too. Raises BadInputError naming each other character that the fonts lack.
    """
    if text.isascii():
        return text
    held = font_characters() if own is None else font_characters() & own
    shown = "".join(_shown(character, held) for character in _EMOJI_TAILS.sub("", text))
    missing = sorted({character for character in shown if not _is_held(character, held)})
    if missing:
        names = ", ".join(f"{character} ({_name(character)})" for character in missing)
        raise BadInputError.of(
            "document", f"the fonts cannot print {names}", "write it with other letters, or as a picture"
        )
    return shown


def _shown(character: str, held: frozenset[int]) -> str:
    if _is_held(character, held) or unicodedata.category(character) != "So":
        return character
    return f"[{_name(character)}]"


def _is_held(character: str, held: frozenset[int]) -> bool:
    return ord(character) in held or character in "\n\t" or character in _INVISIBLE


def _name(character: str) -> str:
    return unicodedata.name(character, "a character without a name").lower()


def breakable(text: str) -> str:
    """Give text in which a word too long for a line has places to break.

    A hyphen shows where a word breaks; an address breaks after its own punctuation without one. The marks before
    and after a word are no part of it: a comma never stands alone on a line.
    """
    return re.sub(rf"\S{{{LONGEST_WORD + 1},}}", lambda match: _word_with_breaks(match[0]), text)


def _word_with_breaks(word: str) -> str:
    core = _EDGES.sub("", word)
    if len(core) <= LONGEST_WORD and len(word) <= LONGEST_WORD + MOST_EDGES:
        return word
    before, _, after = word.partition(core) if core else ("", "", "")
    is_plain = core and len(before) + len(after) <= MOST_EDGES
    return before + _with_breaks(core) + after if is_plain else _with_breaks(word)


def _with_breaks(word: str) -> str:
    if word.replace("-", "").replace("'", "").isalpha():
        return "\u00ad".join(word[at : at + PIECE] for at in range(0, len(word), PIECE))
    marked = re.sub(r"(?<=[/.@?&=_-])(?=\w)", "\u200b", word)
    return re.sub(rf"[^\u200b]{{{LONGEST_WORD}}}(?=[^\u200b])", lambda match: match[0] + "\u200b", marked)
