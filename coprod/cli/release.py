"""`coprod campaigns approver|signoff|release|history|verify`: from a checked text to a file on a wall."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli import panels
from coprod.cli.output import add_format, add_key_arguments, ask_passphrase, print_json, print_line
from coprod.clock import today
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.workspace import here

if TYPE_CHECKING:
    from campaigns.releasing.verify import Verdict

FINDINGS = 1


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `panel` and what answers it, `approver`, `signoff`, `release`, `history` and `verify`."""
    panels.add_commands(commands)
    approver = commands.add_parser("approver", help="make a key with which somebody signs materials off")
    approver.add_argument("name", metavar="PERSON", help="who signs, as it will be shown")
    approver.add_argument("--key", type=Path, required=True, metavar="FILE", help="where the new key goes")
    approver.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file"
    )
    approver.add_argument(
        "--by", type=Path, metavar="FILE", help="the key of an approver who lets this one in"
    )
    approver.add_argument(
        "--by-passphrase-file", type=Path, metavar="FILE", help="read that key's passphrase from a file"
    )
    approver.set_defaults(run=name_approver)
    signoff = commands.add_parser("signoff", help="bind check, panel and answers to exactly this material")
    _add_material(signoff)
    signoff.add_argument(
        "--theme",
        default="harbour",
        metavar="THEME",
        help="the look: one of ours, or your own file in campaigns/themes/ (default harbour)",
    )
    add_key_arguments(signoff, "campaigns approver")
    add_format(signoff)
    signoff.set_defaults(run=sign_off_material)
    release = commands.add_parser("release", help="draw a signed material into out/, or say why not")
    _add_material(release)
    add_format(release)
    release.set_defaults(run=release_files)
    history = commands.add_parser("history", help="who did what with a material, and when")
    _add_material(history)
    add_format(history)
    history.set_defaults(run=print_history)
    verify = commands.add_parser("verify", help="tell whether a file, or a printed code, was signed")
    verify.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a drawn file")
    verify.add_argument("--code", metavar="CODE", help="the code printed in a footer")
    verify.add_argument(
        "--signoff",
        type=Path,
        metavar="FILE",
        help="a signoff.json sent from another device, instead of ours",
    )
    verify.add_argument(
        "--approver", default="", metavar="KEY", help="with --signoff: the public key its approver reads out"
    )
    add_format(verify)
    verify.set_defaults(run=verify_release)


