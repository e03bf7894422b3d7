"""The approver's key: Ed25519, kept encrypted in a file of its own, never beside the materials.

Who may sign is in the workspace's folder, and a later approver is let in by an earlier one's signature. What is left:
whoever holds the whole folder can start it anew with a first approver of their own. No earlier sign-off verifies then,
and a copy of the list kept elsewhere, or a key read out, shows it.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from campaigns.releasing.history import Event, History, history_of, note_events
from coprod.kernel.chain import START
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.yamlfile import load_yaml

PublicKey = Annotated[str, Meta(min_length=64, max_length=64)]
APPROVERS_FILE = "approvers.yaml"
LEAST_PASSPHRASE = 12
LARGEST_KEY_FILE = 10_000
LOCKED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
ADDING = b"coprod approver 1\n"


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody in the list of a workspace, and the public half of their key as hex."""

    name: str
    public_key: PublicKey


class Approver(Named, frozen=True, forbid_unknown_fields=True):
    """Somebody who may sign materials off, since when."""

    since: date = date.min


class Approvers(Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody named in one workspace; whose sign-off counts, its history decides."""

    format: Literal[1]
    approvers: tuple[Named, ...]


class SigningKey:
    """An unlocked key. It never shows its private half."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def __repr__(self) -> str:
        """Give the public half only."""
        return f"SigningKey({self.public_key})"

    @property
    def public_key(self) -> str:
        """Give the public half as hex."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> str:
        """Give the signature of bytes as hex."""
        return self._private.sign(content).hex()


def new_signing_key(path: Path, passphrase: str) -> str:
    """Make a key, write it encrypted to `path`, readable by its owner only, and give its public half as hex.

    Raises BadInputError when the file is there already or the passphrase has fewer than 12 characters.
    """
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "name a new file; keys are never replaced")
    if len(passphrase) < LEAST_PASSPHRASE:
        what = f"the passphrase has fewer than {LEAST_PASSPHRASE} characters"
        raise BadInputError.of(path, what, "use four words or more")
    private = Ed25519PrivateKey.generate()
    locked = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    write_whole(path, locked)
    if os.name == "posix":
        path.chmod(0o600)
    return SigningKey(private).public_key


def unlock_signing_key(path: Path, passphrase: str) -> SigningKey:
    """Give the key in a file. Raises BadInputError for another kind of file or a wrong passphrase."""
    locked = read_bytes(path, LARGEST_KEY_FILE)
    try:
        private = serialization.load_pem_private_key(locked, passphrase.encode())
    except (ValueError, TypeError):
        if locked.startswith(LOCKED):
            mend = "type it again, or name the key that it opens"
            raise BadInputError.of("passphrase", f"it does not open the key {path.name}", mend) from None
        mend = "check the file and the passphrase; a key is made with `coprod campaigns approver`"
        raise BadInputError.of(path, "this key does not open", mend) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise BadInputError.of(path, "this is not an approver's key", "name the file made for signing off")
    return SigningKey(private)


def is_signed_by(public_key: str, signature: str, content: bytes) -> bool:
    """Tell whether a signature over bytes was made with the private half of a public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def load_approvers(folder: Path) -> tuple[Approver, ...]:
    """Give who may sign in a workspace: everybody the list in its campaigns folder names and its history vouches for.

    None where nobody is named yet. Raises BadInputError for a list or a history that was changed by hand.
    """
    vouched = vouched_for(history_of(folder))
    return tuple(vouched[one.public_key] for one in _named(folder) if one.public_key in vouched)


def strangers(folder: Path) -> tuple[str, ...]:
    """Give the names that the list holds and nobody vouched for: somebody wrote them in by hand."""
    vouched = vouched_for(history_of(folder))
    return tuple(one.name for one in _named(folder) if one.public_key not in vouched)


def vouched_for(history: History) -> dict[str, Approver]:
    """Give by public key the first approver of a history, and everybody whom one of them let in with a signature."""
    known: dict[str, Approver] = {}
    for event, before in zip(history.events, (START, *history.seals), strict=False):
        if event.what != "approver" or event.key in known:
            continue
        is_let_in = event.vouched_by in known and is_signed_by(
            event.vouched_by, event.signature, _letting_in(event.who, event.key, event.on, before)
        )
        if is_let_in or not known:
            known[event.key] = Approver(event.who, event.key, event.on)
    return known


def add_approver(
    folder: Path, name: str, public_key: str, on: date, vouching: SigningKey | None = None
) -> None:
    """Name one more approver in a workspace's campaigns folder, and tell its history.

    The first is named by whoever sets the workspace up; each later one is let in by `vouching`, the key of one
    who is an approver already. Raises BadInputError when a key is named twice, and RefusedError when nobody lets
    the new one in.
    """
    history = history_of(folder)
    known = vouched_for(history)
    named = _named(folder)
    if any(approver.public_key == public_key for approver in named):
        raise BadInputError.of(folder / APPROVERS_FILE, "this key is named already", "nothing needs doing")
    if known and vouching is None:
        raise RefusedError("an approver lets the next one in: name the key of one with --by FILE")
    may_vouch = {one.public_key for one in named} & known.keys() or known.keys()
    if vouching is not None and vouching.public_key not in may_vouch:
        raise RefusedError("the key named with --by is of nobody who may sign here")
    if public_key not in known:
        note_events(folder, [_addition(name, public_key, on, vouching, history.seal)])
    lines = [
        f"- {{name: {json.dumps(approver.name, ensure_ascii=False)}, public_key: {approver.public_key}}}"
        for approver in (*named, Named(name, public_key))
    ]
    head = (
        "# Whose sign-off counts here. To take somebody off, take their line out. A line written in by hand counts for\n"
        "# nothing: `coprod campaigns approver` adds one, and tells the history. Keep a copy of this list elsewhere.\n"
    )
    write_whole(
        folder / APPROVERS_FILE, (head + "format: 1\napprovers:\n" + "\n".join(lines) + "\n").encode()
    )


def _named(folder: Path) -> tuple[Named, ...]:
    path = folder / APPROVERS_FILE
    return load_yaml(path, Approvers).value.approvers if path.exists() else ()


def _addition(name: str, public_key: str, on: date, vouching: SigningKey | None, seal: str) -> Event:
    if vouching is None:
        return Event("approver", on, name, says="the first, named with nobody to vouch", key=public_key)
    return Event(
        "approver",
        on,
        name,
        says="let in by an approver",
        key=public_key,
        vouched_by=vouching.public_key,
        signature=vouching.sign(_letting_in(name, public_key, on, seal)),
    )


def _letting_in(name: str, public_key: str, on: date, before: str) -> bytes:
    """Give what is signed to let somebody in; `before` is the seal of the history at that moment."""
    return ADDING + msgspec.json.encode([name, public_key, str(on), before])
