"""Facts about the law that rules rest on: what each says, where, and who has checked it."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from msgspec import Meta, Struct

from campaigns.checking.stored import made_once
from coprod.kernel.contacts import Nation
from coprod.kernel.yamlfile import load_yaml_text

NOT_CHECKED = "not yet checked by a lawyer or any other named person"


class LawFact(Struct, frozen=True, forbid_unknown_fields=True):
    """One fact. `checked_by` is empty until a named person has checked it."""

    id: str
    says: str
    nations: Annotated[tuple[Nation, ...], Meta(min_length=1)]
    source: str
    read_on: date
    checked_by: str = ""

    @property
    def standing(self) -> str:
        """Give in words what the fact says, where, where it comes from and who has checked it."""
        checked = f"checked by {self.checked_by}" if self.checked_by else NOT_CHECKED
        held = ", ".join(nation.replace("-", " ").title() for nation in self.nations)
        return f"{self.says} (held for {held}; {self.source}; read {self.read_on.isoformat()}; {checked})"


class LawFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """Every fact we hold."""

    format: Literal[1]
    facts: tuple[LawFact, ...]


@cache
def shipped_law() -> dict[str, LawFact]:
    """Give the facts that come with coprod by id."""
    return made_once("law", dict[str, LawFact], _read_law)


def _read_law() -> dict[str, LawFact]:
    text = resources.files("campaigns.checking").joinpath("law.yaml").read_text("utf-8")
    return {fact.id: fact for fact in load_yaml_text(text, "law.yaml", LawFacts).value.facts}
