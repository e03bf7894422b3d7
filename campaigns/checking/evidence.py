"""The briefing as data: statements that claims may cite, and the statutory wording we hold."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Literal

from msgspec import Meta, Struct

from campaigns.checking.patterns import compile_pattern
from campaigns.checking.reading import fold
from campaigns.checking.stored import made_once
from campaigns.materials.material import Claim
from coprod.kernel.contacts import Nation
from coprod.kernel.yamlfile import load_yaml_text

RELEASE_PREFIX = "ledger/"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[a-z0-9]+")
_NEAR_DEFINITION = 0.6


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of the research, in our own plain words."""

    id: Annotated[str, Meta(min_length=3)]
    says: str
    year: int
    nation: Nation
    caveat: str = ""
    about: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """A statutory definition, word for word. `also` are other wordings in which it is published as it stands."""

    nation: Nation
    name: str
    read_on: date
    text: str
    also: tuple[str, ...] = ()


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything we hold."""

    format: Literal[1]
    source: str
    statements: tuple[Statement, ...]
    definitions: tuple[Definition, ...]

    def statement(self, identifier: str) -> Statement | None:
        """Give the statement with an id, if there is one."""
        return next((one for one in self.statements if one.id == identifier), None)

    def definition(self, nation: Nation) -> Definition | None:
        """Give the wording we hold for a nation; None means not held."""
        return next((one for one in self.definitions if one.nation == nation), None)

    def contradicting(self, sentence: str) -> Statement | None:
        """Give the statement that a folded sentence says the opposite of, if there is one."""
        return next(
            (
                one
                for one in self.statements
                if any(_holds(pattern, sentence) for pattern in one.contradicted_by)
            ),
            None,
        )


@cache
def shipped_evidence() -> Evidence:
    """Give the evidence that comes with coprod."""
    return made_once("evidence", Evidence, _read_evidence)


def _read_evidence() -> Evidence:
    text = resources.files("campaigns.checking").joinpath("evidence.yaml").read_text("utf-8")
    return load_yaml_text(text, "evidence.yaml", Evidence).value


def year_of(claim: Claim) -> int | None:
    """Give the year of a claim's source: of the statement it cites, or the last one in the citation."""
    statement = shipped_evidence().statement(claim.source)
    if statement is not None:
        return statement.year
    years = _YEAR.findall(claim.source)
    return int(years[-1]) if years else None


def is_released(claim: Claim) -> bool:
    """Tell whether a claim cites a number released by the analysis (`ledger/release-12`)."""
    return claim.source.startswith(RELEASE_PREFIX) and len(claim.source) > len(RELEASE_PREFIX)


def covers(claim: Claim, sentence: str) -> bool:
    """Tell whether a claim is about a folded sentence: one holds the other, or they share most words."""
    said = words_of(fold(claim.text))
    here = words_of(sentence)
    if not said or not here:
        return False
    claimed, written = " ".join(said), " ".join(here)
    if claimed in written or (len(here) >= 4 and written in claimed):
        return True
    shared = len(set(said) & set(here))
    return shared / min(len(set(said)), len(set(here))) >= 0.75 and shared >= 4


def words_of(text: str) -> list[str]:
    """Give the words of a folded text."""
    return _WORD.findall(text)


class DefinitionDifference(Struct, frozen=True):
    """How a quoted definition differs from the statute: one entry a change, in plain words."""

    changes: tuple[str, ...]


@lru_cache(maxsize=1024)
def compare_definition(definition: Definition, passage: str) -> DefinitionDifference | None:
    """Compare a folded passage with a definition.

    Gives no changes where the whole definition stands in it in one of its wordings, the changes from the nearest
    wording where it is a near miss (at least 60 % of the words in order), and None where it is something else.
    """
    compared = (_compare(text, passage) for text in (definition.text, *definition.also))
    held = [one for one in compared if one is not None]
    return min(held, key=lambda one: len(one.changes), default=None)


def _compare(text: str, passage: str) -> DefinitionDifference | None:
    from difflib import SequenceMatcher  # few texts quote a definition

    wanted, found = words_of(fold(text)), words_of(passage)
    if " ".join(wanted) in " ".join(found):
        return DefinitionDifference(())
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) / len(wanted) < _NEAR_DEFINITION:
        return None
    changes = [
        _change(wanted[a_start:a_end], found[b_start:b_end])
        for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes()
        if kind != "equal" and not _is_outside(a_start, a_end, b_start, b_end, blocks)
    ]
    return DefinitionDifference(tuple(changes))


def _is_outside(
    a_start: int, a_end: int, b_start: int, b_end: int, blocks: Sequence[tuple[int, int, int]]
) -> bool:
    """Tell whether a difference is only text before or after the quoted definition."""
    first, last = blocks[0], blocks[-1]
    return a_start == a_end and (b_end <= first[1] or b_start >= last[1] + last[2])


def _change(wanted: list[str], found: list[str]) -> str:
    if not found:
        return f"left out: {' '.join(wanted)}"
    if not wanted:
        return f"added: {' '.join(found)}"
    return f"{' '.join(found)} stands for: {' '.join(wanted)}"


def _holds(pattern: str, text: str) -> bool:
    return any(True for _ in compile_pattern(pattern).found_in(text))