def _add_material(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the material's folder in campaigns/")


def _key(arguments: argparse.Namespace) -> Path:
    key: Path | None = arguments.key
    if key is None:
        raise BadInputError.of("--key", "no key file is named", "write --key FILE")
    return key


def name_approver(arguments: argparse.Namespace) -> int:
    """Make an approver's key outside the workspace and name its owner in it."""
    from campaigns.releasing.signing import load_approvers, unlock_signing_key
    from coprod.journeys.checking.approving import Vouching, make_approver, refuse_in

    workspace = here()
    refuse_in(workspace, arguments.key)
    if load_approvers(workspace.campaigns) and arguments.by is None:
        raise RefusedError("an approver lets the next one in: name the key of one with --by FILE")
    vouching = Vouching()
    if arguments.by is not None:
        asked = argparse.Namespace(passphrase_file=arguments.by_passphrase_file)
        vouching = Vouching(str(arguments.by), ask_passphrase("Passphrase of the key that lets in", asked))
    words = ask_passphrase("A passphrase of four words or more", arguments)
    again = words if arguments.passphrase_file else ask_passphrase("The same again", arguments)
    key = make_approver(workspace, arguments.name, arguments.key, (words, again), vouching, today())
    public = unlock_signing_key(key, words).public_key
    print_line(f"{arguments.name} can sign materials off. Public key: {public}")
    return 0


def sign_off_material(arguments: argparse.Namespace) -> int:
    """Sign a material off; without a decisions file, write one to fill in and refuse."""
    from coprod.journeys.checking.bounded import sign_bounded
    from coprod.journeys.checking.deciding import all_decided, start_decisions, worth_knowing
    from coprod.journeys.checking.panels import material_folder
    from coprod.journeys.checking.releases import DECISIONS_FILE

    workspace = here()
    path = material_folder(workspace, arguments.name) / DECISIONS_FILE
    if not path.exists():
        start_decisions(workspace, arguments.name, today())
        raise RefusedError(f"nobody has written yet what was decided: fill in {path}, then sign off again")
    decisions = all_decided(workspace, arguments.name, today())
    unlocking = (_key(arguments), ask_passphrase("Passphrase of your signing key", arguments))
    signed = sign_bounded(workspace, arguments.name, decisions, unlocking, today(), arguments.theme).signed
    if arguments.format == "json":
        print_json({"code": signed.code, "content": signed.content, "expires": signed.expires})
        return 0
    print_line(f"Signed off by {decisions.approver}: {signed.title}")
    for line in worth_knowing(workspace, decisions):
        print_line(line)
    print_line(f"Code {signed.code}; it holds until {signed.expires}, or until anything in it changes.")
    return 0


def release_files(arguments: argparse.Namespace) -> int:
    """Draw a signed material."""
    from coprod.journeys.checking.bounded import release_bounded

    released = release_bounded(here(), arguments.name, today())
    if arguments.format == "json":
        print_json({"code": released.code, "files": [str(path) for path in released.paths]})
        return 0
    for path in released.paths:
        print_line(str(path))
    print_line(f"Code {released.code}. Anyone can check it: coprod campaigns verify --code {released.code}")
    return 0


def verify_release(arguments: argparse.Namespace) -> int:
    """Tell whether a file or a code is signed: exit code 0 when it is, 1 when it is not."""
    from coprod.journeys.checking.releases import verify_path, verify_printed

    if (arguments.file is None) == (arguments.code is None):
        raise BadInputError.of("verify", "one thing is checked at a time", "name a FILE or write --code CODE")
    if arguments.signoff is not None:
        return _told(arguments, _from_elsewhere(arguments))
    workspace = here()
    if arguments.file is not None:
        verdict = verify_path(workspace, arguments.file, today())
    else:
        verdict = verify_printed(workspace, arguments.code, today())
    return _told(arguments, verdict)


def _from_elsewhere(arguments: argparse.Namespace) -> "Verdict":
    from coprod.journeys.checking.releases import verify_elsewhere

    code = arguments.code or ""
    return verify_elsewhere(arguments.signoff, arguments.file, code, arguments.approver, today())


def print_history(arguments: argparse.Namespace) -> int:
    """Print what was done with a material: exit code 1 when the history lacks something of its sign-off."""
    from campaigns.releasing.history import history_of
    from coprod.journeys.checking.releases import history_lines

    workspace = here()
    lines, lacks = history_lines(workspace, arguments.name)
    if arguments.format == "json":
        print_json({"events": history_of(workspace.campaigns).of(arguments.name), "lacks": lacks})
    else:
        for line in lines:
            print_line(line)
        for lack in lacks:
            print_line(f"LOOK: {lack}")
    return FINDINGS if lacks else 0


def _told(arguments: argparse.Namespace, verdict: "Verdict") -> int:
    if arguments.format == "json":
        print_json(verdict)
    else:
        _print_verdict(verdict)
    return 0 if verdict.is_signed else FINDINGS


def _print_verdict(verdict: "Verdict") -> None:
    print_line(f"{'Signed' if verdict.is_signed else 'NOT SIGNED'}: {verdict.says}.")
    if verdict.title:
        print_line(f"    {verdict.title}  (code {verdict.code}{f', {verdict.kind}' if verdict.kind else ''})")
    if verdict.is_signed and verdict.approver_key:
        print_line(
            f"    Key {verdict.approver_key[:16]}…: compare it with the list of approvers you keep elsewhere."
        )
    if verdict.simulated:
        print_line("    Simulated: it was made for a demonstration and never reviewed by young people.")
    if verdict.is_signed and not verdict.kind:
        print_line("    A code can be copied: compare this title, and the words, with what you see.")
