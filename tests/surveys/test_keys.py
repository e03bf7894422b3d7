"""To key holders: a key opens only with its passphrase, never lies beside the answers, and is never overwritten."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from coprod.kernel.problem import BadInputError
from surveys.boxes.keys import Identity, fingerprint, new_identity, recipient, unlock
from surveys.boxes.wordlists import word_list

PASSPHRASE = "four words that wander"
LEAST_WORK = 10  # of scrypt, as a power of two: age takes what needs about a second on this machine
SLOW = pyrage.passphrase.encrypt


@pytest.fixture(autouse=True, scope="module")
def as_slow_as_for_people() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", SLOW)
        yield


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("stick") / "sam.key"
    return path, new_identity(path, PASSPHRASE)


def test_a_new_key_is_an_armoured_age_file_readable_by_its_owner_only(key_file: tuple[Path, str]) -> None:
    path, public_key = key_file
    assert path.read_bytes().startswith(b"-----BEGIN AGE ENCRYPTED FILE-----")
    assert path.stat().st_mode & 0o077 == 0
    assert public_key.encode() not in path.read_bytes()
    head = base64.b64decode(b"".join(path.read_bytes().splitlines()[1:-1]))[:200]
    work = re.search(rb"-> scrypt \S+ (\d+)\n", head)
    assert work
    assert int(work[1]) >= LEAST_WORK, "each guess at the passphrase must be slow"


def test_the_passphrase_opens_it_and_age_itself_finds_an_identity_in_it(key_file: tuple[Path, str]) -> None:
    path, public_key = key_file
    plain = pyrage.passphrase.decrypt(path.read_bytes(), PASSPHRASE).decode()
    secret = [line for line in plain.splitlines() if not line.startswith("#")]
    assert str(pyrage.x25519.Identity.from_str(secret[0]).to_public()) == public_key
    identity = unlock(path, PASSPHRASE)
    assert identity.public_key == public_key
    assert identity.decrypt(pyrage.encrypt(b"x", [recipient(public_key)])) == b"x"


def test_another_passphrase_gives_one_clear_message(key_file: tuple[Path, str]) -> None:
    with pytest.raises(BadInputError, match="the passphrase does not open this key file"):
        unlock(key_file[0], "four words that wonder")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a key file"),
        (b"\x00\x01", "not a key file"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\nrubbish", "does not open|no key"),
        (b"# created\nAGE-SECRET-KEY-1ABC", "anyone who finds this key file can use it"),
    ],
)
def test_what_is_no_protected_key_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "odd.key"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=message):
        unlock(path, PASSPHRASE)


def test_no_key_is_written_anywhere_in_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "coprod.toml").touch()
    (tmp_path / "boxes").mkdir()
    with pytest.raises(BadInputError, match="outside the workspace"):
        new_identity(tmp_path / "boxes" / "sam.key", PASSPHRASE)
    (tmp_path / "out-of-sight").symlink_to(tmp_path / "boxes")
    with pytest.raises(BadInputError, match="outside the workspace"):
        new_identity(tmp_path / "out-of-sight" / "sam.key", PASSPHRASE)
    assert not any((tmp_path / "boxes").iterdir())


def test_a_file_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sam.key"
    path.write_text("the only copy")
    with pytest.raises(BadInputError, match="this file exists"):
        new_identity(path, PASSPHRASE)
    assert path.read_text() == "the only copy"


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="fewer than 10"):
        new_identity(tmp_path / "sam.key", "short")
    assert not any(tmp_path.iterdir())


def test_a_fingerprint_is_four_listed_words_and_each_key_has_its_own() -> None:
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(3)]
    prints = [fingerprint(key) for key in keys]
    assert all(set(words.split()) <= set(word_list("en").words) for words in prints)
    assert all(len(words.split()) == 4 for words in prints)
    assert len(set(prints)) == 3
    assert fingerprint(keys[0]) == prints[0]


def test_a_mistyped_public_key_is_told_apart() -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    wrong = key[:-1] + ("q" if key[-1] != "q" else "p")
    with pytest.raises(BadInputError, match="a character is wrong"):
        fingerprint(wrong)


def test_no_repr_shows_a_private_key() -> None:
    secret = pyrage.x25519.Identity.generate()
    assert repr(Identity(secret)) == "<Identity>"
