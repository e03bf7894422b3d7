"""What leaves on two names and a reason: the form, and the ways in which a table may leave although it is held back."""

from typing import Literal

from coprod.kernel.problem import BadInputError, Problem
from coprod.tui.dialogs import Field, Filling

How = Literal["reissue", "override"]
WAYS: dict[How, str] = {
    "reissue": "The data changed since it was released: people were added or removed",
    "override": "It leaves although it is held back: two people take that on their names",
}
SIGNING = (
    Field("Why", name="reason"),
    Field("First person who says so", name="first"),
    Field("Second person who says so", name="second"),
)


def signing(
    heading: str = "Kept in the ledger and printed in reports; recorded, not proven",
) -> Filling[tuple[str, ...]]:
    """Give a form for a reason and two names."""
    return Filling(heading, SIGNING, signed_by_two)


def signed_by_two(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed, its last three a reason and two names. Raises BadInputError, by field, where one is missing."""
    problems = [
        Problem(field.name, 1, 1, "it is empty", "fill it in: it is kept with what leaves")
        for field, text in zip(SIGNING, typed[-len(SIGNING) :], strict=True)
        if not text.strip()
    ]
    if not problems and typed[-1].strip().casefold() == typed[-2].strip().casefold():
        problems.append(
            Problem(SIGNING[-1].name, 1, 1, "this is the first person again", "another one signs")
        )
    if problems:
        raise BadInputError(*problems)
    return typed
