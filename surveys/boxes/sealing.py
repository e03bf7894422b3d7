"""Sealing: a record becomes bytes of a fixed length that only a key holder can read."""

import secrets
from collections.abc import Sequence

import msgspec
import pyrage

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Record, record_from_bytes, record_to_bytes
from surveys.boxes.keys import Identity, recipient
from surveys.boxes.sides import FEWEST_KEYS, MOST_KEYS, sides_of

LENGTH_BYTES = 4
CONTENT_SIZES = (4_096, 16_384)
# Two people's keys cost two age headers of at most 768 bytes for 5 keys, and the slot stays as it is.
CONTENT_SIZES_TOGETHER = (3_072, 16_128)
SLOT_SIZES = (5_120, 17_920)
_AGE_FILE = b"age-encryption.org/v1"


class WrongKeyError(Exception):
    """The sealed bytes are for somebody else's key."""


class DamagedError(Exception):
    """The sealed bytes are not what was sealed."""


def seal(record: Record, public_keys: Sequence[str]) -> bytes:
    """Give a record sealed to every key holder: 5,120 bytes, or 17,920 for a very long one.

    Raises BadInputError when there are not 2 to 5 key holders (of pairs, 2 to 5 on each side), or the
    record has over 16,380 bytes (16,124 for pairs).
    """
    sides = sides_of(public_keys)
    for side in (sides.first, sides.second) if sides.second else (sides.first,):
        if not FEWEST_KEYS <= len(side) <= MOST_KEYS:
            raise BadInputError.of(
                "key holders", f"there are {len(side)}", "name from 2 to 5 people who may open answers"
            )
    try:
        return seal_bytes(record_to_bytes(record), public_keys)
    except BadInputError as error:
        # The frames below hold the answer in the open; no traceback may carry them upwards.
        raise error.with_traceback(None) from None


def seal_bytes(content: bytes, public_keys: Sequence[str]) -> bytes:
    """Give bytes sealed in a slot. Never compressed: a compressed length tells what was written."""
    sizes = CONTENT_SIZES_TOGETHER if sides_of(public_keys).second else CONTENT_SIZES
    slot = next((n for n, size in enumerate(sizes) if len(content) + LENGTH_BYTES <= size), None)
    if slot is None:
        raise BadInputError.of(
            "answer", "it is too long to be kept", f"use fewer than {sizes[-1] // 2:,} letters"
        )
    return _framed(seal_file(_framed(content, sizes[slot]), public_keys), SLOT_SIZES[slot])


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
    """Give bytes of any length as one age file that each of these keys opens; its length shows.

    For pairs it is an age file in an age file, and opens with a key of each side only.
    """
    sides = sides_of(public_keys)
    sealed = _encrypted(content, sides.first)
    return _encrypted(sealed, sides.second) if sides.second else sealed


def unseal_file(sealed: bytes, identity: Identity) -> bytes:
    """Give what an age file holds, and an age file in it. Raises WrongKeyError or DamagedError."""
    opened = _decrypted(sealed, identity)
    return _decrypted(opened, identity) if opened.startswith(_AGE_FILE) else opened


def _encrypted(content: bytes, public_keys: Sequence[str]) -> bytes:
    return bytes(pyrage.encrypt(content, [recipient(key) for key in public_keys]))


def _decrypted(sealed: bytes, identity: Identity) -> bytes:
    try:
        return identity.decrypt(sealed)
    except pyrage.DecryptError as error:
        raise (WrongKeyError if "No matching keys" in str(error) else DamagedError) from None
