"""Secrets without the slowness that protects real ones: a passphrase, four words or a staff word takes no second each.

What is made so is made as coprod and age make it, with less work in it; only tests use it.
"""

import base64
import hmac
import os
import textwrap

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

LOG_N = 4
MEMORY_KIBIBYTES = 64
_LAST_CHUNK = bytes(11) + b"\x01"


def behind_a_passphrase(content: bytes, passphrase: str, *, armored: bool = False) -> bytes:
    """Give up to 64 KiB as an armoured age file behind a passphrase (C2SP age, "scrypt recipient stanza")."""
    assert armored
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    slow = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << LOG_N, r=8, p=1)
    wrapped = ChaCha20Poly1305(slow.derive(passphrase.encode())).encrypt(bytes(12), file_key, None)
    header = f"age-encryption.org/v1\n-> scrypt {_plain(salt)} {LOG_N}\n{_plain(wrapped)}\n---".encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_LAST_CHUNK, content, None)
    lines = textwrap.wrap(
        base64.b64encode(header + f" {_plain(mac)}\n".encode() + nonce + sealed).decode(), 64
    )
    return "\n".join(
        ["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""]
    ).encode()


def quick_argon(salt: bytes) -> Argon2id:
    """Give what a staff word is hashed with, at almost no cost."""
    return Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=MEMORY_KIBIBYTES)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(key)


def _plain(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")
