"""To young people: the length of what is stored tells nothing of what was said."""

import traceback

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, Declined, Filler, MainRecord, Record, TextRecord
from surveys.boxes.keys import Identity
from surveys.boxes.sealing import SLOT_SIZES, DamagedError, WrongKeyError, seal, unseal

HOLDERS = tuple(Identity(pyrage.x25519.Identity.generate()) for _ in range(5))
KEYS = tuple(holder.public_key for holder in HOLDERS)
SHA = "a" * 64


def text(words: str) -> TextRecord:
    return TextRecord(SHA, "change", words, may_quote=False)


@pytest.mark.parametrize("holders", [2, 3, 4, 5])
def test_yes_no_a_long_text_and_a_filler_all_have_one_length(holders: int) -> None:
    records: list[Record] = [
        MainRecord(SHA, {"listened": Chosen(("yes",))}),
        MainRecord(SHA, {"listened": Chosen(("no",))}),
        MainRecord(SHA, {"listened": Declined()}),
        text("long " * 700),
        Filler(),
    ]
    for _ in range(20):  # age's own length varies from one sealing to the next
        assert {len(seal(record, KEYS[:holders])) for record in records} == {SLOT_SIZES[0]}


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=3_900))
def test_every_holder_opens_what_was_sealed(words: str) -> None:
    record = text(words)
    slot = seal(record, KEYS[:2])
    assert [unseal(slot, holder) for holder in HOLDERS[:2]] == [record, record]
    assert len(slot) in SLOT_SIZES


def test_the_longest_texts_have_one_other_length_and_beyond_is_refused() -> None:
    assert len(seal(text("x" * 5_000), KEYS)) == len(seal(text("x" * 16_000), KEYS)) == SLOT_SIZES[1]
    with pytest.raises(BadInputError, match="too long to be kept") as caught:
        seal(text("secret" * 3_000), KEYS)
    assert "secret" not in str(caught.value)


def test_no_traceback_of_a_refusal_carries_the_answer_upwards() -> None:
    with pytest.raises(BadInputError) as caught:
        seal(text("secret" * 3_000), KEYS)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    held = [repr(value) for frame in frames[1:] for value in frame.f_locals.values()]
    assert not any("secret" in one for one in held)


def test_the_same_answer_never_looks_the_same_twice() -> None:
    first, second = seal(Filler(), KEYS[:2]), seal(Filler(), KEYS[:2])
    same = sum(one == other for one, other in zip(first, second, strict=True))
    assert same < len(first) * 0.05


def test_one_key_holder_is_not_enough_and_a_key_named_twice_counts_once() -> None:
    with pytest.raises(BadInputError, match="there are 1"):
        seal(Filler(), [KEYS[0], KEYS[0]])


def test_a_stranger_and_a_changed_byte_are_told_apart() -> None:
    slot = seal(text("words"), KEYS[:2])
    with pytest.raises(WrongKeyError):
        unseal(slot, HOLDERS[4])
    changed = bytearray(slot)
    changed[3_000] ^= 1
    with pytest.raises(DamagedError):
        unseal(bytes(changed), HOLDERS[0])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(min_size=5_120, max_size=5_120)))
def test_rubbish_is_damage_and_nothing_worse(rubbish: bytes) -> None:
    with pytest.raises((DamagedError, WrongKeyError)):
        unseal(rubbish, HOLDERS[0])
