"""The registry of help contacts: what was read where and when, and what a service has confirmed."""

from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coprod.kernel.stored import made_once
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text

Nation = Literal["england", "wales", "scotland", "northern-ireland"]
Audience = Literal["young-people", "families", "professionals", "press"]
NATIONS: tuple[Nation, ...] = ("england", "wales", "scotland", "northern-ireland")
AUDIENCES: tuple[Audience, ...] = ("young-people", "families", "professionals", "press")
FRESH_FOR = timedelta(days=180)
Digits = Annotated[str, Meta(min_length=3, max_length=20)]


class HelpContact(Struct, frozen=True, forbid_unknown_fields=True):
    """One help service. `call` and `text` are numbers as printed; `read_on` is when `source` was read.

    `digits` says how many digits the call number has, so that a digit lost in typing is found.
    """

    id: str
    name: str
    offers: Wording
    audiences: tuple[Audience, ...]
    nations: tuple[Nation, ...]
    hours: Wording
    cost: Wording
    source: str
    read_on: date
    call: str = ""
    digits: int = 0
    text: str = ""
    web: str = ""
    oldest: int | None = None


class ContactRegistry(Struct, frozen=True, forbid_unknown_fields=True):
    """The contacts coprod ships, and wrong or ended numbers seen in the wild."""

    format: Literal[1]
    contacts: tuple[HelpContact, ...]
    ended: dict[str, str] = {}


@cache
def shipped_contacts() -> ContactRegistry:
    """Give the registry that comes with coprod."""
    text = Path(__file__).with_name("contacts.yaml").read_text("utf-8")
    version = sha256(text.encode() + Path(__file__).read_bytes()).digest()
    return made_once(
        "contacts",
        ContactRegistry,
        version,
        lambda: load_yaml_text(text, "contacts.yaml", ContactRegistry).value,
    )


def is_fresh(confirmed_on: date | None, today: date) -> bool:
    """Tell whether a contact was confirmed within the last 180 days (and not in the future)."""
    return confirmed_on is not None and timedelta(0) <= today - confirmed_on <= FRESH_FOR


def digits_of(number: str) -> str:
    """Give only the digits of a phone number."""
    return "".join(character for character in number if character.isdecimal())


def wrong_number(contact: HelpContact) -> str:
    """Give what is wrong with a contact's call number, or nothing.

    Where the entry says how many digits it has, it has those. Otherwise it is a number of the United
    Kingdom: 11 digits that begin with 02, 03, 07 or 09, 10 or 11 that begin with 01, 05 or 08, the same after
    +44, or a short code of 3 to 6 that begins with 1 or 9. Source: Ofcom, National Telephone Numbering Plan.
    """
    digits = digits_of(contact.call)
    if not contact.call:
        return ""
    if contact.digits:
        fits = len(digits) == contact.digits
        return "" if fits else f"{contact.call} has {len(digits)} digits, and the entry says {contact.digits}"
    national = f"0{digits[2:]}" if contact.call.strip().startswith("+44") else digits
    if national.startswith("0"):
        fits = len(national) == 11 or (len(national) == 10 and national[1] in "158")
    else:
        fits = digits[:1] in {"1", "9"} and 3 <= len(digits) <= 6
    return (
        ""
        if fits
        else f"{contact.call} has {len(digits)} digits; write it again, or say digits: if it is right"
    )
