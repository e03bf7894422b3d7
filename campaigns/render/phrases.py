"""The fixed words on pages and posters, in English and Welsh."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """Every fixed word the renderer adds to a document."""

    format: Literal[1]
    leave: Wording
    leave_note: Wording
    skip: Wording
    content_title: Wording
    content_note: Wording
    help_title: Wording
    on_this_page: Wording
    more_title: Wording
    more_alt: Wording
    easy_read: Wording
    rests_on: Wording
    slide_title: Wording
    slide_text: Wording
    page_number: Wording
    of_pages: Wording
    footer: Wording
    footer_short: Wording
    reviewed: Wording
    reviewed_simulated: Wording
    reviewed_text: Wording
    reviewed_text_simulated: Wording
    texts: dict[str, Wording]
    months: Wording
    marks: dict[str, Wording]

    def day(self, day: date, language: Language) -> str:
        """Give a day as printed, kept on one line: 31 March 2028."""
        month = self.months.into(language).split()[day.month - 1]
        return f"{day.day}\u00a0{month}\u00a0{day.year}"

    def mark(self, mark: str, language: Language) -> str:
        """Give marks as printed: the sentence for a known one, the text itself for any other.

        Several stand with a comma between: "simulated, draft".
        """
        shown = (
            self.marks[one].into(language) if one in self.marks else one for one in mark.split(", ") if one
        )
        return " · ".join(shown)


@cache
def phrases() -> Phrases:
    """Give the fixed words that come with coprod."""
    text = resources.files("campaigns.render").joinpath("phrases.yaml").read_text("utf-8")
    return load_yaml_text(text, "phrases.yaml", Phrases).value
