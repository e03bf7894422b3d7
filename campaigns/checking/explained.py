"""What stands behind the rules that look at a text as a whole: what each finds, why, and what to do about it."""

from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.checking.rules import Severity
from coprod.kernel.yamlfile import load_yaml_text


class WholeTextRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule about the text as a whole; `weight` is the most it weighs."""

    finds: str
    why: str
    instead: str
    weight: Severity
    source: str


class WholeTextRules(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, by id."""

    format: Literal[1]
    rules: dict[str, WholeTextRule]


@cache
def whole_text_rules() -> dict[str, WholeTextRule]:
    """Give the rules about a text as a whole by id."""
    text = resources.files("campaigns.checking").joinpath("explained.yaml").read_text("utf-8")
    return load_yaml_text(text, "explained.yaml", WholeTextRules).value.rules
