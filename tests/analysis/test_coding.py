"""Coding is never lost, never edited unnoticed, and never holds a word of an answer."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.codes.coding import (
    MACHINE,
    Coded,
    Coding,
    Event,
    Merged,
    Picked,
    ReadAnswer,
    Renamed,
    Span,
    Suggested,
    Uncoded,
    Undone,
    add_events,
    begin_coding,
    read_coding,
    repeats_answer,
    standing,
)
from coprod.kernel import chain
from coprod.kernel.problem import BadInputError

DAY = date(2027, 3, 1)
DATA = "d" * 64


def begin(folder: Path, coder: str = "AB") -> Coding:
    return begin_coding(folder / f"{coder}.coding", coder, DATA, "more")


def test_what_was_coded_by_whom_on_which_day_and_why_reads_back(tmp_path: Path) -> None:
    coding = add_events(
        begin(tmp_path), [Coded("r1", "waits"), Coded("r1", "gp", Span(3, 9))], DAY, "says so"
    )
    again = read_coding(coding.path)
    assert again == coding
    assert again.header.coder == "AB"
    assert [(entry.on, entry.why) for entry in again.entries] == [(DAY, "says so")] * 2


def test_a_day_is_kept_and_no_time_of_day(tmp_path: Path) -> None:
    coding = add_events(begin(tmp_path), [ReadAnswer("r1")], DAY)
    assert b"2027-03-01" in coding.path.read_bytes()
    assert b"T0" not in coding.path.read_bytes()


def test_undo_takes_an_event_back_and_undoing_that_brings_it_again(tmp_path: Path) -> None:
    coding = add_events(begin(tmp_path), [Coded("r1", "waits"), Undone(1)], DAY)
    assert standing(coding) == ()
    coding = add_events(coding, [Undone(2)], DAY)
    assert [entry.number for entry in standing(coding)] == [1]
    assert len(read_coding(coding.path).entries) == 3


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: [lines[0], lines[1].replace(b"waits", b"gp"), *lines[2:]],
        lambda lines: [*lines[:-1], lines[-1].replace(b"r3", b"r4")],
        lambda lines: [lines[0].replace(b"AB", b"CD"), *lines[1:]],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [*lines, b'{"number":4,"on":"2027-03-01","did":{"event":"read","response":"r9"}}\n'],
        lambda lines: [*lines, b"\n"],
        lambda lines: [b"hello\n" for _ in lines],
    ],
    ids=["changed", "last changed", "coder", "cut", "swapped", "doubled", "added", "blank", "no coding"],
)
def test_a_file_edited_by_hand_is_refused_and_left_alone(
    edit: Callable[[list[bytes]], list[bytes]], tmp_path: Path
) -> None:
    coding = add_events(begin(tmp_path), [Coded(f"r{number}", "waits") for number in (1, 2, 3)], DAY)
    coding.path.write_bytes(b"".join(edit(coding.path.read_bytes().splitlines(keepends=True))))
    before = coding.path.read_bytes()
    with pytest.raises(BadInputError, match="never edited by hand"):
        read_coding(coding.path)
    assert coding.path.read_bytes() == before


def test_a_line_half_written_when_the_power_went_is_left_out_and_written_over(tmp_path: Path) -> None:
    coding = add_events(begin(tmp_path), [Coded("r1", "waits")], DAY)
    with coding.path.open("ab") as file:
        file.write(b'{"number":2,"on":"20')
    again = read_coding(coding.path)
    assert again.entries == coding.entries
    after = add_events(again, [ReadAnswer("r2")], DAY)
    assert read_coding(after.path).entries == after.entries


def test_two_windows_cannot_write_past_each_other(tmp_path: Path) -> None:
    coding = begin(tmp_path)
    add_events(coding, [Coded("r1", "waits")], DAY)
    with pytest.raises(BadInputError, match="open it again"):
        add_events(coding, [Coded("r1", "gp")], DAY)
    assert len(read_coding(coding.path).entries) == 1


def test_a_full_disk_takes_back_what_was_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coding = add_events(begin(tmp_path), [Coded("r1", "waits")], DAY)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = coding.path.read_bytes()
    monkeypatch.setattr(chain.__name__ + ".os.fsync", full)
    with pytest.raises(BadInputError, match="no space left"):
        add_events(coding, [ReadAnswer("r2"), ReadAnswer("r3")], DAY)
    assert coding.path.read_bytes() == before


def test_saved_means_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = []
    coding = begin(tmp_path)
    monkeypatch.setattr(chain.__name__ + ".os.fsync", lambda handle: flushed.append(os.fstat(handle).st_size))
    after = add_events(coding, [ReadAnswer("r1")], DAY)
    assert flushed == [after.path.stat().st_size]


def test_a_coding_file_is_never_begun_over_another(tmp_path: Path) -> None:
    begin(tmp_path)
    with pytest.raises(BadInputError, match="there already"):
        begin(tmp_path)


@pytest.mark.parametrize("coder", ["", "ab", "Anna Blank", "A1", "ABCDE", "A B"])
def test_a_coder_is_initials_never_a_name(coder: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="capital letters"):
        begin_coding(tmp_path / "x.coding", coder, DATA, "more")


@pytest.mark.parametrize("event", [Coded("r1", "waits"), Uncoded("r1", "waits"), ReadAnswer("r1"), Merged("a", "b"), Renamed("a", "B")])  # fmt: skip
def test_a_machine_never_codes(event: Event, tmp_path: Path) -> None:
    coding = begin(tmp_path, MACHINE)
    with pytest.raises(BadInputError, match="machine never codes"):
        add_events(coding, [Suggested("r1", "waits", 0.5), event], DAY)
    assert read_coding(coding.path).entries == ()
    assert add_events(coding, [Suggested("r1", "waits", 0.5), Picked(("r2",), "diverse")], DAY).entries


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Suggested("r1", "waits", 0.5), "only the machine suggests"),
        (Coded("r1", "waits", Span(4, 4)), "no character"),
        (Coded("r1", "waits", Span(-1, 4)), "no event"),
        (Undone(1), "no event 1 before"),
        (Merged("a", "a"), "into itself"),
        (Coded("I waited for seven months", "waits"), "no event"),
        (Coded("r1", "I waited for seven months"), "no event"),
    ],
)
def test_an_event_that_cannot_be_is_refused_before_it_is_written(
    event: Event, told: str, tmp_path: Path
) -> None:
    coding = begin(tmp_path)
    before = coding.path.read_bytes()
    with pytest.raises(BadInputError, match=told):
        add_events(coding, [event], DAY)
    assert coding.path.read_bytes() == before


def test_a_reason_that_repeats_an_answer_is_noticed() -> None:
    answer = "They kept me waiting for SEVEN months, and nobody rang."
    assert repeats_answer("she says “kept me waiting for seven months”", answer)
    assert not repeats_answer("the wait itself, not the silence after it", answer)
    assert not repeats_answer("waiting", answer)


def test_a_mistake_shows_no_answer(tmp_path: Path, canary: str) -> None:
    coding = begin(tmp_path)
    with pytest.raises(BadInputError) as error:
        add_events(coding, [Coded(f"{canary} and more", "waits")], DAY)
    assert canary not in str(error.value)
    assert canary not in repr(coding)
