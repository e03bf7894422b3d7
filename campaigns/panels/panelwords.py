"""The wordings around a material under review, in both languages, and how they are filled in and written down."""

import json
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.text import clean
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that could happen to a part."""

    id: str
    label: Wording


class ComparisonWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings around two versions beside each other."""

    title: Wording
    purpose: Wording
    start: Wording
    who_reads: Wording
    better: Wording
    nothing: Wording
    same: Wording
    neither: Wording


class YouSaidWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings of the page that tells a panel what was done."""

    title: Wording
    note: Wording
    thanks: Wording
    harm: Wording
    outcomes: dict[str, Wording]
    disagree: Wording
    how_to_disagree: Wording
    help: Wording


class PanelWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings around a material under review; `{…}` is filled in."""

    format: Literal[1]
    title: Wording
    made_by: Wording
    unknown_maker: Wording
    purpose: Wording
    who_reads: Wording
    content_note: Wording
    usual_note: Wording
    part: Wording
    part_view: Wording
    part_help: Wording
    picture: Wording
    contested: Wording
    marking: Wording
    which_lines: Wording
    why_lines: Wording
    which_parts: Wording
    why_parts: Wording
    one_part: Wording
    views: tuple[View, ...]
    comparison: ComparisonWords
    you_said: YouSaidWords


@cache
def panel_words() -> PanelWords:
    """Give the wordings that come with coprod."""
    text = resources.files("campaigns.panels").joinpath("panel-words.yaml").read_text("utf-8")
    return load_yaml_text(text, "panel-words.yaml", PanelWords).value


def filled(pattern: Wording, **values: str) -> Wording:
    """Give a wording with its `{…}` filled in, in both languages."""
    en, cy = pattern.en, pattern.cy or pattern.en
    for name, value in values.items():
        en, cy = en.replace(f"{{{name}}}", value), cy.replace(f"{{{name}}}", value)
    return Wording(en, cy)


def wording_line(words: Wording) -> str:
    """Give a wording as one line of YAML. A material's words are data: nothing in them can be YAML or logic."""
    return json.dumps({"en": as_data(words.en), "cy": as_data(words.cy or words.en)}, ensure_ascii=False)


def as_data(text: str) -> str:
    """Give text in which nothing can be taken for a reference to an answer."""
    return clean(text).replace("${", "$ {")
