"""Audiences: who reads a report, which questions and codes concern them, and which key messages these bear on."""

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import Loaded, load_yaml, load_yaml_text, nearest

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{1,59}$")]
AUDIENCES_FILE = "audiences.yaml"
_ASKED_OTHERWISE = re.compile(r"-[0-9a-f]{6}$")


class BearsOn(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of the briefing, by its id, and the questions and codes that bear on it."""

    statement: str
    questions: tuple[Id, ...] = ()
    codes: tuple[Id, ...] = ()


class Audience(Struct, frozen=True, forbid_unknown_fields=True):
    """Some readers. `briefing` is held where theirs is the one of the series that coprod holds."""

    id: Id
    name: Annotated[str, Meta(min_length=3)]
    messages: Annotated[tuple[BearsOn, ...], Meta(min_length=1)]
    briefing: Literal["held", "not-held"] = "not-held"
    also: tuple[Id, ...] = ()
    take_with_you: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Give the ids of all questions that concern these readers, each once, in the order of the messages."""
        found = [question for message in self.messages for question in message.questions]
        return tuple(dict.fromkeys((*found, *self.also)))

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the ids of all codes that concern them."""
        return tuple(dict.fromkeys(code for message in self.messages for code in message.codes))


class Audiences(Struct, frozen=True, forbid_unknown_fields=True):
    """All readers a report can be written for."""

    format: Literal[1]
    audiences: Annotated[tuple[Audience, ...], Meta(min_length=1)]

    def audience(self, wanted: str) -> Audience:
        """Give the readers with an id. Raises BadInputError naming those there are."""
        found = next((one for one in self.audiences if one.id == wanted), None)
        if found is None:
            known = ", ".join(one.id for one in self.audiences)
            raise BadInputError.of("--for", f"there is no audience `{wanted}`", f"known: {known}")
        return found


@cache
def shipped_audiences() -> Audiences:
    """Give the audiences that come with coprod."""
    return load_yaml_text(shipped_text(), AUDIENCES_FILE, Audiences).value


def shipped_text() -> str:
    """Give the file that comes with coprod, for a team to change."""
    return resources.files("analysis.reports").joinpath(AUDIENCES_FILE).read_text("utf-8")


def load_audiences(path: Path) -> Audiences:
    """Give a team's own audiences. Raises BadInputError with every mistake, an id that stands twice too."""
    loaded = load_yaml(path, Audiences)
    _refuse_twice(loaded)
    return loaded.value


def concerns(key: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a question of a batch is one of those wanted; a key asked in two wordings has a mark at its end."""
    return key in wanted or _ASKED_OTHERWISE.sub("", key) in wanted


def check_codes(audiences: Audiences, known: tuple[str, ...], path: str) -> None:
    """Raise BadInputError for a code that no codebook here has."""
    for one in audiences.audiences:
        for code in one.codes:
            if code not in known:
                raise BadInputError.of(
                    path, f"`{one.id}` names the code `{code}`, which is not there", nearest(code, known)
                )


def _refuse_twice(loaded: Loaded[Audiences]) -> None:
    seen: set[str] = set()
    problems = []
    for at, one in enumerate(loaded.value.audiences):
        if one.id in seen:
            mend = "give each audience an id of its own"
            problems.append(loaded.problem(("audiences", at, "id"), f"`{one.id}` stands twice", mend))
        seen.add(one.id)
    if problems:
        raise BadInputError(*problems)
