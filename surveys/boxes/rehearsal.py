"""The rehearsal: proof, before the first young person answers, that each key holder can open what this device seals.

The device seals a dummy record to all key holders as it seals answers, with a secret in it, and to each
key holder alone another secret. Only somebody who opens both can make the token, and the device
keeps nothing but the SHA-256 of each token it expects.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import TextRecord
from surveys.boxes.device import DeviceKey, is_signed
from surveys.boxes.jsonfile import decoded_json
from surveys.boxes.keys import Identity
from surveys.boxes.sealing import DamagedError, WrongKeyError, seal, seal_bytes, unseal, unseal_bytes
from surveys.boxes.sides import HALF_A_KEY, halves

SECRET_BYTES = 32
_NO_REHEARSAL = (
    "this is not a rehearsal file",
    "name the file made by `coprod keys rehearse --start`",
)
Hex32 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class _Sealed(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rehearsal file holds; slots are base64. `for_each` is by public key."""

    format: Literal[1]
    rehearsal: str
    device: Hex32
    dummy: str
    for_each: dict[str, str]
    signature: str = ""


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key holder hands back: whose key opened, on which device it was sealed, and the proof."""

    format: Literal[1]
    device: Hex32
    public_key: str
    proof: Hex32


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What the device keeps until the tokens come back: the SHA-256 of each proof, by public key."""

    format: Literal[1]
    proofs: dict[str, Hex32]


def begin_rehearsal(name: str, public_keys: Sequence[str], key: DeviceKey) -> tuple[bytes, Expected]:
    """Give the file to take to the key holders, and what to expect back. `name` is the device's."""
    shared = secrets.token_hex(SECRET_BYTES)
    dummy = seal(TextRecord("rehearsal", "rehearsal", shared, may_quote=False), public_keys)
    alone = {public_key: secrets.token_hex(SECRET_BYTES) for public_key in public_keys}
    sealed = _Sealed(
        1,
        name,
        key.public_key,
        _as_text(dummy),
        {one: _as_text(seal_bytes(secret.encode(), [one])) for one, secret in alone.items()},
    )
    signature = key.sign(msgspec.json.encode(sealed)).hex()
    content = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(sealed, signature=signature)))
    proofs = {
        one: hashlib.sha256(_proof(shared, secret).encode()).hexdigest() for one, secret in alone.items()
    }
    return content, Expected(1, proofs)


def answer_rehearsal(content: bytes, path: str, identity: Identity) -> tuple[str, Token]:
    """Give the device's name and the token of the key holder with this identity.

    Raises BadInputError when the file is no rehearsal, was changed, or is for other keys.
    """
    sealed = decoded_json(content, path, _Sealed, _NO_REHEARSAL)
    unsigned = msgspec.json.encode(msgspec.structs.replace(sealed, signature=""))
    try:
        signed = is_signed(unsigned, bytes.fromhex(sealed.signature), sealed.device)
    except ValueError:
        raise BadInputError.of(path, *_NO_REHEARSAL) from None
    if not signed:
        raise BadInputError.of(path, "this file was changed after it was made", "ask for it again")
    known_as = _known_as(sealed, path, identity)
    proof = _opened(sealed, path, identity, known_as)
    return sealed.rehearsal, Token(1, sealed.device, known_as, proof)


def is_expected(token: Token, expected: Expected) -> bool:
    """Tell whether a token proves that its key holder opened this device's latest rehearsal."""
    wanted = expected.proofs.get(token.public_key, "")
    return secrets.compare_digest(hashlib.sha256(token.proof.encode()).hexdigest(), wanted)


def read_token(content: bytes, path: str) -> Token:
    """Give the token in a file's bytes. Raises BadInputError when it is none."""
    return decoded_json(
        content,
        path,
        Token,
        ("this is not a rehearsal token", "name the file that the key holder handed back"),
    )


def _known_as(sealed: _Sealed, path: str, identity: Identity) -> str:
    """Give which key holder of the rehearsal an identity is."""
    known_as = identity.known_as(sealed.for_each)
    if known_as is not None:
        return known_as
    if any(identity.public_key in halves(key) for key in sealed.for_each):
        raise BadInputError.of(path, *HALF_A_KEY)
    raise BadInputError.of(
        path, "this rehearsal is for other key holders", "use the key that the workspace names"
    )


def _opened(sealed: _Sealed, path: str, identity: Identity, known_as: str) -> str:
    try:
        dummy = unseal(base64.b64decode(sealed.dummy), identity)
        alone = unseal_bytes(base64.b64decode(sealed.for_each[known_as]), identity).decode()
    except (WrongKeyError, DamagedError, ValueError):
        raise BadInputError.of(
            path, "your key does not open what this device seals", "check the key holders of the workspace"
        ) from None
    if not isinstance(dummy, TextRecord):
        raise BadInputError.of(path, "this is not a rehearsal file", "ask for it again")
    return _proof(dummy.text, alone)


def _proof(shared: str, alone: str) -> str:
    return hashlib.sha256(f"{shared} {alone}".encode()).hexdigest()


def _as_text(slot: bytes) -> str:
    return base64.b64encode(slot).decode()
