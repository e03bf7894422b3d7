"""What leaves on two names and a reason: the form, and the ways in which a table may leave although it is held back."""

from coprod.journeys.understanding.signed import How, Signed
from coprod.kernel.problem import BadInputError, Problem
from coprod.tui.dialogs import Field, Filling

WAYS: dict[How, str] = {
    "reissue": "The data changed: at least 5 people were added or removed at once since it was released",
    "other-people": "Other people answered: nobody in both, so nothing follows from one table for the other",
    "override": "It leaves although it is held back: two people take that on their names",
}
SIGNED_WORDS: dict[How, str] = {
    "reissue": "say that the data changed",
    "other-people": "say that other people answered",
    "override": "take it on their names",
}
WHY: dict[How, str] = {
    "reissue": "How did that come about?",
    "other-people": "How do you know that nobody answered in both?",
    "override": "Why",
}
SIGNING = (
    Field(WHY["override"], name="reason"),
    Field("First person who says so", name="first"),
    Field("Second person who says so", name="second"),
)


def signing(how: How) -> Filling[Signed]:
    """Give a form for a reason and two names, which gives what was signed."""
    why = Field(WHY[how], name=SIGNING[0].name)
    heading = "Kept in the ledger and printed in reports; recorded, not proven"
    return Filling(heading, (why, *SIGNING[1:]), lambda typed: _signed(how, signed_by_two(typed)))


def signed_words(signed: Signed) -> str:
    """Give who says what: `Ana and Sal say that the data changed`."""
    return f"{' and '.join(signed.names)} {SIGNED_WORDS[signed.how]}"


def _signed(how: How, typed: tuple[str, ...]) -> Signed:
    return Signed(how, typed[0], typed[1:])


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
