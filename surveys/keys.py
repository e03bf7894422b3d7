"""Keys of the people who may open answers: age identities behind a passphrase."""

import hashlib
from functools import cache
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from surveys.wordlists import word_list

SHORTEST_PASSPHRASE = 10
LARGEST_KEY_FILE = 100_000
FINGERPRINT_WORDS = 4
_WORKSPACE_MARK = "coprod.toml"
_SECRET_PREFIX = "AGE-SECRET-KEY-1"  # noqa: S105  how age begins every identity, not a secret


class Identity:
    """A key holder's private key, in memory only. Its repr names nothing."""

    __slots__ = ("_secret", "public_key")

    def __init__(self, secret: pyrage.x25519.Identity) -> None:
        self._secret = secret
        self.public_key = str(secret.to_public())

    def __repr__(self) -> str:
        return "<Identity>"

    def decrypt(self, sealed: bytes) -> bytes:
        """Give what an age file holds. Raises pyrage.DecryptError for another key's or a damaged file."""
        return bytes(pyrage.decrypt(sealed, [self._secret]))


def new_identity(path: Path, passphrase: str) -> str:
    """Write a new identity as a passphrase-protected, armoured age file and give its public key.

    The age command-line tool reads the file too. Raises BadInputError when the file exists, when it
    would lie in a workspace, or when the passphrase has fewer than 10 characters.
    """
    _refuse_place(path)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInputError.of(
            "passphrase",
            f"it has fewer than {SHORTEST_PASSPHRASE} characters",
            "use four or more words that do not belong together",
        )
    secret = pyrage.x25519.Identity.generate()
    public_key = str(secret.to_public())
    content = f"# coprod key holder\n# public key: {public_key}\n{secret}\n"
    write_whole(path, bytes(pyrage.passphrase.encrypt(content.encode(), passphrase, armored=True)))
    return public_key


def unlock(path: Path, passphrase: str) -> Identity:
    """Give the identity in a key file.

    Raises BadInputError when it is no key file, has no passphrase, or the passphrase is another one.
    """
    content = read_bytes(path, LARGEST_KEY_FILE)
    if _SECRET_PREFIX.encode() in content:
        raise BadInputError.of(
            path, "anyone who finds this key file can use it", "protect it: `age -p -o NEW.key OLD.key`"
        )
    if not content.startswith((b"-----BEGIN AGE", b"age-encryption.org/v1")):
        raise BadInputError.of(path, "this is not a key file", "name the file made by `coprod keys new`")
    try:
        opened = bytes(pyrage.passphrase.decrypt(content, passphrase)).decode()
        secrets = [line for line in opened.splitlines() if line.startswith(_SECRET_PREFIX)]
        return Identity(pyrage.x25519.Identity.from_str(secrets[0]))
    except pyrage.DecryptError:
        raise BadInputError.of(
            path, "the passphrase does not open this key file", "try again; capitals and spaces count"
        ) from None
    except (UnicodeDecodeError, IndexError, pyrage.IdentityError):
        raise BadInputError.of(
            path, "no key is in this file", "name the file made by `coprod keys new`"
        ) from None


def recipient(public_key: str) -> pyrage.x25519.Recipient:
    """Give the age recipient for a public key. Raises BadInputError when it is mistyped."""
    try:
        return pyrage.x25519.Recipient.from_str(public_key)
    except pyrage.RecipientError:
        raise BadInputError.of(
            "public key", "this is not a public key, or a character is wrong", "copy it again, whole: age1…"
        ) from None


@cache
def fingerprint(public_key: str) -> str:
    """Give four words that stand for a public key, to compare by eye or over the phone.

    Argon2id makes each guess slow, so that nobody makes a second key with the same four words.
    Raises BadInputError when the key is mistyped.
    """
    recipient(public_key)
    slow = Argon2id(
        salt=b"coprod fingerprint 1", length=32, iterations=2, lanes=1, memory_cost=64 * 1024
    ).derive(public_key.encode())
    number = int.from_bytes(hashlib.blake2b(slow, digest_size=32).digest(), "big")
    words = word_list("en").words
    chosen = []
    for _ in range(FINGERPRINT_WORDS):
        number, index = divmod(number, len(words))
        chosen.append(words[index])
    return " ".join(chosen)


def _refuse_place(path: Path) -> None:
    place = path.expanduser().resolve()
    if any((folder / _WORKSPACE_MARK).exists() for folder in place.parents):
        raise BadInputError.of(
            path,
            "a key kept beside the answers protects nobody",
            "keep it outside the workspace, best on a USB stick or another computer",
        )
    if place.exists():
        raise BadInputError.of(path, "this file exists, and it may be a key", "choose another name")
