"""How often each rule was right on our own sets of passages: shown beside the rule, so that nobody has to trust it."""

from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml_text


class Measured(Struct, frozen=True, forbid_unknown_fields=True):
    """Findings of one rule: `right` on words a reviewer had marked, `wrong` on words nobody had marked."""

    right: int
    wrong: int

    @property
    def shown(self) -> str:
        """Give the figure in words: the precision, and from how many findings."""
        if not self.right + self.wrong:
            return "not met in our sets"
        return f"right in {self.right} of {self.right + self.wrong}"


class _MeasuredFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    rules: dict[str, Measured]


@cache
def shipped_measures() -> dict[str, Measured]:
    """Give the figures by rule id, as `python -m benchmarks.found --write` wrote them."""
    text = resources.files("campaigns.checking").joinpath("measured.yaml").read_text("utf-8")
    return load_yaml_text(text, "measured.yaml", _MeasuredFile).value.rules
