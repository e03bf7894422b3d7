"""Whether names that people typed are of one person or of two. Names are recorded, not proven."""

from collections.abc import Sequence


def person_in(typed: str) -> str:
    """Give the name in `Ana Field, campaign lead`, however it is spaced and in whatever letters; the role is left out."""
    return " ".join(typed.partition(",")[0].casefold().split())


def role_in(typed: str) -> str:
    """Give the role in `Ana Field, campaign lead` likewise; empty where none is written."""
    return " ".join(typed.partition(",")[2].casefold().split())


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are of one person; a role beside a name makes nobody another person."""
    return person_in(one) == person_in(other)


def why_not_two_roles(names: Sequence[str]) -> str:
    """Give why these are not two people in two different roles; empty when they are."""
    given = [name for name in names if person_in(name)]
    if len({person_in(name) for name in given}) < 2:
        return "names one person twice" if len(given) > 1 else "names one person only"
    roles = {role_in(name) for name in given}
    if "" in roles:
        return "does not say in which role each of them is"
    return "names two people in one role" if len(roles) < 2 else ""
