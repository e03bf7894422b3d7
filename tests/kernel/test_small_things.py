"""Files, records, identifiers and contacts keep their small promises."""

import os
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.kernel.contacts import digits_of, is_fresh, shipped_contacts
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, MainRecord, TextRecord, record_from_bytes, record_to_bytes

FIELDS_A_RECORD_MAY_HAVE = {"questionnaire", "replies", "linked", "question", "text", "may_quote", "format"}


def test_no_record_has_room_for_a_time_an_order_a_device_or_a_name():
    for model in (MainRecord, TextRecord):
        assert {field.name for field in msgspec.structs.fields(model)} <= FIELDS_A_RECORD_MAY_HAVE


def test_a_record_that_is_not_one_never_echoes_what_it_holds(canary):
    for broken in (
        f'{{"record":"main","questionnaire":"{canary}"}}',
        f'{{"record":"{canary}"}}',
        f'{{"{canary}',
    ):
        with pytest.raises(msgspec.MsgspecError) as caught:
            record_from_bytes(broken.encode())
        assert canary not in str(caught.value)
        assert caught.value.__context__ is None


def test_a_record_comes_back_as_it_went():
    record = MainRecord("ab" * 32, {"listened": Chosen(("often",))})
    assert record_from_bytes(record_to_bytes(record)) == record


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "kept.txt"
    write_whole(path, b"old")

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(BadInputError, match="no space left on device"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("make", ["missing", "folder", "huge", "device", "loop", "long name"])
def test_a_file_that_cannot_be_read_gets_one_clear_message(tmp_path, make):
    path = tmp_path / ("given" if make != "long name" else "x" * 300)
    if make == "folder":
        path.mkdir()
    if make == "huge":
        path.write_bytes(b"x" * 2000)
    if make in {"device", "loop"}:
        path.symlink_to("/dev/zero" if make == "device" else path)
    with pytest.raises(BadInputError) as caught:
        read_text(path, largest=1000)
    assert len(caught.value.problems) == 1


def test_a_pipe_is_read_where_somebody_writes_to_it_and_empty_where_nobody_does(tmp_path):
    nobody = tmp_path / "nobody"
    os.mkfifo(nobody)
    assert read_text(nobody) == ""
    out, into = os.pipe()
    os.write(into, b"x" * 2000)
    os.close(into)
    with pytest.raises(BadInputError, match="over 1,000 bytes"):
        read_text(Path(f"/dev/fd/{out}"), largest=1000)
    os.close(out)


def test_a_device_or_a_pipe_is_never_replaced_by_a_file(tmp_path):
    pipe, device = tmp_path / "pipe", tmp_path / "device"
    os.mkfifo(pipe)
    device.symlink_to("/dev/null")
    for path in (pipe, device):
        with pytest.raises(BadInputError, match="no file that could be replaced"):
            write_whole(path, b"new")
    assert pipe.is_fifo()
    assert device.is_char_device()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("call me on 07700 900123 ok", ["phone"]),
        ("+44 (0)20 7946 0000", ["phone"]),
        ("im @some.one_x on there", ["handle"]),
        ("a.b@example.org and www.example.org/x", ["email", "web"]),
        ("near CF10 3AT", ["postcode"]),
        ("born 3/4/2011", ["date"]),
        ("I'm 14 and aged 15", ["age", "age"]),
        ("I was 40 minutes early", []),
        ("call Childline on 0800 1111", []),
        ("they listened", []),
    ],
)
def test_identifiers_are_found_by_their_shape(text, kinds):
    assert [found.kind for found in identifiers_in(text)] == kinds


@given(st.text(max_size=300))
def test_identifiers_never_overlap_and_stay_inside_the_text(text):
    found = identifiers_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("contact", shipped_contacts().contacts, ids=lambda contact: contact.id)
def test_a_contact_has_no_digit_lost_and_says_where_it_was_read(contact):
    assert len(digits_of(contact.call)) == contact.digits
    assert contact.call or contact.text
    assert contact.source
    assert contact.hours.cy
    assert contact.cost.cy


@given(st.dates(), st.integers(-400, 400))
def test_a_confirmation_is_fresh_for_180_days_and_never_from_the_future(today, age):
    confirmed = min(max(today.toordinal() - age, 1), date.max.toordinal())
    shift = today - date.fromordinal(confirmed)
    assert is_fresh(date.fromordinal(confirmed), today) == (timedelta(0) <= shift <= timedelta(180))
