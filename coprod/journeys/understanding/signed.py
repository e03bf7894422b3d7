"""What two people put their names to, so that a table leaves: how its data changed, or that it is held back."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from analysis.publishing.ledger import Override, Reissue

How = Literal["reissue", "other-people", "override"]


class Signed(Struct, frozen=True):
    """How it comes that a table may leave, the reason, and the names of those who say so.

    `reissue`: at least 5 people were added or removed at once since it was released; `other-people`: nobody answered in
    both; `override`: it leaves although it is held back.
    """

    how: How
    reason: str
    names: tuple[str, ...]

    @property
    def is_of_the_data(self) -> bool:
        """Tell whether it holds for every table of the same data, not only for the one that was looked at."""
        return self.how != "override"


def reissue_and_override(signed: Signed | None) -> "tuple[Reissue | None, Override | None]":
    """Give what was signed as the ledger takes it: one of the two, or neither."""
    from analysis.publishing.ledger import Override, Reissue

    if signed is None:
        return None, None
    if signed.how == "override":
        return None, Override(signed.reason, signed.names)
    return Reissue(signed.reason, signed.names, other_people=signed.how == "other-people"), None
