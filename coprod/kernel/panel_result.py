"""What a panel of young reviewers hands to the campaign team: counts and unlinked comments."""

from typing import Literal

from msgspec import Struct

from coprod.kernel.released import ReleasedTable


class PanelComment(Struct, frozen=True, forbid_unknown_fields=True):
    """One redacted comment; `about` is the question it answered. Shuffled, so order says nothing."""

    about: str
    text: str


class PanelResult(Struct, frozen=True, forbid_unknown_fields=True):
    """One round. `material` is the SHA-256 of the material's content the panel saw.

    `enough` says whether at least the quorum reviewed it together and said whether it could harm someone;
    the exact number is not kept.
    `harm_raised` is true when anybody said the material could harm someone.
    """

    material: str
    questionnaire: str
    enough: bool
    reviewers: str
    harm_raised: bool
    tables: tuple[ReleasedTable, ...]
    comments: tuple[PanelComment, ...]
    simulated: bool = False
    format: Literal[1] = 1
