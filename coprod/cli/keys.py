"""`coprod keys`: who may open answers, and the rehearsal that proves they can."""

import argparse
from pathlib import Path

from coprod.cli.output import (
    add_format,
    add_key_arguments,
    ask_passphrase,
    print_json,
    print_line,
)
from coprod.cli.unlocking import add_opening_keys, unlocked
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, find_workspace, here


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `new`, `add`, `remove`, `card`, `show` and `rehearse`."""
    _add_new(commands)
    add = commands.add_parser("add", help="name one more person who may open answers")
    add.add_argument("name", help="who they are, such as 'Sam Rees, analyst'")
    add.add_argument("public_key", metavar="PUBLIC_KEY", help="as printed by `coprod keys new`: age1…")
    add.set_defaults(run=add_holder)
    remove = commands.add_parser(
        "remove", help="somebody's key is lost, or they have left: seal to them no more"
    )
    remove.add_argument("name", help="who, as `coprod keys show` prints it")
    remove.set_defaults(run=remove_holder)
    card = commands.add_parser(
        "card", help="print a card with somebody's four words, to compare before a session"
    )
    card.add_argument("name", help="who, as `coprod keys show` prints it")
    card.set_defaults(run=print_card)
    show = commands.add_parser("show", help="the key holders and their four words, or those of --key FILE")
    add_key_arguments(show)
    add_format(show)
    show.set_defaults(run=show_keys)
    _add_rehearse(commands)


def _add_new(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = commands.add_parser("new", help="make a key for yourself, on your own computer or a USB stick")
    new.add_argument("file", type=Path, metavar="FILE", help="where to write it; never inside a workspace")
    new.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file")
    new.add_argument(
        "--with",
        dest="with_public",
        type=Path,
        metavar="FILE",
        help="the .pub file of somebody else: answers then open only with both your keys",
    )
    add_format(new)
    new.set_defaults(run=new_key)


def _add_rehearse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rehearse = commands.add_parser(
        "rehearse", help="prove that each key holder can open what this device seals"
    )
    act = rehearse.add_mutually_exclusive_group(required=True)
    act.add_argument(
        "--start", type=Path, metavar="FILE", help="on this device: write the file to take to them"
    )
    act.add_argument("--open", type=Path, metavar="FILE", help="as a key holder: open the file with --key")
    act.add_argument("--finish", type=Path, metavar="TOKEN", help="on this device: take back what they made")
    rehearse.add_argument(
        "--device", default="this device", metavar="NAME", help="what staff call this device"
    )
    rehearse.add_argument("-o", "--output", type=Path, metavar="TOKEN", help="where --open writes the token")
    add_opening_keys(rehearse)
    rehearse.set_defaults(run=rehearse_keys)


def new_key(arguments: argparse.Namespace) -> int:
    """Make an identity and print its public half, joined with another person's where --with names it."""
    from surveys.boxes.device import device_folder, remember_key_made
    from surveys.boxes.keys import fingerprint, new_identity, read_public_half, write_public_half

    other = read_public_half(arguments.with_public) if arguments.with_public else ""
    passphrase = ask_passphrase("New passphrase (4 or more words)", arguments)
    if arguments.passphrase_file is None and passphrase != ask_passphrase("The same again", arguments):
        raise BadInputError.of("passphrase", "the two are not the same", "start again")
    public_key = new_identity(arguments.file, passphrase)
    remember_key_made(device_folder(), public_key, arguments.file)
    public = write_public_half(arguments.file, public_key)
    holder = f"{public_key}+{other}" if other else public_key
    words = fingerprint(public_key)
    if arguments.format == "json":
        made = {"file": str(arguments.file), "public_file": str(public), "public_key": public_key}
        print_json({**made, "fingerprint": words, "key_holder": holder})
        return 0
    print_line(f"Your key is in {arguments.file}. Without it and its passphrase nobody opens the answers.")
    print_line(f"Four words to know it by: {words}")
    print_line(f"Its public half is in {public}; it only seals, and may be sent around.")
    if other:
        print_line(
            f"Answers open only together with the key of {fingerprint(other)}. Lose one, and both are useless:"
        )
        print_line("each of you makes a spare and locks it away, and a second pair is added.")
    print_line("In the workspace, on the device for sessions:")
    print_line(f"  coprod keys add '{'BOTH YOUR NAMES' if other else 'YOUR NAME'}' {holder}")
    return 0


