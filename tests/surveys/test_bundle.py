"""To key holders: a bundle is what that device signed, or it is refused; damage never costs the other answers."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from surveys.boxes.box import Row, new_row
from surveys.boxes.bundle import BundleHeader, bundle_bytes, read_bundle
from surveys.boxes.device import DeviceKey, device_key
from surveys.boxes.session import SessionPlan
from surveys.questionnaires.questionnaire import questionnaire_hash

TEXT = "format: 1\nsurvey: after-a-visit\n"
SHA = questionnaire_hash(TEXT)
PLAN = SessionPlan(
    name="monday",
    label="autumn 2026",
    opener="Sam",
    open_by=date(2026, 11, 25),
    withdraw_by=date(2026, 11, 24),
    survey="after-a-visit",
    questionnaire=SHA,
)
ROWS = tuple(new_row(bytes([number]) * 5_120) for number in range(6))
GRAVES = (b"g" * 16, b"h" * 16)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> DeviceKey:
    return device_key(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def content(key: DeviceKey) -> bytes:
    return bundle_bytes(PLAN, {SHA: TEXT}, ROWS, GRAVES, key)


class Read(NamedTuple):
    header: BundleHeader
    tombstones: frozenset[bytes]
    rows: tuple[Row, ...]
    damaged: int


def read(content: bytes, folder: Path, key: DeviceKey) -> Read:
    path = folder / "monday.bundle"
    path.write_bytes(content)
    bundle = read_bundle(path, [key.public_key])
    rows = list(bundle.each_row())
    whole = tuple(row for row in rows if row is not None)
    return Read(bundle.header, bundle.tombstones, whole, len(rows) - len(whole))


def test_what_went_in_comes_out_in_the_order_of_random_ids(
    content: bytes, key: DeviceKey, tmp_path: Path
) -> None:
    bundle = read(content, tmp_path, key)
    assert bundle.rows == tuple(sorted(ROWS, key=lambda row: row.id))
    assert bundle.header.plan == PLAN
    assert bundle.header.questionnaires == {SHA: TEXT}
    assert bundle.tombstones == frozenset(GRAVES)
    assert bundle.damaged == 0


def test_the_first_line_says_what_it_is_and_the_header_is_plain_json(content: bytes) -> None:
    first, _, header, *_ = content.split(b"\n", 3)
    assert first == b"format: 1 coprod bundle of sealed answers"
    assert set(json.loads(header)) == {
        "format", "device", "plan", "questionnaires", "tombstones", "manifest",
    }  # fmt: skip


def test_the_same_box_gives_the_same_bytes_so_nothing_tells_when(content: bytes, key: DeviceKey) -> None:
    assert bundle_bytes(PLAN, {SHA: TEXT}, ROWS[::-1], GRAVES[::-1], key) == content


def test_a_damaged_record_is_counted_and_the_rest_is_given(
    content: bytes, key: DeviceKey, tmp_path: Path
) -> None:
    changed = bytearray(content)
    changed[-3_000] ^= 1
    bundle = read(bytes(changed), tmp_path, key)
    assert len(bundle.rows) == len(ROWS) - 1
    assert bundle.damaged == 1


def test_a_file_cut_short_gives_what_is_whole(content: bytes, key: DeviceKey, tmp_path: Path) -> None:
    bundle = read(content[:-6_000], tmp_path, key)
    assert len(bundle.rows) == len(ROWS) - 2
    assert bundle.damaged == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Sam", b"Eve"),
        (b"autumn", b"winter"),
        (GRAVES[0].hex().encode(), b"a" * 32),
        (SHA.encode(), b"b" * 64),
    ],
)
def test_a_header_changed_after_signing_is_refused(
    content: bytes, key: DeviceKey, tmp_path: Path, old: bytes, new: bytes
) -> None:
    assert old in content
    with pytest.raises(BadInputError, match="changed after it was signed"):
        read(content.replace(old, new, 1), tmp_path, key)


def test_a_record_swapped_for_another_is_damage_not_an_answer(
    content: bytes, key: DeviceKey, tmp_path: Path
) -> None:
    stuffed = content[:-5_152] + new_row(b"z" * 5_120).id + bytes(16) + b"z" * 5_120
    bundle = read(stuffed, tmp_path, key)
    assert all(row in ROWS for row in bundle.rows)
    assert bundle.damaged == 1


def test_another_device_cannot_sign_for_ours(key: DeviceKey, tmp_path: Path) -> None:
    stranger = device_key(tmp_path / "stranger")
    forged = bundle_bytes(PLAN, {SHA: TEXT}, ROWS, (), stranger)
    with pytest.raises(BadInputError, match="a device that this workspace does not know"):
        read(forged, tmp_path, key)
    claimed = forged.replace(stranger.public_key.encode(), key.public_key.encode())
    with pytest.raises(BadInputError, match="changed after it was signed"):
        read(claimed, tmp_path, key)


def test_a_questionnaire_that_is_not_the_one_asked_is_refused(key: DeviceKey, tmp_path: Path) -> None:
    wrong = bundle_bytes(PLAN, {SHA: TEXT + "# changed"}, ROWS, (), key)
    with pytest.raises(BadInputError, match="changed after it was signed"):
        read(wrong, tmp_path, key)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a bundle"),
        (b"\x00" * 500, "not a bundle"),
        (b"format: 2 coprod bundle of sealed answers\n", "newer format; update coprod"),
        (b"format: 1 coprod bundle of sealed answers\n", "changed after it was signed"),
        (b"format: 1 coprod bundle of sealed answers\nzz\n{}\n", "changed after it was signed"),
    ],
)
def test_what_is_no_bundle_gives_one_clear_message(
    content: bytes, key: DeviceKey, tmp_path: Path, message: str
) -> None:
    with pytest.raises(BadInputError, match=message):
        read(content, tmp_path, key)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 40_000), bit=st.integers(0, 7))
def test_no_single_changed_bit_adds_or_alters_an_answer(
    content: bytes, key: DeviceKey, tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    changed = bytearray(content)
    changed[place % len(content)] ^= 1 << bit
    try:
        bundle = read(bytes(changed), tmp_path_factory.mktemp("bit"), key)
    except BadInputError:
        return
    assert set(bundle.rows) <= set(ROWS)
    assert bundle.header.plan == PLAN
