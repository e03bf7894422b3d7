"""Who can open a service's answers, and which help contacts it has checked."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coprod.journeys.asking.rehearsals import not_rehearsed
from coprod.kernel.contacts import HelpContact, is_fresh, shipped_contacts
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, save_settings

EMERGENCY = "emergency"


class Holder(Struct, frozen=True):
    """Somebody who can open answers: the four words of their key, and whether this device proved it."""

    name: str
    words: str
    is_rehearsed: bool


class Contact(Struct, frozen=True):
    """A help contact of the service's nation, when somebody last checked it, and lines about it: hours, cost, source."""

    id: str
    name: str
    reach: str
    confirmed_on: date | None
    is_fresh: bool
    about: tuple[str, ...] = ()


def holders_of(workspace: Workspace) -> tuple[Holder, ...]:
    """Give who can open the answers of the next session."""
    from surveys.boxes.keys import fingerprint

    missing = {holder.public_key for holder in not_rehearsed(workspace)}
    return tuple(
        Holder(one.name, fingerprint(one.public_key), one.public_key not in missing)
        for one in workspace.settings.key_holders
    )


def contacts_of(workspace: Workspace, today: date) -> tuple[Contact, ...]:
    """Give the help contacts for people of the workspace's nation, and the workspace's own."""
    settings = workspace.settings
    known = (*shipped_contacts().contacts, *settings.local_contacts)
    return tuple(
        Contact(
            one.id,
            one.name,
            _reach(one),
            settings.confirmed.get(one.id),
            is_fresh(settings.confirmed.get(one.id), today),
            _about(one),
        )
        for one in known
        if settings.nation in one.nations
    )


def confirm_contacts(workspace: Workspace, ids: Iterable[str], today: date) -> Workspace:
    """Give the workspace with contacts dated as checked today."""
    confirmed = {**workspace.settings.confirmed, **dict.fromkeys(ids, today)}
    return save_settings(workspace, replace(workspace.settings, confirmed=confirmed))


class MadeKey(Struct, frozen=True):
    """A key: its four words, what a workspace takes as key holder (a public key, or two joined by +), and the file of it."""

    words: str
    holder: str
    public_file: str = ""


def make_key(path: Path, passphrase: str, again: str, other: str = "") -> MadeKey:
    """Make a key outside every workspace with its `.pub` file beside it.

    `other` names the `.pub` file of somebody with whom it opens together. Raises BadInputError as
    `new_identity` does, and when the passphrases differ.
    """
    from surveys.boxes.device import device_folder, remember_key_made
    from surveys.boxes.keys import fingerprint, new_identity, write_public_half

    if passphrase != again:
        raise BadInputError.of("passphrase", "the two are not the same", "type them again")
    theirs = f"+{_one_key(other)}" if other else ""
    public_key = new_identity(path, passphrase)
    remember_key_made(device_folder(), public_key, path)
    public_file = write_public_half(path, public_key)
    return MadeKey(fingerprint(public_key), f"{public_key}{theirs}", public_file.name)


def words_of_key(path: Path, passphrase: str) -> MadeKey:
    """Give the four words of a key file, and its public half. Raises BadInputError for a wrong passphrase."""
    from surveys.boxes.keys import fingerprint, unlock

    public_key = unlock(path, passphrase).public_key
    return MadeKey(fingerprint(public_key), public_key)


def public_key_typed(typed: str) -> str:
    """Give the public key that was typed, or that stands in the `.pub` file that was named.

    Two with + between are two people who open together.
    """
    return "+".join(_one_key(part.strip()) for part in typed.split("+"))


def _one_key(typed: str) -> str:
    from surveys.boxes.keys import read_public_half

    return typed if typed.startswith("age1") else read_public_half(Path(typed).expanduser())


def _about(contact: HelpContact) -> tuple[str, ...]:
    lines = (
        f"{contact.offers.en}. Open: {contact.hours.en}. Cost: {contact.cost.en}.",
        f"Read on {contact.read_on}: {contact.source}",
    )
    return (*lines, "Do not call it to try it: look it up.") if contact.id == EMERGENCY else lines


def _reach(contact: HelpContact) -> str:
    text = f"text {contact.text}" if contact.text else ""
    return ", ".join(part for part in (contact.call, text, contact.web) if part)
