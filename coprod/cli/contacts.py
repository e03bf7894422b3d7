"""`coprod contacts`: help contacts and when they were last confirmed."""

import argparse
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from coprod.cli.output import add_format, ask, print_json, print_line
from coprod.clock import today
from coprod.kernel.contacts import HelpContact, is_fresh, shipped_contacts
from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import nearest
from coprod.workspace import Workspace, find_workspace, here, save_settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `list` and `confirm`."""
    listing = commands.add_parser("list", help="each contact, where it was read, and when it was confirmed")
    add_format(listing)
    listing.set_defaults(run=list_contacts)
    confirm = commands.add_parser("confirm", help="say that you called or checked these numbers today")
    confirm.add_argument("ids", nargs="+", metavar="ID", help="contacts as listed, such as childline")
    confirm.add_argument("--yes", action="store_true", help="do not ask one by one")
    confirm.set_defaults(run=confirm_contacts)


def known_contacts(workspace: Workspace | None) -> tuple[HelpContact, ...]:
    """Give the shipped contacts, and the workspace's own."""
    own = workspace.settings.local_contacts if workspace else ()
    return (*shipped_contacts().contacts, *own)


def list_contacts(arguments: argparse.Namespace) -> int:
    """Print the registry."""
    workspace = find_workspace(Path.cwd())
    confirmed = workspace.settings.confirmed if workspace else {}
    contacts = known_contacts(workspace)
    if arguments.format == "json":
        print_json(
            {"contacts": [{"contact": one, "confirmed_on": confirmed.get(one.id)} for one in contacts]}
        )
        return 0
    for one in contacts:
        _print_contact(one, confirmed.get(one.id))
    return 0


def _print_contact(contact: HelpContact, confirmed_on: date | None) -> None:
    reach = ", ".join(
        part for part in (contact.call, f"text {contact.text}" if contact.text else "", contact.web) if part
    )
    print_line(f"{contact.id}: {contact.name}, {reach} ({contact.hours.en}; {contact.cost.en})")
    print_line(f"    for {', '.join(contact.nations)}; read {contact.read_on}: {contact.source}")
    state = (
        f"confirmed {confirmed_on}"
        if is_fresh(confirmed_on, today())
        else "NOT CONFIRMED in the last 180 days"
    )
    print_line(f"    {state}")


def confirm_contacts(arguments: argparse.Namespace) -> int:
    """Date the contacts a person has checked."""
    workspace = here()
    by_id = {one.id: one for one in known_contacts(workspace)}
    for name in arguments.ids:
        if name not in by_id:
            raise BadInputError.of(name, "this contact is not in the list", nearest(name, by_id))
    agreed = [name for name in arguments.ids if arguments.yes or _asked(by_id[name])]
    settings = workspace.settings
    save_settings(
        workspace, replace(settings, confirmed={**settings.confirmed, **dict.fromkeys(agreed, today())})
    )
    print_line(f"confirmed today: {', '.join(agreed) or 'none'}")
    return 0


def _asked(contact: HelpContact) -> bool:
    reach = contact.call or f"text {contact.text}"
    return ask(f"Did you check today that {contact.name} answers on {reach}? (yes/no)").lower() in {
        "y",
        "yes",
    }
