"""The signing key of the device coprod runs on, and what the device remembers of keys made on it."""

import os
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from surveys.boxes.jsonfile import decoded_json
from surveys.boxes.sides import halves

KEY_FILE = "device-key.json"
MADE_FILE = "keys-made-here.json"
_DAMAGED_KEY = (
    "this device's key is damaged",
    "remove the file, then rehearse again with each key holder",
)


class _KeptKey(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    signing_key: str

    def __repr__(self) -> str:
        return "<device key>"


class _KeysMade(Struct, frozen=True, forbid_unknown_fields=True):
    """Public keys of identities made on this device, and where each was written."""

    format: Literal[1]
    keys: dict[str, str] = {}


class DeviceKey:
    """The Ed25519 key with which this device signs its bundles."""

    __slots__ = ("_secret", "public_key")

    def __init__(self, secret: Ed25519PrivateKey) -> None:
        self._secret = secret
        self.public_key = secret.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return "<DeviceKey>"

    def sign(self, content: bytes) -> bytes:
        """Give the signature over bytes."""
        return self._secret.sign(content)


def device_folder() -> Path:
    """Give the folder where this device keeps its own things: COPROD_HOME, or the user's data folder."""
    home = os.environ.get("COPROD_HOME")
    return Path(home) if home else platformdirs.user_data_path("coprod")


def device_key(folder: Path) -> DeviceKey:
    """Give this device's key from its folder, made there the first time, readable by its owner only.

    Raises BadInputError when the file is damaged or the folder cannot be written.
    """
    path = folder / KEY_FILE
    if not path.exists():
        made = _KeptKey(1, Ed25519PrivateKey.generate().private_bytes_raw().hex())
        write_whole(path, msgspec.json.encode(made))
        path.chmod(0o600)
    kept = decoded_json(read_bytes(path), str(path), _KeptKey, _DAMAGED_KEY)
    try:
        return DeviceKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept.signing_key)))
    except ValueError:
        raise BadInputError.of(path, *_DAMAGED_KEY) from None


def is_this_device(public_key: str) -> bool:
    """Tell whether a device's public key is that of the device coprod runs on; no key is made for asking."""
    folder = device_folder()
    return (folder / KEY_FILE).exists() and device_key(folder).public_key == public_key


def is_signed(content: bytes, signature: bytes, public_key: str) -> bool:
    """Tell whether the device with this public key (hex) signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def remember_key_made(folder: Path, public_key: str, path: Path) -> None:
    """Note that an identity was made on this device, so that a session here can ask for it to be moved."""
    keys = {**_keys_made(folder), public_key: str(path.resolve())}
    write_whole(folder / MADE_FILE, msgspec.json.encode(_KeysMade(1, keys)))


def keys_still_here(folder: Path, public_keys: tuple[str, ...]) -> tuple[str, ...]:
    """Give those of some public keys whose identity, or half of it, was made here and still lies where it was written."""
    made = _keys_made(folder)
    here = {key for key, place in made.items() if Path(place).exists()}
    return tuple(key for key in public_keys if here & set(halves(key)))


def _keys_made(folder: Path) -> dict[str, str]:
    path = folder / MADE_FILE
    if not path.exists():
        return {}
    return decoded_json(
        read_bytes(path), str(path), _KeysMade, ("this list is damaged", "remove the file")
    ).keys
