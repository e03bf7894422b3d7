"""Sealing: a record becomes bytes of a fixed length that only a key holder can read."""

import secrets
from collections.abc import Sequence

import msgspec
import pyrage

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Record, record_from_bytes, record_to_bytes
from surveys.keys import Identity, recipient

LENGTH_BYTES = 4
CONTENT_SIZES = (4_096, 16_384)
SLOT_SIZES = (5_120, 17_920)
FEWEST_KEY_HOLDERS = 2
MOST_KEY_HOLDERS = 5


class WrongKeyError(Exception):
    """The sealed bytes are for somebody else's key."""


class DamagedError(Exception):
    """The sealed bytes are not what was sealed."""


def seal(record: Record, public_keys: Sequence[str]) -> bytes:
    """Give a record sealed to every key holder: 5,120 bytes, or 17,920 for a very long one.

    Raises BadInputError when there are not 2 to 5 key holders, or the record has over 16,380 bytes.
    """
    different = set(public_keys)
    if not FEWEST_KEY_HOLDERS <= len(different) <= MOST_KEY_HOLDERS:
        raise BadInputError.of(
            "key holders", f"there are {len(different)}", "name from 2 to 5 people who may open answers"
        )
    try:
        return seal_bytes(record_to_bytes(record), sorted(different))
    except BadInputError as error:
        # The frames below hold the answer in the open; no traceback may carry them upwards.
        raise error.with_traceback(None) from None


def seal_bytes(content: bytes, public_keys: Sequence[str]) -> bytes:
    """Give bytes sealed in a slot. Never compressed: a compressed length tells what was written."""
    slot = next((n for n, size in enumerate(CONTENT_SIZES) if len(content) + LENGTH_BYTES <= size), None)
    if slot is None:
        raise BadInputError.of(
            "answer", "it is too long to be kept", f"use fewer than {CONTENT_SIZES[-1] // 2:,} letters"
        )
    padded = _framed(content, CONTENT_SIZES[slot])
    sealed = bytes(pyrage.encrypt(padded, [recipient(key) for key in public_keys]))
    return _framed(sealed, SLOT_SIZES[slot])


def unseal(slot: bytes, identity: Identity) -> Record:
    """Give the record in a slot. Raises WrongKeyError or DamagedError, which hold nothing of it."""
    try:
        return record_from_bytes(unseal_bytes(slot, identity))
    except msgspec.MsgspecError:
        raise DamagedError from None


def unseal_bytes(slot: bytes, identity: Identity) -> bytes:
    """Give the bytes in a slot. Raises WrongKeyError or DamagedError."""
    if len(slot) not in SLOT_SIZES:
        raise DamagedError
    return _unframed(unseal_file(_unframed(slot), identity))


def _framed(content: bytes, size: int) -> bytes:
    """Give content behind its length, filled up with random bytes."""
    filling = size - LENGTH_BYTES - len(content)
    return len(content).to_bytes(LENGTH_BYTES, "big") + content + secrets.token_bytes(filling)


def _unframed(framed: bytes) -> bytes:
    length = int.from_bytes(framed[:LENGTH_BYTES], "big")
    if length > len(framed) - LENGTH_BYTES:
        raise DamagedError
    return framed[LENGTH_BYTES : LENGTH_BYTES + length]


def seal_file(content: bytes, public_keys: Sequence[str]) -> bytes:
    """Give bytes of any length as one age file that each of these keys opens; its length shows."""
    return bytes(pyrage.encrypt(content, [recipient(key) for key in sorted(set(public_keys))]))


def unseal_file(sealed: bytes, identity: Identity) -> bytes:
    """Give what an age file holds. Raises WrongKeyError or DamagedError."""
    try:
        return identity.decrypt(sealed)
    except pyrage.DecryptError as error:
        raise (WrongKeyError if "No matching keys" in str(error) else DamagedError) from None
