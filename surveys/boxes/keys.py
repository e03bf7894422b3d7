"""Keys of the people who may open answers: age identities behind a passphrase."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from surveys.boxes.sides import TOGETHER, halves
from surveys.boxes.wordlists import word_list

SHORTEST_PASSPHRASE = 10
LARGEST_KEY_FILE = 100_000
FINGERPRINT_WORDS = 4
_FORGOTTEN = (
    "try again; capitals and spaces count. If it is forgotten, another key holder opens the answers, "
    "and you make a new key"
)
_PUBLIC = ".pub"
_WORKSPACE_MARK = "coprod.toml"
_KEY_FILE_STARTS = (b"-----BEGIN AGE", b"age-encryption.org/v1")
_SECRET_PREFIX = "AGE-SECRET-KEY-1"  # noqa: S105  how age begins every identity, not a secret


class Identity:
    """A key holder's private key, or the two of people who open together, in memory only. Its repr names nothing."""

    __slots__ = ("_secrets", "public_key")

    def __init__(self, *secrets: pyrage.x25519.Identity) -> None:
        self._secrets = list(secrets)
        self.public_key = TOGETHER.join(str(secret.to_public()) for secret in secrets)

    def __repr__(self) -> str:
        return "<Identity>"

    def with_other(self, other: "Identity") -> "Identity":
        """Give the identity of two people who open together; which of them comes first does not matter."""
        return Identity(*self._secrets, *other._secrets)  # noqa: SLF001  of the same class

    def known_as(self, public_keys: Iterable[str]) -> str | None:
        """Give which of some key holders this is, or None. A pair is itself in either order."""
        mine = set(halves(self.public_key))
        return next((key for key in public_keys if set(halves(key)) == mine), None)

    def decrypt(self, sealed: bytes) -> bytes:
        """Give what an age file holds. Raises pyrage.DecryptError for another key's or a damaged file."""
        return bytes(pyrage.decrypt(sealed, self._secrets))


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
    if not content.startswith(_KEY_FILE_STARTS):
        raise BadInputError.of(path, "this is not a key file", "name the file made by `coprod keys new`")
    try:
        opened = bytes(pyrage.passphrase.decrypt(content, passphrase)).decode()
        secrets = [line for line in opened.splitlines() if line.startswith(_SECRET_PREFIX)]
        return Identity(pyrage.x25519.Identity.from_str(secrets[0]))
    except pyrage.DecryptError:
        raise BadInputError.of(path, "the passphrase does not open this key file", _FORGOTTEN) from None
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


def fingerprint(public_key: str) -> str:
    """Give four words that stand for a public key, to compare by eye or over the phone; of a pair, both fours.

    Argon2id makes each guess slow, so that nobody makes a second key with the same four words.
    Raises BadInputError when the key is mistyped.
    """
    return f" {TOGETHER} ".join(_four_words(half) for half in halves(public_key))


def write_public_half(path: Path, public_key: str) -> Path:
    """Write the public half of a key file beside it and give its path; it seals, and opens nothing."""
    public = path.with_suffix(_PUBLIC)
    write_whole(public, f"# public half of a coprod key: it can only seal\n{public_key}\n".encode())
    return public


def read_public_half(path: Path) -> str:
    """Give the public key in a file. Raises BadInputError when it holds none, or a private one."""
    content = read_bytes(path, LARGEST_KEY_FILE)
    if _SECRET_PREFIX.encode() in content or content.startswith(_KEY_FILE_STARTS):
        raise BadInputError.of(
            path, "this is a private key, and it belongs to one person", f"ask for its {_PUBLIC} file"
        )
    keys = [line.strip() for line in content.decode("ascii", "replace").splitlines() if line[:4] == "age1"]
    if len(keys) != 1:
        raise BadInputError.of(
            path, "no public key is in this file", f"ask for the {_PUBLIC} file that `coprod keys new` wrote"
        )
    recipient(keys[0])
    return keys[0]


@cache
def _four_words(public_key: str) -> str:
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
    if place.suffix == _PUBLIC:
        raise BadInputError.of(path, f"{_PUBLIC} is for the public half", "end the name in .key")
    for file in (place, place.with_suffix(_PUBLIC)):
        if file.exists():
            raise BadInputError.of(file, "this file exists, and it may be a key", "choose another name")
