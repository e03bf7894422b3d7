"""Signing promises approvers that nobody else can sign for them, and that an edited sign-off is noticed."""

import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.releasing.binding import code_as_typed, footer_code
from campaigns.releasing.signing import (
    add_approver,
    is_signed_by,
    load_approvers,
    new_signing_key,
    unlock_signing_key,
)
from campaigns.releasing.signoff import finding_fingerprint
from coprod.kernel.problem import BadInputError
from tests.campaigns.sample_cases import KEY, TODAY

WORDS = "four plain words here"


def test_a_key_signs_and_only_its_public_half_says_so(tmp_path):
    public = new_signing_key(tmp_path / "approver.key", WORDS)
    other = new_signing_key(tmp_path / "other.key", WORDS)
    key = unlock_signing_key(tmp_path / "approver.key", WORDS)
    signature = key.sign(b"what was signed")
    assert key.public_key == public
    assert is_signed_by(public, signature, b"what was signed")
    assert not is_signed_by(public, signature, b"what was signed!")
    assert not is_signed_by(other, signature, b"what was signed")
    assert not is_signed_by("zz", signature, b"what was signed")
    assert WORDS not in repr(key)


def test_a_key_file_is_locked_and_for_its_owner_only(tmp_path):
    path = tmp_path / "approver.key"
    new_signing_key(path, WORDS)
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BadInputError, match="does not open"):
        unlock_signing_key(path, "another four words")


def test_a_key_is_never_replaced_and_a_short_passphrase_is_refused(tmp_path):
    new_signing_key(tmp_path / "approver.key", WORDS)
    with pytest.raises(BadInputError, match="already"):
        new_signing_key(tmp_path / "approver.key", WORDS)
    with pytest.raises(BadInputError, match="fewer than 12"):
        new_signing_key(tmp_path / "short.key", "short")


@pytest.mark.parametrize("content", [b"", b"not a key", b"\x00\xff"])
def test_a_file_that_is_no_key_gives_one_clear_message(tmp_path, content):
    (tmp_path / "approver.key").write_bytes(content)
    with pytest.raises(BadInputError, match="does not open"):
        unlock_signing_key(tmp_path / "approver.key", WORDS)


def test_approvers_are_named_once_and_stay_named(tmp_path):
    assert load_approvers(tmp_path) == ()
    add_approver(tmp_path, 'Sam "the lead" Example', KEY.public_key, TODAY)
    add_approver(tmp_path, "Ŵyn Example", "b" * 64, TODAY, KEY)
    assert [approver.name for approver in load_approvers(tmp_path)] == [
        'Sam "the lead" Example',
        "Ŵyn Example",
    ]
    with pytest.raises(BadInputError, match="already"):
        add_approver(tmp_path, "Again", KEY.public_key, TODAY, KEY)


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_found_however_it_is_typed(content):
    code = footer_code(content.hex())
    assert len(code) == 11
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        code.replace("0", "o").replace("1", "l"),
    ):
        assert code_as_typed(typed) == code


def test_a_finding_keeps_its_id_when_lines_are_wrapped_anew_and_loses_it_when_its_words_change():
    one = finding_fingerprint("risky", "risky behaviour", "she shows | every day")
    assert finding_fingerprint("risky", "Risky\n behaviour", "she  shows | every day") == one
    assert finding_fingerprint("risky", "risky behaviour", "he shows | every day") != one
    assert finding_fingerprint("other", "risky behaviour", "she shows | every day") != one
