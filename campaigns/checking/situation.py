"""Who a material is for, where, and which contacts hold on the day of the check."""

from datetime import date

from msgspec import Struct

from coprod.kernel.contacts import Audience, ContactRegistry, HelpContact, Nation


class Situation(Struct, frozen=True):
    """What a check needs to know beside the text. None: nobody has said."""

    audience: Audience | None
    nation: Nation | None
    registry: ContactRegistry
    confirmed: dict[str, date]
    today: date

    def suits(self, contact: HelpContact) -> bool:
        """Tell whether a contact is for these readers in this nation."""
        for_reader = self.audience is None or self.audience in contact.audiences
        return for_reader and (self.nation is None or self.nation in contact.nations)
