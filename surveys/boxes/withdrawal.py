"""Taking answers back: four words that delete, and can do nothing else."""

import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Struct

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.boxes.box import TAG_BYTES
from surveys.boxes.boxfile import flatten_times
from surveys.boxes.jsonfile import decoded_json
from surveys.boxes.wordlists import find_words, word_list

MOST_RECORDS = 32
MEMORY_KIBIBYTES = 64 * 1024
PASSES = 3
_DAMAGED = ("the list of withdrawn answers is damaged", "bring it back from your copy of the workspace")


class WithdrawalWords(Unshown, frozen=True):
    """Four words for one interview. They are shown once, to the person who answered, and kept nowhere."""

    words: tuple[str, str, str, str]
    language: Language

    def spoken(self) -> str:
        """Give the words as one line."""
        return " ".join(self.words)


class Tombstones(Struct, frozen=True, forbid_unknown_fields=True):
    """Tags whose records are withdrawn, sorted, so that nothing shows which belong together."""

    format: Literal[1]
    tags: tuple[str, ...] = ()


def new_words(language: Language) -> WithdrawalWords:
    """Give four words at random: about 37 bits in English, 33 in Welsh, each guess made slow by Argon2id."""
    words = word_list(language).words
    first, second, third, fourth = (secrets.choice(words) for _ in range(4))
    return WithdrawalWords((first, second, third, fourth), language)


def read_words(typed: str) -> WithdrawalWords:
    """Give the words a person typed. Raises BadInputError that says which is not in the list."""
    language, words = find_words(typed)
    return WithdrawalWords(words, language)


def withdrawal_tags(words: WithdrawalWords, salt: str) -> tuple[bytes, ...]:
    """Give the 32 tags that four words stand for in the workspace with this salt (hex).

    Argon2id (64 MiB, 3 passes, 4 lanes: the second choice of RFC 9106) gives a master; keyed BLAKE2b of a number gives each tag,
    so that tags of one person cannot be told to belong together without the words.
    """
    slow = Argon2id(
        salt=bytes.fromhex(salt), length=32, iterations=PASSES, lanes=4, memory_cost=MEMORY_KIBIBYTES
    )
    master = slow.derive(" ".join(words.words).encode())
    return tuple(
        hashlib.blake2b(bytes([number]), key=master, digest_size=TAG_BYTES).digest()
        for number in range(MOST_RECORDS)
    )


def read_tombstones(path: Path) -> frozenset[bytes]:
    """Give the withdrawn tags kept in a file; none when there is no file yet."""
    if not path.exists():
        return frozenset()
    kept = decoded_json(read_bytes(path), str(path), Tombstones, _DAMAGED)
    try:
        return frozenset(bytes.fromhex(tag) for tag in kept.tags)
    except ValueError:
        raise BadInputError.of(path, *_DAMAGED) from None


def add_tombstones(path: Path, tags: Iterable[bytes]) -> None:
    """Add withdrawn tags to a file, so that they travel with the next bundle. Raises BadInputError."""
    known = read_tombstones(path) | frozenset(tags)
    kept = Tombstones(1, tuple(sorted(tag.hex() for tag in known)))
    write_whole(path, msgspec.json.encode(kept))
    flatten_times(path)
