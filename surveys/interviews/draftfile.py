"""Pause words: an interview locked away until its own person comes back, or the session closes.

Each draft is one of sixteen slots of equal length in one file, full of chance from the start, so that the file tells
neither how many paused nor how much they said. Its key needs four words and a secret that only the running program
holds: without the words nobody opens it, and once the program ends nobody ever can.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Language
from surveys.boxes import withdrawal
from surveys.boxes.withdrawal import WithdrawalWords
from surveys.boxes.wordlists import find_words

SLOTS = 16
CONTENT = 65_536
NONCE, TAG, LENGTH = 12, 16, 4
SLOT = NONCE + CONTENT + TAG


class DraftShelf:
    """The drafts of one session, for as long as this program runs. Raises BadInputError where it cannot be written."""

    __slots__ = ("_free", "_salt", "_secret", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self._salt = secrets.token_bytes(16)
        self._secret = secrets.token_bytes(32)
        self._free = set(range(SLOTS))
        write_whole(path, secrets.token_bytes(SLOTS * SLOT))

    def __repr__(self) -> str:
        return "<DraftShelf>"

    def keep(self, content: bytes, language: Language) -> WithdrawalWords:
        """Lock content away and give its four words. Raises BadInputError when there is no room."""
        if not self._free or len(content) > CONTENT - LENGTH:
            raise BadInputError.of("draft", "there is no room to keep this", "finish it, or throw it away")
        words = withdrawal.new_words(language)
        slot = secrets.choice(sorted(self._free))
        nonce = secrets.token_bytes(NONCE)
        framed = len(content).to_bytes(LENGTH, "big") + content
        sealed = ChaCha20Poly1305(self._key(words)).encrypt(nonce, framed.ljust(CONTENT, b"\0"), None)
        self._write(slot, nonce + sealed)
        self._free.discard(slot)
        return words

    def take(self, words: WithdrawalWords) -> bytes | None:
        """Give what four words locked away, once; None when they open nothing here."""
        lock, shelf = ChaCha20Poly1305(self._key(words)), self._read()
        for slot in set(range(SLOTS)) - self._free:
            sealed = shelf[slot * SLOT : (slot + 1) * SLOT]
            try:
                framed = lock.decrypt(sealed[:NONCE], sealed[NONCE:], None)
            except InvalidTag:
                continue
            self._write(slot, secrets.token_bytes(SLOT))
            self._free.add(slot)
            size = int.from_bytes(framed[:LENGTH], "big")
            return framed[LENGTH : LENGTH + size]
        return None

    def _key(self, words: WithdrawalWords) -> bytes:
        """Give the key: Argon2id (64 MiB, 3 passes, 4 lanes, as RFC 9106 advises) of the words, with the secret in it."""
        slow = Argon2id(
            salt=self._salt,
            length=32,
            iterations=withdrawal.PASSES,
            lanes=4,
            memory_cost=withdrawal.MEMORY_KIBIBYTES,
            secret=self._secret,
        )
        return slow.derive(words.spoken().encode())

    def _read(self) -> bytes:
        return read_bytes(self.path, SLOTS * SLOT)

    def _write(self, slot: int, content: bytes) -> None:
        shelf = bytearray(self._read())
        shelf[slot * SLOT : (slot + 1) * SLOT] = content
        write_whole(self.path, bytes(shelf))


def remove_drafts(path: Path) -> None:
    """Make a shelf's file chance and then nothing. Without its program it could not be opened anyway.

    It is written over in its own place, which a full disk allows. Raises BadInputError when the disk refuses.
    """
    if not path.exists():
        return
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(SLOTS * SLOT))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError:
        raise BadInputError.of(
            path,
            "what was paused could not be destroyed",
            "nothing can open it once coprod has ended; let the disk be written to, then end the session again",
        ) from None


def typed_words(typed: str) -> WithdrawalWords | None:
    """Give the four words a person typed, or None where one of them is in no list."""
    try:
        language, words = find_words(typed)
    except BadInputError:
        return None
    return WithdrawalWords(words, language)
