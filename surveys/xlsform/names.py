"""A form's names as ids of coprod."""

import re
import unicodedata

LONGEST = 40


def id_from(name: str, words: str, taken: set[str], otherwise: str) -> str:
    """Give an id like the form's name, or like its words where the name is only a number; none in `taken`.

    `otherwise` is the id where neither has a letter.
    """
    wanted = next((slug for text in (name, words) if (slug := slug_of(text))), otherwise)
    number, made = 2, wanted
    while made in taken:
        made = f"{wanted[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
        number += 1
    return made


def slug_of(text: str) -> str:
    """Give a text in small letters, digits and hyphens, from its first letter on; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain))
    if not re.search(r"[a-z]", joined):
        return ""
    started = joined.strip("-")
    started = started if started[0].isalpha() else f"q-{started}"
    return started if len(started) <= LONGEST else _cut(started)


def _cut(slug: str) -> str:
    """Cut at a word where that leaves most of it."""
    whole = slug[: LONGEST + 1].rsplit("-", 1)[0]
    return (whole if len(whole) > LONGEST // 2 else slug[:LONGEST]).rstrip("-")
