"""The approver's key: Ed25519, kept encrypted in a file of its own, never beside the materials."""

import os
from pathlib import Path
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import load_yaml

PublicKey = Annotated[str, Meta(min_length=64, max_length=64)]
APPROVERS_FILE = "approvers.yaml"
LEAST_PASSPHRASE = 12
LARGEST_KEY_FILE = 10_000


class Approver(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who may sign materials off, and the public half of their key as hex."""

    name: str
    public_key: PublicKey


class Approvers(Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody whose sign-off counts in one workspace."""

    format: Literal[1]
    approvers: tuple[Approver, ...]


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
    """Give the approvers named in a workspace's campaigns folder; none where nobody is named yet."""
    path = folder / APPROVERS_FILE
    return load_yaml(path, Approvers).value.approvers if path.exists() else ()


def add_approver(folder: Path, name: str, public_key: str) -> None:
    """Name one more approver in a workspace's campaigns folder. Raises BadInputError when a key is named twice."""
    import json

    named = load_approvers(folder)
    if any(approver.public_key == public_key for approver in named):
        raise BadInputError.of(folder / APPROVERS_FILE, "this key is named already", "nothing needs doing")
    lines = [
        f"- {{name: {json.dumps(approver.name, ensure_ascii=False)}, public_key: {approver.public_key}}}"
        for approver in (*named, Approver(name, public_key))
    ]
    head = "# Whose sign-off counts here. Print this list, or keep a copy elsewhere, to notice a change.\n"
    write_whole(
        folder / APPROVERS_FILE, (head + "format: 1\napprovers:\n" + "\n".join(lines) + "\n").encode()
    )
