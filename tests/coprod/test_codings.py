"""Coding as the app does it: suggestions are written down as the machine's and code nothing; a batch is coded by its own ids."""

from datetime import date
from pathlib import Path

import pytest

from analysis.codes.coding import MACHINE, Coded, ReadAnswer, Suggested, read_coding
from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import responses_from_batch
from coprod.journeys.understanding.coding_room import CodingRoom, Decision, decide, suggested_for
from coprod.journeys.understanding.codings import (
    CodingWork,
    coding_work,
    codings_of,
    next_answers,
    release_codes,
    together,
    write_events,
)
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import TextRecord

DAY = date(2027, 3, 1)
SIMULATED = {
    "waits": ("waited for weeks", "the waiting list is long", "waited and waited", "a long wait for weeks"),
    "information": ("nobody explained the test", "they explained it well", "explained what the test was", "no test was explained"),
}  # fmt: skip


@pytest.fixture
def work(tmp_path: Path) -> CodingWork:
    survey = SurveyInfo("a" * 64, "After a visit", (QuestionInfo("more", "Anything else?", "text"),))
    said = [
        f"{text} {place}" for texts in SIMULATED.values() for text in texts for place in ("here", "again")
    ]
    content = batch_to_parquet(
        [], [TextRecord("a" * 64, "more", text, may_quote=False) for text in said], [survey], simulated=True
    )
    path = tmp_path / "spring.batch"
    path.write_bytes(b"sealed, here only to be told from others")
    return coding_work(responses_from_batch(content), path, "more", None)


def code_of(text: str) -> str:
    return "waits" if "wait" in text else "information"


def test_a_batch_is_coded_by_its_random_ids(work: CodingWork) -> None:
    assert len(work.texts) == 16
    assert all(len(response) == 16 for response in work.texts)


def room_of(work: CodingWork) -> CodingRoom:
    return CodingRoom(work, "AB", (False,) * len(work.texts))


def test_a_suggestion_is_the_machines_and_codes_nothing(work: CodingWork) -> None:
    *coded, last = work.texts  # in the order of random ids: coding only some would leave much to chance
    for response in coded:
        write_events(work, "AB", [Coded(response, code_of(work.texts[response]))], DAY)
    before = together(work).coders
    room = room_of(work)
    likeliest = suggested_for(room, last)[0]
    assert likeliest.code == code_of(work.texts[last])
    assert likeliest.is_likely
    assert together(work).coders == before
    decide(room, Decision("give", last, likeliest.code, suggested=True), DAY)
    score = room.scores[last, likeliest.code]
    machine = read_coding(work.path_of(MACHINE))
    assert [entry.did for entry in machine.entries] == [Suggested(last, likeliest.code, score)]
    assert (last, likeliest.code) in together(work).suggested


def test_before_anything_is_coded_nothing_is_suggested_and_something_is_picked(work: CodingWork) -> None:
    assert suggested_for(room_of(work), next(iter(work.texts))) == ()
    picked, how = next_answers(work, "AB", DAY, 4)
    assert how == "diverse"
    assert len(set(picked)) == 4
    assert set(together(work).picked) == set(picked)


def test_what_is_picked_next_was_not_read_yet(work: CodingWork) -> None:
    read = list(work.texts)[:6]
    write_events(work, "AB", [Coded(read[0], "waits"), *(ReadAnswer(one) for one in read)], DAY)
    picked, _ = next_answers(work, "AB", DAY, 5)
    assert not set(picked) & set(read)


def test_counts_of_a_few_picked_answers_are_refused_and_of_all_are_bands(work: CodingWork) -> None:
    first, *others = work.texts
    write_events(work, "AB", [Coded(first, "waits")], DAY)
    with pytest.raises(RefusedError, match="drawn at random"):
        release_codes(work, "AB", None)
    write_events(work, "AB", [Coded(one, code_of(work.texts[one])) for one in others], DAY)
    shown = release_codes(work, "AB", None)
    assert shown.table.answered == "about 15"
    assert not any(cell.shown in {"7", "8", "9"} for cell in shown.table.cells)


def test_the_coding_files_of_a_question_are_found_and_no_others(work: CodingWork, tmp_path: Path) -> None:
    write_events(work, "AB", [ReadAnswer(next(iter(work.texts)))], DAY)
    (tmp_path / "other.more-000000.AB.coding").write_bytes(b"not of this question")
    assert [one.header.coder for one in codings_of(work)] == ["AB"]


def test_nobody_codes_as_the_machine(work: CodingWork) -> None:
    with pytest.raises(BadInputError, match="machine never codes"):
        write_events(work, MACHINE, [Coded(next(iter(work.texts)), "waits")], DAY)


def test_no_coding_file_holds_a_word_of_an_answer(work: CodingWork) -> None:
    *coded, last = work.texts
    for response in coded:
        write_events(work, "AB", [Coded(response, code_of(work.texts[response]))], DAY, "said so")
    room = room_of(work)
    decide(room, Decision("give", last, suggested_for(room, last)[0].code, suggested=True), DAY)
    paths = tuple(work.folder.glob("*.coding"))
    assert len(paths) == 2
    written = b"".join(path.read_bytes() for path in paths)
    assert not any(word.encode() in written for word in ("waited", "weeks", "explained", "nobody", "again"))