def add_holder(arguments: argparse.Namespace) -> int:
    """Name a key holder in the workspace."""
    from coprod.journeys.asking.rehearsals import add_key_holder
    from surveys.boxes.keys import fingerprint
    from surveys.boxes.sides import too_few_keys

    workspace = add_key_holder(here(), arguments.name, arguments.public_key)
    print_line(f"{arguments.name}: {fingerprint(arguments.public_key)}")
    print_line("Let them read out their four words, and compare.")
    too_few = too_few_keys([holder.public_key for holder in workspace.settings.key_holders])
    print_line(f"Not enough yet: {too_few}." if too_few else "Next: coprod keys rehearse --start FILE")
    return 0


def print_card(arguments: argparse.Namespace) -> int:
    """Print a key holder's card into `out/`."""
    from coprod.journeys.asking.sheets import print_key_card

    for file in print_key_card(here(), arguments.name).files:
        print_line(str(file))
    print_line("The key holder compares it with their own four words before it goes on a wall.")
    return 0


def remove_holder(arguments: argparse.Namespace) -> int:
    """Seal no more to somebody, and say what that does not do."""
    from coprod.journeys.asking.rehearsals import remove_key_holder
    from surveys.boxes.sides import too_few_keys

    workspace = remove_key_holder(here(), arguments.name)
    print_line(f"From the next session on, nothing is sealed to {arguments.name}.")
    print_line("What is sealed already still opens with their key, and with those of the other holders.")
    print_line("If the key was taken by somebody, not only lost, tell your data protection officer today.")
    too_few = too_few_keys([holder.public_key for holder in workspace.settings.key_holders])
    if too_few:
        print_line(f"No session starts until there is another: {too_few}.")
    return 0


def show_keys(arguments: argparse.Namespace) -> int:
    """Print fingerprints, and who has rehearsed with this device."""
    if arguments.key is not None:
        return _show_own(arguments)
    from coprod.journeys.asking.rehearsals import not_rehearsed
    from surveys.boxes.keys import fingerprint

    workspace = here()
    missing = {holder.public_key for holder in not_rehearsed(workspace)}
    rows = [
        {
            "name": holder.name,
            "public_key": holder.public_key,
            "fingerprint": fingerprint(holder.public_key),
            "rehearsed": holder.public_key not in missing,
        }
        for holder in workspace.settings.key_holders
    ]
    if arguments.format == "json":
        print_json({"key_holders": rows})
        return 0
    for row in rows:
        state = "rehearsed on this device" if row["rehearsed"] else "NOT rehearsed on this device"
        print_line(f"{row['name']}: {row['fingerprint']} ({state})")
    if not rows:
        print_line("Nobody can open answers yet: coprod keys new, then coprod keys add")
    return 0


def _show_own(arguments: argparse.Namespace) -> int:
    from surveys.boxes.keys import fingerprint, unlock

    public_key = unlock(arguments.key, ask_passphrase("Passphrase", arguments)).public_key
    words = fingerprint(public_key)
    if arguments.format == "json":
        print_json({"public_key": public_key, "fingerprint": words})
    else:
        print_line(f"{public_key}\n{words}")
    return 0


def rehearse_keys(arguments: argparse.Namespace) -> int:
    """Do one of the three steps of a rehearsal."""
    if arguments.open is not None:
        return _open(arguments)
    from coprod.journeys.asking.rehearsals import finish_rehearsal, not_rehearsed, start_rehearsal

    if arguments.start is not None:
        start_rehearsal(here(), arguments.device, arguments.start)
        print_line(f"Take {arguments.start} to each key holder. There they run:")
        print_line(f"  coprod keys rehearse --open {arguments.start.name} --key THEIR.key -o TOKEN")
        return 0
    workspace = finish_rehearsal(here(), arguments.finish)
    left = ", ".join(holder.name for holder in not_rehearsed(workspace))
    print_line(
        f"Rehearsed. Still to come: {left}" if left else "Every key holder can open what this device seals."
    )
    return 0


def _open(arguments: argparse.Namespace) -> int:
    from coprod.journeys.asking.rehearsals import answer, trust_device

    if arguments.key is None or arguments.output is None:
        raise BadInputError.of(
            "rehearse", "--open needs your key and a name for the token", "add --key and -o"
        )
    identity = unlocked(arguments, arguments.open)
    own: Workspace | None = find_workspace(Path.cwd())
    simulated = own is not None and own.settings.simulated
    device = answer(arguments.open, identity, arguments.output, simulated=simulated)
    if own is not None:
        trust_device(own, device, arguments.output)
        print_line(f"{device} is known in this workspace now, so that its bundles are taken.")
    print_line(
        f"It opened. Take {arguments.output} back to {device}: coprod keys rehearse --finish {arguments.output.name}"
    )
    return 0
