"""Wording: one text in several languages."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Language = Literal["en", "cy"]
LANGUAGES: tuple[Language, ...] = ("en", "cy")


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """English always, Welsh where somebody has written it."""

    en: str
    cy: str | None = None

    def into(self, language: Language) -> str:
        """Give the text in a language, in English where the other is not written yet."""
        return self.cy if language == "cy" and self.cy is not None else self.en

    def written(self) -> Iterator[tuple[Language, str]]:
        """Give each language that is written, with its text."""
        yield "en", self.en
        if self.cy is not None:
            yield "cy", self.cy
