"""Who a material is for, where, and which contacts hold on the day of the check."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from coprod.kernel.contacts import Audience, ContactRegistry, HelpContact, Nation
from coprod.kernel.released import CitableRelease


class Situation(Struct, frozen=True):
    """What a check needs to know beside the text. None: nobody has said.

    `releases` is what our own analysis released, by id; None: no ledger is at hand.
    """

    audience: Audience | None
    nation: Nation | None
    registry: ContactRegistry
    confirmed: dict[str, date]
    today: date
    releases: Mapping[str, CitableRelease] | None = None

    def suits(self, contact: HelpContact) -> bool:
        """Tell whether a contact is for these readers in this nation."""
        for_reader = self.audience is None or self.audience in contact.audiences
        return for_reader and (self.nation is None or self.nation in contact.nations)
